#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace daybook::crypto {

/// A SHA-256 value.
using Digest = std::array<std::uint8_t, 32>;

/// Hashes a message that arrives in pieces with SHA-256 (FIPS 180-4). A small value without allocation:
/// copying it forks the computation, which is how HMAC keeps a prepared key. One thread at a time.
class Sha256 {
 public:
  Sha256();

  Sha256& update(std::string_view piece);

  /// The digest of everything so far. The hasher stays usable and keeps its state.
  [[nodiscard]] Digest digest() const;

 private:
  // Room for OpenSSL's SHA256_CTX, whose header stays out of here; hash.cpp asserts that it fits.
  alignas(8) std::array<std::byte, 128> state_;
};

[[nodiscard]] Digest sha256(std::string_view message);

/// The digest of the parts one after another. Nothing separates the parts, so the caller makes them
/// unambiguous.
[[nodiscard]] Digest sha256(std::initializer_list<std::string_view> parts);

/// HMAC-SHA-256 (RFC 2104) of one message.
[[nodiscard]] Digest hmac_sha256(std::string_view key, std::string_view message);

/// HMAC-SHA-256 of the parts one after another. Nothing separates the parts, so the caller makes them
/// unambiguous.
[[nodiscard]] Digest hmac_sha256(std::string_view key, std::initializer_list<std::string_view> parts);

/// Compares secrets in a time that depends on their length only.
[[nodiscard]] bool constant_time_equal(std::string_view left, std::string_view right);

}  // namespace daybook::crypto
