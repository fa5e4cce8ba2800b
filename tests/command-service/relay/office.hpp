#pragma once
// What the tests of the relay share: a log in memory, a database with the real schema, a reader that takes a
// topic apart.
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "command-service/relay/relay.hpp"
#include "events/kafka_message.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::relay::test {

using events::Envelope;
using events::Position;

inline const std::string topic = "daybook.events.1";
inline constexpr int partitions = 12;

// The log's events, shared by any number of readers on any threads.
class Log {
 public:
  Log();
  // So many events more, of seven workspaces and, every fifth, of a user outside any.
  void grow(int count);
  [[nodiscard]] std::vector<Envelope> events() const;
  [[nodiscard]] std::unique_ptr<events::LogReader> reader();
  // Every read waits here before it answers.
  std::function<void()> before_read;

  const events::LogIdentity identity;

 private:
  class Reader;
  mutable std::mutex mutex_;
  std::condition_variable grown_;
  std::vector<Envelope> events_;
};

// A fresh database with the schema of the log, and the relay's row in it.
class Database {
 public:
  Database();
  [[nodiscard]] std::int64_t position(const std::string& of = topic);
  [[nodiscard]] std::int64_t epoch(const std::string& of = topic);
  void exec(const std::string& sql) { admin_.exec(sql); }
  // Cuts the session that holds the relay's lock; false when nobody leads.
  bool cut_leader();

  const std::string url;

 private:
  pg::Connection admin_;
};

// A relay on a thread of its own until the end of this object.
class RunningRelay {
 public:
  RunningRelay(Options options, std::unique_ptr<events::LogReader> log);
  ~RunningRelay();
  void stop();
  [[nodiscard]] Stats stats() const { return relay_.stats(); }
  [[nodiscard]] bool leads_within_limit() const;
  [[nodiscard]] bool stored_within_limit(std::int64_t position) const;

 private:
  Relay relay_;
  std::jthread thread_;
};

// What a topic holds from its beginning to its end.
struct Heard {
  std::map<int, std::vector<events::FromRecord>> by_partition;
  std::size_t messages = 0;
  std::size_t repeats = 0;  // messages at or before the last position heard in their partition
  std::size_t unreadable = 0;
  std::size_t broken_chains = 0;  // `prev` lies behind what was heard: something was skipped
  std::set<std::int64_t> positions;
};
Heard hear(const std::string& brokers, const std::string& of = topic);

// Fails unless every event of the log is there, whole, in its partition, in order, and chained.
void expect_whole(const Heard& heard, const Log& log);

}  // namespace daybook::relay::test
