#include "compose/daybook/query_part.hpp"

#include "command-service/log/proofs.hpp"
#include "command-service/mailing/token.hpp"
#include "command-service/recording/exports.hpp"
#include "compose/daybook/state_source.hpp"
#include "platform/crypto/hash.hpp"
#include "projector/core/read_table.hpp"
#include "projector/projector.hpp"
#include "query-service/core/sql.hpp"

namespace daybook::app {

namespace {

// Nothing of the log is in them yet, as after an upgrade that gave them another form.
bool is_begun_anew(pg::Connection& connection, int generation) {
  const auto row = connection.exec("SELECT position FROM " + projector::schema_of(generation) + ".checkpoint");
  return row.empty() || row.int64(0, 0) == 0;
}

// What workspaces show of their runs, added up. Where the read models are away, what was told last stands.
void tell_runs(Metrics& metrics, const query::QueryContext& context) {
  try {
    auto lease = context.postgres->lease(query::lease_timeout);
    if (!lease) return;
    const auto sums = (*lease)->exec_prepared(query::filled("SELECT coalesce(sum(run_count), 0)::bigint, coalesce(sum(runs_without_usage), 0)::bigint,"
                                                            " coalesce(sum(runs_without_cost), 0)::bigint FROM $schema.workspaces",
                                                            context.schema));
    metrics.set("daybook_runs_ended", {}, static_cast<double>(sums.int64(0, 0)));
    metrics.set("daybook_runs_without_usage", {}, static_cast<double>(sums.int64(0, 1)));
    metrics.set("daybook_runs_without_cost", {}, static_cast<double>(sums.int64(0, 2)));
  } catch (const pg::Error&) {
  }
}

}  // namespace

QueryPart::QueryPart(const Deployment& deployment, std::shared_ptr<projector::Progress> progress, const projector::Projector* projector,
                     After after)
    : progress_(std::move(progress)), keys_(deployment.keys), has_test_clock_(deployment.test_clock != nullptr), log_(deployment.open_log()), connections_max_(static_cast<std::size_t>(deployment.config.query_connections)) {
  const auto& config = deployment.config;
  const auto& url = config.database_url;
  // Whoever comes first makes the tables, so that the services may start in any order.
  pg::Connection connection(url);
  const int generation = projector::served_generation(connection);
  projector::create_generation(connection, generation);
  if (projector != nullptr || is_begun_anew(connection, generation)) complete_at_ = log_->head();
  pg::PoolOptions pool;
  pool.connections_max = connections_max_;
  pool.on_connect = [](pg::Connection& fresh) { fresh.exec("SET timezone = 'UTC'; SET statement_timeout = '10s'"); };
  context_.postgres = std::make_shared<pg::Pool>(url, pool);
  context_.workers = std::make_shared<runtime::WorkerPool>(static_cast<std::size_t>(config.query_threads), query::query_queue_max);
  context_.position = std::make_shared<ReadPosition>(progress_);
  context_.identity = deployment.identity;
  context_.schema = projector::schema_of(generation);
  context_.cursors = std::make_shared<query::Cursors>(deployment.keys->current(crypto::KeyPurpose::cursor).key, query::log_name(deployment.identity));
  context_.tickets = std::make_shared<api::EventTickets>(deployment.keys, system_now);
  context_.open_log = [&deployment] { return deployment.open_log(); };
  context_.open_proofs = [&deployment] { return std::make_unique<log::PgProofs>(deployment.config.database_url, deployment.keys); };
  context_.report_export = [](pg::Connection& connection, const query::ExportReport& report) {
    recording::report_export(connection, {report.workspace, report.who.user, report.who.session, std::string(report.operation), std::string(report.format)});
  };
  context_.after = std::move(after);
  make_holders_ = [&deployment, position = context_.position] { return std::make_unique<Holders>(deployment, position); };
  context_.heartbeat_ms = config.heartbeat_s * 1000;
  if (projector != nullptr) {
    context_.state = std::make_shared<SharedState>(*projector, progress_);
  } else {
    watch_ = std::make_unique<CheckpointWatch>(url, generation, progress_);
    context_.state = std::make_shared<FollowedState>(projector::state_store_of(config.data, generation), progress_);
  }
}

// A token is made again from the key file, so that nothing has to be unsealed to know it.
std::vector<api::Route> QueryPart::routes() {
  const auto is_ours = [keys = keys_](const crypto::OpaqueToken& token) {
    const auto made = mailing::mailed_token(*keys, events::StreamId{token.owner}, events::MailedTokenId{token.id});
    return crypto::constant_time_equal(made.text, token.text);
  };
  return query_service_routes(context_, is_ours, has_test_clock_ ? Clock(system_now) : Clock());
}

void QueryPart::recognise_callers(api::Api& api) {
  if (api.find_holder) return;
  holders_ = make_holders_();
  api.find_holder = [this](std::string digest, std::function<void(api::Holder)> then) { holders_->find(std::move(digest), std::move(then)); };
}

// Not before what is read is whole: an answer from half of the log would be a wrong one. A query service whose projector is away goes on
// with what there is.
bool QueryPart::ready() {
  if (progress_->current() < complete_at_) return false;
  try {
    auto lease = context_.postgres->lease(query::lease_timeout);
    return lease && (*lease)->ping();
  } catch (const pg::Error&) {
    return false;
  }
}

void QueryPart::tell(Metrics& metrics) {
  metrics.set("daybook_projection_position", {}, static_cast<double>(progress_->current().value));
  tell_lag(metrics, "projection", tell_log(metrics, *log_, progress_->current()));
  tell_workers(metrics, "query", *context_.workers);
  tell_runs(metrics, context_);
  metrics.set("daybook_postgres_pool_connections", {{"state", "in_use"}}, static_cast<double>(context_.postgres->in_use()));
  metrics.set("daybook_postgres_pool_connections", {{"state", "idle"}}, static_cast<double>(context_.postgres->idle()));
  metrics.set("daybook_postgres_pool_connections_limit", {}, static_cast<double>(connections_max_));
  metrics.total("daybook_postgres_pool_leases_total", {}, static_cast<double>(context_.postgres->leases()));
  metrics.set("daybook_live_streams", {}, static_cast<double>(context_.streams->open()));
  metrics.set("daybook_live_streams_limit", {}, static_cast<double>(query::live_streams_max));
}

std::vector<api::Route> query_service_routes(const query::QueryContext& context, query::TokenCheck is_ours, Clock test_clock) {
  auto all = query::resource_routes(context);
  for (auto& route : query::live_routes(context)) all.push_back(std::move(route));
  for (auto& route : query::offer_routes(context, std::move(is_ours))) all.push_back(std::move(route));
  for (auto& route : query::test_clock_routes(context, std::move(test_clock))) all.push_back(std::move(route));
  for (auto& route : query::audit_routes(context)) all.push_back(std::move(route));
  return all;
}

}  // namespace daybook::app
