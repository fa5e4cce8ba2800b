#include "command-service/log/stream_cache.hpp"

namespace daybook::log {

const CachedStream* StreamCache::find(events::StreamId id) {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return nullptr;
  order_.splice(order_.begin(), order_, found->second);
  return &found->second->stream;
}

void StreamCache::put(events::StreamId id, CachedStream stream) {
  // What was only read is put back after every batch; measuring it again would cost a batch its speed.
  if (const auto found = by_id_.find(id); found != by_id_.end() && found->second->stream.state == stream.state) {
    found->second->stream = std::move(stream);
    order_.splice(order_.begin(), order_, found->second);
    return;
  }
  const auto bytes = stream.ops->bytes(stream.state.get());
  if (const auto found = by_id_.find(id); found != by_id_.end()) {
    bytes_ -= found->second->bytes;
    order_.erase(found->second);
    by_id_.erase(found);
  }
  order_.push_front({id, std::move(stream), bytes});
  by_id_[id] = order_.begin();
  bytes_ += bytes;
  while (bytes_ > bytes_max_ && order_.size() > 1) {
    bytes_ -= order_.back().bytes;
    by_id_.erase(order_.back().id);
    order_.pop_back();
  }
}

void StreamCache::written_elsewhere(events::StreamId id, events::StreamVersion newest) {
  const auto found = by_id_.find(id);
  if (found == by_id_.end() || found->second->stream.version >= newest) return;
  found->second->stream.stale = true;
}

void StreamCache::clear() {
  by_id_.clear();
  order_.clear();
  bytes_ = 0;
}

}  // namespace daybook::log
