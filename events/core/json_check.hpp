#pragma once
// Inside of the JSON reader, for json_read.cpp and json_check.cpp only: it names simdjson, which no other
// file may know.
#include <simdjson.h>

#include "events/core/json.hpp"

namespace daybook::events::detail {

ReadResult failed(ReadResult::Kind kind, std::string pointer, std::string code, std::string detail);

// "/" and the key as a step of an RFC 6901 pointer.
std::string pointer_step(std::string_view key);

// What simdjson's refusal of a whole document means to its sender.
ReadResult parse_failure(simdjson::error_code error);

// Looks at every byte of a document, which reading with On-Demand does not.
ReadResult check_document(const simdjson::padded_string& json);

}  // namespace daybook::events::detail
