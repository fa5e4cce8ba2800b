#include "compose/daybook/sources.hpp"

#include "command-service/log/epoch.hpp"
#include "command-service/log/tree_head_signer.hpp"
#include "command-service/relay/relay.hpp"
#include "platform/logging/log.hpp"

namespace daybook::app {

ProjectionSource make_source(const Deployment& deployment, std::shared_ptr<events::LogReader> log) {
  const auto& config = deployment.config;
  if (config.kafka_brokers.empty()) return {std::make_unique<projector::LogSource>(std::move(log)), nullptr};
  auto merged = std::make_unique<projector::MergedSource>(config.kafka_brokers, log::current_topic(config.database_url), deployment.identity, std::move(log));
  auto counters = merged->counters();
  return {std::move(merged), std::move(counters)};
}

struct RelayThread::Impl {
  Impl(const Deployment& deployment, Metrics& metrics) : relay(options(deployment.config, metrics), deployment.open_log()) {}

  static relay::Options options(const Config& config, Metrics& metrics) {
    relay::Options options;
    options.database_url = config.database_url;
    options.brokers = config.kafka_brokers;
    options.replication_factor = config.kafka_replication_factor;
    options.on_stored = [&metrics](std::int64_t events) { metrics.observe("daybook_relay_batch_events", {}, static_cast<double>(events)); };
    return options;
  }

  relay::Relay relay;
  std::jthread thread;
};

RelayThread::RelayThread(const Deployment& deployment, Metrics& metrics) : impl_(std::make_unique<Impl>(deployment, metrics)) {
  impl_->thread = std::jthread([this](std::stop_token stop) { impl_->relay.run(std::move(stop)); });
}

RelayThread::~RelayThread() = default;

struct SigningThread::Impl {
  explicit Impl(const Deployment& deployment)
      : signer(deployment.config.database_url, deployment.identity, deployment.keys, system_now) {}
  log::TreeHeadSigner signer;
  std::jthread thread;
};

SigningThread::SigningThread(const Deployment& deployment) : impl_(std::make_unique<Impl>(deployment)) {
  impl_->thread = std::jthread([this](std::stop_token stop) {
    try {
      impl_->signer.run(std::move(stop));
    } catch (const std::exception& refused) {
      logging::write(logging::Level::error, std::string("signing has stopped: ") + refused.what());
    }
  });
}

SigningThread::~SigningThread() = default;

events::Position RelayThread::position() const { return impl_->relay.stats().position; }

void RelayThread::tell(Metrics& metrics, const std::optional<Lag>& lag) const {
  const auto stats = impl_->relay.stats();
  const auto total = [&metrics](std::string_view name, std::uint64_t value) { metrics.total(name, {}, static_cast<double>(value)); };
  metrics.set("daybook_relay_leads", {}, stats.leads ? 1 : 0);
  metrics.set("daybook_relay_position", {}, static_cast<double>(stats.position.value));
  total("daybook_relay_produced_total", stats.produced);
  total("daybook_relay_acknowledged_total", stats.acknowledged);
  total("daybook_relay_retries_total", stats.retries);
  total("daybook_relay_producers_rebuilt_total", stats.producers_rebuilt);
  tell_queue(metrics, "relay", stats.in_flight, relay::in_flight_events_max);
  // One that stands by knows neither the lag nor the broker.
  if (!stats.leads && stats.last_error.empty()) return;
  metrics.set("daybook_dependency_up", {{"dependency", "kafka"}}, stats.last_error.empty() ? 1 : 0);
  tell_lag(metrics, "relay", lag);
}

}  // namespace daybook::app
