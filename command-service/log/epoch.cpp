#include "command-service/log/epoch.hpp"

#include <algorithm>

#include "command-service/log/pg_audit.hpp"
#include "command-service/log/pg_rows.hpp"
#include "command-service/log/pg_store.hpp"
#include "platform/postgres/transaction.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::log {
namespace {

// daybook.events.1 in the first epoch, daybook.events.1.e1795249423 in a later one.
std::string topic_in_epoch(const std::string& current, events::Epoch epoch) {
  auto base = current;
  const auto mark = current.rfind(".e");
  if (mark != current.npos && current.find_first_not_of("0123456789", mark + 2) == current.npos) base.resize(mark);
  return base + ".e" + std::to_string(epoch.value);
}

// The old topic stays as it is: a consumer that still reads it sees that nothing comes any more, never other events at the
// positions it knows.
void turn_to_new_topic(pg::Connection& connection, const std::string& current, const std::string& topic) {
  connection.exec(
      "INSERT INTO log.topics (name, partitions, is_current) SELECT $2, partitions, false FROM log.topics WHERE name = $1",
      pg::Params().text(current).text(topic));
  connection.exec("UPDATE log.topics SET is_current = false WHERE is_current");
  connection.exec("UPDATE log.topics SET is_current = true WHERE name = $1", pg::Params().text(topic));
}

void record(pg::Connection& connection, events::Epoch epoch, const AuditReport& audit, text::Instant now) {
  connection.exec("INSERT INTO log.epochs (epoch, position, root, opened_at) VALUES ($1, $2, $3, $4)",
                  pg::Params().int64(epoch.value).int64(audit.head.value).bytea(text::view_of(audit.root)).text(
                      text::format_instant(now)));
  connection.exec("UPDATE log.identity SET epoch = $1", pg::Params().int64(epoch.value));
}

}  // namespace

EpochOpened open_epoch(const std::string& url, const AuditOptions& audit, text::Instant now) {
  try {
    pg::Connection connection(url);
    prepare_session(connection);
    connection.exec("SET synchronous_commit = on");
    pg::Transaction transaction(connection);
    PgStore::take_append_lock(connection);
    EpochOpened opened{{}, select_identity(connection), select_current_topic(connection)};
    {
      PgAuditSnapshot snapshot(url);
      opened.audit = verify(snapshot, snapshot, audit);
    }
    if (!opened.audit.sound()) return opened;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    opened.identity.epoch = events::Epoch{std::max<std::int64_t>(opened.identity.epoch.value + 1, seconds)};
    const auto current = std::exchange(opened.topic, topic_in_epoch(opened.topic, opened.identity.epoch));
    turn_to_new_topic(connection, current, opened.topic);
    record(connection, opened.identity.epoch, opened.audit, now);
    connection.exec("SELECT pg_notify($1, $2)",
                    pg::Params().text(log_channel).text(std::to_string(opened.audit.head.value)));
    transaction.commit();
    return opened;
  } catch (const pg::ConnectionLost& lost) {
    throw events::LogUnavailable(lost.what());
  }
}

std::string current_topic(const std::string& url) {
  try {
    pg::Connection connection(url);
    return select_current_topic(connection);
  } catch (const pg::ConnectionLost& lost) {
    throw events::LogUnavailable(lost.what());
  }
}

}  // namespace daybook::log
