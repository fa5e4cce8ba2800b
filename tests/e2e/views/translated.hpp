#pragma once
// What a view must show of a thing, made of what the API shows of it.
#include <optional>
#include <string>

#include "tests/e2e/views/columns.hpp"
#include "tests/e2e/views/witness.hpp"

namespace daybook::test {

inline constexpr const char* sealed = "[sealed]";

/// Nothing where the API does not tell it.
std::optional<boost::json::value> translated(const Column& column, const Witness& witness, const Numbers& numbers);

}  // namespace daybook::test
