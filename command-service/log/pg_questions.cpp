#include "command-service/log/pg_questions.hpp"

#include "command-service/log/pg_rows.hpp"
#include "events/core/json.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::log {

Questions::Questions(const Asks& asks, std::vector<pg::Statement>& statements)
    : statements_(statements), first_(statements.size()) {
  if (!asks.streams.empty()) ask_streams(asks);
  if (!asks.claims.empty()) ask_claims(asks);
  if (!asks.references.empty()) ask_references(asks);
  if (!asks.counters.empty()) ask_counters(asks);
  if (!asks.closures.empty()) ask_closures(asks);
  if (!asks.besides.empty()) ask_besides(asks);
  if (!asks.requests.empty()) ask_requests(asks);
  if (!asks.sources.empty()) ask_sources(asks);
}

void Questions::ask(std::string sql, pg::Params params, Take take) {
  statements_.push_back({std::move(sql), std::move(params)});
  takes_.push_back(std::move(take));
}

Answers Questions::take(std::span<const pg::Result> results) const {
  Answers answers = unanswered_;
  for (std::size_t i = 0; i < takes_.size(); ++i) takes_[i](results[first_ + i], answers);
  return answers;
}

// A stream whose state is kept begins after that.
void Questions::ask_streams(const Asks& asks) {
  std::vector<std::string> ids;
  std::vector<std::int64_t> versions;
  std::vector<std::string_view> folds;
  bool any_fold = false;
  for (const auto& [id, wanted] : asks.streams) {
    unanswered_.streams[id];
    ids.push_back(id.text());
    versions.push_back(wanted.after.value);
    folds.push_back(wanted.fold ? text::view_of(*wanted.fold) : std::string_view());
    any_fold = any_fold || wanted.fold;
  }
  const auto take_events = [](const pg::Result& rows, Answers& answers) {
    for (auto& event : envelopes_of(rows)) answers.streams[event.stream_id].push_back(std::move(event));
  };
  if (!any_fold)
    return ask("SELECT " + std::string(event_columns) +
                   " FROM unnest($1::uuid[], $2::bigint[]) AS ask(asked_id, asked_version)"
                   " JOIN log.events ON stream_id = asked_id AND stream_version > asked_version ORDER BY position",
               pg::Params().text_array(ids).int64_array(versions), take_events);
  ask("SELECT stream_id, schema_hash, version, state FROM unnest($1::uuid[], $2::bytea[]) AS ask(asked_id, asked_fold)"
      " JOIN log.snapshots ON stream_id = asked_id AND schema_hash = asked_fold",
      pg::Params().text_array(ids).bytea_array(folds), [](const pg::Result& rows, Answers& answers) {
        for (int row = 0; row < rows.rows(); ++row)
          answers.snapshots[StreamId{uuid_at(rows, row, 0)}] = {digest_at(rows, row, 1), StreamVersion{rows.int64(row, 2)}, rows.text(row, 3)};
      });
  ask("SELECT " + std::string(event_columns) +
          " FROM unnest($1::uuid[], $2::bigint[], $3::bytea[]) AS ask(asked_id, asked_version, asked_fold)"
          " LEFT JOIN LATERAL (SELECT s.version AS kept_version FROM log.snapshots s WHERE s.stream_id = asked_id AND s.schema_hash = asked_fold) kept ON true"
          " JOIN log.events ON stream_id = asked_id AND stream_version > greatest(asked_version, kept_version) ORDER BY position",
      pg::Params().text_array(ids).int64_array(versions).bytea_array(folds), take_events);
}

void Questions::ask_claims(const Asks& asks) {
  std::vector<std::string_view> scopes, keys;
  for (const auto& claim : asks.claims) {
    unanswered_.claims[claim];
    scopes.push_back(claim.scope);
    keys.push_back(claim.key);
  }
  ask("SELECT scope, key, stream_id FROM unnest($1::text[], $2::text[]) AS ask(scope, key) JOIN log.claims "
      "USING (scope, key)",
      pg::Params().text_array(scopes).text_array(keys), [](const pg::Result& rows, Answers& answers) {
        for (int row = 0; row < rows.rows(); ++row)
          answers.claims[{rows.text(row, 0), rows.text(row, 1)}] = StreamId{uuid_at(rows, row, 2)};
      });
}

// A container or owner that does not exist is answered as well, so that nobody asks for it in a trip of its own. UNION
// drops what was seen, so even a circle ends.
void Questions::ask_references(const Asks& asks) {
  std::vector<std::string> ids;
  for (const auto& id : asks.references) {
    unanswered_.references[id];
    ids.push_back(id.text());
  }
  ask("WITH RECURSIVE chain AS ("
      "SELECT s.* FROM unnest($1::uuid[]) AS ask(id) JOIN log.streams s ON s.stream_id = ask.id"
      " UNION SELECT s.* FROM chain JOIN log.streams s ON s.stream_id IN (chain.container, chain.owner))"
      " SELECT stream_id, stream_type, workspace_id, container, deleted, restricted, owner FROM chain",
      pg::Params().text_array(ids), [](const pg::Result& rows, Answers& answers) {
        for (int row = 0; row < rows.rows(); ++row) {
          auto reference = reference_of(rows, row, 1);
          if (reference.container) answers.references.try_emplace(*reference.container);
          if (reference.owner) answers.references.try_emplace(*reference.owner);
          answers.references[StreamId{uuid_at(rows, row, 0)}] = std::move(reference);
        }
      });
}

void Questions::ask_counters(const Asks& asks) {
  std::vector<std::string_view> scopes;
  std::vector<std::string> keys;
  for (const auto& counter : asks.counters) {
    unanswered_.counters[counter] = 0;
    scopes.push_back(counter.scope);
    keys.push_back(counter.key.text());
  }
  ask("SELECT ask.scope, ask.key, newest.value FROM unnest($1::text[], $2::uuid[]) AS ask(scope, key)"
      " CROSS JOIN LATERAL (SELECT value FROM log.counters c WHERE c.scope = ask.scope AND c.key = ask.key"
      " ORDER BY c.position DESC LIMIT 1) newest",
      pg::Params().text_array(scopes).text_array(keys), [](const pg::Result& rows, Answers& answers) {
        for (int row = 0; row < rows.rows(); ++row)
          answers.counters[{rows.text(row, 0), StreamId{uuid_at(rows, row, 1)}}] = rows.int64(row, 2);
      });
}

// One statement each: the bound is on each closure, and statements of one pipeline cost no trip.
void Questions::ask_closures(const Asks& asks) {
  for (const auto& closure : asks.closures) {
    unanswered_.closures[closure];
    ask("WITH RECURSIVE edge AS ("
        "SELECT kind, from_id, to_id FROM log.relations WHERE kind = $1 AND from_id = $2"
        " UNION SELECT next.kind, next.from_id, next.to_id FROM edge"
        " JOIN log.relations next ON next.kind = edge.kind AND next.from_id = edge.to_id)"
        " SELECT from_id, to_id FROM edge LIMIT $3",
        pg::Params().text(closure.kind).text(closure.from.text()).int64(closure_edges_max),
        [closure](const pg::Result& rows, Answers& answers) {
          auto& edges = answers.closures[closure];
          for (int row = 0; row < rows.rows(); ++row)
            edges.push_back({closure.kind, uuid_at(rows, row, 0), uuid_at(rows, row, 1)});
        });
  }
}

// Behind the prefix stand hexadecimal digits, which sort before `z` in any collation.
void Questions::ask_besides(const Asks& asks) {
  for (const auto& beside : asks.besides) {
    unanswered_.besides[beside];
    const bool below = beside.side == domain::Side::below;
    ask(below ? "SELECT key, stream_id FROM log.claims WHERE scope = $1 AND key < $2 AND key >= $3 ORDER BY key DESC LIMIT $4"
              : "SELECT key, stream_id FROM log.claims WHERE scope = $1 AND key > $2 AND key < $3 || 'z' ORDER BY key LIMIT $4",
        pg::Params().text(beside.scope).text(beside.key).text(beside.prefix).int64(static_cast<std::int64_t>(beside.most)),
        [beside](const pg::Result& rows, Answers& answers) {
          auto& held = answers.besides[beside];
          for (int row = 0; row < rows.rows(); ++row) held.push_back({rows.text(row, 0), StreamId{uuid_at(rows, row, 1)}});
        });
  }
}

void Questions::ask_requests(const Asks& asks) {
  std::vector<std::string_view> principals, routes, keys;
  for (const auto& request : asks.requests) {
    unanswered_.requests[request];
    principals.push_back(request.principal);
    routes.push_back(request.route);
    keys.push_back(text::view_of(request.key));
  }
  ask("SELECT principal, route, key, body, items, position"
      " FROM unnest($1::text[], $2::text[], $3::bytea[]) AS ask(principal, route, key) JOIN log.requests "
      "USING (principal, route, key)",
      pg::Params().text_array(principals).text_array(routes).bytea_array(keys),
      [](const pg::Result& rows, Answers& answers) {
        for (int row = 0; row < rows.rows(); ++row) {
          RequestRecord record{digest_at(rows, row, 3), {}, Position{rows.int64(row, 5)}};
          const auto read = events::from_json(*rows.get(row, 4), record.items, events::Reading::lenient);
          if (!read) throw std::logic_error("the record of a request cannot be read: " + read.text());
          answers.requests[{rows.text(row, 0), rows.text(row, 1), digest_at(rows, row, 2)}] =
              std::move(record);
        }
      });
}

void Questions::ask_sources(const Asks& asks) {
  std::vector<std::string> workspaces;
  std::vector<std::string_view> systems, runs;
  for (const auto& source : asks.sources) {
    unanswered_.sources[source] = 0;
    workspaces.push_back(source.workspace.text());
    systems.push_back(source.system);
    runs.push_back(source.run);
  }
  ask("SELECT workspace_id, system, run, seq FROM unnest($1::uuid[], $2::text[], $3::text[]) AS "
      "ask(workspace_id, system, run)"
      " JOIN log.sources USING (workspace_id, system, run)",
      pg::Params().text_array(workspaces).text_array(systems).text_array(runs),
      [](const pg::Result& rows, Answers& answers) {
        for (int row = 0; row < rows.rows(); ++row)
          answers.sources[{StreamId{uuid_at(rows, row, 0)}, rows.text(row, 1), rows.text(row, 2)}] =
              rows.int64(row, 3);
      });
}

Head head_of(const pg::Result& rows, int row) {
  auto frontier = crypto::Frontier::parse(rows.bytea(row, 3));
  if (!frontier) throw std::logic_error("the log's head at " + rows.text(row, 0) + " holds no frontier");
  return {Position{rows.int64(row, 0)}, BatchId{uuid_at(rows, row, 2)}, std::move(*frontier),
          digest_at(rows, row, 4), instant_at(rows, row, 1)};
}

Head newest_head_of(const pg::Result& rows) {
  if (!rows.empty()) return head_of(rows, 0);
  Head head{};
  head.root = head.frontier.root();
  return head;
}

Reference reference_of(const pg::Result& rows, int row, int first) {
  Reference reference{stream_type_at(rows, row, first), std::nullopt, std::nullopt,
                      rows.boolean(row, first + 3), rows.boolean(row, first + 4)};
  if (const auto workspace = optional_uuid_at(rows, row, first + 1))
    reference.workspace = events::WorkspaceId{*workspace};
  if (const auto container = optional_uuid_at(rows, row, first + 2))
    reference.container = StreamId{*container};
  if (const auto owner = optional_uuid_at(rows, row, first + 5)) reference.owner = StreamId{*owner};
  return reference;
}

}  // namespace daybook::log
