#include "command-service/reactors/checkpoint.hpp"

#include "command-service/log/pg_rows.hpp"

namespace daybook::reactors {
namespace {

// Keeps the lock of one reactor apart from every other advisory lock of the database.
std::string lock_name(const std::string& name) { return "daybook reactor " + name; }

}  // namespace

Checkpoint::Checkpoint(const std::string& database_url, std::string name) : session_(database_url), name_(std::move(name)) {
  log::prepare_session(session_);
  session_.exec("SET application_name = 'daybook reactors'");
}

bool Checkpoint::take() {
  if (!session_.exec_prepared("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", pg::Params().text(lock_name(name_))).boolean(0, 0)) return false;
  const auto row = session_.exec_prepared("UPDATE log.reactors SET lead = lead + 1 WHERE name = $1 RETURNING lead, position", pg::Params().text(name_));
  if (row.empty()) throw std::logic_error("log.reactors does not know the reactor " + name_);
  lead_ = row.int64(0, 0);
  position_ = events::Position{row.int64(0, 1)};
  return true;
}

void Checkpoint::confirm() {
  const auto row = session_.exec_prepared("SELECT FROM log.reactors WHERE name = $1 AND lead = $2", pg::Params().text(name_).int64(lead_));
  if (row.empty()) throw LeadLost("another process has taken the lead of the reactor " + name_);
}

std::vector<events::Envelope> Checkpoint::causes(const std::vector<std::string_view>& types, events::Position upto, std::size_t max) {
  return log::envelopes_of(session_.exec_prepared(
      "SELECT " + std::string(log::event_columns) +
          " FROM log.events WHERE position > $1 AND position <= $2 AND event_type = ANY($3) ORDER BY position LIMIT $4",
      pg::Params().int64(position_.value).int64(upto.value).text_array(std::span(types)).int64(static_cast<std::int64_t>(max))));
}

void Checkpoint::store(events::Position position) {
  const auto written = session_.exec_prepared("UPDATE log.reactors SET position = $1 WHERE name = $2 AND lead = $3 AND position = $4",
                                              pg::Params().int64(position.value).text(name_).int64(lead_).int64(position_.value));
  if (written.affected() != 1) throw LeadLost("another process has taken the lead of the reactor " + name_);
  position_ = position;
}

}  // namespace daybook::reactors
