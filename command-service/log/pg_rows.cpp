#include "command-service/log/pg_rows.hpp"

#include <algorithm>

#include "events/core/event_type.hpp"

namespace daybook::log {
namespace {

using events::Envelope;
using events::Position;

// A word or value in the log that this program cannot read: made by a newer one, or damaged.
[[noreturn]] void unreadable(std::string_view what, std::string_view found) {
  throw events::UnreadableEvent("the log holds a " + std::string(what) +
                                " that this program does not know: " + std::string(found));
}

template <class Word>
Word word_at(const pg::Result& rows, int row, int column) {
  const auto found = rows.text(row, column);
  if (const auto word = events::word_to<Word>(found)) return *word;
  unreadable(rows.column_name(column), found);
}

// 2026-11-21 05:07:45.123456+00, as a session in UTC with DateStyle ISO prints it.
text::Instant instant_of(std::string_view printed) {
  if (const auto instant = text::parse_instant(std::string(printed) + ":00")) return *instant;
  unreadable("time", printed);
}

template <class Id>
std::optional<Id> optional_id_at(const pg::Result& rows, int row, int column) {
  const auto uuid = optional_uuid_at(rows, row, column);
  if (!uuid) return std::nullopt;
  return Id{*uuid};
}

}  // namespace

void prepare_session(pg::Connection& connection) {
  connection.exec(
      "SET client_encoding = 'UTF8'; SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET bytea_output = 'hex'; "
      "SET jit = off");
  const auto encoding = connection.exec("SHOW server_encoding").text(0, 0);
  if (encoding != "UTF8")
    throw LogRefused("The database keeps text as " + encoding + ". Make one with ENCODING 'UTF8'.");
}

text::Uuid uuid_at(const pg::Result& rows, int row, int column) {
  const auto found = rows.text(row, column);
  if (const auto uuid = text::Uuid::parse(found)) return *uuid;
  unreadable("UUID", found);
}

std::optional<text::Uuid> optional_uuid_at(const pg::Result& rows, int row, int column) {
  if (rows.is_null(row, column)) return std::nullopt;
  return uuid_at(rows, row, column);
}

text::Instant instant_at(const pg::Result& rows, int row, int column) {
  return instant_of(rows.text(row, column));
}

crypto::Digest digest_at(const pg::Result& rows, int row, int column) {
  const auto bytes = rows.bytea(row, column);
  crypto::Digest digest{};
  if (bytes.size() != digest.size()) unreadable("hash", std::to_string(bytes.size()) + " bytes long");
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

events::StreamType stream_type_at(const pg::Result& rows, int row, int column) {
  return word_at<events::StreamType>(rows, row, column);
}

Envelope envelope_of(const pg::Result& rows, int row) {
  Envelope e{};
  e.position = Position{rows.int64(row, 0)};
  e.event_id = events::EventId{uuid_at(rows, row, 1)};
  e.stream_type = stream_type_at(rows, row, 2);
  e.stream_id = events::StreamId{uuid_at(rows, row, 3)};
  e.stream_version = events::StreamVersion{rows.int64(row, 4)};
  e.type = rows.text(row, 5);
  e.schema_version = rows.int64(row, 6);
  e.workspace_id = optional_id_at<events::WorkspaceId>(rows, row, 7);
  e.actor_type = word_at<events::ActorType>(rows, row, 8);
  e.actor_id = optional_id_at<events::PrincipalId>(rows, row, 9);
  e.via_type = word_at<events::ViaType>(rows, row, 10);
  e.via_id = optional_uuid_at(rows, row, 11);
  e.origin = word_at<events::Origin>(rows, row, 12);
  e.correlation_id = events::CorrelationId{uuid_at(rows, row, 13)};
  e.causation_id = optional_id_at<events::EventId>(rows, row, 14);
  e.depth = rows.int64(row, 15);
  e.recorded_at = instant_at(rows, row, 16);
  e.occurred_at = instant_at(rows, row, 17);
  e.data = rows.text(row, 18);
  e.personal = rows.optional_text(row, 19);
  e.leaf = digest_at(rows, row, 20);
  return e;
}

std::vector<Envelope> envelopes_of(const pg::Result& rows) {
  std::vector<Envelope> events;
  events.reserve(static_cast<std::size_t>(rows.rows()));
  for (int row = 0; row < rows.rows(); ++row) events.push_back(envelope_of(rows, row));
  return events;
}

events::LogIdentity select_identity(pg::Connection& connection) {
  if (connection.exec("SELECT to_regclass('log.identity')").is_null(0, 0))
    throw LogRefused("This database holds no log yet. Run `daybook migrate` first.");
  const auto rows = connection.exec("SELECT log_id, epoch, key_fingerprint FROM log.identity");
  if (rows.empty())
    throw LogRefused("The log of this database was never initialised. Run `daybook migrate` first.");
  return {events::LogId{uuid_at(rows, 0, 0)}, events::Epoch{rows.int64(0, 1)}, rows.text(0, 2)};
}

Position select_head_position(pg::Connection& connection) {
  const auto rows = connection.exec_prepared("SELECT position FROM log.heads ORDER BY position DESC LIMIT 1");
  return rows.empty() ? Position{} : Position{rows.int64(0, 0)};
}

Standing select_standing(pg::Connection& connection) {
  const auto rows = connection.exec_prepared(
      "SELECT coalesce((SELECT position FROM log.heads ORDER BY position DESC LIMIT 1), 0), epoch FROM log.identity");
  if (rows.empty()) throw LogRefused("The log of this database has lost its identity.");
  return {Position{rows.int64(0, 0)}, events::Epoch{rows.int64(0, 1)}};
}

std::string select_current_topic(pg::Connection& connection) {
  const auto rows = connection.exec("SELECT name FROM log.topics WHERE is_current");
  if (rows.empty()) throw LogRefused("log.topics names no current Kafka topic.");
  return rows.text(0, 0);
}

std::vector<Envelope> select_events(pg::Connection& connection, Position after, std::size_t events_max,
                                    std::size_t bytes_max) {
  // The running sum ends the page before its rows are fetched: a page of 4 MiB events must not become
  // gigabytes here. The first event passes always, because nothing is summed up before it.
  static const std::string sql =
      "WITH page AS (SELECT *, octet_length(data::text) + coalesce(octet_length(personal::text), 0) AS bytes"
      " FROM log.events WHERE position > $1 ORDER BY position LIMIT $2),"
      " summed AS (SELECT *, sum(bytes) OVER (ORDER BY position) AS total FROM page)"
      " SELECT " +
      std::string(event_columns) + " FROM summed WHERE total <= $3 OR total = bytes ORDER BY position";
  return envelopes_of(connection.exec_prepared(sql, pg::Params()
                                                        .int64(after.value)
                                                        .int64(static_cast<std::int64_t>(events_max))
                                                        .int64(static_cast<std::int64_t>(bytes_max))));
}

std::optional<crypto::Digest> select_leaf(pg::Connection& connection, Position position) {
  const auto rows = connection.exec_prepared("SELECT leaf FROM log.events WHERE position = $1",
                                             pg::Params().int64(position.value));
  if (rows.empty()) return std::nullopt;
  return digest_at(rows, 0, 0);
}

}  // namespace daybook::log
