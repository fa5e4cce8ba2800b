#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string_view>

#include "platform/text/uuid.hpp"

namespace daybook::crypto {

/// Milliseconds since 1970 of the system's clock.
[[nodiscard]] std::int64_t system_unix_ms();

/// Makes identifiers of version 7, each greater than the one before it. One per process, shared by all
/// threads. Within a millisecond the 12 bits of rand_a count up from a random start (RFC 9562 §6.2, method
/// 1); when they run out, or the clock steps back, the source goes on from the last time it used rather than
/// repeat itself.
class UuidV7Source {
 public:
  using Clock = std::function<std::int64_t()>;

  explicit UuidV7Source(Clock unix_ms = system_unix_ms);

  [[nodiscard]] text::Uuid next();

 private:
  void take_random(std::uint8_t* out, std::size_t count);

  static constexpr std::size_t random_pool_bytes = 1024;

  Clock unix_ms_;
  std::mutex mutex_;
  std::int64_t last_ms_ = -1;
  std::uint32_t counter_ = 0;
  std::array<std::uint8_t, random_pool_bytes> pool_{};
  std::size_t pool_used_ = random_pool_bytes;
};

/// An identifier that follows from a name (RFC 9562 §5.5, SHA-1): the same namespace and name give the same
/// one. It hides nothing and proves nothing.
[[nodiscard]] text::Uuid uuid_v5(const text::Uuid& name_space, std::string_view name);

}  // namespace daybook::crypto
