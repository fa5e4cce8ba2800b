#pragma once
// Follows the log as far as the read models show it and lets every rule have the events it is about. One process reacts, the others stand
// by; those of another name have a checkpoint of their own, so that what waits for the world outside holds up nothing else. Effects go through the appender as commands of the system (origin `reactor`, caused by the event, one deeper); past
// the depth that a chain may have, nothing reacts any more. What cannot be sent now is tried again from the stored position;
// an event at which a rule fails by itself is reported and passed, so that one defect does not stop them all.
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

#include "command-service/log/appender.hpp"
#include "command-service/reactors/lead.hpp"
#include "command-service/reactors/rule.hpp"
#include "events/log_reader.hpp"

namespace daybook::reactors {

inline constexpr std::size_t causes_max = 200;   // looked at between two stored positions
inline constexpr int idle_wait_ms = 500;
inline constexpr std::chrono::milliseconds read_lag_wait{20};    // while the read models lack what the log has

struct RuleStats {
  std::uint64_t sent = 0, refused = 0, failed = 0;
  // Of commands that were carried out, each for itself.
  void count(const log::Outcome& outcome);
};

struct Stats {
  bool leads = false;
  events::Position position{};   // everything up to here has had its effects
  std::uint64_t retries = 0;
  std::string last_error;        // empty again with the next page
  std::map<std::string, RuleStats> rules;
};

struct Options {
  std::string name;                                // of its row in log.reactors
  std::string database_url;
  std::vector<Rule> rules;
  std::function<void(const std::string&)> on_failed = {};   // a rule's defect, in words
  std::size_t at_a_time = causes_max;              // causes between two stored positions: 1 where an effect shows to the world
  std::chrono::milliseconds retry = retry_interval;
};

// Shows one event to the rules that name it; the appender must outlive it. One thread at a time.
class Reactions {
 public:
  Reactions(std::vector<Rule> rules, log::Appender& appender, ReadModels& read, std::function<void(const std::string&)> on_failed);
  // Throws events::LogUnavailable when a command could not be sent.
  void react(const events::Envelope& cause);
  // What any rule is about.
  const std::vector<std::string_view>& causes() const { return causes_; }
  std::map<std::string, RuleStats> stats() const;

 private:
  void send(const Rule& rule, const events::Envelope& cause, std::vector<log::Item> items);

  std::vector<Rule> rules_;
  std::vector<std::string_view> causes_;
  log::Appender& appender_;
  ReadModels& read_;
  std::function<void(const std::string&)> on_failed_;
  mutable std::mutex mutex_;
  std::map<std::string, RuleStats> stats_;
};

// `run` on one thread; `stats` from any.
class Reactor {
 public:
  Reactor(Options options, log::Appender& appender, std::unique_ptr<events::LogReader> log, std::unique_ptr<ReadModels> read);

  // Until told to stop, over outages of the database.
  void run(std::stop_token stop);
  Stats stats() const;

 private:
  void step(Checkpoint& checkpoint, const std::stop_token& stop);
  void reached(events::Position position);

  Lead lead_;
  const std::size_t at_a_time_;
  std::unique_ptr<events::LogReader> log_;
  std::unique_ptr<ReadModels> read_;
  Reactions reactions_;

  mutable std::mutex mutex_;
  events::Position position_{};
};

}  // namespace daybook::reactors
