#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/support/support.hpp"

namespace daybook::test {

/// A real Kafka of one node in a folder of its own, by compose/native/kafka; ends with the test.
class KafkaServer {
 public:
  /// Null where its jars cannot be fetched.
  static std::unique_ptr<KafkaServer> try_start();
  KafkaServer(const KafkaServer&) = delete;
  KafkaServer& operator=(const KafkaServer&) = delete;
  ~KafkaServer();

  void start();
  void stop();
  /// Its data and its log.
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
  [[nodiscard]] const std::string& brokers() const { return brokers_; }
  /// Everything in the topic: keys, headers and values, a message a line; empty while there is no such topic.
  [[nodiscard]] std::string dump(const std::string& topic) const;

 private:
  KafkaServer() = default;
  TempDir folder_;
  std::string brokers_;
};

/// What a command printed; throws when it fails.
std::string output_of(const std::vector<std::string>& command, int* exit_code = nullptr);

}  // namespace daybook::test
