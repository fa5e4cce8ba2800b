#pragma once
// Rows into a read table, in the binary form of COPY; within the caller's transaction.
#include <functional>
#include <string>

#include "platform/postgres/connection.hpp"
#include "projector/core/table.hpp"

namespace daybook::projector {

// False for what stands in `people` only.
bool is_column(const events::FieldInfo& field);
std::string qualified(const Table& table, const std::string& schema);

// Copies what `next_row` gives, of the table's row type, until it gives null. The ids must not be in the table.
void copy_rows(pg::Connection& connection, const Table& table, const std::string& schema, const std::function<const void*()>& next_row);

}  // namespace daybook::projector
