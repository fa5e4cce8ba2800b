#pragma once
// What Daybook measures of itself: every metric, once, with its sentence. docs/operations.md has the same list; a test compares
// them. Parts say where their figures stand when they are asked (Part::tell), or count as things happen.
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <tuple>

#include "events/log_reader.hpp"
#include "platform/metrics/registry.hpp"
#include "platform/runtime/worker_pool.hpp"
#include "platform/text/instant.hpp"
#include "schemas/api/api.hpp"

namespace daybook::app {

using Metrics = metrics::Registry;
std::span<const metrics::Definition> metric_definitions();

// Counts answered requests; what those of one method, route and status are counted with is looked up once. Safe from any thread.
class RequestMetrics {
 public:
  explicit RequestMetrics(Metrics& metrics);
  void count(const api::Answered& answered);

 private:
  struct Counted {
    metrics::Counter requests;
    metrics::Histogram duration;
  };
  const Counted& counted(std::string_view method, std::string_view route, int status);

  Metrics& metrics_;
  const metrics::Counter received_, sent_;
  std::mutex mutex_;
  std::map<std::tuple<std::string, std::string, int>, Counted, std::less<>> counted_;   // as many as there are time series
};

// A queue and what it may hold; the unit is the queue's own.
void tell_queue(Metrics& metrics, const std::string& queue, std::size_t depth, std::size_t limit);
void tell_workers(Metrics& metrics, const std::string& pool, const runtime::WorkerPool& workers);
// What is asked of the system about this process, and who it is.
void tell_process(Metrics& metrics, const std::string& service);

// How far something that has everything up to a position is behind the log: by events, and by the time since the first one it
// lacks was written.
struct Lag {
  std::int64_t events = 0;
  double seconds = 0;
};
// Says whether PostgreSQL answers; nothing where it does not.
std::optional<Lag> tell_log(Metrics& metrics, events::LogReader& log, events::Position at);
// "relay" or "projection"; where nothing is known the figures of before stand.
void tell_lag(Metrics& metrics, const std::string& of, const std::optional<Lag>& lag);

// "GET", or "other": whatever a stranger may send must not become a name in logs and metrics.
std::string_view known_method(std::string_view method);

double seconds_of(std::chrono::steady_clock::duration duration);

}  // namespace daybook::app
