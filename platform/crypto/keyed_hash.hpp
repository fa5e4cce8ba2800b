#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace daybook::crypto {

/// Names texts by 128 bits under a random key of its own (SipHash-2-4-128): for remembering, within one process, what was seen
/// before without keeping it. Who does not have the key cannot make two texts that are named alike, and it takes a tenth of the
/// time of SHA-256. Not for what is stored or sent. Safe from any thread.
class KeyedHash {
 public:
  using Name = std::array<std::uint8_t, 16>;

  KeyedHash();
  [[nodiscard]] Name operator()(std::string_view text) const;

 private:
  std::array<std::uint8_t, 16> key_;
};

}  // namespace daybook::crypto
