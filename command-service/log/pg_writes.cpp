#include "command-service/log/pg_writes.hpp"

#include "command-service/log/pg_rows.hpp"
#include "events/core/json.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::log {
namespace {

constexpr std::int64_t prune_interval_events = 4096;

// One column of the rows of an INSERT … SELECT FROM unnest(…).
template <class Rows, class Value>
auto column(const Rows& rows, Value value) {
  std::vector<decltype(value(*rows.begin()))> cells;
  cells.reserve(rows.size());
  for (const auto& row : rows) cells.push_back(value(row));
  return cells;
}

template <class Id>
std::optional<std::string> text_of(const std::optional<Id>& id) {
  if (!id) return std::nullopt;
  return id->text();
}

pg::Statement insert_events(const std::vector<Envelope>& events) {
  static const std::string sql =
      "INSERT INTO log.events (" + std::string(event_columns) +
      ") SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::uuid[], $5::bigint[], $6::text[], "
      "$7::bigint[],"
      " $8::uuid[], $9::text[], $10::uuid[], $11::text[], $12::uuid[], $13::text[], $14::uuid[], "
      "$15::uuid[], $16::bigint[],"
      " $17::timestamptz[], $18::timestamptz[], $19::json[], $20::json[], $21::bytea[])";
  using E = const Envelope&;
  pg::Params p;
  p.int64_array(column(events, [](E e) { return e.position.value; }));
  p.text_array(column(events, [](E e) { return e.event_id.text(); }));
  p.text_array(column(events, [](E e) { return events::word_of(e.stream_type); }));
  p.text_array(column(events, [](E e) { return e.stream_id.text(); }));
  p.int64_array(column(events, [](E e) { return e.stream_version.value; }));
  p.text_array(column(events, [](E e) { return std::string_view(e.type); }));
  p.int64_array(column(events, [](E e) { return e.schema_version; }));
  p.text_array(column(events, [](E e) { return text_of(e.workspace_id); }));
  p.text_array(column(events, [](E e) { return events::word_of(e.actor_type); }));
  p.text_array(column(events, [](E e) { return text_of(e.actor_id); }));
  p.text_array(column(events, [](E e) { return events::word_of(e.via_type); }));
  p.text_array(column(events, [](E e) { return text_of(e.via_id); }));
  p.text_array(column(events, [](E e) { return events::word_of(e.origin); }));
  p.text_array(column(events, [](E e) { return e.correlation_id.text(); }));
  p.text_array(column(events, [](E e) { return text_of(e.causation_id); }));
  p.int64_array(column(events, [](E e) { return e.depth; }));
  p.text_array(column(events, [](E e) { return text::format_instant(e.recorded_at); }));
  p.text_array(column(events, [](E e) { return text::format_instant(e.occurred_at); }));
  p.text_array(column(events, [](E e) { return std::string_view(e.data); }));
  p.text_array(column(events, [](E e) { return e.personal; }));
  p.bytea_array(column(events, [](E e) { return text::view_of(e.leaf); }));
  return {sql, std::move(p)};
}

pg::Statement insert_head(const Head& head) {
  return {
      "INSERT INTO log.heads (position, recorded_at, batch_id, frontier, root) VALUES ($1, $2, $3, $4, $5)",
      pg::Params()
          .int64(head.position.value)
          .text(text::format_instant(head.recorded_at))
          .text(head.batch_id.text())
          .bytea(head.frontier.serialize())
          .bytea(text::view_of(head.root))};
}

pg::Statement upsert_streams(const std::map<StreamId, Reference>& references) {
  return {
      "INSERT INTO log.streams (stream_id, stream_type, workspace_id, container, deleted, restricted, owner)"
      " SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::boolean[], $6::boolean[], $7::uuid[])"
      " ON CONFLICT (stream_id) DO UPDATE SET workspace_id = EXCLUDED.workspace_id, container = "
      "EXCLUDED.container,"
      " deleted = EXCLUDED.deleted, restricted = EXCLUDED.restricted, owner = EXCLUDED.owner",
      pg::Params()
          .text_array(column(references, [](const auto& r) { return r.first.text(); }))
          .text_array(column(references, [](const auto& r) { return events::word_of(r.second.type); }))
          .text_array(column(references, [](const auto& r) { return text_of(r.second.workspace); }))
          .text_array(column(references, [](const auto& r) { return text_of(r.second.container); }))
          .boolean_array(column(references, [](const auto& r) { return r.second.deleted; }))
          .boolean_array(column(references, [](const auto& r) { return r.second.restricted; }))
          .text_array(column(references, [](const auto& r) { return text_of(r.second.owner); }))};
}

void write_claims(const std::map<ClaimKey, std::optional<StreamId>>& claims,
                  std::vector<pg::Statement>& out) {
  std::vector<std::string_view> taken_scopes, taken_keys, freed_scopes, freed_keys;
  std::vector<std::string> holders;
  for (const auto& [claim, holder] : claims) {
    (holder ? taken_scopes : freed_scopes).push_back(claim.scope);
    (holder ? taken_keys : freed_keys).push_back(claim.key);
    if (holder) holders.push_back(holder->text());
  }
  if (!holders.empty())
    out.push_back(
        {"INSERT INTO log.claims (scope, key, stream_id) SELECT * FROM unnest($1::text[], $2::text[], "
         "$3::uuid[])"
         " ON CONFLICT (scope, key) DO UPDATE SET stream_id = EXCLUDED.stream_id",
         pg::Params().text_array(taken_scopes).text_array(taken_keys).text_array(holders)});
  if (!freed_keys.empty())
    out.push_back(
        {"DELETE FROM log.claims c USING unnest($1::text[], $2::text[]) AS freed(scope, key)"
         " WHERE c.scope = freed.scope AND c.key = freed.key",
         pg::Params().text_array(freed_scopes).text_array(freed_keys)});
}

void write_relations(const std::map<Edge, bool>& relations, std::vector<pg::Statement>& out) {
  struct Columns {
    std::vector<std::string_view> kinds;
    std::vector<std::string> from, to;
    pg::Params params() const { return pg::Params().text_array(kinds).text_array(from).text_array(to); }
  };
  Columns there, gone;
  for (const auto& [edge, is_there] : relations) {
    auto& columns = is_there ? there : gone;
    columns.kinds.push_back(edge.kind);
    columns.from.push_back(edge.from.text());
    columns.to.push_back(edge.to.text());
  }
  if (!there.kinds.empty())
    out.push_back(
        {"INSERT INTO log.relations (kind, from_id, to_id) SELECT * FROM unnest($1::text[], $2::uuid[], "
         "$3::uuid[])"
         " ON CONFLICT DO NOTHING",
         there.params()});
  if (!gone.kinds.empty())
    out.push_back(
        {"DELETE FROM log.relations r USING unnest($1::text[], $2::uuid[], $3::uuid[]) AS gone(kind, "
         "from_id, to_id)"
         " WHERE r.kind = gone.kind AND r.from_id = gone.from_id AND r.to_id = gone.to_id",
         gone.params()});
}

// Only the newest row of a counter counts. The others go in a batch now and then: a DELETE with every change would, under a
// long snapshot, walk over all the rows that cannot be cleared away yet.
bool is_time_to_prune(const BatchWrite& batch) {
  const auto last = batch.head.position.value;
  return last / prune_interval_events != (last - static_cast<std::int64_t>(batch.events.size())) / prune_interval_events;
}

pg::Statement prune_counters(const std::map<CounterKey, std::int64_t>& counters, Position position) {
  return {
      "DELETE FROM log.counters c USING unnest($2::text[], $3::uuid[]) AS changed(scope, key)"
      " WHERE c.scope = changed.scope AND c.key = changed.key AND c.position < $1",
      pg::Params()
          .int64(position.value)
          .text_array(column(counters, [](const auto& c) { return std::string_view(c.first.scope); }))
          .text_array(column(counters, [](const auto& c) { return c.first.key.text(); }))};
}

pg::Statement insert_counters(const std::map<CounterKey, std::int64_t>& counters, Position position) {
  return {
      "INSERT INTO log.counters (scope, key, position, value) SELECT scope, key, $1, value"
      " FROM unnest($2::text[], $3::uuid[], $4::bigint[]) AS changed(scope, key, value)",
      pg::Params()
          .int64(position.value)
          .text_array(column(counters, [](const auto& c) { return std::string_view(c.first.scope); }))
          .text_array(column(counters, [](const auto& c) { return c.first.key.text(); }))
          .int64_array(column(counters, [](const auto& c) { return c.second; }))};
}

void write_requests(const BatchWrite& batch, std::vector<pg::Statement>& out) {
  const auto& requests = batch.requests;
  const auto now = text::format_instant(batch.head.recorded_at);
  out.push_back(
      {"DELETE FROM log.requests WHERE (principal, route, key) IN (SELECT principal, route, key FROM "
       "log.requests"
       " WHERE recorded_at < $1::timestamptz - make_interval(hours => $2) ORDER BY recorded_at LIMIT $3)",
       pg::Params().text(now).int64(requests_kept_hours).int64(requests_dropped_max)});
  out.push_back(
      {"INSERT INTO log.requests (principal, route, key, body, items, position, recorded_at)"
       " SELECT principal, route, key, body, items, position, $1"
       " FROM unnest($2::text[], $3::text[], $4::bytea[], $5::bytea[], $6::json[], $7::bigint[])"
       " AS new(principal, route, key, body, items, position)",
       pg::Params()
           .text(now)
           .text_array(column(requests, [](const auto& r) { return std::string_view(r.first.principal); }))
           .text_array(column(requests, [](const auto& r) { return std::string_view(r.first.route); }))
           .bytea_array(column(requests, [](const auto& r) { return text::view_of(r.first.key); }))
           .bytea_array(column(requests, [](const auto& r) { return text::view_of(r.second.body); }))
           .text_array(column(requests, [](const auto& r) { return events::to_json(r.second.items); }))
           .int64_array(column(requests, [](const auto& r) { return r.second.position.value; }))});
}

pg::Statement upsert_sources(const std::map<SourceKey, std::int64_t>& sources) {
  return {
      "INSERT INTO log.sources (workspace_id, system, run, seq)"
      " SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[])"
      " ON CONFLICT (workspace_id, system, run) DO UPDATE SET seq = EXCLUDED.seq",
      pg::Params()
          .text_array(column(sources, [](const auto& s) { return s.first.workspace.text(); }))
          .text_array(column(sources, [](const auto& s) { return std::string_view(s.first.system); }))
          .text_array(column(sources, [](const auto& s) { return std::string_view(s.first.run); }))
          .int64_array(column(sources, [](const auto& s) { return s.second; }))};
}

void write_snapshots(const std::map<StreamId, Snapshot>& snapshots, std::vector<pg::Statement>& out) {
  const auto ids = column(snapshots, [](const auto& s) { return s.first.text(); });
  const auto folds = column(snapshots, [](const auto& s) { return text::view_of(s.second.fold); });
  out.push_back({"DELETE FROM log.snapshots s USING unnest($1::uuid[], $2::bytea[]) AS new(stream_id, fold)"
                 " WHERE s.stream_id = new.stream_id AND s.schema_hash <> new.fold",
                 pg::Params().text_array(ids).bytea_array(folds)});
  out.push_back({"INSERT INTO log.snapshots (stream_id, schema_hash, version, state)"
                 " SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::bigint[], $4::json[])"
                 " ON CONFLICT (stream_id, schema_hash) DO UPDATE SET version = EXCLUDED.version, state = EXCLUDED.state",
                 pg::Params()
                     .text_array(ids)
                     .bytea_array(folds)
                     .int64_array(column(snapshots, [](const auto& s) { return s.second.version.value; }))
                     .text_array(column(snapshots, [](const auto& s) { return std::string_view(s.second.state); }))});
}

pg::Statement insert_data_keys(const BatchWrite& batch) {
  const auto& keys = batch.data_keys;
  return {
      "INSERT INTO log.subject_keys (subject, version, wrapped, created_at) SELECT subject, version, "
      "wrapped, $1"
      " FROM unnest($2::uuid[], $3::bigint[], $4::bytea[]) AS born(subject, version, wrapped)",
      pg::Params()
          .text(text::format_instant(batch.head.recorded_at))
          .text_array(column(keys, [](const auto& k) { return k.subject.text(); }))
          .int64_array(column(keys, [](const auto& k) { return k.version; }))
          .bytea_array(column(keys, [](const auto& k) { return std::string_view(k.wrapped); }))};
}

// What was sent with an Idempotency-Key is kept as an HMAC, which is of somebody all the same.
void forget_erased(const std::vector<StreamId>& erased, std::vector<pg::Statement>& out) {
  const auto ids = column(erased, [](const auto& subject) { return subject.text(); });
  out.push_back({"DELETE FROM log.subject_keys WHERE subject = ANY($1::uuid[])", pg::Params().text_array(ids)});
  out.push_back({"DELETE FROM log.requests WHERE principal = ANY($1::text[])", pg::Params().text_array(ids)});
}

}  // namespace

std::vector<pg::Statement> statements_of(const BatchWrite& batch) {
  std::vector<pg::Statement> out;
  if (!batch.events.empty()) out.push_back(insert_events(batch.events));
  out.push_back(insert_head(batch.head));
  if (!batch.references.empty()) out.push_back(upsert_streams(batch.references));
  write_claims(batch.claims, out);
  write_relations(batch.relations, out);
  if (!batch.counters.empty()) {
    out.push_back(insert_counters(batch.counters, batch.head.position));
    if (is_time_to_prune(batch)) out.push_back(prune_counters(batch.counters, batch.head.position));
  }
  if (!batch.requests.empty()) write_requests(batch, out);
  if (!batch.sources.empty()) out.push_back(upsert_sources(batch.sources));
  if (!batch.snapshots.empty()) write_snapshots(batch.snapshots, out);
  if (!batch.data_keys.empty()) out.push_back(insert_data_keys(batch));
  if (!batch.erased.empty()) forget_erased(batch.erased, out);
  if (!batch.events.empty())
    out.push_back({"SELECT pg_notify($1, $2)",
                   pg::Params().text(log_channel).text(std::to_string(batch.head.position.value))});
  return out;
}

}  // namespace daybook::log
