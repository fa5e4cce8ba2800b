#pragma once
// A filled value of any described type: every field set, each with a value of its own, the same in every run.
#include "events/core/type_info.hpp"

namespace daybook::events::test {

void fill_sample(const TypeInfo& type, void* value);

}  // namespace daybook::events::test
