#pragma once
// The store of unit tests: one process's view of a MemoryLog, with the breakdowns a database can have.
#include <memory>

#include "command-service/log/memory_log.hpp"

namespace daybook::log {

class MemoryStore final : public Store {
 public:
  // What happens to the next write_batch.
  enum class Fault {
    none,
    lost_before_commit,        // StoreUnavailable, nothing written
    reply_lost_after_commit,   // CommitUnknown, and the batch is in the log
    reply_lost_before_commit,  // CommitUnknown, and the batch is not in the log
  };

  explicit MemoryStore(std::shared_ptr<MemoryLog> log) : log_(std::move(log)) {}
  ~MemoryStore() override { abandon(); }

  void fail_next_write(Fault fault) { fault_ = fault; }
  // So many of the next calls of open_batch and find_batch find the database unreachable.
  void be_unreachable(int calls) { unreachable_calls_ = calls; }

  LogIdentity identity() override { return log_->identity(); }
  Opened open_batch(Position seen, const Asks& asks) override;
  Answers fetch(const Asks& asks) override;
  void write_batch(const BatchWrite& batch) override;
  void abandon() noexcept override;
  bool find_batch(BatchId batch) override;

  Head head() override { return log_->head(); }
  std::vector<Envelope> read(Position after, std::size_t events_max, std::size_t bytes_max) override {
    return log_->read(after, events_max, bytes_max);
  }
  std::vector<Envelope> read_stream(StreamId stream, StreamVersion after, StreamVersion upto) override {
    return log_->read_stream(stream, after, upto);
  }
  events::WrappedKeys data_keys(std::span<const text::Uuid> subjects) override {
    return log_->data_keys(subjects);
  }
  std::optional<StreamId> find_claim(const ClaimKey& claim) override;

 private:
  void reach();
  void require_batch() const;

  std::shared_ptr<MemoryLog> log_;
  bool in_batch_ = false;
  Fault fault_ = Fault::none;
  int unreachable_calls_ = 0;
};

// The same log, for what only reads.
class MemoryReader final : public events::LogReader {
 public:
  explicit MemoryReader(std::shared_ptr<const MemoryLog> log) : log_(std::move(log)) {}

  LogIdentity identity() override { return log_->identity(); }
  Position head() override { return log_->head().position; }
  std::vector<Envelope> read(Position after, std::size_t events_max, std::size_t bytes_max) override {
    return log_->read(after, events_max, bytes_max);
  }
  Position wait_beyond(Position after, int timeout_ms) override {
    return log_->wait_beyond(after, timeout_ms);
  }
  std::optional<crypto::Digest> leaf_at(Position position) override { return log_->leaf_at(position); }

 private:
  std::shared_ptr<const MemoryLog> log_;
};

}  // namespace daybook::log
