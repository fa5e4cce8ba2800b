#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "platform/crypto/random.hpp"

namespace daybook::crypto {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

/// An Ed25519 key pair (RFC 8032). Immutable; any thread may sign with it.
class SigningKey {
 public:
  /// The pair that follows from a seed.
  explicit SigningKey(const Key& seed);

  [[nodiscard]] const PublicKey& public_key() const { return public_key_; }
  [[nodiscard]] Signature sign(std::string_view message) const;

 private:
  PublicKey public_key_{};
  std::array<std::uint8_t, 64> secret_{};
};

/// True when `signature` was made over `message` by the holder of `key`. A signature of another length than
/// 64 bytes is simply wrong.
[[nodiscard]] bool verify_signature(const PublicKey& key, std::string_view message,
                                    std::string_view signature);

}  // namespace daybook::crypto
