#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace daybook::crypto {

/// A symmetric key or the seed of a signing key. Whoever holds one keeps it out of logs and error texts.
using Key = std::array<std::uint8_t, 32>;

/// Bytes of the operating system's generator; safe for keys and on every thread.
[[nodiscard]] std::string random_bytes(std::size_t count);

[[nodiscard]] Key random_key();

/// An opaque bearer token: 32 random bytes as base64url, 43 characters.
[[nodiscard]] std::string random_token();

/// Characters of `[a-z0-9]`, each equally likely.
[[nodiscard]] std::string random_lower_alnum(std::size_t count);

}  // namespace daybook::crypto
