#pragma once
// Whose keys are, as far as was asked before: a digest is of one key for ever, so it is asked once. Only those that are somebody's are
// remembered, a bounded number of them; whether they are still good is not. Safe from any thread.
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "schemas/api/api.hpp"

namespace daybook::api {

inline constexpr std::size_t known_holders_max = 16384;

class KnownHolders {
 public:
  std::optional<Principal> find(const std::string& digest) const {
    const std::lock_guard lock(mutex_);
    const auto known = holders_.find(digest);
    return known == holders_.end() ? std::nullopt : std::optional(known->second);
  }
  void keep(std::string digest, const Principal& holder) {
    const std::lock_guard lock(mutex_);
    if (holders_.size() >= known_holders_max) holders_.clear();
    holders_.emplace(std::move(digest), holder);
  }

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Principal> holders_;
};

}  // namespace daybook::api
