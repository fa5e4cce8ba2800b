#include "tests/e2e/kafka_server.hpp"

#include <signal.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/support/process.hpp"

namespace daybook::test {
namespace {

constexpr std::chrono::seconds command_limit{180};
constexpr int no_jars = 4;
constexpr const char* kafka = "compose/native/kafka";  // tests run in the root of the repository

}  // namespace

std::string output_of(const std::vector<std::string>& command, int* exit_code) {
  const TempDir folder;
  Process process(command, {std::filesystem::current_path(), folder / "output", "", SIGKILL});
  const bool ended = process.wait(command_limit);
  std::ostringstream text;
  text << std::ifstream(folder / "output").rdbuf();
  if (exit_code != nullptr)
    *exit_code = process.exit_code();
  else if (!ended || process.exit_code() != 0)
    throw std::runtime_error(command.front() + " failed: " + text.str());
  return text.str();
}

std::unique_ptr<KafkaServer> KafkaServer::try_start() {
  int code = 0;
  const auto said = output_of({kafka, "fetch"}, &code);
  if (code == no_jars) return nullptr;
  if (code != 0) throw std::runtime_error("Kafka's jars: " + said);
  std::unique_ptr<KafkaServer> server(new KafkaServer());
  server->start();
  return server;
}

void KafkaServer::start() {
  const auto said = output_of({kafka, "start", folder_ / "kafka", "--log", folder_ / "kafka.log",
                               "--stop-with", std::to_string(::getpid())});
  const std::string word = "KAFKA_BROKERS=";
  const auto at = said.find(word);
  if (at == said.npos) throw std::runtime_error("Kafka did not say where it is: " + said);
  brokers_ = said.substr(at + word.size(), said.find('\n', at) - at - word.size());
}

void KafkaServer::stop() { output_of({kafka, "stop", folder_ / "kafka", "--now"}); }

KafkaServer::~KafkaServer() {
  int ignored = 0;
  output_of({kafka, "stop", folder_ / "kafka", "--now"}, &ignored);
}

std::string KafkaServer::dump(const std::string& topic) const {
  int code = 0;
  auto said = output_of({"/usr/bin/kcat", "-b", brokers_, "-C", "-t", topic, "-o", "beginning", "-e", "-q", "-f",
                         "%p,%h,%k,%s\n"},
                        &code);
  if (code == 0) return said;
  // Whoever waits for messages may ask before the relay has made the topic.
  if (said.find("Unknown topic or partition") != said.npos) return "";
  throw std::runtime_error("kcat failed: " + said);
}

}  // namespace daybook::test
