#pragma once
// Brings the log to Kafka, in the order of positions. One relay leads among all processes, the others stand
// by (leadership.hpp). What it stores is the contiguous acknowledged position with the last position of each
// partition, so that after a crash or a change of the lead it may repeat, never skip, and the chain of `prev`
// goes on. Commands never wait for it: while Kafka is away the log grows, and the relay holds no more than
// its window.
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "command-service/relay/leadership.hpp"
#include "command-service/relay/sent_window.hpp"
#include "events/log_reader.hpp"
#include "platform/kafka/producer.hpp"

namespace daybook::relay {

inline constexpr std::size_t page_events_max = 1000;
inline constexpr std::size_t page_bytes_max = 8 << 20;
inline constexpr std::size_t in_flight_events_max =
    5000;  // sent and not yet in the unbroken acknowledged run
inline constexpr int in_flight_bytes_max = 32 << 20;
inline constexpr int acknowledgement_wait_ms = 20;
inline constexpr int idle_wait_ms = 200;
inline constexpr int confirm_interval_ms = 500;  // between looks at the lead while there is nothing to send
inline constexpr int drain_ms = 2000;            // for what is under way when told to stop

struct Options {
  std::string database_url;
  std::string brokers;
  int replication_factor = 1;                 // of a topic that has to be made
  std::string topic = {};                     // empty: the current one of log.topics
  std::int64_t store_interval_events = 1000;  // the position is stored after so many events,
  int store_interval_ms = 200;                // or after this time if there is anything to store
  int retry_interval_ms = 500;                // after trouble, and between tries to take the lead
  // So many more events are acknowledged and stored; on the relay's thread.
  std::function<void(std::int64_t events)> on_stored = [](std::int64_t) {};
};

struct Stats {
  bool leads = false;
  events::Position position{};  // acknowledged and stored
  events::Position head{};      // of the log, when last seen
  std::int64_t lag = 0;         // events that Kafka has not acknowledged, as far as is stored
  std::size_t in_flight = 0;    // sent and not yet in the unbroken acknowledged run
  std::uint64_t produced = 0, acknowledged = 0, producers_rebuilt = 0, retries = 0;
  std::string last_error;  // empty again with the next acknowledgement
};

// `run` on one thread; `stats` from any.
class Relay {
 public:
  Relay(Options options, std::unique_ptr<events::LogReader> log);
  ~Relay();

  // Runs until told to stop, over outages of database and broker, and takes at most some seconds to end.
  void run(std::stop_token stop);
  [[nodiscard]] Stats stats() const;

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] bool take_lead();
  void give_up_lead();
  void step();
  void read_page();
  void produce_page();
  [[nodiscard]] bool produce(const events::Envelope& event);
  void collect(int timeout_ms);
  void store_when_due();
  void store();
  void rebuild_producer(const std::string& reason);
  void wait_for_events();
  void finish();
  void note_head(events::Position head);

  Options options_;
  std::unique_ptr<events::LogReader> log_;
  std::optional<Leadership> leadership_;  // connected; leads when there is a producer
  std::unique_ptr<kafka::Producer> producer_;
  events::LogIdentity identity_;
  SentWindow window_;
  std::deque<events::Envelope> page_;  // read and not yet sent; follows window_.sent()
  std::optional<events::Position> rebuilt_at_;
  Clock::time_point confirmed_at_{};
  Clock::time_point stored_at_{};

  mutable std::mutex mutex_;
  Stats stats_;
};

}  // namespace daybook::relay
