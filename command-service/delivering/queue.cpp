#include "command-service/delivering/queue.hpp"

#include "command-service/log/pg_rows.hpp"

namespace daybook::delivering {
namespace {

constexpr std::string_view inserting =
    "INSERT INTO log.webhook_deliveries (webhook_id, workspace_id, event_id, position, event_type, next_at, created_at)"
    " SELECT webhook_id, workspace_id, event_id, position, event_type, $6::timestamptz, $6::timestamptz"
    " FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[]) AS e(webhook_id, workspace_id, event_id, position, event_type)"
    " ON CONFLICT ON CONSTRAINT webhook_deliveries_once DO ";
constexpr std::string_view anew = "SET status = 'pending', attempts = 0, ended_at = NULL, next_at = ";

std::size_t put(pg::Connection& connection, std::span<const Entry> entries, text::Instant now, std::string_view where_there) {
  if (entries.empty()) return 0;
  std::vector<std::string> webhooks, workspaces, events, types;
  std::vector<std::int64_t> positions;
  for (const auto& entry : entries) {
    webhooks.push_back(entry.webhook.text());
    workspaces.push_back(entry.workspace.text());
    events.push_back(entry.event.text());
    types.push_back(entry.type);
    positions.push_back(entry.position.value);
  }
  const auto written = connection.exec_prepared(std::string(inserting) + std::string(where_there), pg::Params()
                                                                                                        .text_array(std::span<const std::string>(webhooks))
                                                                                                        .text_array(std::span<const std::string>(workspaces))
                                                                                                        .text_array(std::span<const std::string>(events))
                                                                                                        .int64_array(positions)
                                                                                                        .text_array(std::span<const std::string>(types))
                                                                                                        .text(text::format_instant(now)));
  return static_cast<std::size_t>(written.affected());
}

// Webhooks with something pending are few beside their deliveries, so they are found by skipping through the index.
constexpr std::string_view due =
    "WITH RECURSIVE waiting AS ("
    "(SELECT webhook_id FROM log.webhook_deliveries WHERE status = 'pending' ORDER BY webhook_id LIMIT 1)"
    " UNION ALL SELECT (SELECT d.webhook_id FROM log.webhook_deliveries d WHERE d.status = 'pending' AND d.webhook_id > w.webhook_id"
    " ORDER BY d.webhook_id LIMIT 1) FROM waiting w WHERE w.webhook_id IS NOT NULL)"
    " SELECT d.id, d.webhook_id, d.workspace_id, d.position, d.attempts FROM waiting w CROSS JOIN LATERAL ("
    "SELECT * FROM log.webhook_deliveries q WHERE q.webhook_id = w.webhook_id AND q.status = 'pending' AND q.next_at <= $1::timestamptz"
    " AND q.id <> ALL ($2::uuid[]) ORDER BY q.next_at, q.position"
    " LIMIT greatest(0, $4 - (SELECT count(*) FROM log.webhook_deliveries u WHERE u.id = ANY ($2::uuid[]) AND u.webhook_id = w.webhook_id))) d"
    " ORDER BY d.next_at, d.position LIMIT $3";

}  // namespace

std::size_t enqueue(pg::Connection& connection, std::span<const Entry> entries, text::Instant now) { return put(connection, entries, now, "NOTHING"); }

std::size_t enqueue_again(pg::Connection& connection, std::span<const Entry> entries, text::Instant now) {
  return put(connection, entries, now, "UPDATE " + std::string(anew) + "excluded.next_at");
}

bool deliver_again(pg::Connection& connection, events::WorkspaceId workspace, events::WebhookId webhook, text::Uuid delivery, text::Instant now) {
  const auto written = connection.exec_prepared(
      "UPDATE log.webhook_deliveries " + std::string(anew) + "$4::timestamptz WHERE id = $1::uuid AND webhook_id = $2::uuid AND workspace_id = $3::uuid",
      pg::Params().text(delivery.text()).text(webhook.text()).text(workspace.text()).text(text::format_instant(now)));
  return written.affected() > 0;
}

std::vector<Due> find_due(pg::Connection& connection, text::Instant now, std::span<const std::string> under_way, std::size_t max) {
  const auto rows = connection.exec_prepared(std::string(due), pg::Params()
                                                                   .text(text::format_instant(now))
                                                                   .text_array(under_way)
                                                                   .int64(static_cast<std::int64_t>(max))
                                                                   .int64(static_cast<std::int64_t>(at_once_per_webhook_max)));
  std::vector<Due> found;
  for (int row = 0; row < rows.rows(); ++row)
    found.push_back({log::uuid_at(rows, row, 0), events::WebhookId{log::uuid_at(rows, row, 1)}, events::WorkspaceId{log::uuid_at(rows, row, 2)},
                     events::Position{rows.int64(row, 3)}, rows.int64(row, 4)});
  return found;
}

void note_attempt(pg::Connection& connection, const Due& due, const outbound::Answer& answer, const After& after, text::Instant now) {
  const bool waits = after.outcome == Outcome::again;
  const auto moment = [](const std::optional<text::Instant>& at) { return at ? std::optional(text::format_instant(*at)) : std::nullopt; };
  connection.exec_prepared(
      "UPDATE log.webhook_deliveries SET status = $2, attempts = $3, next_at = $4::timestamptz, last_status = $5, last_error = $6, ended_at = $7::timestamptz"
      " WHERE id = $1::uuid AND status = 'pending'",
      pg::Params()
          .text(due.id.text())
          .text(waits ? "pending" : after.outcome == Outcome::succeeded ? "succeeded" : "failed")
          .int64(due.attempts + 1)
          .text(moment(after.next_at))
          .int64(answer.status == 0 ? std::nullopt : std::optional(answer.status))
          .text(answer.taken() ? std::nullopt : std::optional(answer.error))
          .text(waits ? std::nullopt : moment(now)));
}

void give_up(pg::Connection& connection, const Due& due, std::string_view why, text::Instant now) {
  connection.exec_prepared(
      "UPDATE log.webhook_deliveries SET status = 'failed', next_at = NULL, last_error = $2, ended_at = $3::timestamptz WHERE id = $1::uuid AND status = 'pending'",
      pg::Params().text(due.id.text()).text(why).text(text::format_instant(now)));
}

void forget_ended(pg::Connection& connection, text::Instant now) {
  connection.exec_prepared(
      "DELETE FROM log.webhook_deliveries WHERE id IN (SELECT id FROM log.webhook_deliveries WHERE ended_at < $1::timestamptz ORDER BY ended_at LIMIT $2)",
      pg::Params().text(text::format_instant(now - ended_kept)).int64(forgotten_at_a_time_max));
}

std::int64_t count_pending(pg::Connection& connection) {
  return connection.exec_prepared("SELECT count(*) FROM log.webhook_deliveries WHERE status = 'pending'").int64(0, 0);
}

}  // namespace daybook::delivering
