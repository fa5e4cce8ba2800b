#include "schemas/api/rate_limit.hpp"

#include <algorithm>
#include <cmath>

namespace daybook::api {

RateLimiter::Standing RateLimiter::take(std::string_view key, Clock::time_point now) {
  const double quota = limit_.requests;
  const double per_second = quota / static_cast<double>(std::max<std::int64_t>(1, limit_.window.count()));
  const std::lock_guard lock(mutex_);
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    by_use_.splice(by_use_.begin(), by_use_, found->second);
  } else {
    by_use_.push_front({std::string(key), quota, now});
    by_key_.emplace(by_use_.front().key, by_use_.begin());
  }
  if (by_key_.size() > rate_buckets_max) {
    by_key_.erase(by_use_.back().key);
    by_use_.pop_back();
  }
  auto& bucket = by_use_.front();
  const std::chrono::duration<double> since = now - bucket.filled;
  bucket.tokens = std::min(quota, bucket.tokens + std::max(0.0, since.count()) * per_second);
  bucket.filled = now;

  Standing standing{};
  standing.admitted = bucket.tokens >= 1;
  if (standing.admitted) bucket.tokens -= 1;
  standing.remaining = static_cast<int>(bucket.tokens);
  const double lacking = standing.remaining > 0 ? quota - bucket.tokens : 1 - bucket.tokens;
  standing.seconds = static_cast<int>(std::ceil(lacking / per_second));
  return standing;
}

std::string RateLimiter::policy() const {
  return "\"" + name_ + "\";q=" + std::to_string(limit_.requests) + ";w=" + std::to_string(limit_.window.count());
}

std::string RateLimiter::standing(const Standing& standing) const {
  return "\"" + name_ + "\";r=" + std::to_string(standing.remaining) + ";t=" + std::to_string(standing.seconds);
}

std::size_t RateLimiter::buckets() const {
  const std::lock_guard lock(mutex_);
  return by_key_.size();
}

bool is_loopback(std::string_view address) { return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127."); }

}  // namespace daybook::api
