#pragma once

#include <memory>
#include <string>

#include "tests/e2e/daybook_process.hpp"
#include "tests/e2e/kafka_server.hpp"

namespace daybook::test {

inline constexpr std::chrono::seconds settle_limit{60};  // for what comes a moment after what caused it

/// Where a story is told: the three services apart, with a real Kafka between them. One thread.
class Stage {
 public:
  /// Nothing where Kafka's jars cannot be fetched. `settings`: of the services, as in daybook.toml.
  static std::unique_ptr<Stage> try_open(const std::string& settings = "") {
    auto kafka = KafkaServer::try_start();
    if (!kafka) return nullptr;
    return std::unique_ptr<Stage>(new Stage(std::move(kafka), settings));
  }

  [[nodiscard]] DaybookProcess& daybook() noexcept { return daybook_; }

  /// The power of one service goes and comes back.
  void lose_and_start(Part part) {
    daybook_.kill(part);
    daybook_.start(part);
  }

 private:
  Stage(std::unique_ptr<KafkaServer> kafka, const std::string& settings)
      : kafka_(std::move(kafka)), daybook_(Surroundings{.kafka_brokers = kafka_->brokers(), .as = Deployed::split, .settings = settings}) {}

  std::unique_ptr<KafkaServer> kafka_;  // outlives the services
  DaybookProcess daybook_;
};

inline constexpr const char* no_stage = "Kafka's jars could not be fetched from Maven Central.";

}  // namespace daybook::test
