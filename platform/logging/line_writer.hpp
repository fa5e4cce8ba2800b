#pragma once
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace daybook::logging {

/// Writes lines into a file that stays open, many with one system call: a thread of its own writes what has gathered for a few
/// milliseconds. What is unwritten is bounded, and whoever fills it up writes it, so that no line is lost while the process
/// lives; its end writes the rest. Safe from any thread.
class LineWriter {
 public:
  static constexpr int gathering_ms = 10;
  static constexpr std::size_t unwritten_bytes_max = std::size_t{1} << 20;

  explicit LineWriter(int file);
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;
  ~LineWriter();

  /// Without its end.
  void add(std::string_view line);
  /// Returns when everything that was added before is written.
  void flush();

 private:
  void run();

  const int file_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::string unwritten_;
  bool stopping_ = false;
  std::mutex writing_;      // Taken before `mutex_`; keeps the lines in order.
  std::string going_out_;   // Under `writing_`.
  std::thread thread_;
};

}  // namespace daybook::logging
