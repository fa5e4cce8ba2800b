#include "command-service/log/pg_store.hpp"

#include "command-service/log/migrations.hpp"
#include "command-service/log/pg_questions.hpp"
#include "command-service/log/pg_writes.hpp"
#include "events/erasure.hpp"
#include "platform/postgres/transaction.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::log {
namespace {

// The key of the advisory lock: whoever holds it may append. Any number that nobody else uses in this
// database.
constexpr std::int64_t append_lock = 0x6461'7962'6f6f'6b31;

constexpr const char* other_epoch =
    "the database now holds another log, or another epoch of it: this process must be started anew";

pg::Statement take_lock() { return {"SELECT pg_advisory_xact_lock($1)", pg::Params().int64(append_lock)}; }

// What the server refuses for reasons of its own and may grant later: no resources, somebody's intervention,
// a standby, a lock that was not had in time, a plan that an altered table made stale.
bool may_pass(std::string_view sqlstate) {
  for (const std::string_view prefix : {"40", "53", "55", "57", "58", "25006", "0A000", "26000"})
    if (sqlstate.starts_with(prefix)) return true;
  return false;
}

std::vector<std::pair<StreamId, StreamVersion>> changed_of(const pg::Result& rows) {
  std::vector<std::pair<StreamId, StreamVersion>> changed;
  for (int row = 0; row < rows.rows(); ++row)
    changed.emplace_back(StreamId{uuid_at(rows, row, 0)}, StreamVersion{rows.int64(row, 1)});
  return changed;
}

std::string sentences(const std::vector<std::string>& list) {
  std::string all;
  for (const auto& sentence : list) all += (all.empty() ? "" : " ") + sentence;
  return all;
}

void set_up_appending(pg::Connection& connection) {
  prepare_session(connection);
  connection.exec("SET synchronous_commit = on");
  connection.exec("SET lock_timeout = " + std::to_string(PgStore::lock_wait_ms_max));
  connection.exec("SET idle_in_transaction_session_timeout = " + std::to_string(PgStore::batch_idle_ms_max));
  // Every statement of a batch is a walk along an index, whatever the statistics of a young or fast growing
  // table say: a plan made while log.events was empty would read all of it later on.
  connection.exec(
      "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off;"
      " SET enable_mergejoin = off");
}

// Appending as a role that cannot alter what is there, where the database lets us.
void drop_privileges(pg::Connection& connection) {
  const auto allowed = connection.exec(
      "SELECT coalesce((SELECT pg_has_role(current_user, oid, 'MEMBER') AND has_table_privilege(oid, "
      "'log.events', 'INSERT')"
      " FROM pg_roles WHERE rolname = 'daybook_writer'), false)");
  if (allowed.boolean(0, 0)) connection.exec("SET ROLE daybook_writer");
}

}  // namespace

std::vector<int> PgStore::migrate(const std::string& url) {
  pg::Connection connection(url);
  prepare_session(connection);
  return pg::migrate(connection, "log", migrations());
}

LogIdentity PgStore::initialise(const std::string& url, const std::string& key_fingerprint) {
  pg::Connection connection(url);
  prepare_session(connection);
  pg::Transaction transaction(connection);
  take_append_lock(connection);
  if (connection.exec("SELECT FROM log.identity").empty()) {
    if (select_head_position(connection).value != 0 || !select_events(connection, Position{}, 1, 1).empty())
      throw LogRefused("The log holds events but has lost its identity. Restore the database from a backup.");
    connection.exec(
        "INSERT INTO log.identity (log_id, epoch, key_fingerprint, unicode_version) VALUES "
        "(gen_random_uuid(), 1, $1, $2)",
        pg::Params().text(key_fingerprint).text(text::unicode_version()));
  }
  const auto identity = select_identity(connection);
  transaction.commit();
  return identity;
}

void PgStore::take_append_lock(pg::Connection& connection) {
  const auto lock = take_lock();
  connection.exec(lock.sql, lock.params);
}

void PgStore::connect() {
  pg::Connection fresh(url_);
  set_up_appending(fresh);
  if (const auto dangers = pg::check_durability(fresh); !dangers.empty() && !options_.allow_unsafe)
    throw LogRefused(sentences(dangers));
  if (identity_.log_id.is_nil()) identity_ = select_identity(fresh);
  else check_history(fresh);
  drop_privileges(fresh);
  connection_.emplace(std::move(fresh));
}

// After a fail-over or a restore another log may answer here, or this one without its end. Nothing that this process
// remembers is true of it.
void PgStore::check_history(pg::Connection& fresh) const {
  if (select_identity(fresh) != identity_) throw std::logic_error(other_epoch);
  if (!seen_ || seen_->second.is_nil()) return;
  const auto found = fresh.exec("SELECT FROM log.heads WHERE batch_id = $1", pg::Params().text(seen_->second.text()));
  if (found.empty())
    throw std::logic_error("the database no longer holds the batch at position " + std::to_string(seen_->first.value) +
                           ": the log was restored to an older point. Run `daybook doctor --after-restore`");
}

pg::Connection& PgStore::connection() {
  if (in_batch_) return batch_connection();
  if (connection_ &&
      (!connection_->alive() || connection_->transaction_state() != pg::TransactionState::idle))
    connection_.reset();
  if (!connection_) connect();
  return *connection_;
}

pg::Connection& PgStore::batch_connection() {
  if (!in_batch_) throw std::logic_error("there is no open batch");
  if (!connection_ || connection_->transaction_state() != pg::TransactionState::open)
    throw StoreUnavailable("the connection was lost in the middle of a batch");
  return *connection_;
}

template <class Work>
auto PgStore::attempt(Work work) {
  try {
    return work(connection());
  } catch (const pg::ConnectionLost& lost) {
    connection_.reset();
    throw StoreUnavailable(lost.what());
  } catch (const pg::Error& error) {
    if (may_pass(error.sqlstate())) throw StoreUnavailable(error.what());
    throw;
  }
}

PgStore::PgStore(std::string url, PgStoreOptions options) : url_(std::move(url)), options_(options) {
  attempt([&](pg::Connection& connection) { return connection.backend_pid(); });
}

Opened PgStore::open_batch(Position followed, const Asks& asks) {
  abandon();
  std::vector<pg::Statement> statements{{"BEGIN ISOLATION LEVEL READ COMMITTED", {}},
                                        take_lock(),
                                        {std::string(newest_head_sql), {}},
                                        {"SELECT stream_id, max(stream_version) FROM log.events WHERE "
                                         "position > $1 GROUP BY stream_id ORDER BY stream_id",
                                         pg::Params().int64(followed.value)}};
  statements.push_back({"SELECT epoch FROM log.identity", {}});
  const Questions questions(asks, statements);
  const auto results = attempt([&](pg::Connection& connection) { return connection.pipeline(statements); });
  in_batch_ = true;
  if (results[4].empty() || results[4].int64(0, 0) != identity_.epoch.value) {
    abandon();
    throw std::logic_error(other_epoch);
  }
  Opened opened{newest_head_of(results[2]), changed_of(results[3]), questions.take(results)};
  seen(opened.head);
  return opened;
}

Answers PgStore::fetch(const Asks& asks) {
  (void)batch_connection();
  std::vector<pg::Statement> statements;
  const Questions questions(asks, statements);
  return questions.take(attempt([&](pg::Connection& connection) { return connection.pipeline(statements); }));
}

void PgStore::write_batch(const BatchWrite& batch) {
  auto& connection = batch_connection();
  auto statements = statements_of(batch);
  statements.push_back({"COMMIT", {}});
  try {
    connection.pipeline(statements);
    in_batch_ = false;
    seen(batch.head);
  } catch (const pg::ConnectionLost& lost) {
    // The COMMIT travelled with the writes: it may have been carried out.
    in_batch_ = false;
    connection_.reset();
    throw CommitUnknown(lost.what());
  } catch (const pg::UniqueViolation& violation) {
    abandon();
    throw std::logic_error("a batch met what is in the log already (" + violation.constraint() +
                           "): versions or positions were not read under the lock");
  } catch (const pg::Error& error) {
    abandon();
    if (may_pass(error.sqlstate())) throw StoreUnavailable(error.what());
    throw;
  }
}

void PgStore::abandon() noexcept {
  in_batch_ = false;
  if (!connection_ || connection_->transaction_state() == pg::TransactionState::idle) return;
  try {
    connection_->exec("ROLLBACK");
  } catch (const std::exception&) {
    // With the connection the transaction and its lock are gone.
    connection_.reset();
  }
}

bool PgStore::find_batch(BatchId batch) {
  abandon();
  // The lock first: as long as the old session still commits, it holds it.
  const std::vector<pg::Statement> statements{
      {"BEGIN ISOLATION LEVEL READ COMMITTED", {}},
      take_lock(),
      {"SELECT FROM log.heads WHERE batch_id = $1", pg::Params().text(batch.text())},
      {"COMMIT", {}}};
  const auto results = attempt([&](pg::Connection& connection) { return connection.pipeline(statements); });
  return !results[2].empty();
}

Head PgStore::head() {
  auto head = attempt([](pg::Connection& connection) {
    return newest_head_of(connection.exec_prepared(std::string(newest_head_sql)));
  });
  seen(head);
  return head;
}

std::vector<Envelope> PgStore::read(Position after, std::size_t events_max, std::size_t bytes_max) {
  return attempt(
      [&](pg::Connection& connection) { return select_events(connection, after, events_max, bytes_max); });
}

std::vector<Envelope> PgStore::read_stream(StreamId stream, StreamVersion after, StreamVersion upto) {
  return attempt([&](pg::Connection& connection) {
    return envelopes_of(
        connection.exec_prepared("SELECT " + std::string(event_columns) +
                                     " FROM log.events WHERE stream_id = $1 AND stream_version > $2 AND "
                                     "stream_version <= $3 ORDER BY stream_version",
                                 pg::Params().text(stream.text()).int64(after.value).int64(upto.value)));
  });
}

// Keys and last events are read by one statement: in no moment is there neither a key nor the event that says why.
events::WrappedKeys PgStore::data_keys(std::span<const text::Uuid> subjects) {
  std::vector<std::string> ids;
  for (const auto& subject : subjects) ids.push_back(subject.text());
  return attempt([&](pg::Connection& connection) {
    const auto rows = connection.exec_prepared(
        "SELECT ask.subject, k.wrapped, CASE WHEN k.wrapped IS NULL THEN (SELECT e.event_type FROM log.events e"
        " WHERE e.stream_id = ask.subject ORDER BY e.stream_version DESC LIMIT 1) END"
        " FROM unnest($1::uuid[]) AS ask(subject) LEFT JOIN log.subject_keys k USING (subject) ORDER BY k.version",
        pg::Params().text_array(ids));
    events::WrappedKeys keys;  // of several versions the newest stays
    for (int row = 0; row < rows.rows(); ++row) {
      if (!rows.is_null(row, 1)) keys[uuid_at(rows, row, 0)] = rows.bytea(row, 1);
      else if (!rows.is_null(row, 2) && events::is_erasure(rows.text(row, 2))) keys[uuid_at(rows, row, 0)] = std::nullopt;
    }
    return keys;
  });
}

std::optional<StreamId> PgStore::find_claim(const ClaimKey& claim) {
  return attempt([&](pg::Connection& connection) -> std::optional<StreamId> {
    const auto rows =
        connection.exec_prepared("SELECT stream_id FROM log.claims WHERE scope = $1 AND key = $2",
                                 pg::Params().text(claim.scope).text(claim.key));
    if (rows.empty()) return std::nullopt;
    return StreamId{uuid_at(rows, 0, 0)};
  });
}

}  // namespace daybook::log
