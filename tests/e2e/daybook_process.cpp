#include "tests/e2e/daybook_process.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "platform/http/client.hpp"
#include "platform/postgres/connection.hpp"
#include "tests/e2e/kafka_server.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::test {
namespace {

constexpr std::chrono::seconds start_limit{30};
constexpr std::chrono::seconds stop_limit{30};
constexpr std::chrono::seconds run_limit{60};
// The topic of a new log, which a mock cluster cannot make on request with its number of partitions.
constexpr const char* topic = "daybook.events.1";
constexpr int topic_partitions = 12;
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
  if (surroundings_.kafka_brokers.empty() && split()) {
    own_kafka_ = std::make_unique<kafka::MockCluster>();
    own_kafka_->create_topic(topic, topic_partitions);
    surroundings_.kafka_brokers = own_kafka_->brokers();
  }
  if (surroundings_.keys.empty()) {
    surroundings_.keys = folder_ / "keys";
    const auto made = run({"init-keys"});
    if (made.exit_code != 0) throw std::runtime_error("init-keys failed: " + made.output);
  }
  if (!surroundings_.settings.empty()) std::ofstream(folder_ / "daybook.toml") << surroundings_.settings;
  start();
}

DaybookProcess::~DaybookProcess() = default;

Deployed deployed() {
  const char* word = std::getenv("DAYBOOK_TEST_DEPLOYMENT");
  return word != nullptr && std::string(word) == "split" ? Deployed::split : Deployed::single;
}

DaybookProcess& DaybookProcess::shared() {
  auto& process = shared_process();
  if (process) return *process;
  // A broker of their own, since the topic belongs to one log; without its jars, the mock cluster.
  static const auto kafka = deployed() == Deployed::split ? KafkaServer::try_start() : nullptr;
  process = std::make_unique<DaybookProcess>(kafka ? kafka->brokers() : "");
  return *process;
}

DaybookProcess::Service& DaybookProcess::service(Part part) {
  return part == Part::command ? command_ : part == Part::projector ? projector_ : query_;
}

std::vector<DaybookProcess::Service*> DaybookProcess::services() {
  if (split()) return {&command_, &projector_, &query_};
  return {&command_};
}

// Each start has an output of its own.
void DaybookProcess::launch(Part part) {
  static const std::map<Part, std::string> names{{Part::command, "command"}, {Part::projector, "projector"}, {Part::query, "query"}};
  const std::string program = DAYBOOK_BINARY;
  auto& service = this->service(part);
  std::vector<std::string> arguments{"--listen", "127.0.0.1:0", "--allow-unsafe-database"};
  if (!split()) arguments.insert(arguments.begin(), "serve");
  service.output = folder_ / (names.at(part) + std::to_string(++starts_) + ".log");
  service.process = std::make_unique<Process>(command(arguments, split() ? program + "-" + names.at(part) : program),
                                              ProcessOptions{folder_.path(), service.output, "", SIGKILL});
}

// Until it says where it serves.
void DaybookProcess::await(Service& service) {
  const auto greeted = [&] {
    const auto said = text_of(service.output);
    const auto at = said.find(greeting);
    const auto end = at == said.npos ? said.npos : said.find(' ', at + std::string(greeting).size());
    if (end == said.npos) return false;
    service.url = said.substr(at + std::string(greeting).size(), end - at - std::string(greeting).size());
    return true;
  };
  if (!wait_until([&] { return greeted() || !service.process->running(); }, start_limit) || !service.process->running())
    throw std::runtime_error("daybook did not start: " + text_of(service.output));
}

void DaybookProcess::start() {
  launch(Part::command);
  if (split()) {
    launch(Part::projector);
    launch(Part::query);
  }
  for (auto* service : services()) await(*service);
  if (split()) proxy_ = std::make_unique<ReverseProxy>(command_.url, query_.url);
}

void DaybookProcess::start(Part part) {
  launch(part);
  await(service(part));
  proxy_ = std::make_unique<ReverseProxy>(command_.url, query_.url);
}

std::vector<std::string> DaybookProcess::urls() const {
  if (!split()) return {url()};
  return {url(), projector_.url, query_.url};
}

void DaybookProcess::expect_end(Service& service) {
  EXPECT_TRUE(service.process->wait(stop_limit)) << "daybook does not end when it is asked to:\n" << text_of(service.output);
  EXPECT_EQ(service.process->exit_code(), 0) << text_of(service.output);
  service.process.reset();
}

void DaybookProcess::await_projection() const {
  const auto figure = [](const std::string& url, const std::string& name) {
    const auto text = http::Client(url).get("/metrics").body;
    const auto at = text.find("\n" + name + " ");
    return at == text.npos ? -1.0 : std::stod(text.substr(at + name.size() + 2));
  };
  // What the log itself says: a tool may have written beside the service, whose own figure knows nothing of that.
  pg::Connection log(database_url());
  const auto head = [&log] { return log.exec("SELECT coalesce(max(position), 0) FROM log.heads").int64(0, 0); };
  const auto& projecting = split() ? projector_.url : url();
  EXPECT_TRUE(wait_until([&] { return figure(projecting, "daybook_projection_position") >= static_cast<double>(head()); }, stop_limit))
      << "the projector stays behind:\n" << output();
}

void DaybookProcess::stop() {
  if (split()) await_projection();
  for (auto* service : services()) service->process->send(SIGTERM);
  for (auto* service : services()) expect_end(*service);
  proxy_.reset();
}

void DaybookProcess::kill() {
  for (auto* service : services()) service->process->send(SIGKILL);
  for (auto* service : services()) {
    EXPECT_TRUE(service->process->wait(stop_limit));
    service->process.reset();
  }
  proxy_.reset();
}

void DaybookProcess::kill(Part part) {
  auto& killed = service(part);
  killed.process->send(SIGKILL);
  EXPECT_TRUE(killed.process->wait(stop_limit));
  killed.process.reset();
}

void DaybookProcess::freeze() {
  for (auto* service : services()) service->process->send(SIGSTOP);
}
void DaybookProcess::thaw() {
  for (auto* service : services()) service->process->send(SIGCONT);
}
bool DaybookProcess::alive() {
  const auto all = services();
  return std::all_of(all.begin(), all.end(), [](Service* service) { return service->process && service->process->running(); });
}

RunResult DaybookProcess::run(const std::vector<std::string>& arguments) {
  const auto output_file = folder_ / random_name("run");
  const auto process = begin(arguments, output_file);
  if (!process->wait(run_limit)) return {-1, "it did not end: " + text_of(output_file)};
  return {process->exit_code(), text_of(output_file)};
}

std::unique_ptr<Process> DaybookProcess::begin(const std::vector<std::string>& arguments, const std::filesystem::path& output) const {
  return std::make_unique<Process>(command(arguments, DAYBOOK_BINARY), ProcessOptions{folder_.path(), output, "", SIGKILL});
}

std::string DaybookProcess::output() const {
  std::string all = text_of(command_.output);
  if (split()) all += text_of(projector_.output) + text_of(query_.output);
  return all;
}

std::vector<std::string> DaybookProcess::command(const std::vector<std::string>& arguments,
                                                 const std::string& binary) const {
  std::vector<std::string> words{"/usr/bin/env",
                                 "DATABASE_URL=" + surroundings_.database_url,
                                 "KAFKA_BROKERS=" + surroundings_.kafka_brokers,
                                 "DAYBOOK_KEYS=" + surroundings_.keys.string(),
                                 "DAYBOOK_DATA=" + state_folder().string(),
                                 "DAYBOOK_MAIL_OUTBOX=" + outbox().string(),
                                 binary};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

namespace {

// What reacts and what is due may write its last after the projector was told to end. Whoever starts again projects it; by then
// nothing is left to react to, so that a few starts are enough. `audited` begins with how many events the log has.
RunResult digest_at_the_end(DaybookProcess& daybook, std::string audited) {
  constexpr int starts_max = 3;
  const auto is_behind = [&](const RunResult& digest) {
    return digest.exit_code == 0 && audited.find("Sound: " + std::to_string(std::stoll(digest.output)) + " events") == audited.npos;
  };
  auto digest = daybook.run({"digest"});
  for (int starts = 0; starts < starts_max && is_behind(digest); ++starts) {
    daybook.start();
    daybook.await_projection();
    daybook.stop();
    audited = daybook.run({"audit", "verify"}).output;
    digest = daybook.run({"digest"});
  }
  return digest;
}

}  // namespace

void expect_sound_and_rebuildable(DaybookProcess& daybook) {
  const auto audit = daybook.run({"audit", "verify"});
  EXPECT_EQ(audit.exit_code, 0) << audit.output;
  EXPECT_NE(audit.output.find("Sound: "), std::string::npos) << audit.output;

  const auto live = digest_at_the_end(daybook, audit.output);
  EXPECT_EQ(live.exit_code, 0) << live.output;
  const auto rebuilt = daybook.run({"rebuild", "--allow-unsafe-database"});
  EXPECT_EQ(rebuilt.exit_code, 0) << rebuilt.output;
  const auto again = daybook.run({"digest"});
  EXPECT_EQ(again.output, live.output) << "the read models projected anew differ from those that grew";
}

}  // namespace daybook::test
