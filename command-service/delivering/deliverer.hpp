#pragma once
// Fills the queue and empties it, in one process of several. What is due goes to a few threads; of one webhook no more than its share is
// under way at a time, so that a receiver that hangs holds up its own deliveries and no others for longer than one post may take. A delivery
// that was under way when the process ended is sent again: at least once, under the same id.
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>

#include "command-service/delivering/filling.hpp"
#include "command-service/log/appender.hpp"
#include "command-service/reactors/lead.hpp"
#include "platform/postgres/pool.hpp"
#include "platform/runtime/worker_pool.hpp"

namespace daybook::delivering {

inline constexpr std::string_view deliverer_name = "webhooks";     // in log.reactors
inline constexpr std::size_t sending_threads = 8;
inline constexpr std::chrono::milliseconds idle_wait{500};         // for the log to grow, where nothing is under way
inline constexpr std::chrono::milliseconds busy_wait{50};          // for a delivery under way to end
inline constexpr std::chrono::milliseconds lag_wait{20};           // while the read models lack what the log has
inline constexpr std::chrono::seconds trouble_rest{30};            // of a delivery whose end could not be written down
inline constexpr std::chrono::seconds housekeeping_interval{10};   // between two looks at how many wait and what may be forgotten

struct Stats {
  bool leads = false;
  events::Position position{};  // everything up to here is queued
  std::uint64_t retries = 0;
  std::string last_error;
  std::uint64_t succeeded = 0, failed = 0, again = 0, given_up = 0;  // attempts, by what came of them
  std::int64_t pending = 0;
};

// `run` on one thread; `stats` from any. The appender must outlive it.
class Deliverer {
 public:
  struct Options {
    std::string database_url;
    events::LogIdentity identity;
    std::function<text::Instant()> clock;
    std::function<std::unique_ptr<outbound::Sender>()> make_sender;
    std::function<void(const std::string&)> on_failed = {};  // in words
  };

  Deliverer(Options options, log::Appender& appender, std::unique_ptr<events::LogReader> log, std::unique_ptr<ReadModels> read);

  // Until told to stop, over outages of the database. Returns when nothing is under way any more.
  void run(std::stop_token stop);
  Stats stats() const;

 private:
  using Moment = std::chrono::steady_clock::time_point;

  void begin(reactors::Checkpoint& checkpoint);
  void step(reactors::Checkpoint& checkpoint, runtime::WorkerPool& senders, const std::stop_token& stop);
  bool fill_queue(reactors::Checkpoint& checkpoint);
  bool send_due(runtime::WorkerPool& senders);
  void keep_house();
  void wait(events::Position position, const std::stop_token& stop);

  // On the senders' threads.
  void deliver(const Due& due);
  void attempt(const Due& due);
  std::optional<events::Envelope> find_event(events::Position position);
  outbound::Answer post(const outbound::Post& what);
  void ended(const Due& due, std::optional<std::string> trouble);
  void count(Outcome outcome);

  pg::Connection& session();
  pg::Pool::Lease sender_session();

  const Options options_;
  log::Appender& appender_;
  reactors::Lead lead_;
  std::unique_ptr<events::LogReader> log_;
  std::unique_ptr<ReadModels> read_;
  std::optional<pg::Connection> session_;  // of the leading thread
  pg::Pool sessions_;                      // of the senders
  Moment housekept_{};

  mutable std::mutex mutex_;  // of what stands below
  std::condition_variable ended_;
  std::set<text::Uuid> under_way_;
  std::map<text::Uuid, Moment> resting_;  // until then
  std::vector<std::unique_ptr<outbound::Sender>> idle_senders_;
  Stats stats_;
};

}  // namespace daybook::delivering
