#include "command-service/reactors/checkpoint.hpp"

#include "command-service/log/pg_rows.hpp"

namespace daybook::reactors {
namespace {

constexpr std::int64_t reactors_lock = 0x6461'7962'6f6f'6b33;  // beside the log's own, never with them

}  // namespace

Checkpoint::Checkpoint(const std::string& database_url) : session_(database_url) {
  log::prepare_session(session_);
  session_.exec("SET application_name = 'daybook reactors'");
}

bool Checkpoint::take() {
  if (!session_.exec_prepared("SELECT pg_try_advisory_lock($1)", pg::Params().int64(reactors_lock)).boolean(0, 0)) return false;
  const auto row = session_.exec("UPDATE log.reactors SET lead = lead + 1 WHERE name = 'domain' RETURNING lead, position");
  lead_ = row.int64(0, 0);
  position_ = events::Position{row.int64(0, 1)};
  return true;
}

void Checkpoint::confirm() {
  const auto row = session_.exec_prepared("SELECT FROM log.reactors WHERE name = 'domain' AND lead = $1", pg::Params().int64(lead_));
  if (row.empty()) throw LeadLost("another process has taken the reactors' lead");
}

std::vector<events::Envelope> Checkpoint::causes(const std::vector<std::string_view>& types, events::Position upto, std::size_t max) {
  return log::envelopes_of(session_.exec_prepared(
      "SELECT " + std::string(log::event_columns) +
          " FROM log.events WHERE position > $1 AND position <= $2 AND event_type = ANY($3) ORDER BY position LIMIT $4",
      pg::Params().int64(position_.value).int64(upto.value).text_array(std::span(types)).int64(static_cast<std::int64_t>(max))));
}

void Checkpoint::store(events::Position position) {
  const auto written = session_.exec_prepared("UPDATE log.reactors SET position = $1 WHERE name = 'domain' AND lead = $2 AND position = $3",
                                              pg::Params().int64(position.value).int64(lead_).int64(position_.value));
  if (written.affected() != 1) throw LeadLost("another process has taken the reactors' lead");
  position_ = position;
}

}  // namespace daybook::reactors
