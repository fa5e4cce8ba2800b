#include "command-service/log/pg_audit.hpp"

#include "command-service/log/pg_questions.hpp"
#include "command-service/log/pg_rows.hpp"
#include "command-service/log/tree_head_signer.hpp"

namespace daybook::log {
namespace {

constexpr int cursor_rows_max = 5000;  // rows a trip

}  // namespace

PgAuditSnapshot::PgAuditSnapshot(const std::string& url) {
  try {
    connection_.emplace(url);
    prepare_session(*connection_);
    connection_->exec("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    (void)select_identity(*connection_);
  } catch (const pg::ConnectionLost& lost) {
    throw events::LogUnavailable(lost.what());
  }
}

template <class Work>
auto PgAuditSnapshot::attempt(Work work) {
  try {
    return work(*connection_);
  } catch (const pg::ConnectionLost& lost) {
    throw events::LogUnavailable(lost.what());
  }
}

LogIdentity PgAuditSnapshot::identity() { return attempt(select_identity); }
Position PgAuditSnapshot::head() { return attempt(select_head_position); }
Position PgAuditSnapshot::wait_beyond(Position, int) { return head(); }

std::vector<Envelope> PgAuditSnapshot::read(Position after, std::size_t events_max, std::size_t bytes_max) {
  return attempt(
      [&](pg::Connection& connection) { return select_events(connection, after, events_max, bytes_max); });
}

std::optional<crypto::Digest> PgAuditSnapshot::leaf_at(Position position) {
  return attempt([&](pg::Connection& connection) { return select_leaf(connection, position); });
}

LogExtent PgAuditSnapshot::extent() {
  return attempt([](pg::Connection& connection) {
    const auto rows = connection.exec("SELECT count(*), coalesce(max(position), 0) FROM log.events");
    return LogExtent{rows.int64(0, 0), Position{rows.int64(0, 1)}};
  });
}

std::vector<BatchEnd> PgAuditSnapshot::batch_ends(Position after, Position upto) {
  return attempt([&](pg::Connection& connection) {
    const auto rows = connection.exec_prepared(
        "SELECT position, recorded_at, frontier, root FROM log.heads WHERE position > $1 AND position <= $2"
        " ORDER BY position, recorded_at, batch_id",
        pg::Params().int64(after.value).int64(upto.value));
    std::vector<BatchEnd> ends;
    for (int row = 0; row < rows.rows(); ++row)
      ends.push_back({Position{rows.int64(row, 0)}, instant_at(rows, row, 1), rows.bytea(row, 2),
                      digest_at(rows, row, 3)});
    return ends;
  });
}

std::vector<TreeHead> PgAuditSnapshot::tree_heads(Position after, Position upto) {
  return attempt([&](pg::Connection& connection) { return select_tree_heads(connection, after, upto); });
}

// A cursor, because a side table may be larger than memory.
void PgAuditSnapshot::each_row(const std::string& sql,
                               const std::function<void(const pg::Result&, int)>& visit) {
  attempt([&](pg::Connection& connection) {
    connection.exec("DECLARE side CURSOR FOR " + sql);
    for (;;) {
      const auto rows = connection.exec("FETCH " + std::to_string(cursor_rows_max) + " FROM side");
      if (rows.empty()) break;
      for (int row = 0; row < rows.rows(); ++row) visit(rows, row);
    }
    connection.exec("CLOSE side");
  });
}

void PgAuditSnapshot::each_claim(const std::function<void(const ClaimKey&, StreamId)>& visit) {
  each_row("SELECT scope, key, stream_id FROM log.claims", [&](const pg::Result& rows, int row) {
    visit({rows.text(row, 0), rows.text(row, 1)}, StreamId{uuid_at(rows, row, 2)});
  });
}

void PgAuditSnapshot::each_reference(const std::function<void(StreamId, const Reference&)>& visit) {
  each_row("SELECT stream_id, stream_type, workspace_id, container, deleted, restricted, owner FROM log.streams",
           [&](const pg::Result& rows, int row) {
             visit(StreamId{uuid_at(rows, row, 0)}, reference_of(rows, row, 1));
           });
}

void PgAuditSnapshot::each_counter(const std::function<void(const CounterKey&, std::int64_t)>& visit) {
  each_row(
      "SELECT DISTINCT ON (scope, key) scope, key, value FROM log.counters ORDER BY scope, key, position "
      "DESC",
      [&](const pg::Result& rows, int row) {
        visit({rows.text(row, 0), StreamId{uuid_at(rows, row, 1)}}, rows.int64(row, 2));
      });
}

void PgAuditSnapshot::each_relation(const std::function<void(const Edge&)>& visit) {
  each_row("SELECT kind, from_id, to_id FROM log.relations", [&](const pg::Result& rows, int row) {
    visit({rows.text(row, 0), uuid_at(rows, row, 1), uuid_at(rows, row, 2)});
  });
}

void PgAuditSnapshot::each_snapshot(const std::function<void(StreamId, const Snapshot&)>& visit) {
  each_row("SELECT stream_id, schema_hash, version, state FROM log.snapshots", [&](const pg::Result& rows, int row) {
    visit(StreamId{uuid_at(rows, row, 0)}, {digest_at(rows, row, 1), StreamVersion{rows.int64(row, 2)}, rows.text(row, 3)});
  });
}

void PgAuditSnapshot::each_subject(const std::function<void(StreamId)>& visit) {
  each_row("SELECT DISTINCT subject FROM log.subject_keys", [&](const pg::Result& rows, int row) { visit(StreamId{uuid_at(rows, row, 0)}); });
}

}  // namespace daybook::log
