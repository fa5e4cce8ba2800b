#include "command-service/log/memory_store.hpp"

#include <utility>

namespace daybook::log {

void MemoryStore::reach() {
  if (unreachable_calls_ == 0) return;
  --unreachable_calls_;
  throw StoreUnavailable("the log cannot be reached");
}

void MemoryStore::require_batch() const {
  if (!in_batch_) throw std::logic_error("there is no open batch");
}

Opened MemoryStore::open_batch(Position seen, const Asks& asks) {
  abandon();
  reach();
  log_->lock();
  in_batch_ = true;
  return {log_->head(), log_->changed_since(seen), log_->answer(asks)};
}

Answers MemoryStore::fetch(const Asks& asks) {
  require_batch();
  return log_->answer(asks);
}

void MemoryStore::write_batch(const BatchWrite& batch) {
  require_batch();
  const auto fault = std::exchange(fault_, Fault::none);
  try {
    if (fault == Fault::none || fault == Fault::reply_lost_after_commit) log_->write(batch);
  } catch (...) {
    abandon();
    throw;
  }
  abandon();
  if (fault == Fault::lost_before_commit)
    throw StoreUnavailable("the connection was lost before COMMIT was sent");
  if (fault != Fault::none) throw CommitUnknown("the connection was lost before COMMIT was answered");
}

void MemoryStore::abandon() noexcept {
  if (!std::exchange(in_batch_, false)) return;
  log_->unlock();
}

bool MemoryStore::find_batch(BatchId batch) {
  abandon();
  reach();
  log_->lock();
  const bool found = log_->has_batch(batch);
  log_->unlock();
  return found;
}

std::optional<StreamId> MemoryStore::find_claim(const ClaimKey& claim) {
  Asks asks;
  asks.claims.insert(claim);
  return log_->answer(asks).claims.at(claim);
}

}  // namespace daybook::log
