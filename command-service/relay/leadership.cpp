#include "command-service/relay/leadership.hpp"

#include <utility>

namespace daybook::relay {
namespace {

// Keeps the lock of one topic apart from every other advisory lock of the database.
std::string lock_name(const std::string& topic) { return "daybook relay of " + topic; }

}  // namespace

// pg_locks shows a key of 64 bits in two halves (PostgreSQL manual, pg_locks).
bool is_led(pg::Connection& connection, const std::string& topic) {
  return connection
      .exec_prepared(
          "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND database = "
          "(SELECT oid FROM pg_database WHERE datname = current_database()) AND ((classid::bigint << 32) | objid::bigint) = hashtextextended($1, 0))",
          pg::Params().text(lock_name(topic)))
      .boolean(0, 0);
}

Checkpoint stored_checkpoint(pg::Connection& connection, const std::string& topic) {
  const auto rows = connection.exec_prepared(
      "SELECT t.partitions, coalesce(r.position, 0), p.last FROM log.topics t LEFT JOIN log.relay r ON r.topic = t.name "
      "LEFT JOIN LATERAL unnest(r.previous) WITH ORDINALITY p(last, place) ON true WHERE t.name = $1 ORDER BY p.place",
      pg::Params().text(topic));
  if (rows.empty()) throw std::runtime_error("log.topics does not know the Kafka topic " + topic);
  Checkpoint checkpoint{topic, static_cast<int>(rows.int64(0, 0)), events::Position{rows.int64(0, 1)}, {}};
  for (int i = 0; i < rows.rows(); ++i)
    if (rows.optional_text(i, 2)) checkpoint.previous.push_back(rows.int64(i, 2));
  checkpoint.previous.resize(static_cast<std::size_t>(checkpoint.partitions), 0);
  return checkpoint;
}

Leadership::Leadership(const std::string& database_url, std::string topic) : session_(database_url) {
  session_.exec("SET application_name = 'daybook relay'");
  checkpoint_.topic = std::move(topic);
}

void Leadership::find_topic() {
  const auto row = session_.exec_prepared(
      "SELECT name, partitions FROM log.topics WHERE name = $1 OR ($1 = '' AND is_current)",
      pg::Params().text(checkpoint_.topic));
  if (row.empty())
    throw std::runtime_error(checkpoint_.topic.empty()
                                 ? "log.topics names no current Kafka topic"
                                 : "log.topics does not know the Kafka topic " + checkpoint_.topic);
  checkpoint_.topic = row.text(0, 0);
  checkpoint_.partitions = static_cast<int>(row.int64(0, 1));
}

bool Leadership::take() {
  find_topic();
  const auto lock = session_.exec_prepared("SELECT pg_try_advisory_lock(hashtextextended($1, 0))",
                                           pg::Params().text(lock_name(checkpoint_.topic)));
  if (!lock.boolean(0, 0)) return false;
  begin_epoch();
  return true;
}

void Leadership::begin_epoch() {
  const auto& topic = checkpoint_.topic;
  session_.exec_prepared(
      "INSERT INTO log.relay (topic, position, epoch) VALUES ($1, 0, 0) ON CONFLICT (topic) DO NOTHING",
      pg::Params().text(topic));
  const auto row = session_.exec_prepared(
      "UPDATE log.relay SET epoch = epoch + 1 WHERE topic = $1 RETURNING epoch, position, "
      "cardinality(previous)",
      pg::Params().text(topic));
  epoch_ = row.int64(0, 0);
  checkpoint_.position = events::Position{row.int64(0, 1)};
  checkpoint_.previous.assign(static_cast<std::size_t>(checkpoint_.partitions), 0);
  if (checkpoint_.position.value == 0) return;
  if (row.int64(0, 2) != checkpoint_.partitions)
    throw std::runtime_error("log.relay knows " + row.text(0, 2) + " partitions of the Kafka topic " + topic +
                             ", log.topics says " + std::to_string(checkpoint_.partitions) +
                             ". The number of a topic never changes: make a new topic.");
  const auto previous = session_.exec_prepared("SELECT unnest(previous) FROM log.relay WHERE topic = $1",
                                               pg::Params().text(topic));
  for (int i = 0; i < previous.rows(); ++i)
    checkpoint_.previous[static_cast<std::size_t>(i)] = previous.int64(i, 0);
}

void Leadership::confirm() {
  const auto row = session_.exec_prepared("SELECT FROM log.relay WHERE topic = $1 AND epoch = $2",
                                          pg::Params().text(checkpoint_.topic).int64(epoch_));
  if (row.empty()) throw LeadLost("another relay leads the Kafka topic " + checkpoint_.topic);
}

void Leadership::store(events::Position position, const std::vector<std::int64_t>& previous) {
  const auto written = session_.exec_prepared(
      "UPDATE log.relay SET position = $1, previous = $2::bigint[] WHERE topic = $3 AND epoch = $4 AND "
      "position = $5",
      pg::Params()
          .int64(position.value)
          .int64_array(previous)
          .text(checkpoint_.topic)
          .int64(epoch_)
          .int64(checkpoint_.position.value));
  if (written.affected() != 1) throw LeadLost("another relay leads the Kafka topic " + checkpoint_.topic);
  checkpoint_.position = position;
  checkpoint_.previous = previous;
}

}  // namespace daybook::relay
