#pragma once
// A whole log in memory, as PostgreSQL would hold it: shared by the stores and readers that stand on it, each
// of which plays one process. Every function may be called from any thread. For tests; nothing of it is
// durable.
#include <condition_variable>
#include <functional>
#include <mutex>
#include <unordered_map>

#include "command-service/log/audit.hpp"

namespace daybook::log {

class MemoryLog {
 public:
  explicit MemoryLog(LogIdentity identity) : identity_(std::move(identity)) {}

  const LogIdentity& identity() const { return identity_; }

  // The lock under which a batch is settled. Blocks; no thread owns it.
  void lock();
  void unlock();

  Head head() const;
  std::vector<std::pair<StreamId, StreamVersion>> changed_since(Position seen) const;
  Answers answer(const Asks& asks) const;
  // All or nothing. Throws std::logic_error for what PostgreSQL's keys would refuse.
  void write(const BatchWrite& batch);

  bool has_batch(BatchId batch) const;
  std::vector<Envelope> read(Position after, std::size_t events_max, std::size_t bytes_max) const;
  std::vector<Envelope> read_stream(StreamId stream, StreamVersion after, StreamVersion upto) const;
  events::WrappedKeys data_keys(std::span<const text::Uuid> subjects) const;
  Position wait_beyond(Position after, int timeout_ms) const;
  std::optional<crypto::Digest> leaf_at(Position position) const;

  // Heads whose position lies in (after, upto], in order.
  std::vector<Head> heads(Position after, Position upto) const;
  LogExtent extent() const;
  std::map<ClaimKey, StreamId> claims() const;
  std::map<StreamId, Reference> references() const;
  std::map<CounterKey, std::int64_t> counters() const;
  std::set<Edge> relations() const;
  std::map<StreamId, Snapshot> snapshots() const;
  std::vector<StreamId> subjects() const;   // that have a key

  // What a test does to show that it is found out.
  void tamper_snapshots(const std::function<void(std::map<StreamId, Snapshot>&)>& change);
  void tamper_keys(const std::function<void(std::map<text::Uuid, std::map<std::int64_t, std::string>>&)>& change);
  void tamper(const std::function<void(std::vector<Envelope>&)>& change);

 private:
  struct Request {
    RequestRecord record;
    text::Instant recorded_at{};
  };
  void refuse_repetitions(const BatchWrite& batch) const;
  std::vector<Edge> closure(const ClosureKey& key) const;
  std::vector<domain::HeldBy> beside(const BesideKey& key) const;
  void answer_references(const std::set<StreamId>& asked, Answers& answers) const;
  Head newest_head() const;

  const LogIdentity identity_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool locked_ = false;
  std::vector<Envelope> events_;                                      // by position, from 1
  std::unordered_map<StreamId, std::vector<std::size_t>> by_stream_;  // indexes into events_, by version
  std::vector<Head> heads_;
  std::map<StreamId, Reference> references_;
  std::map<ClaimKey, StreamId> claims_;
  std::map<CounterKey, std::int64_t> counters_;
  std::set<Edge> relations_;
  std::map<RequestKey, Request> requests_;
  std::map<SourceKey, std::int64_t> sources_;
  std::map<StreamId, Snapshot> snapshots_;
  std::map<text::Uuid, std::map<std::int64_t, std::string>> data_keys_;
};

}  // namespace daybook::log
