#include "compose/daybook/sources.hpp"

#include <iostream>

#include "command-service/log/epoch.hpp"
#include "command-service/log/tree_head_signer.hpp"
#include "command-service/relay/relay.hpp"
#include "projector/merged_source.hpp"

namespace daybook::app {

std::unique_ptr<projector::Source> make_source(const Deployment& deployment, std::shared_ptr<events::LogReader> log) {
  if (deployment.config.kafka_brokers.empty()) return std::make_unique<projector::LogSource>(std::move(log));
  return std::make_unique<projector::MergedSource>(deployment.config.kafka_brokers, log::current_topic(deployment.config.database_url), deployment.identity, std::move(log));
}

struct RelayThread::Impl {
  Impl(const Deployment& deployment) : relay({deployment.config.database_url, deployment.config.kafka_brokers}, deployment.open_log()) {}
  relay::Relay relay;
  std::jthread thread;
};

RelayThread::RelayThread(const Deployment& deployment) : impl_(std::make_unique<Impl>(deployment)) {
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
      std::cerr << "daybook: signing has stopped: " << refused.what() << std::endl;
    }
  });
}

SigningThread::~SigningThread() = default;

void RelayThread::tell(Metrics& metrics) const {
  const auto stats = impl_->relay.stats();
  metrics.set("daybook_relay_position", "Position up to which Kafka has acknowledged everything.", static_cast<double>(stats.position.value));
  metrics.set("daybook_relay_leads", "1 while this process brings the log to Kafka.", stats.leads ? 1 : 0);
  metrics.set("daybook_relay_retries", "Times the relay had to start over.", static_cast<double>(stats.retries));
}

}  // namespace daybook::app
