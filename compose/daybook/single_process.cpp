#include "compose/daybook/single_process.hpp"

#include <iostream>
#include <thread>

#include "command-service/domain/registry.hpp"
#include "command-service/routes/routes.hpp"
#include "compose/daybook/metrics.hpp"
#include "compose/daybook/sources.hpp"
#include "platform/crypto/password.hpp"
#include "platform/http/server.hpp"
#include "platform/runtime/signals.hpp"
#include "projector/core/read_table.hpp"
#include "projector/projector.hpp"
#include "query-service/routes/routes.hpp"

namespace daybook::app {
namespace {

constexpr std::size_t hashing_threads = 1;
constexpr std::size_t query_threads = 2;
constexpr std::size_t query_connections_max = 4;
constexpr int readable_timeout_ms = 2000;              // how long a reply waits for the read models
constexpr std::chrono::milliseconds drain_deadline{10000};

// The projector's progress as the query service knows it.
class ReadPosition final : public query::ReadPosition {
 public:
  explicit ReadPosition(std::shared_ptr<projector::Progress> progress) : progress_(std::move(progress)) {}
  events::Position current() const override { return progress_->current(); }
  void when_reached(events::Position position, int timeout_ms, std::function<void(bool)> then) override {
    progress_->when_reached(position, timeout_ms, std::move(then));
  }
  std::shared_ptr<void> on_growth(std::function<void(events::Position)> then) override { return progress_->on_growth(std::move(then)); }

 private:
  std::shared_ptr<projector::Progress> progress_;
};

// The parts in the order they start; they end in the opposite one.
class SingleProcess {
 public:
  explicit SingleProcess(const Config& config) : deployment_(open_deployment(config)), server_(server_options()) {
    crypto::verify_nothing("warm");   // the first call costs more, which would tell the first unknown user apart
    start_appender();
    start_projector();
    make_queries();
    api_.add(routes::auth_routes(commands_));
    api_.add(routes::command_routes(commands_));
    api_.add(routes::bulk_routes(commands_));
    api_.add(query::resource_routes(queries_));
    api_.add(query::search_routes(queries_));
    api_.add(query::live_routes(queries_));
    api_.add(query::operations_routes({[this] { return ready(); }, [this] { return metrics_text(); }, [this] { return api_.openapi(); }}));
    api_.on_answered = [this](const api::Answered& answered) { metrics_.answered(answered.route, answered.status); };
  }

  ~SingleProcess() {
    stopping_ = true;
    if (projector_thread_.joinable()) projector_thread_.join();
  }

  int run() {
    server_.start([this](http::Request request, http::Respond respond) { api_.handle(std::move(request), std::move(respond)); });
    std::cout << "Daybook serves http://" << deployment_.config.address << ":" << server_.port() << " (log " << deployment_.identity.log_id.text() << ")" << std::endl;
    runtime::wait_for_stop_signal();
    draining_ = true;
    queries_.streams->drain();
    server_.drain(drain_deadline);
    commands_.appender->drain();
    return failed_ ? exit_failed : 0;
  }

 private:
  http::ServerOptions server_options() {
    http::ServerOptions options;
    options.address = deployment_.config.address;
    options.port = deployment_.config.port;
    options.body_limit = [this](std::string_view method, std::string_view path) { return api_.body_bytes_max(method, path); };
    options.problem = api::server_problem;
    return options;
  }

  void start_appender() {
    const auto& config = deployment_.config;
    commands_.ids = std::make_shared<crypto::UuidV7Source>();
    log::Appender::Options options;
    options.clock = system_now;
    options.aggregates = domain::aggregate_ops_of;
    options.new_event_id = [ids = commands_.ids] { return events::EventId{ids->next()}; };
    options.on_failed = [](const std::string& why) { std::cerr << "daybook: a request could not be carried out: " << why << std::endl; };
    options.on_broken = [](const std::string& why) {
      std::cerr << "daybook: an invariant of the log does not hold, so this process ends: " << why << std::endl;
      std::abort();
    };
    commands_.appender = std::make_shared<log::Appender>(
        std::make_unique<log::PgStore>(config.database_url, log::PgStoreOptions{config.allow_unsafe}), deployment_.ring, std::move(options));
    signing_ = std::make_unique<SigningThread>(deployment_);
    commands_.ring = deployment_.ring;
    commands_.keys = deployment_.keys;
    commands_.tokens = tokens_ = std::make_shared<api::AccessTokens>(deployment_.keys, system_now);
    commands_.hashing = std::make_shared<runtime::WorkerPool>(hashing_threads, routes::hash_queue_max);
    commands_.clock = system_now;
    commands_.identity = deployment_.identity;
    commands_.when_readable = [progress = progress_](events::Position position, std::function<void()> then) {
      progress->when_reached(position, readable_timeout_ms, [then = std::move(then)](bool) { then(); });
    };
  }

  void start_projector() {
    const auto& config = deployment_.config;
    std::shared_ptr<events::LogReader> log = deployment_.open_log();
    projector::Options options;
    options.database_url = config.database_url;
    options.folder = config.data;
    projector_ = std::make_unique<projector::Projector>(options, make_source(deployment_, deployment_.open_log()), log, deployment_.ring, progress_);
    pg::Connection connection(config.database_url);
    projector::create_generation(connection, projector::current_generation);
    if (!config.kafka_brokers.empty()) relay_ = std::make_unique<RelayThread>(deployment_);
    projector_thread_ = std::thread([this] {
      try {
        projector_->run(stopping_);
      } catch (const std::exception& stopped) {
        std::cerr << "daybook: the projector has stopped: " << stopped.what() << std::endl;
        failed_ = true;
      }
    });
  }

  void make_queries() {
    const auto& config = deployment_.config;
    pg::PoolOptions pool;
    pool.connections_max = query_connections_max;
    pool.on_connect = [](pg::Connection& connection) { connection.exec("SET timezone = 'UTC'; SET statement_timeout = '10s'"); };
    queries_.postgres = std::make_shared<pg::Pool>(config.database_url, pool);
    queries_.workers = std::make_shared<runtime::WorkerPool>(query_threads, query::query_queue_max);
    queries_.position = std::make_shared<ReadPosition>(progress_);
    queries_.identity = deployment_.identity;
    queries_.schema = projector::schema_of(projector::current_generation);
    const auto& cursor = deployment_.keys->current(crypto::KeyPurpose::cursor);
    queries_.cursors = std::make_shared<query::Cursors>(cursor.key, deployment_.identity.log_id.text() + "." + std::to_string(deployment_.identity.epoch.value));
    queries_.tickets = std::make_shared<api::EventTickets>(deployment_.keys, system_now);
    queries_.open_log = [this] { return deployment_.open_log(); };
    queries_.after = [this](int delay_ms, std::function<void()> work) { server_.post_after(std::chrono::milliseconds(delay_ms), std::move(work)); };
  }

  bool ready() {
    if (draining_ || failed_) return false;
    try {
      auto lease = queries_.postgres->lease(query::lease_timeout);
      return lease && (*lease)->ping();
    } catch (const pg::Error&) {
      return false;
    }
  }

  std::string metrics_text() {
    const auto stats = commands_.appender->stats();
    const auto head = commands_.appender->head();
    metrics_.set("daybook_log_position", "Position of the last event this process knows of.", static_cast<double>(head.value));
    metrics_.set("daybook_projection_position", "Position the read models show.", static_cast<double>(progress_->current().value));
    metrics_.set("daybook_projection_lag_events", "Events the read models lack.", static_cast<double>(std::max<std::int64_t>(0, head.value - progress_->current().value)));
    metrics_.set("daybook_append_queue_requests", "Requests waiting to be settled.", static_cast<double>(stats.queued));
    metrics_.set("daybook_append_batches", "Batches written.", static_cast<double>(stats.batches));
    metrics_.set("daybook_append_events", "Events written.", static_cast<double>(stats.events));
    metrics_.set("daybook_append_rounds", "Rounds of settling.", static_cast<double>(stats.rounds));
    metrics_.set("daybook_append_lost_commits", "Commits whose reply was lost.", static_cast<double>(stats.lost_commits));
    metrics_.set("daybook_append_unknown_commits", "Lost commits that could not be looked up in time.", static_cast<double>(stats.unknown_commits));
    metrics_.set("daybook_append_failed", "Requests that could not be carried out, each alone.", static_cast<double>(stats.failed));
    metrics_.set("daybook_append_unavailable", "Requests answered with 503 because the database was away.", static_cast<double>(stats.unavailable));
    if (relay_) relay_->tell(metrics_);
    return metrics_.text();
  }

  Deployment deployment_;
  Metrics metrics_;
  std::shared_ptr<api::AccessTokens> tokens_;
  api::Api api_{"Daybook", [this](std::string_view token) { return tokens_->verify(token); }};
  std::shared_ptr<projector::Progress> progress_ = std::make_shared<projector::Progress>();
  routes::CommandTools commands_;
  query::QueryContext queries_;
  std::atomic<bool> stopping_{false}, draining_{false}, failed_{false};
  std::unique_ptr<projector::Projector> projector_;
  std::unique_ptr<RelayThread> relay_;
  std::unique_ptr<SigningThread> signing_;
  std::thread projector_thread_;
  http::Server server_;
};

}  // namespace

int serve(const Config& config) {
  try {
    return SingleProcess(config).run();
  } catch (const http::AddressInUse& taken) {
    throw Refusal(std::string(taken.what()) + " Choose another with --listen.", exit_port_taken);
  }
}

}  // namespace daybook::app
