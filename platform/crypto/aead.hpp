#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/crypto/random.hpp"

namespace daybook::crypto {

using Nonce = std::array<std::uint8_t, 24>;

/// What `seal` gives: the ciphertext ends with the 16-byte tag.
struct Sealed {
  Nonce nonce{};
  std::string ciphertext;

  friend bool operator==(const Sealed&, const Sealed&) = default;
};

/// Encrypts and authenticates with XChaCha20-Poly1305 under a random nonce; 24 bytes are enough to draw them
/// at random for ever. `bound_to` (the associated data) is not stored: opening needs the very same bytes, so
/// that a ciphertext moved to another row does not open there.
[[nodiscard]] Sealed seal(const Key& key, std::string_view plaintext, std::string_view bound_to);

/// The plaintext, or nothing when key, nonce, ciphertext or associated data differ from those of the sealing.
[[nodiscard]] std::optional<std::string> open(const Key& key, const Sealed& sealed,
                                              std::string_view bound_to);

}  // namespace daybook::crypto
