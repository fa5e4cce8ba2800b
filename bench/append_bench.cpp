// What the log costs above the bare rows: batches through PgStore (lock, head, questions, leaves, root, head
// row, NOTIFY) against the same event rows inserted by one statement a batch, and by one prepared statement a
// row, in a pipeline.
//   append_bench [batches] [events a batch] [durable]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>

#include "bench/row.hpp"
#include "command-service/log/pg_store.hpp"
#include "command-service/log/pg_writes.hpp"
#include "platform/crypto/uuid_source.hpp"
#include "tests/support/postgres_server.hpp"

namespace {

using namespace daybook;

constexpr int streams_in_use = 5000;

class Workload {
 public:
  explicit Workload(int events_a_batch)
      : events_a_batch_(events_a_batch), streams_(streams_in_use), versions_(streams_in_use) {
    for (auto& stream : streams_) stream = events::StreamId{ids_.next()};
  }

  std::vector<log::Envelope> next() {
    std::vector<log::Envelope> batch;
    for (int i = 0; i < events_a_batch_; ++i) {
      const auto at = static_cast<std::size_t>(turn_++ % streams_in_use);
      log::Envelope e{};
      e.event_id = events::EventId{ids_.next()};
      e.stream_id = streams_[at];
      e.stream_type = events::StreamType::issue;
      e.stream_version = versions_[at] = versions_[at].next();
      e.type = "issue.description_changed";
      e.workspace_id = events::WorkspaceId{streams_[0].value};
      e.actor_type = events::ActorType::user;
      e.actor_id = events::PrincipalId{streams_[1].value};
      e.correlation_id = events::CorrelationId{ids_.next()};
      e.data = "{\"description\":\"" + std::string(300, 'x') + "\"}";
      batch.push_back(std::move(e));
    }
    return batch;
  }
  text::Uuid new_id() { return ids_.next(); }

 private:
  int events_a_batch_;
  crypto::UuidV7Source ids_;
  std::vector<events::StreamId> streams_;
  std::vector<events::StreamVersion> versions_;
  std::int64_t turn_ = 0;
};

text::Instant now() {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

// Events per second.
double measure(int batches, int events_a_batch, const std::function<void()>& run) {
  const auto start = bench::Clock::now();
  for (int i = 0; i < batches; ++i) run();
  return batches * events_a_batch / bench::seconds_since(start);
}

std::string fresh_log(test::PostgresServer& server) {
  const auto url = server.fresh_database();
  log::PgStore::migrate(url);
  log::PgStore::initialise(url, "bench");
  return url;
}

// One batch as the appender runs it: every stream's tail and reference are asked for, as after a cold start
// of the cache.
void append(log::PgStore& store, Workload& work, log::Position& seen) {
  auto events = work.next();
  log::Asks asks;
  for (const auto& event : events) {
    asks.streams[event.stream_id] = log::StreamVersion{event.stream_version.value - 1};
    asks.references.insert(event.stream_id);
  }
  const auto opened = store.open_batch(seen, asks);
  log::BatchWrite batch{};
  batch.batch_id = log::BatchId{work.new_id()};
  batch.head = opened.head;
  batch.head.batch_id = batch.batch_id;
  batch.head.recorded_at = now();
  for (auto& event : events) {
    event.position = batch.head.position = batch.head.position.next();
    event.recorded_at = event.occurred_at = batch.head.recorded_at;
    event.leaf = events::leaf_of(store.identity().log_id, event);
    batch.head.frontier.append(event.leaf);
  }
  batch.head.root = batch.head.frontier.root();
  batch.events = std::move(events);
  store.write_batch(batch);
  seen = batch.head.position;
}

// Only the rows: `rows_a_statement` of them in each INSERT of one transaction and trip.
void insert_bare(pg::Connection& connection, Workload& work, log::Position& last,
                 std::size_t rows_a_statement) {
  auto events = work.next();
  for (auto& event : events) {
    event.position = last = last.next();
    event.recorded_at = event.occurred_at = now();
  }
  std::vector<pg::Statement> statements{{"BEGIN", {}}};
  for (std::size_t first = 0; first < events.size(); first += rows_a_statement) {
    log::BatchWrite part{};
    part.events.assign(
        events.begin() + static_cast<std::ptrdiff_t>(first),
        events.begin() + static_cast<std::ptrdiff_t>(std::min(first + rows_a_statement, events.size())));
    statements.push_back(std::move(log::statements_of(part).front()));
  }
  statements.push_back({"COMMIT", {}});
  connection.pipeline(statements);
}

}  // namespace

int main(int argc, char** argv) {
  const int batches = argc > 1 ? std::atoi(argv[1]) : 500;
  const int events_a_batch = argc > 2 ? std::atoi(argv[2]) : 64;
  const bool durable = argc > 3 && std::string(argv[3]) == "durable";
  test::PostgresServer server({.durable = durable, .of_its_own = true});

  log::PgStore store(fresh_log(server), {.allow_unsafe = true});
  Workload store_work(events_a_batch);
  log::Position seen{};
  append(store, store_work, seen);
  const auto through_store = measure(batches, events_a_batch, [&] { append(store, store_work, seen); });

  const auto bare = [&](std::size_t rows_a_statement) {
    pg::Connection connection(fresh_log(server));
    connection.exec("SET synchronous_commit = on");
    Workload work(events_a_batch);
    log::Position last{};
    insert_bare(connection, work, last, rows_a_statement);
    return measure(batches, events_a_batch, [&] { insert_bare(connection, work, last, rows_a_statement); });
  };
  const auto whole = bare(static_cast<std::size_t>(events_a_batch));
  const auto by_row = bare(1);

  std::printf("%d batches of %d events, fsync %s\n", batches, events_a_batch, durable ? "on" : "off");
  bench::print_row("events through the store /s : bare, one statement /s", through_store, whole, "");
  bench::print_row("events through the store /s : bare, a row a statement /s", through_store, by_row, "");
}
