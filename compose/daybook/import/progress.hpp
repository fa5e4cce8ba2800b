#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>

namespace daybook::importer {

/// How far an import has come.
struct Progress {
  std::int64_t changes = 0;
  std::int64_t commands = 0;
  std::uint64_t bytes_read = 0;              ///< Of the log as it lies on disk.
  std::optional<std::uint64_t> bytes_total;  ///< Unknown for the standard input.
};

/// One line about it: a bar where the end is known, counts, rate and the time that is left.
[[nodiscard]] std::string progress_line(const Progress& progress, std::chrono::milliseconds elapsed);

/// Shows progress: on a terminal one line that is written over, elsewhere a plain line now and then. One
/// thread.
class ProgressDisplay {
 public:
  explicit ProgressDisplay(std::FILE* out);

  void show(const Progress& progress);
  /// The last state, and the end of the line.
  void finish(const Progress& progress);

 private:
  void write(const Progress& progress);

  using Clock = std::chrono::steady_clock;
  std::FILE* out_;
  bool terminal_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_{};
};

}  // namespace daybook::importer
