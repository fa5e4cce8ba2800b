#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/process.hpp"
#include "tests/support/support.hpp"

namespace daybook::test {

/// What a finished run of the binary said.
struct RunResult {
  int exit_code = -1;
  std::string output;
};

/// The shipped binary with a database, keys and a state folder of its own. Serves from the constructor on,
/// until `stop` or `kill`; may be started again over the same data. One thread.
class DaybookProcess {
 public:
  /// With brokers, events reach the read models over Kafka; otherwise straight from the log.
  explicit DaybookProcess(const std::string& kafka_brokers = "");
  DaybookProcess(const DaybookProcess&) = delete;
  DaybookProcess& operator=(const DaybookProcess&) = delete;
  ~DaybookProcess();

  /// The one most tests share, over the log alone. When the program ends it is stopped, and all that happened
  /// in it is checked: sound, and the same when projected anew.
  static DaybookProcess& shared();

  void start();
  /// Asks it to end and expects that it does so properly.
  void stop();
  /// As if the power went.
  void kill();
  /// Another command of the binary over the same data; waits for its end.
  [[nodiscard]] RunResult run(const std::vector<std::string>& arguments);

  [[nodiscard]] bool running() const noexcept { return process_ != nullptr; }
  [[nodiscard]] const std::string& url() const noexcept { return url_; }
  [[nodiscard]] std::filesystem::path state_folder() const { return folder_ / "state"; }
  /// What the server printed.
  [[nodiscard]] std::string output() const;
  /// The furthest position any caller was told; shared by all of them, so that everybody reads what anybody
  /// wrote.
  [[nodiscard]] const std::shared_ptr<std::int64_t>& position() const noexcept { return position_; }

 private:
  [[nodiscard]] std::vector<std::string> command(const std::vector<std::string>& arguments) const;

  TempDir folder_;
  std::string database_url_;
  std::string kafka_brokers_;
  std::unique_ptr<Process> process_;
  std::string url_;
  int starts_ = 0;
  std::shared_ptr<std::int64_t> position_ = std::make_shared<std::int64_t>(0);
};

/// Expects the audit to find the log sound, and a rebuild to give what the live projector gave.
void expect_sound_and_rebuildable(DaybookProcess& daybook);

}  // namespace daybook::test
