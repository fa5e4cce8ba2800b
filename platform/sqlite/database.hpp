#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::sqlite {

/// What SQLite refuses, in its own words.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A row as text, whatever it is stored as: whole numbers in digits, others with as many as tell them apart. nullopt is NULL. Bytes
/// that are no text come as they are. Columns count from 0.
using Cells = std::vector<std::optional<std::string>>;

/// Quotes a name for use inside SQL text.
[[nodiscard]] std::string quote_identifier(std::string_view name);

/// One file, read-only, as it stood when it was opened: whoever else writes to it is not seen. One thread.
class Database {
 public:
  /// How long it waits for a writer to let go of the file.
  static constexpr int busy_timeout_ms = 5000;

  /// Throws Error where there is no such file or it is no database of SQLite.
  explicit Database(const std::string& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// The names of the columns that the question answers with.
  [[nodiscard]] std::vector<std::string> columns(const std::string& sql);
  /// Shows each row in turn; further questions may be asked meanwhile.
  void read(const std::string& sql, const std::vector<std::string>& parameters,
            const std::function<void(const Cells&)>& visit);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::sqlite
