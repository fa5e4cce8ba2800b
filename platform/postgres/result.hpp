#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct pg_result;

namespace daybook::pg {

/// The answer to one command. Owns its memory: views from `get` live as long as this object. Rows and columns
/// count from 0. Columns come in text format. The typed readers throw std::out_of_range for a row or column
/// that is not there and std::domain_error for NULL or for text of another type: both are mistakes in the
/// caller, not in the data.
class Result {
 public:
  explicit Result(pg_result* taken);

  [[nodiscard]] int rows() const noexcept;
  [[nodiscard]] int columns() const noexcept;
  [[nodiscard]] bool empty() const noexcept { return rows() == 0; }
  [[nodiscard]] std::string_view column_name(int column) const;
  /// Rows touched by INSERT, UPDATE, DELETE, COPY; 0 for other commands.
  [[nodiscard]] std::int64_t affected() const noexcept;

  /// nullopt is NULL.
  [[nodiscard]] std::optional<std::string_view> get(int row, int column) const;
  [[nodiscard]] bool is_null(int row, int column) const { return !get(row, column).has_value(); }
  [[nodiscard]] std::string text(int row, int column) const;
  [[nodiscard]] std::int64_t int64(int row, int column) const;
  [[nodiscard]] double real(int row, int column) const;
  [[nodiscard]] bool boolean(int row, int column) const;
  /// The bytes of a bytea column (server's hex output, the default of bytea_output).
  [[nodiscard]] std::string bytea(int row, int column) const;

  [[nodiscard]] std::optional<std::string> optional_text(int row, int column) const;
  [[nodiscard]] std::optional<std::int64_t> optional_int64(int row, int column) const;
  [[nodiscard]] std::optional<std::string> optional_bytea(int row, int column) const;

 private:
  [[nodiscard]] std::string_view required(int row, int column) const;

  struct Free {
    void operator()(pg_result* result) const noexcept;
  };
  std::unique_ptr<pg_result, Free> result_;
};

}  // namespace daybook::pg
