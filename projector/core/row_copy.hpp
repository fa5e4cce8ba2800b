#pragma once
// Rows into a read table, in the binary form of COPY. Lives within the caller's transaction, on the caller's thread.
#include <string>

#include "platform/postgres/connection.hpp"
#include "projector/core/table.hpp"

namespace daybook::projector {

// False for what stands in `people` only.
bool is_column(const events::FieldInfo& field);
std::string qualified(const Table& table, const std::string& schema);

class RowCopy {
 public:
  RowCopy(pg::Connection& connection, const Table& table, const std::string& schema);
  // Of the table's row type. Sends what has gathered when it is enough for one statement.
  void add(const void* row);
  void finish();

 private:
  pg::Connection& connection_;
  const Table& table_;
  std::string sql_, rows_;
};

}  // namespace daybook::projector
