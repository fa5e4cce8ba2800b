#pragma once
// Token buckets: so many requests at once, given back evenly over a window. One limiter for principals, one for addresses;
// what a limited reply says of them is draft-ietf-httpapi-ratelimit-headers. Safe from any thread.
#include <chrono>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace daybook::api {

struct RateLimit {
  int requests = 0;                   // in a window, and at once; 0: no limit
  std::chrono::seconds window{60};
};

struct RateLimitOptions {
  RateLimit principal{1200};          // whoever is signed in
  RateLimit address{2400};            // wherever they come from, signed in or not
  bool on_loopback = false;           // whether 127.0.0.0/8 and ::1 are limited at all
};

inline constexpr std::size_t rate_buckets_max = 65536;   // of one limiter; past it, the one used longest ago is forgotten

class RateLimiter {
 public:
  using Clock = std::chrono::steady_clock;

  RateLimiter(std::string name, RateLimit limit) : name_(std::move(name)), limit_(limit) {}

  // What is left after this request: `r` and `t` of the RateLimit field.
  struct Standing {
    bool admitted = true;
    int remaining = 0;
    int seconds = 0;                  // until one more is given back where none is left, else until all are
  };
  Standing take(std::string_view key, Clock::time_point now);

  bool limits() const { return limit_.requests > 0; }
  std::string policy() const;                            // "principal";q=1200;w=60
  std::string standing(const Standing& standing) const;  // "principal";r=1199;t=60
  std::size_t buckets() const;

 private:
  struct Bucket {
    std::string key;
    double tokens = 0;
    Clock::time_point filled;
  };

  std::string name_;
  RateLimit limit_;
  mutable std::mutex mutex_;
  std::list<Bucket> by_use_;          // most recently used first
  std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_key_;
};

bool is_loopback(std::string_view address);

}  // namespace daybook::api
