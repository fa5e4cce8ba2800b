#pragma once
// A map that can be brought back to how it was: the batch's own view of a side table, with a savepoint per command.
#include <map>
#include <optional>
#include <vector>

namespace daybook::log {

template <class Key, class Value>
class Journal {
 public:
  using Mark = std::size_t;

  const Value* find(const Key& key) const {
    const auto found = values_.find(key);
    return found == values_.end() ? nullptr : &found->second;
  }
  void set(const Key& key, Value value) {
    const auto found = values_.find(key);
    if (found == values_.end()) {
      undo_.push_back({key, std::nullopt});
      values_.emplace(key, std::move(value));
      return;
    }
    undo_.push_back({key, std::move(found->second)});
    found->second = std::move(value);
  }
  Mark mark() const { return undo_.size(); }
  void rollback(Mark mark) {
    while (undo_.size() > mark) {
      auto& [key, before] = undo_.back();
      if (before) values_[key] = std::move(*before);
      else values_.erase(key);
      undo_.pop_back();
    }
  }
  const std::map<Key, Value>& values() const { return values_; }

 private:
  std::map<Key, Value> values_;
  std::vector<std::pair<Key, std::optional<Value>>> undo_;
};

}  // namespace daybook::log
