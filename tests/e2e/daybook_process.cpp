#include "tests/e2e/daybook_process.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/support/postgres_server.hpp"

namespace daybook::test {
namespace {

constexpr std::chrono::seconds start_limit{30};
constexpr std::chrono::seconds stop_limit{30};
constexpr std::chrono::seconds run_limit{60};
constexpr const char* greeting = "Daybook serves ";

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::unique_ptr<DaybookProcess>& shared_process() {
  static std::unique_ptr<DaybookProcess> process;
  return process;
}

// After the last test, everything that all of them did is one history to check.
class HistoryCheck : public ::testing::Environment {
 public:
  void TearDown() override {
    auto& process = shared_process();
    if (!process) return;
    if (process->running()) process->stop();
    expect_sound_and_rebuildable(*process);
    process.reset();
  }
};
[[maybe_unused]] const auto* const history_check = ::testing::AddGlobalTestEnvironment(new HistoryCheck);

}  // namespace

DaybookProcess::DaybookProcess(const std::string& kafka_brokers)
    : DaybookProcess(Surroundings{.kafka_brokers = kafka_brokers}) {}

DaybookProcess::DaybookProcess(Surroundings surroundings) : surroundings_(std::move(surroundings)) {
  if (surroundings_.database_url.empty()) surroundings_.database_url = PostgresServer::shared().fresh_database();
  if (surroundings_.keys.empty()) {
    surroundings_.keys = folder_ / "keys";
    const auto made = run({"init-keys"});
    if (made.exit_code != 0) throw std::runtime_error("init-keys failed: " + made.output);
  }
  start();
}

DaybookProcess::~DaybookProcess() = default;

DaybookProcess& DaybookProcess::shared() {
  auto& process = shared_process();
  if (!process) process = std::make_unique<DaybookProcess>();
  return *process;
}

void DaybookProcess::start() {
  const auto output_file = folder_ / ("serve" + std::to_string(++starts_) + ".log");
  process_ =
      std::make_unique<Process>(command({"serve", "--listen", "127.0.0.1:0", "--allow-unsafe-database"}),
                                ProcessOptions{folder_.path(), output_file, "", SIGKILL});
  const auto greeted = [&] {
    const auto said = text_of(output_file);
    const auto at = said.find(greeting);
    const auto end = at == said.npos ? said.npos : said.find(' ', at + std::string(greeting).size());
    if (end == said.npos) return false;
    url_ = said.substr(at + std::string(greeting).size(), end - at - std::string(greeting).size());
    return true;
  };
  if (!wait_until([&] { return greeted() || !process_->running(); }, start_limit) || !process_->running())
    throw std::runtime_error("daybook did not start: " + text_of(output_file));
}

void DaybookProcess::stop() {
  process_->send(SIGTERM);
  EXPECT_TRUE(process_->wait(stop_limit)) << "daybook does not end when it is asked to:\n" << output();
  EXPECT_EQ(process_->exit_code(), 0) << output();
  process_.reset();
}

void DaybookProcess::kill() {
  process_->send(SIGKILL);
  EXPECT_TRUE(process_->wait(stop_limit));
  process_.reset();
}

void DaybookProcess::freeze() { process_->send(SIGSTOP); }
void DaybookProcess::thaw() { process_->send(SIGCONT); }
bool DaybookProcess::alive() { return process_ && process_->running(); }

RunResult DaybookProcess::run(const std::vector<std::string>& arguments) {
  const auto output_file = folder_ / random_name("run");
  Process process(command(arguments), {folder_.path(), output_file, "", SIGKILL});
  if (!process.wait(run_limit)) return {-1, "it did not end: " + text_of(output_file)};
  return {process.exit_code(), text_of(output_file)};
}

std::string DaybookProcess::output() const {
  return text_of(folder_ / ("serve" + std::to_string(starts_) + ".log"));
}

std::vector<std::string> DaybookProcess::command(const std::vector<std::string>& arguments) const {
  std::vector<std::string> words{"/usr/bin/env",
                                 "DATABASE_URL=" + surroundings_.database_url,
                                 "KAFKA_BROKERS=" + surroundings_.kafka_brokers,
                                 "DAYBOOK_KEYS=" + surroundings_.keys.string(),
                                 "DAYBOOK_DATA=" + state_folder().string(),
                                 DAYBOOK_BINARY};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

void expect_sound_and_rebuildable(DaybookProcess& daybook) {
  const auto audit = daybook.run({"audit", "verify"});
  EXPECT_EQ(audit.exit_code, 0) << audit.output;
  EXPECT_NE(audit.output.find("Sound: "), std::string::npos) << audit.output;

  const auto live = daybook.run({"digest"});
  EXPECT_EQ(live.exit_code, 0) << live.output;
  const auto rebuilt = daybook.run({"rebuild", "--allow-unsafe-database"});
  EXPECT_EQ(rebuilt.exit_code, 0) << rebuilt.output;
  const auto again = daybook.run({"digest"});
  EXPECT_EQ(again.output, live.output) << "the read models projected anew differ from those that grew";
}

}  // namespace daybook::test
