#include "command-service/log/pg_holders.hpp"

#include "events/agent/events.hpp"
#include "events/api_key/events.hpp"

namespace daybook::log {
namespace {

// The scopes are those that the rules claim (domain/api_key, domain/agent). A key is issued by the first event of its stream; of an
// agent's tokens only the last one is claimed.
constexpr std::string_view issued_sql =
    "SELECT e.stream_id, e.position, e.event_type, e.data FROM log.claims c JOIN log.events e ON e.stream_id = c.stream_id AND e.stream_version = 1"
    " WHERE c.scope = 'api-key' AND c.key = $1"
    " UNION ALL (SELECT e.stream_id, e.position, e.event_type, e.data FROM log.claims c JOIN log.events e ON e.stream_id = c.stream_id"
    " WHERE c.scope = 'agent-token' AND c.key = $2 AND e.event_type = 'agent.token_issued' ORDER BY e.stream_version DESC LIMIT 1)";

template <class Event>
Event read(std::string_view data) {
  Event event{};
  if (const auto result = events::from_json(data, event, events::Reading::lenient); !result) throw events::UnreadableEvent(result.text());
  return event;
}

}  // namespace

std::optional<HeldSince> PgHolders::find(const std::string& digest) {
  try {
    if (!connection_) connection_.emplace(url_);
    const auto rows = connection_->exec_prepared(std::string(issued_sql), pg::Params().text(ring_->lookup_key("api-key", digest)).text(digest));
    if (rows.empty()) return std::nullopt;
    HeldSince held{};
    held.stream = *events::StreamId::parse(rows.text(0, 0));
    held.position = events::Position{rows.int64(0, 1)};
    const bool is_key = rows.text(0, 2) == events::api_key::Issued::type;
    if (is_key) held.user = read<events::api_key::Issued>(rows.text(0, 3)).user_id;
    else held.token = read<events::agent::TokenIssued>(rows.text(0, 3)).token_id;
    return held;
  } catch (const pg::Error&) {
    connection_.reset();  // the next one begins afresh
    throw;
  }
}

}  // namespace daybook::log
