#pragma once
// Rows of schema `log` as values, and the few selects that the store, the reader and the audit share. Nothing
// here begins a transaction or catches anything.
#include <string>
#include <string_view>
#include <vector>

#include "events/log_reader.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::log {

// The database answers but must not be used as it is. The message is a sentence for whoever runs it.
struct LogRefused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Told after each batch with events; the payload is the new head.
inline constexpr std::string_view log_channel = "daybook_log";

// The columns of log.events, in the order in which envelope_of() takes them.
inline constexpr std::string_view event_columns =
    "position, event_id, stream_type, stream_id, stream_version, event_type, schema_version, workspace_id, "
    "actor_type, "
    "actor_id, via_type, via_id, origin, correlation_id, causation_id, depth, recorded_at, occurred_at, "
    "data, personal, leaf";

// Settings every session needs for its rows to be read as they are here. Refuses a database that is not
// UTF-8.
void prepare_session(pg::Connection& connection);

events::Envelope envelope_of(const pg::Result& rows, int row);
std::vector<events::Envelope> envelopes_of(const pg::Result& rows);

text::Uuid uuid_at(const pg::Result& rows, int row, int column);
std::optional<text::Uuid> optional_uuid_at(const pg::Result& rows, int row, int column);
text::Instant instant_at(const pg::Result& rows, int row, int column);
crypto::Digest digest_at(const pg::Result& rows, int row, int column);
events::StreamType stream_type_at(const pg::Result& rows, int row, int column);

// Throws LogRefused where the schema or the identity is not there yet.
events::LogIdentity select_identity(pg::Connection& connection);
events::Position select_head_position(pg::Connection& connection);
struct Standing {
  events::Position head{};
  events::Epoch epoch{};
};
Standing select_standing(pg::Connection& connection);
// The Kafka topic that is filled from this log in its present epoch.
std::string select_current_topic(pg::Connection& connection);
std::vector<events::Envelope> select_events(pg::Connection& connection, events::Position after,
                                            std::size_t events_max, std::size_t bytes_max);
std::optional<crypto::Digest> select_leaf(pg::Connection& connection, events::Position position);

}  // namespace daybook::log
