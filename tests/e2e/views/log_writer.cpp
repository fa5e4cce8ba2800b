#include "tests/e2e/views/log_writer.hpp"

#include <algorithm>
#include <stdexcept>

#include "command-service/domain/automation/automation.hpp"
#include "command-service/domain/integration/integration.hpp"
#include "command-service/domain/registry.hpp"
#include "command-service/domain/webhook/webhook.hpp"
#include "command-service/log/appender.hpp"
#include "compose/daybook/deployment.hpp"
#include "platform/crypto/uuid_source.hpp"

namespace daybook::test {

namespace {

app::Config config_of(const DaybookProcess& daybook) {
  app::Config config;
  config.database_url = daybook.database_url();
  config.keys = daybook.keys().string();
  config.data = daybook.state_folder().string();
  config.allow_unsafe = true;
  return config;
}

events::StreamId stream_of(const std::string& id) {
  const auto stream = events::StreamId::parse(id);
  if (!stream) throw std::invalid_argument(id + " is no id.");
  return *stream;
}

template <class A>
domain::Result<log::Accepted> done(log::Settling& settling, events::StreamId stream) {
  return log::Accepted{200, A::stream_type, stream, stream.value, settling.load<A>(stream).version, nullptr};
}

template <class A>
log::Execute append(events::StreamId stream, events::WorkspaceId workspace, typename A::Event event) {
  return [=](log::Settling& settling) -> domain::Result<log::Accepted> {
    if (auto appended = settling.append<A>(stream, workspace, {event}); !appended) return std::move(appended.error());
    return done<A>(settling, stream);
  };
}

}  // namespace

struct LogWriter::Impl {
  explicit Impl(const DaybookProcess& daybook) : position(daybook.position()), deployment(app::open_deployment(config_of(daybook))) {
    log::Appender::Options options;
    options.clock = app::system_now;
    options.aggregates = domain::aggregate_ops_of;
    options.new_event_id = [this] { return events::EventId{ids.next()}; };
    appender = std::make_unique<log::Appender>(std::make_unique<log::PgStore>(deployment.config.database_url, log::PgStoreOptions{true}),
                                               deployment.ring, std::move(options));
  }

  void carry_out(log::Execute execute) {
    log::Request request{};
    request.caller.correlation_id = events::CorrelationId{ids.next()};
    request.items.push_back({std::move(execute), std::nullopt});
    const auto reply = appender->submit_and_wait(std::move(request));
    if (const auto* away = std::get_if<log::Unavailable>(&reply)) throw std::runtime_error(away->reason);
    const auto& outcome = std::get<log::Outcome>(reply);
    if (outcome.failed) throw std::runtime_error(*outcome.failed);
    if (const auto& item = outcome.items.front(); !item) throw std::runtime_error(item.error().detail);
    *position = std::max(*position, outcome.position.value);
  }

  std::shared_ptr<std::int64_t> position;  // which whoever reads afterwards waits for
  app::Deployment deployment;
  crypto::UuidV7Source ids;
  std::unique_ptr<log::Appender> appender;
};

LogWriter::LogWriter(const DaybookProcess& daybook) : impl_(std::make_unique<Impl>(daybook)) {}
LogWriter::~LogWriter() = default;

void LogWriter::happened(std::string_view event, const std::string& stream, const std::string& workspace) {
  const auto id = stream_of(stream);
  const events::WorkspaceId in{stream_of(workspace).value};
  if (event == events::automation::Ran::type) return impl_->carry_out(append<domain::Automation>(id, in, events::automation::Ran{}));
  if (event == events::webhook::DeliveryFailed::type)
    return impl_->carry_out(append<domain::Webhook>(id, in, events::webhook::DeliveryFailed{}));
  throw std::invalid_argument("Nobody writes " + std::string(event) + " here.");
}

std::string LogWriter::opened(std::string_view what, const std::string& stream) {
  const auto id = stream_of(stream);
  std::string text;
  if (what != "integration") throw std::invalid_argument("Nobody opens a " + std::string(what) + " here.");
  impl_->carry_out([&](log::Settling& settling) {
    text = settling.load<domain::Integration>(id).sealed_credentials.text;
    return done<domain::Integration>(settling, id);
  });
  return text;
}

}  // namespace daybook::test
