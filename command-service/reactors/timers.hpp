#pragma once
// What is to happen because time has passed. One process leads; once a second each timer asks the read tables what is due, a
// bounded number at a time, and sends commands on the system's behalf (origin `timer`). Nothing is kept beside the tables, so a
// restart loses nothing. They may be behind, two processes may lead for a moment: a command asks under the log's lock, by the clock of the log,
// whether there is anything left to do.
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

#include "command-service/reactors/reactor.hpp"

namespace daybook::reactors {

inline constexpr std::size_t due_max = 200;                      // that a timer finds at a time
inline constexpr std::chrono::milliseconds tick_interval{1000};  // between two looks at what is due
inline constexpr std::string_view timers_name = "timers";        // in log.reactors; there is no position to it

struct Timer {
  std::string_view name;  // of its metrics
  std::function<std::vector<log::Item>(ReadModels&, text::Instant now)> due;
};

// Which rows, how long before their time, and how late at most.
struct TimedRows {
  Upcoming what;
  std::chrono::seconds ahead{0};
  std::chrono::seconds late_max = std::chrono::years{100};
};
// A timer that has one command for each row of one table. It goes through what is due page by page, a page each time, and begins
// again behind the last: what stays due although nothing is to be done about it stands in nobody's way.
Timer timer_over(std::string_view name, TimedRows rows, std::function<log::Item(const Due&)> command);

// Asks every timer once and sends what they say; the appender must outlive it. One thread at a time.
class Ticks {
 public:
  struct Options {
    std::vector<Timer> timers;
    std::function<events::CorrelationId()> new_correlation;
    std::function<void(const std::string&)> on_failed = {};  // a timer's defect, in words; the same one once
  };

  Ticks(Options options, log::Appender& appender, ReadModels& read);
  // One timer's defect stops no other. Throws events::LogUnavailable, at the end, when a command could not be sent.
  void tick(text::Instant now);
  std::map<std::string, RuleStats> stats() const;

 private:
  std::vector<log::Item> ask(const Timer& timer, text::Instant now);
  void send(const Timer& timer, std::vector<log::Item> items);
  void failed(const Timer& timer, const std::string& why);

  Options options_;
  log::Appender& appender_;
  ReadModels& read_;
  std::map<std::string_view, std::string> failures_;  // the last of each timer
  mutable std::mutex mutex_;
  std::map<std::string, RuleStats> stats_;
};

// `run` on one thread; `stats` from any.
class Timers {
 public:
  struct Options {
    std::string database_url;
    std::function<text::Instant()> clock;  // the appender's
    Ticks::Options ticks;
    std::chrono::milliseconds interval = tick_interval;
  };

  Timers(Options options, log::Appender& appender, std::unique_ptr<ReadModels> read);

  // Until told to stop, over outages of the database.
  void run(std::stop_token stop);
  // Without a position.
  Stats stats() const;

 private:
  Lead lead_;
  const std::function<text::Instant()> clock_;
  const std::chrono::milliseconds interval_;
  std::unique_ptr<ReadModels> read_;
  Ticks ticks_;
};

}  // namespace daybook::reactors
