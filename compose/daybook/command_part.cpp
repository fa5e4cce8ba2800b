#include "compose/daybook/command_part.hpp"

#include <cstdlib>
#include <iostream>

#include "command-service/domain/registry.hpp"
#include "platform/crypto/password.hpp"

namespace daybook::app {
namespace {

constexpr std::size_t hashing_threads = 1;
constexpr int readable_timeout_ms = 2000;  // how long a reply waits for the read models

std::shared_ptr<log::Appender> make_appender(const Deployment& deployment, std::shared_ptr<crypto::UuidV7Source> ids) {
  log::Appender::Options options;
  options.clock = system_now;
  options.aggregates = domain::aggregate_ops_of;
  options.new_event_id = [ids] { return events::EventId{ids->next()}; };
  options.on_failed = [](const std::string& why) { std::cerr << "daybook: a request could not be carried out: " << why << std::endl; };
  options.on_broken = [](const std::string& why) {
    std::cerr << "daybook: an invariant of the log does not hold, so this process ends: " << why << std::endl;
    std::abort();
  };
  const auto& config = deployment.config;
  return std::make_shared<log::Appender>(std::make_unique<log::PgStore>(config.database_url, log::PgStoreOptions{config.allow_unsafe}),
                                         deployment.ring, std::move(options));
}

}  // namespace

CommandPart::CommandPart(const Deployment& deployment, std::shared_ptr<projector::Progress> progress) {
  crypto::verify_nothing("warm");  // the first call costs more, which would tell the first unknown user apart
  tools_.ids = std::make_shared<crypto::UuidV7Source>();
  tools_.appender = make_appender(deployment, tools_.ids);
  tools_.ring = deployment.ring;
  tools_.keys = deployment.keys;
  tools_.tokens = deployment.tokens;
  tools_.hashing = std::make_shared<runtime::WorkerPool>(hashing_threads, routes::hash_queue_max);
  tools_.clock = system_now;
  tools_.identity = deployment.identity;
  if (progress)
    tools_.when_readable = [progress](events::Position position, std::function<void()> then) {
      progress->when_reached(position, readable_timeout_ms, [then = std::move(then)](bool) { then(); });
    };
  signing_ = std::make_unique<SigningThread>(deployment);
  if (!deployment.config.kafka_brokers.empty()) relay_ = std::make_unique<RelayThread>(deployment);
}

std::vector<api::Route> CommandPart::routes() { return command_service_routes(tools_); }

void CommandPart::tell(Metrics& metrics) {
  const auto stats = tools_.appender->stats();
  metrics.set("daybook_log_position", "Position of the last event this process knows of.", static_cast<double>(tools_.appender->head().value));
  metrics.set("daybook_append_queue_requests", "Requests waiting to be settled.", static_cast<double>(stats.queued));
  metrics.set("daybook_append_batches", "Batches written.", static_cast<double>(stats.batches));
  metrics.set("daybook_append_events", "Events written.", static_cast<double>(stats.events));
  metrics.set("daybook_append_rounds", "Rounds of settling.", static_cast<double>(stats.rounds));
  metrics.set("daybook_append_lost_commits", "Commits whose reply was lost.", static_cast<double>(stats.lost_commits));
  metrics.set("daybook_append_unknown_commits", "Lost commits that could not be looked up in time.", static_cast<double>(stats.unknown_commits));
  metrics.set("daybook_append_failed", "Requests that could not be carried out, each alone.", static_cast<double>(stats.failed));
  metrics.set("daybook_append_unavailable", "Requests answered with 503 because the database was away.", static_cast<double>(stats.unavailable));
  if (relay_) relay_->tell(metrics);
}

std::vector<api::Route> command_service_routes(const routes::CommandTools& tools) {
  auto all = routes::auth_routes(tools);
  for (auto& route : routes::command_routes(tools)) all.push_back(std::move(route));
  for (auto& route : routes::bulk_routes(tools)) all.push_back(std::move(route));
  return all;
}

}  // namespace daybook::app
