#include "compose/daybook/metrics.hpp"

#include <algorithm>
#include <chrono>

#include "platform/postgres/connection.hpp"
#include "platform/runtime/process_stats.hpp"

namespace daybook::app {
namespace {

using enum metrics::Kind;

constexpr double seconds_buckets[] = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
constexpr double size_buckets[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000};

constexpr metrics::Definition definitions[] = {
    {"daybook_build_info", gauge, "Always 1; version and service are its labels."},
    {"process_cpu_seconds_total", counter, "CPU time of the process, user and system."},
    {"process_resident_memory_bytes", gauge, "Memory of the process that is in RAM."},
    {"process_virtual_memory_bytes", gauge, "Memory of the process that is mapped."},
    {"process_open_fds", gauge, "Open files and sockets of the process."},
    {"process_max_fds", gauge, "How many files and sockets it may open."},
    {"process_start_time_seconds", gauge, "When the process started, since the epoch of Unix."},

    {"daybook_http_requests_total", counter, "Requests answered, by method, route (the operation id) and status."},
    {"daybook_http_request_duration_seconds", histogram, "From the whole request to its answer, by method and route.", seconds_buckets},
    {"daybook_http_rejections_total", counter, "Requests refused, by the code of the problem."},
    {"daybook_http_received_bytes_total", counter, "Bytes of request bodies."},
    {"daybook_http_sent_bytes_total", counter, "Bytes of reply bodies, without streams."},
    {"daybook_http_connections", gauge, "Open connections of clients."},
    {"daybook_http_connections_limit", gauge, "How many may be open; more wait in the listen queue."},
    {"daybook_live_streams", gauge, "Open streams of live events."},
    {"daybook_live_streams_limit", gauge, "How many may be open; more get 503."},
    {"daybook_runs_ended", gauge, "Runs that have ended, as the read models show them."},
    {"daybook_runs_without_usage", gauge, "Those of them that ran and nobody said what they used."},
    {"daybook_runs_without_cost", gauge, "Those of them of which nobody knows what they cost."},

    {"daybook_queue_depth", gauge, "What waits in each queue."},
    {"daybook_queue_limit", gauge, "What each queue may hold."},
    {"daybook_worker_threads", gauge, "Threads of each pool of workers."},
    {"daybook_worker_threads_busy", gauge, "Those that work at this moment."},
    {"daybook_postgres_pool_connections", gauge, "Sessions of the query service, by state: in_use or idle."},
    {"daybook_postgres_pool_connections_limit", gauge, "How many there may be."},
    {"daybook_postgres_pool_leases_total", counter, "Times a query or a stream of live events took one of them."},
    {"daybook_postgres_connections_opened_total", counter, "Sessions with PostgreSQL that the process has opened; grows when they are lost."},
    {"daybook_dependency_up", gauge, "1 while the dependency (postgres, kafka) answers, else 0."},

    {"daybook_log_position", gauge, "Position of the last event this process knows of."},
    {"daybook_append_batches_total", counter, "Batches written."},
    {"daybook_append_events_total", counter, "Events written."},
    {"daybook_append_requests_total", counter, "Requests settled."},
    {"daybook_append_rounds_total", counter, "Rounds of settling; more than two a batch are retries for want of facts."},
    {"daybook_append_conflicts_total", counter, "Requests refused since another version than the expected one was there."},
    {"daybook_append_lost_commits_total", counter, "Commits whose reply was lost and that had to be looked up."},
    {"daybook_append_unknown_commits_total", counter, "Lost commits that could not be looked up in time; their senders were told so."},
    {"daybook_append_failed_total", counter, "Requests that could not be carried out, each alone."},
    {"daybook_append_unavailable_total", counter, "Requests answered with 503 because the database was away."},
    {"daybook_append_batch_requests", histogram, "Requests in a batch.", size_buckets},
    {"daybook_append_batch_events", histogram, "Events in a batch.", size_buckets},
    {"daybook_append_batch_duration_seconds", histogram, "From taking a batch up to the end of its COMMIT.", seconds_buckets},

    {"daybook_refusals_noted_total", counter, "Refused sign-ins and denied commands that were noted."},
    {"daybook_refusals_written_total", counter, "Events written of them; what repeats within a minute is one."},
    {"daybook_refusals_dropped_total", counter, "Refusals that found no room while the log took none."},

    {"daybook_reactor_leads", gauge, "1 while this process leads, by reactor."},
    {"daybook_reactor_position", gauge, "Position up to which every event has had its effects, by reactor."},
    {"daybook_reactor_retries_total", counter, "Times it had to start over, by reactor."},
    {"daybook_reactor_commands_total", counter, "Commands sent, by rule."},
    {"daybook_reactor_refused_total", counter, "Commands refused since things had changed, by rule."},
    {"daybook_reactor_failed_total", counter, "Times a rule or a timer failed by itself, by rule."},

    {"daybook_webhook_deliveries_total", counter, "Attempts to deliver to a webhook, by result: succeeded, again, failed; given_up where nothing was sent any more."},
    {"daybook_webhook_deliveries_pending", gauge, "Deliveries that wait for an attempt; told by the process that leads."},

    {"daybook_relay_leads", gauge, "1 while this process brings the log to Kafka."},
    {"daybook_relay_position", gauge, "Position up to which Kafka has acknowledged everything."},
    {"daybook_relay_lag_events", gauge, "Events that Kafka has not acknowledged."},
    {"daybook_relay_lag_seconds", gauge, "Age of the first of them; 0 where there is none."},
    {"daybook_relay_produced_total", counter, "Messages sent, repeats included."},
    {"daybook_relay_acknowledged_total", counter, "Messages acknowledged."},
    {"daybook_relay_retries_total", counter, "Times the relay had to start over."},
    {"daybook_relay_producers_rebuilt_total", counter, "Times Kafka refused a producer and a new one was made."},
    {"daybook_relay_batch_events", histogram, "Events between two stored positions.", size_buckets},

    {"daybook_projection_position", gauge, "Position the read models show."},
    {"daybook_projection_lag_events", gauge, "Events the read models lack."},
    {"daybook_projection_lag_seconds", gauge, "Age of the first event the read models lack; 0 where there is none."},
    {"daybook_projection_events_total", counter, "Events applied."},
    {"daybook_projection_batches_total", counter, "Batches applied."},
    {"daybook_projection_retries_total", counter, "Times the projector had to start over."},
    {"daybook_projection_parked_scopes", gauge, "Workspaces and users whose read models stand still because an event could not be applied."},
    {"daybook_projection_batch_events", histogram, "Events in a batch.", size_buckets},
    {"daybook_projection_batch_duration_seconds", histogram, "Writing a batch into both stores.", seconds_buckets},
    {"daybook_projection_source_events_total", counter, "With Kafka: events by where they were read, kafka or log."},
    {"daybook_projection_source_refused_total", counter, "With Kafka: messages of another log or epoch."},
};

double number(auto value) { return static_cast<double>(value); }

}  // namespace

std::span<const metrics::Definition> metric_definitions() { return definitions; }

std::string_view known_method(std::string_view method) {
  constexpr std::string_view known[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
  return std::find(std::begin(known), std::end(known), method) == std::end(known) ? "other" : method;
}

double seconds_of(std::chrono::steady_clock::duration duration) { return std::chrono::duration<double>(duration).count(); }

RequestMetrics::RequestMetrics(Metrics& metrics)
    : metrics_(metrics),
      received_(metrics.counter("daybook_http_received_bytes_total", {})),
      sent_(metrics.counter("daybook_http_sent_bytes_total", {})) {}

void RequestMetrics::count(const api::Answered& answered) {
  const auto& with = counted(known_method(answered.method), answered.route.empty() ? "none" : answered.route, answered.status);
  with.requests.add();
  with.duration.observe(seconds_of(answered.duration));
  if (!answered.code.empty()) metrics_.add("daybook_http_rejections_total", {{"code", std::string(answered.code)}});
  received_.add(number(answered.bytes_in));
  sent_.add(number(answered.bytes_out));
}

const RequestMetrics::Counted& RequestMetrics::counted(std::string_view method, std::string_view route, int status) {
  const std::lock_guard lock(mutex_);
  if (const auto known = counted_.find(std::tuple(method, route, status)); known != counted_.end()) return known->second;
  const std::string by_method(method), by_route(route);
  const metrics::Labels labels{{"method", by_method}, {"route", by_route}};
  auto with_status = labels;
  with_status.emplace("status", std::to_string(status));
  const Counted fresh{metrics_.counter("daybook_http_requests_total", with_status),
                      metrics_.histogram("daybook_http_request_duration_seconds", labels)};
  return counted_.emplace(std::tuple(by_method, by_route, status), fresh).first->second;
}

void tell_queue(Metrics& metrics, const std::string& queue, std::size_t depth, std::size_t limit) {
  metrics.set("daybook_queue_depth", {{"queue", queue}}, number(depth));
  metrics.set("daybook_queue_limit", {{"queue", queue}}, number(limit));
}

void tell_process(Metrics& metrics, const std::string& service) {
  metrics.set("daybook_build_info", {{"version", DAYBOOK_VERSION}, {"service", service}}, 1);
  const auto stats = runtime::process_stats();
  metrics.total("process_cpu_seconds_total", {}, stats.cpu_seconds);
  metrics.set("process_resident_memory_bytes", {}, number(stats.resident_bytes));
  metrics.set("process_virtual_memory_bytes", {}, number(stats.virtual_bytes));
  metrics.set("process_open_fds", {}, number(stats.open_files));
  metrics.set("process_max_fds", {}, number(stats.open_files_max));
  metrics.set("process_start_time_seconds", {}, stats.start_time_s);
  metrics.total("daybook_postgres_connections_opened_total", {}, number(pg::connections_opened()));
}

void tell_workers(Metrics& metrics, const std::string& pool, const runtime::WorkerPool& workers) {
  tell_queue(metrics, pool, workers.queued(), workers.queue_max());
  metrics.set("daybook_worker_threads", {{"pool", pool}}, number(workers.threads()));
  metrics.set("daybook_worker_threads_busy", {{"pool", pool}}, number(workers.busy()));
}

std::optional<Lag> tell_log(Metrics& metrics, events::LogReader& log, events::Position at) {
  const auto up = [&metrics](bool answers) { metrics.set("daybook_dependency_up", {{"dependency", "postgres"}}, answers ? 1 : 0); };
  try {
    const auto head = log.head();
    const auto first = head > at ? log.read(at, 1, 1) : std::vector<events::Envelope>();
    up(true);
    if (first.empty()) return Lag{};
    const auto age = std::chrono::duration<double>(std::chrono::system_clock::now() - first.front().recorded_at).count();
    return Lag{head.value - at.value, std::max(0.0, age)};
  } catch (const events::LogUnavailable&) {
    up(false);
    return std::nullopt;
  }
}

void tell_lag(Metrics& metrics, const std::string& of, const std::optional<Lag>& lag) {
  if (!lag) return;
  metrics.set("daybook_" + of + "_lag_events", {}, number(lag->events));
  metrics.set("daybook_" + of + "_lag_seconds", {}, lag->seconds);
}

}  // namespace daybook::app
