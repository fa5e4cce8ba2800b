#include "platform/postgres/result.hpp"

#include <libpq-fe.h>

#include <charconv>
#include <stdexcept>

namespace daybook::pg {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  throw std::domain_error("the column is not bytea in hex form");
}

std::string decode_hex(std::string_view text) {
  if (!text.starts_with("\\x") || text.size() % 2 != 0) {
    throw std::domain_error("the column is not bytea in hex form");
  }
  std::string bytes;
  bytes.reserve(text.size() / 2 - 1);
  for (std::size_t i = 2; i < text.size(); i += 2) {
    bytes.push_back(static_cast<char>(hex_digit(text[i]) << 4 | hex_digit(text[i + 1])));
  }
  return bytes;
}

template <class Number>
Number parse(std::string_view text) {
  Number number{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size()) {
    throw std::domain_error("the column is not a number of this size");
  }
  return number;
}

}  // namespace

void Result::Free::operator()(pg_result* result) const noexcept { PQclear(result); }

Result::Result(pg_result* taken) : result_(taken) {}

int Result::rows() const noexcept { return PQntuples(result_.get()); }

int Result::columns() const noexcept { return PQnfields(result_.get()); }

std::string_view Result::column_name(int column) const {
  const char* name = PQfname(result_.get(), column);
  if (name == nullptr) throw std::out_of_range("no such column");
  return name;
}

std::int64_t Result::affected() const noexcept {
  const std::string_view text = PQcmdTuples(result_.get());
  std::int64_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

std::optional<std::string_view> Result::get(int row, int column) const {
  if (row < 0 || row >= rows() || column < 0 || column >= columns()) {
    throw std::out_of_range("no such row or column");
  }
  if (PQgetisnull(result_.get(), row, column)) return std::nullopt;
  return std::string_view(PQgetvalue(result_.get(), row, column),
                          static_cast<std::size_t>(PQgetlength(result_.get(), row, column)));
}

std::string_view Result::required(int row, int column) const {
  const auto value = get(row, column);
  if (!value) throw std::domain_error("column " + std::string(column_name(column)) + " is null");
  return *value;
}

std::string Result::text(int row, int column) const { return std::string(required(row, column)); }

std::int64_t Result::int64(int row, int column) const { return parse<std::int64_t>(required(row, column)); }

double Result::real(int row, int column) const { return parse<double>(required(row, column)); }

bool Result::boolean(int row, int column) const {
  const auto value = required(row, column);
  if (value == "t") return true;
  if (value == "f") return false;
  throw std::domain_error("the column is not a boolean");
}

std::string Result::bytea(int row, int column) const { return decode_hex(required(row, column)); }

std::optional<std::string> Result::optional_text(int row, int column) const {
  if (is_null(row, column)) return std::nullopt;
  return text(row, column);
}

std::optional<std::int64_t> Result::optional_int64(int row, int column) const {
  if (is_null(row, column)) return std::nullopt;
  return int64(row, column);
}

std::optional<std::string> Result::optional_bytea(int row, int column) const {
  if (is_null(row, column)) return std::nullopt;
  return bytea(row, column);
}

}  // namespace daybook::pg
