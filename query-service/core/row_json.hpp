#pragma once
// A row of a read table as JSON, column by column from its declared type: the same bytes as the codec writes for the same
// values, unset ones as null.
#include <optional>
#include <string>
#include <string_view>

#include "events/core/json.hpp"

namespace daybook::query {

// Appends one value; `text` is PostgreSQL's text form of the column.
void append_column(const events::TypeInfo& type, std::optional<std::string_view> text, std::string& out);

}  // namespace daybook::query
