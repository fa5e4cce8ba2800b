#pragma once
// Folded states of recently used streams, by least recent use within a budget of bytes. Owned by the appender and used by
// its thread only. An entry another process has written past is stale: the events it lacks are asked for and folded on
// top under the log's lock, so a version is exact before anything is decided on it.
#include <list>
#include <memory>
#include <unordered_map>

#include "command-service/domain/core/aggregate.hpp"

namespace daybook::log {

struct CachedStream {
  const domain::AggregateOps* ops{};
  std::shared_ptr<const void> state;
  events::StreamVersion version{};
  bool stale = false;
  events::StreamVersion kept{};  // version of the snapshot in the store, as far as is known here
};

class StreamCache {
 public:
  explicit StreamCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  const CachedStream* find(events::StreamId id);
  void put(events::StreamId id, CachedStream stream);
  // Another process wrote the stream up to `newest`.
  void written_elsewhere(events::StreamId id, events::StreamVersion newest);
  void clear();
  std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    events::StreamId id{};
    CachedStream stream;
    std::size_t bytes = 0;
  };
  using Order = std::list<Entry>;

  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  Order order_;  // most recently used first
  std::unordered_map<events::StreamId, Order::iterator> by_id_;
};

}  // namespace daybook::log
