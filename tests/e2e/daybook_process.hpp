#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "platform/kafka/mock_cluster.hpp"
#include "tests/support/process.hpp"
#include "tests/support/reverse_proxy.hpp"
#include "tests/support/support.hpp"

namespace daybook::test {

/// What a finished run of the binary said.
struct RunResult {
  int exit_code = -1;
  std::string output;
};

/// Over one program, or over the three services apart with Kafka between them; every test holds for both. Chosen for
/// the whole run by DAYBOOK_TEST_DEPLOYMENT=single or split.
enum class Deployed { single, split };
[[nodiscard]] Deployed deployed();
/// The services apart.
enum class Part { command, projector, query };

/// What a process works with; empty: straight from the log without Kafka, a database and keys of its own.
struct Surroundings {
  std::string kafka_brokers = {};
  std::string database_url = {};
  std::filesystem::path keys = {};
  Deployed as = deployed();
  std::string settings = {};  // its daybook.toml
};

/// The shipped binary with a database, keys and a state folder of its own. Serves from the constructor on,
/// until `stop` or `kill`; may be started again over the same data. One thread.
class DaybookProcess {
 public:
  /// With brokers, events reach the read models over Kafka; otherwise straight from the log.
  explicit DaybookProcess(const std::string& kafka_brokers = "");
  explicit DaybookProcess(Surroundings surroundings);
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
  /// The same of one of the services apart, and its next start, perhaps at another address. The others go on.
  void kill(Part part);
  void start(Part part);
  /// SIGSTOP and SIGCONT: it is there and does nothing, then goes on as if no time had passed.
  void freeze();
  void thaw();
  /// Whether it still runs; false when it ended by itself.
  [[nodiscard]] bool alive();
  /// Another command of the binary over the same data; waits for its end.
  [[nodiscard]] RunResult run(const std::vector<std::string>& arguments);

  /// The same without waiting; it prints to the file.
  [[nodiscard]] std::unique_ptr<Process> begin(const std::vector<std::string>& arguments, const std::filesystem::path& output) const;

  /// Until the read models have everything that is in the log now.
  void await_projection() const;

  [[nodiscard]] bool running() const noexcept { return command_.process != nullptr; }
  /// Of the command service, which is the whole program where it is one.
  [[nodiscard]] const std::string& url() const noexcept { return command_.url; }
  /// Where callers go: the shipped reverse proxy where the services run apart.
  [[nodiscard]] const std::string& public_url() const noexcept { return proxy_ ? proxy_->url() : command_.url; }
  /// Of the query service itself, for who must not be told by a proxy that it is away.
  [[nodiscard]] const std::string& query_url() const noexcept { return split() ? query_.url : command_.url; }
  /// Every process of the deployment.
  [[nodiscard]] std::vector<std::string> urls() const;
  [[nodiscard]] const std::string& database_url() const noexcept { return surroundings_.database_url; }
  [[nodiscard]] const std::filesystem::path& keys() const noexcept { return surroundings_.keys; }
  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_.path(); }
  [[nodiscard]] std::filesystem::path state_folder() const { return folder_ / "state"; }
  /// Where its mails are, a file each.
  [[nodiscard]] std::filesystem::path outbox() const { return folder_ / "outbox"; }
  /// What the server printed.
  [[nodiscard]] std::string output() const;
  /// The furthest position any caller was told; shared by all of them, so that everybody reads what anybody
  /// wrote.
  [[nodiscard]] const std::shared_ptr<std::int64_t>& position() const noexcept { return position_; }

 private:
  struct Service {
    std::unique_ptr<Process> process;
    std::string url;
    std::filesystem::path output;
  };

  [[nodiscard]] bool split() const noexcept { return surroundings_.as == Deployed::split; }
  [[nodiscard]] std::vector<std::string> command(const std::vector<std::string>& arguments,
                                                 const std::string& binary) const;
  void launch(Part part);
  static void await(Service& service);
  [[nodiscard]] Service& service(Part part);
  [[nodiscard]] std::vector<Service*> services();
  static void expect_end(Service& service);

  TempDir folder_;
  Surroundings surroundings_;
  std::unique_ptr<kafka::MockCluster> own_kafka_;  // where the services run apart and no Kafka was named
  Service command_;                      // the whole program, where it is one
  Service projector_, query_;            // where they run apart
  std::unique_ptr<ReverseProxy> proxy_;  // before those
  int starts_ = 0;
  std::shared_ptr<std::int64_t> position_ = std::make_shared<std::int64_t>(0);
};

/// Expects the audit to find the log sound, and a rebuild to give what the live projector gave.
void expect_sound_and_rebuildable(DaybookProcess& daybook);

}  // namespace daybook::test
