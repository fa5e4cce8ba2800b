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
  return copy_in(sql, [&](std::string& piece) {
    piece = rows.substr(0, copy_chunk_bytes);
    rows.remove_prefix(piece.size());
    return !piece.empty();
  });
}

std::int64_t Connection::copy_in(const std::string& sql, const std::function<bool(std::string&)>& next) {
  PGresult* started = PQexec(impl_->raw(), sql.c_str());
  if (PQresultStatus(started) != PGRES_COPY_IN) {
    (void)impl_->check(started);
    throw Error("0A000", "copy_in takes a COPY ... FROM STDIN");
  }
  PQclear(started);
  try {
    for (std::string piece; piece.clear(), next(piece);)
      if (PQputCopyData(impl_->raw(), piece.data(), static_cast<int>(piece.size())) != 1) impl_->raise_lost();
  } catch (...) {
    (void)PQputCopyEnd(impl_->raw(), "the rows could not be made");
    drain(impl_->raw());
    throw;
  }
  if (PQputCopyEnd(impl_->raw(), nullptr) != 1) impl_->raise_lost();
  PGresult* ended = PQgetResult(impl_->raw());
  drain(impl_->raw());
  return impl_->check(ended).affected();
}

}  // namespace daybook::pg
