#pragma once
// Examples for people who read the OpenAPI document, made from the same tables as its schemas. They are valid by them; that
// they could be sent as they are is not promised, for ids in them are nobody's.
#include <string>

#include "events/core/type_info.hpp"

namespace daybook::api {

// What has to be sent, and what everybody knows by its name.
std::string example_of_body(const events::TypeInfo& type);
// Every field; unset ones are null.
std::string example_of_reply(const events::TypeInfo& type);

}  // namespace daybook::api
