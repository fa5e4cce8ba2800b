#pragma once
// The log in PostgreSQL. Every question of a batch goes out together with its BEGIN and the lock, and every
// write together with its COMMIT, so a batch costs two round trips when the first round asked for everything.
// Connects when it has to; a connection that broke is replaced at the next batch. One thread at a time;
// several stores, in several processes, may stand on one log.
#include <optional>
#include <string>

#include "command-service/log/pg_rows.hpp"
#include "command-service/log/store.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::log {

struct PgStoreOptions {
  // Accepts a server that can lose acknowledged commits (fsync = off). For tests and throw-away data.
  bool allow_unsafe = false;
};

class PgStore final : public Store {
 public:
  static constexpr int lock_wait_ms_max = 30000;  // for the log's lock, then StoreUnavailable
  // A holder of the lock that says nothing for so long is cut off by the server, so that a process whose
  // machine vanished does not hold up the others.
  static constexpr int batch_idle_ms_max = 60000;

  // Throws StoreUnavailable, or LogRefused for a server or database that must not be used as it is.
  explicit PgStore(std::string url, PgStoreOptions options = {});

  // Brings the schema to this program's version; returns the numbers of the steps that were missing.
  static std::vector<int> migrate(const std::string& url);
  // Gives a new, empty log its identity, bound to the key file beside it. A log that has one keeps it: the
  // caller compares.
  static LogIdentity initialise(const std::string& url, const std::string& key_fingerprint);
  // Within an open transaction: nobody appends until it ends.
  static void take_append_lock(pg::Connection& connection);

  LogIdentity identity() override { return identity_; }
  Opened open_batch(Position seen, const Asks& asks) override;
  Answers fetch(const Asks& asks) override;
  void write_batch(const BatchWrite& batch) override;
  void abandon() noexcept override;
  bool find_batch(BatchId batch) override;

  Head head() override;
  std::vector<Envelope> read(Position after, std::size_t events_max, std::size_t bytes_max) override;
  std::vector<Envelope> read_stream(StreamId stream, StreamVersion after, StreamVersion upto) override;
  events::WrappedKeys data_keys(std::span<const text::Uuid> subjects) override;
  std::optional<StreamId> find_claim(const ClaimKey& claim) override;

 private:
  void connect();
  pg::Connection& connection();
  pg::Connection& batch_connection();
  // Runs work on a connection and says what went wrong in the words of Store.
  template <class Work>
  auto attempt(Work work);

  std::string url_;
  PgStoreOptions options_;
  void check_history(pg::Connection& fresh) const;
  void seen(const Head& head) { seen_ = {head.position, head.batch_id}; }

  LogIdentity identity_;
  std::optional<std::pair<Position, BatchId>> seen_;  // the last batch known to be in the log
  std::optional<pg::Connection> connection_;
  bool in_batch_ = false;
};

}  // namespace daybook::log
