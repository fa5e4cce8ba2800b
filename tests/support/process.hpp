#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace daybook::test {

struct ProcessOptions {
  /// Becomes the working directory.
  std::filesystem::path folder;
  /// Takes standard output and standard error, appended.
  std::filesystem::path output;
  /// Runs as this user when the test itself runs as root; empty keeps the user.
  std::string user = {};
  /// What the child gets when the test dies, however it dies. Must be started by a thread that lives on.
  int signal_at_our_death = 0;
};

/// A child process. Killed at the end of this object if it still runs.
class Process {
 public:
  Process(const std::vector<std::string>& command, const ProcessOptions& options);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  [[nodiscard]] pid_t id() const noexcept { return id_; }
  [[nodiscard]] bool running();
  void send(int signal) noexcept;
  /// True when it has ended within `limit`.
  [[nodiscard]] bool wait(std::chrono::milliseconds limit);
  /// After the end; -1 when a signal ended it.
  [[nodiscard]] int exit_code() const noexcept { return exit_code_; }

 private:
  pid_t id_ = -1;
  bool ended_ = false;
  int exit_code_ = -1;
};

}  // namespace daybook::test
