#pragma once
// What was found in the state store, remembered by a key for as long as nothing at all changes there: most things are asked for
// more than once in between. Bounded by what its owner says a value takes. Safe from any thread.
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "projector/core/state_reader.hpp"

namespace daybook::query {

template <class Value>
class MomentMemory {
 public:
  explicit MomentMemory(std::size_t size_max) : size_max_(size_max) {}

  std::optional<Value> find(const projector::Moment& moment, const std::string& key) const {
    const std::lock_guard lock(mutex_);
    if (moment_ != moment) return std::nullopt;
    const auto known = values_.find(key);
    return known == values_.end() ? std::nullopt : std::optional(known->second);
  }

  void keep(const projector::Moment& moment, std::string key, Value value, std::size_t size = 1) {
    if (size > size_max_) return;
    const std::lock_guard lock(mutex_);
    if (moment_ != moment || size_ + size > size_max_) {
      values_.clear();
      size_ = 0;
    }
    moment_ = moment;
    if (values_.emplace(std::move(key), std::move(value)).second) size_ += size;
  }

 private:
  const std::size_t size_max_;
  mutable std::mutex mutex_;
  projector::Moment moment_;
  std::size_t size_ = 0;
  std::unordered_map<std::string, Value> values_;  // at that moment
};

}  // namespace daybook::query
