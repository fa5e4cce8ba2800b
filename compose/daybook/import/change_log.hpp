#pragma once

#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/text/instant.hpp"

namespace daybook::importer {

/// Fields of a record, each with its value as JSON text. A number beyond the range of a double has become the
/// text "Infinity" or "-Infinity": no database could hold it.
using Fields = std::map<std::string, std::string, std::less<>>;

enum class Operation { created, changed, removed, restored };
[[nodiscard]] std::string_view name_of(Operation operation);

/// One line of a change log.
struct Change {
  std::int64_t line = 0;  ///< From 1.
  text::Instant at{};
  std::string by;
  Operation op = Operation::changed;
  std::string id;
  Fields set;
  std::vector<std::string> unset;
};

/// Reads one line; on refusal the second member says why and the first is empty. `line` is left at 0.
[[nodiscard]] std::pair<std::optional<Change>, std::string> parse_change(std::string_view line);

/// A change log, read line by line: JSON Lines, plain or compressed by Zstandard (RFC 8878), which its first
/// bytes tell. Holds one line and two buffers, whatever the length of the log. Lives as long as the import;
/// one thread.
class ChangeLog {
 public:
  static constexpr std::size_t line_bytes_max = 8u << 20;

  /// A file, or "-" for the standard input. What is wrong with it stands in `error()`.
  explicit ChangeLog(const std::string& path);
  ~ChangeLog();
  ChangeLog(const ChangeLog&) = delete;
  ChangeLog& operator=(const ChangeLog&) = delete;

  /// The next change; nullopt at the end, and at the first line that cannot be read, which `error()` names.
  [[nodiscard]] std::optional<Change> next();
  [[nodiscard]] const std::string& error() const { return error_; }

  /// The first line as it stands, once it has been read: it tells one log from another.
  [[nodiscard]] const std::string& first_line() const { return first_line_; }
  /// How far reading has come, in bytes of the file; the size is nullopt for what is not a file.
  [[nodiscard]] std::uint64_t bytes_read() const;
  [[nodiscard]] std::optional<std::uint64_t> bytes_total() const;

  /// So that a log can stand in a range-for. Each pass of the loop takes a change off the log.
  class Iterator {
   public:
    using value_type = Change;
    using difference_type = std::ptrdiff_t;
    explicit Iterator(ChangeLog& log) : log_(&log), change_(log.next()) {}
    const Change& operator*() const { return *change_; }
    Iterator& operator++() {
      change_ = log_->next();
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return !change_; }

   private:
    ChangeLog* log_;
    std::optional<Change> change_;
  };
  [[nodiscard]] Iterator begin() { return Iterator(*this); }
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

 private:
  class Source;

  bool next_line();

  std::unique_ptr<Source> source_;
  std::string buffer_;
  std::size_t place_ = 0;
  std::string line_;
  std::string first_line_;
  std::int64_t number_ = 0;
  std::string error_;
};

}  // namespace daybook::importer
