#pragma once
// One snapshot of a log in PostgreSQL, for an audit to read: events, batches and side tables as they stood
// when it was opened, while appending goes on. A snapshot that is held long keeps the server from cleaning up
// behind it; the log has no updated rows, so that costs little. One thread.
#include "command-service/log/audit.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::log {

class PgAuditSnapshot final : public events::LogReader, public AuditTables {
 public:
  // Throws events::LogUnavailable or LogRefused.
  explicit PgAuditSnapshot(const std::string& url);

  LogIdentity identity() override;
  Position head() override;
  std::vector<Envelope> read(Position after, std::size_t events_max, std::size_t bytes_max) override;
  // A snapshot does not grow: the head at once.
  Position wait_beyond(Position after, int timeout_ms) override;
  std::optional<crypto::Digest> leaf_at(Position position) override;

  LogExtent extent() override;
  std::vector<BatchEnd> batch_ends(Position after, Position upto) override;
  std::vector<TreeHead> tree_heads(Position after, Position upto) override;
  void each_claim(const std::function<void(const ClaimKey&, StreamId)>& visit) override;
  void each_reference(const std::function<void(StreamId, const Reference&)>& visit) override;
  void each_counter(const std::function<void(const CounterKey&, std::int64_t)>& visit) override;
  void each_relation(const std::function<void(const Edge&)>& visit) override;
  void each_snapshot(const std::function<void(StreamId, const Snapshot&)>& visit) override;
  void each_subject(const std::function<void(StreamId)>& visit) override;

 private:
  template <class Work>
  auto attempt(Work work);
  void each_row(const std::string& sql, const std::function<void(const pg::Result&, int)>& visit);

  std::optional<pg::Connection> connection_;
};

}  // namespace daybook::log
