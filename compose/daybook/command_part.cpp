#include "compose/daybook/command_part.hpp"

#include <cstdlib>
#include <filesystem>

#include "command-service/domain/registry.hpp"
#include "command-service/mailing/rules.hpp"
#include "command-service/routes/keys.hpp"
#include "command-service/recording/watched.hpp"
#include "compose/daybook/traces.hpp"
#include "platform/crypto/password.hpp"
#include "platform/logging/log.hpp"

namespace daybook::app {
namespace {

constexpr std::chrono::seconds mail_retry_interval{5};
constexpr int readable_timeout_ms = 2000;  // how long a reply waits for the read models

std::shared_ptr<log::Appender> make_appender(const Deployment& deployment, std::shared_ptr<crypto::UuidV7Source> ids, Metrics& metrics) {
  log::Appender::Options options;
  options.cache_bytes_max = static_cast<std::size_t>(deployment.config.command_cache_bytes);
  options.clock = deployment.clock;
  options.aggregates = domain::aggregate_ops_of;
  options.new_event_id = [ids] { return events::EventId{ids->next()}; };
  options.on_failed = [](const std::string& why) { logging::write(logging::Level::error, "a request could not be carried out: " + why); };
  options.on_batch = [&metrics](const log::BatchReport& batch) {
    metrics.observe("daybook_append_batch_requests", {}, static_cast<double>(batch.requests));
    metrics.observe("daybook_append_batch_events", {}, static_cast<double>(batch.events));
    metrics.observe("daybook_append_batch_duration_seconds", {}, seconds_of(batch.duration));
  };
  options.on_broken = [](const std::string& why) {
    logging::write(logging::Level::error, "an invariant of the log does not hold, so this process ends: " + why);
    std::abort();
  };
  const auto& config = deployment.config;
  return std::make_shared<log::Appender>(std::make_unique<log::PgStore>(config.database_url, log::PgStoreOptions{config.allow_unsafe}),
                                         deployment.ring, std::move(options));
}

std::shared_ptr<mail::Mailer> make_mailer(const Config& config) {
  if (config.smtp_url.empty()) return mail::outbox_mailer(config.mail_outbox, config.mail_from);
  return mail::smtp_mailer({config.smtp_url, config.smtp_user, config.smtp_password, config.mail_from});
}

// What was sent is stored after each mail, since a mail sent twice is seen.
reactors::Options mailing_options(const Deployment& deployment) {
  reactors::Options options;
  options.name = "mail";
  options.rules = mailing::mail_rules({make_mailer(deployment.config), deployment.keys, deployment.config.mail_links,
                                       [](const std::string& why) { logging::write(logging::Level::warning, why); }});
  options.at_a_time = 1;
  options.retry = mail_retry_interval;
  return options;
}

}  // namespace

CommandPart::CommandPart(const Deployment& deployment, std::shared_ptr<projector::Progress> progress, Metrics& metrics) : log_(deployment.open_log()) {
  crypto::verify_nothing("warm");  // the first call costs more, which would tell the first unknown user apart
  tools_.ids = std::make_shared<crypto::UuidV7Source>();
  tools_.appender = make_appender(deployment, tools_.ids, metrics);
  tools_.ring = deployment.ring;
  tools_.keys = deployment.keys;
  tools_.tokens = deployment.tokens;
  tools_.hashing = std::make_shared<runtime::WorkerPool>(static_cast<std::size_t>(deployment.config.hashing_threads), routes::hash_queue_max);
  tools_.clock = deployment.clock;
  test_clock_ = deployment.test_clock;
  tools_.identity = deployment.identity;
  tools_.find_traces = trace_finder(deployment.config.database_url);
  tools_.lock = {deployment.config.lock_failures, std::chrono::seconds(deployment.config.lock_duration_s)};
  tools_.require_verified_email = deployment.config.require_verified_email;
  tools_.require_if_match = deployment.config.require_if_match;
  if (progress)
    tools_.when_readable = [progress](events::Position position, std::function<void()> then) {
      progress->when_reached(position, readable_timeout_ms, [then = std::move(then)](bool) { then(); });
    };
  signing_ = std::make_unique<SigningThread>(deployment);
  recording_ = std::make_unique<RecordingThread>(deployment, tools_.appender, tools_.ids);
  tools_.on_denied = [recorder = recording_->recorder()](const api::Call& call, std::string_view command, std::string_view code) {
    recording::note_denied(*recorder, call, command, code);
  };
  reactors::Options domain;
  domain.name = "domain";
  domain.rules = reactors::domain_rules();
  reacting_ = std::make_unique<ReactingThread>(deployment, tools_.appender, std::move(domain));
  reactors::Options notifying;
  notifying.name = "notifications";
  notifying.rules = reactors::notification_rules();
  notifying_ = std::make_unique<ReactingThread>(deployment, tools_.appender, std::move(notifying));
  timing_ = std::make_unique<TimingThread>(deployment, tools_.appender, tools_.ids);
  mailing_ = std::make_unique<ReactingThread>(deployment, tools_.appender, mailing_options(deployment));
  delivering_ = std::make_unique<DeliveringThread>(deployment, tools_.appender);
  tools_.deliveries = delivering_->deliveries();
  if (!deployment.config.kafka_brokers.empty()) relay_ = std::make_unique<RelayThread>(deployment, metrics);
}

std::vector<api::Route> CommandPart::routes() { return recording::watched(command_service_routes(tools_, test_clock_), recording_->recorder()); }

void CommandPart::recognise_callers(api::Api& api) {
  api.find_holder = routes::holder_finder(tools_);
  api.on_key_shown = routes::use_noter(tools_);
}

// Who sends commands goes first.
void CommandPart::drain() {
  delivering_->stop();
  timing_->stop();
  mailing_->stop();
  notifying_->stop();
  reacting_->stop();
  recording_->stop();
  tools_.appender->drain();
}

void CommandPart::tell(Metrics& metrics) {
  const auto stats = tools_.appender->stats();
  const auto total = [&metrics](std::string_view name, std::uint64_t value) { metrics.total(name, {}, static_cast<double>(value)); };
  metrics.set("daybook_log_position", {}, static_cast<double>(tools_.appender->head().value));
  total("daybook_append_batches_total", stats.batches);
  total("daybook_append_events_total", stats.events);
  total("daybook_append_requests_total", stats.requests);
  total("daybook_append_rounds_total", stats.rounds);
  total("daybook_append_conflicts_total", stats.conflicts);
  total("daybook_append_lost_commits_total", stats.lost_commits);
  total("daybook_append_unknown_commits_total", stats.unknown_commits);
  total("daybook_append_failed_total", stats.failed);
  total("daybook_append_unavailable_total", stats.unavailable);
  tell_queue(metrics, "append", stats.queued, log::queue_requests_max);
  tell_workers(metrics, "hashing", *tools_.hashing);
  reacting_->tell(metrics);
  notifying_->tell(metrics);
  mailing_->tell(metrics);
  timing_->tell(metrics);
  delivering_->tell(metrics);
  recording_->tell(metrics);
  const auto lag = tell_log(metrics, *log_, relay_ ? relay_->position() : tools_.appender->head());
  if (relay_) relay_->tell(metrics, lag);
}

std::string where_mail_goes(const Config& config) {
  if (!config.smtp_url.empty()) return "Mail goes to " + config.smtp_url;
  return "Mail goes into " + std::filesystem::absolute(config.mail_outbox).lexically_normal().string() + ", a file each: no mail server is set";
}

std::vector<api::Route> command_service_routes(const routes::CommandTools& tools, std::shared_ptr<runtime::MovableClock> test_clock) {
  auto all = routes::auth_routes(tools);
  for (auto& route : routes::command_routes(tools)) all.push_back(std::move(route));
  for (auto& route : routes::bulk_routes(tools)) all.push_back(std::move(route));
  for (auto& route : routes::delivery_routes(tools)) all.push_back(std::move(route));
  for (auto& route : routes::test_clock_routes(tools, std::move(test_clock))) all.push_back(std::move(route));
  return all;
}

}  // namespace daybook::app
