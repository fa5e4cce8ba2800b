#include "platform/postgres/session.hpp"

namespace daybook::pg {
namespace {

constexpr std::size_t copy_chunk_bytes = std::size_t{1} << 20;

void drain(PGconn* connection) {
  while (PGresult* extra = PQgetResult(connection)) PQclear(extra);
}

}  // namespace

void append_copy_cell(std::string& rows, std::optional<std::string_view> cell) {
  if (!cell) {
    rows += "\\N";
    return;
  }
  for (const char c : *cell) {
    switch (c) {
      case '\\':
        rows += "\\\\";
        break;
      case '\t':
        rows += "\\t";
        break;
      case '\n':
        rows += "\\n";
        break;
      case '\r':
        rows += "\\r";
        break;
      default:
        rows.push_back(c);
    }
  }
}

std::int64_t Connection::copy_in(const std::string& sql, std::string_view rows) {
  PGresult* started = PQexec(impl_->raw(), sql.c_str());
  if (PQresultStatus(started) != PGRES_COPY_IN) {
    (void)impl_->check(started);
    throw Error("0A000", "copy_in takes a COPY ... FROM STDIN");
  }
  PQclear(started);
  while (!rows.empty()) {
    const auto chunk = rows.substr(0, copy_chunk_bytes);
    if (PQputCopyData(impl_->raw(), chunk.data(), static_cast<int>(chunk.size())) != 1) impl_->raise_lost();
    rows.remove_prefix(chunk.size());
  }
  if (PQputCopyEnd(impl_->raw(), nullptr) != 1) impl_->raise_lost();
  PGresult* ended = PQgetResult(impl_->raw());
  drain(impl_->raw());
  return impl_->check(ended).affected();
}

}  // namespace daybook::pg
