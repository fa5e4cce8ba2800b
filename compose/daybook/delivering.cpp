#include "compose/daybook/delivering.hpp"

#include <thread>

#include "command-service/log/pg_rows.hpp"
#include "compose/daybook/webhook_tables.hpp"
#include "platform/logging/log.hpp"

namespace daybook::app {
namespace {

constexpr std::size_t replays_waiting_max = 64;

delivering::Deliverer::Options options_of(const Deployment& deployment) {
  delivering::Deliverer::Options options;
  options.database_url = deployment.config.database_url;
  options.identity = deployment.identity;
  options.clock = deployment.clock;
  options.make_sender = [networks = deployment.config.webhook_networks] {
    outbound::Options sending;
    sending.allowed_networks = networks;
    return outbound::make_sender(std::move(sending));
  };
  options.on_failed = [](const std::string& why) { logging::write(logging::Level::error, why); };
  return options;
}

// A session of its own for as long as it takes: replays are rare.
template <class Work>
auto with_session(const std::string& url, Work work) -> std::optional<decltype(work(std::declval<pg::Connection&>()))> {
  try {
    pg::Connection session(url);
    log::prepare_session(session);
    return work(session);
  } catch (const std::exception& away) {
    logging::write(logging::Level::warning, std::string("webhooks could not be replayed: ") + away.what());
    return std::nullopt;
  }
}

}  // namespace

struct DeliveringThread::Impl {
  Impl(const Deployment& deployment, std::shared_ptr<log::Appender> appender)
      : url(deployment.config.database_url),
        clock(deployment.clock),
        appender(std::move(appender)),
        deliverer(options_of(deployment), *this->appender, deployment.open_log(), open_webhook_tables(url)),
        replays(std::make_shared<runtime::WorkerPool>(1, replays_waiting_max)),
        thread([this](std::stop_token stop) { deliverer.run(std::move(stop)); }) {}

  const std::string url;
  const Clock clock;
  std::shared_ptr<log::Appender> appender;
  delivering::Deliverer deliverer;
  std::shared_ptr<runtime::WorkerPool> replays;
  std::jthread thread;
};

DeliveringThread::DeliveringThread(const Deployment& deployment, std::shared_ptr<log::Appender> appender)
    : impl_(std::make_unique<Impl>(deployment, std::move(appender))) {}

DeliveringThread::~DeliveringThread() = default;

void DeliveringThread::stop() {
  impl_->thread.request_stop();
  if (impl_->thread.joinable()) impl_->thread.join();
}

routes::Deliveries DeliveringThread::deliveries() const {
  routes::Deliveries deliveries;
  deliveries.again = [url = impl_->url, clock = impl_->clock, workers = impl_->replays](const routes::DeliveryPlace& place, auto then) {
    return workers->post([=] {
      then(with_session(url, [&](pg::Connection& session) {
        return delivering::deliver_again(session, place.workspace, place.webhook, place.delivery, clock());
      }));
    });
  };
  deliveries.replay = [url = impl_->url, clock = impl_->clock, workers = impl_->replays](const delivering::Replay& what, auto then) {
    return workers->post([=] {
      then(with_session(url, [&](pg::Connection& session) {
        const auto tables = open_webhook_tables(url);
        return delivering::replay(session, *tables, what, clock());
      }));
    });
  };
  return deliveries;
}

void DeliveringThread::tell(Metrics& metrics) const {
  const auto stats = impl_->deliverer.stats();
  const metrics::Labels reactor{{"reactor", std::string(delivering::deliverer_name)}};
  metrics.set("daybook_reactor_leads", reactor, stats.leads ? 1 : 0);
  metrics.set("daybook_reactor_position", reactor, static_cast<double>(stats.position.value));
  metrics.total("daybook_reactor_retries_total", reactor, static_cast<double>(stats.retries));
  const auto total = [&](std::string_view result, std::uint64_t value) {
    metrics.total("daybook_webhook_deliveries_total", {{"result", std::string(result)}}, static_cast<double>(value));
  };
  total("succeeded", stats.succeeded);
  total("failed", stats.failed);
  total("again", stats.again);
  total("given_up", stats.given_up);
  metrics.set("daybook_webhook_deliveries_pending", {}, static_cast<double>(stats.pending));
}

}  // namespace daybook::app
