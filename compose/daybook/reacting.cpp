#include "compose/daybook/reacting.hpp"

#include <thread>

#include "command-service/reactors/rules.hpp"
#include "compose/daybook/read_tables.hpp"
#include "platform/logging/log.hpp"

namespace daybook::app {
namespace {

reactors::Options completed(reactors::Options options, const Deployment& deployment) {
  options.database_url = deployment.config.database_url;
  options.on_failed = [](const std::string& why) { logging::write(logging::Level::error, why); };
  return options;
}

void end(std::jthread& thread) {
  thread.request_stop();
  if (thread.joinable()) thread.join();
}

void tell_lead(Metrics& metrics, const std::string& name, const reactors::Stats& stats) {
  const metrics::Labels labels{{"reactor", name}};
  metrics.set("daybook_reactor_leads", labels, stats.leads ? 1 : 0);
  metrics.total("daybook_reactor_retries_total", labels, static_cast<double>(stats.retries));
  for (const auto& [rule, counted] : stats.rules) {
    const auto total = [&](std::string_view metric, std::uint64_t value) { metrics.total(metric, {{"rule", rule}}, static_cast<double>(value)); };
    total("daybook_reactor_commands_total", counted.sent);
    total("daybook_reactor_refused_total", counted.refused);
    total("daybook_reactor_failed_total", counted.failed);
  }
}

}  // namespace

struct ReactingThread::Impl {
  Impl(const Deployment& deployment, std::shared_ptr<log::Appender> appender, reactors::Options options)
      : name(options.name),
        appender(std::move(appender)),
        reactor(completed(std::move(options), deployment), *this->appender, deployment.open_log(), open_read_tables(deployment.config.database_url)) {}

  const std::string name;
  std::shared_ptr<log::Appender> appender;
  reactors::Reactor reactor;
  std::jthread thread;
};

ReactingThread::ReactingThread(const Deployment& deployment, std::shared_ptr<log::Appender> appender, reactors::Options options)
    : impl_(std::make_unique<Impl>(deployment, std::move(appender), std::move(options))) {
  impl_->thread = std::jthread([this](std::stop_token stop) { impl_->reactor.run(std::move(stop)); });
}

ReactingThread::~ReactingThread() = default;

void ReactingThread::stop() { end(impl_->thread); }

void ReactingThread::tell(Metrics& metrics) const {
  const auto stats = impl_->reactor.stats();
  tell_lead(metrics, impl_->name, stats);
  metrics.set("daybook_reactor_position", {{"reactor", impl_->name}}, static_cast<double>(stats.position.value));
}

struct TimingThread::Impl {
  Impl(const Deployment& deployment, std::shared_ptr<log::Appender> appender, reactors::Ticks::Options ticks)
      : appender(std::move(appender)),
        timers({deployment.config.database_url, deployment.clock, std::move(ticks)}, *this->appender, open_read_tables(deployment.config.database_url)) {}

  std::shared_ptr<log::Appender> appender;
  reactors::Timers timers;
  std::jthread thread;
};

TimingThread::TimingThread(const Deployment& deployment, std::shared_ptr<log::Appender> appender, std::shared_ptr<crypto::UuidV7Source> ids) {
  reactors::Ticks::Options ticks;
  ticks.timers = reactors::all_timers({std::chrono::seconds(deployment.config.remind_before_s)});
  ticks.new_correlation = [ids = std::move(ids)] { return events::CorrelationId{ids->next()}; };
  ticks.on_failed = [](const std::string& why) { logging::write(logging::Level::error, why); };
  impl_ = std::make_unique<Impl>(deployment, std::move(appender), std::move(ticks));
  impl_->thread = std::jthread([this](std::stop_token stop) { impl_->timers.run(std::move(stop)); });
}

TimingThread::~TimingThread() = default;

void TimingThread::stop() { end(impl_->thread); }

void TimingThread::tell(Metrics& metrics) const { tell_lead(metrics, std::string(reactors::timers_name), impl_->timers.stats()); }

}  // namespace daybook::app
