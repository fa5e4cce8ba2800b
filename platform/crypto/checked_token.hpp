#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace daybook::crypto {

inline constexpr std::size_t checked_token_random_characters = 43;   // of [0-9A-Za-z]: 256 bits
inline constexpr std::size_t checked_token_checksum_characters = 6;  // CRC-32 of all before them

/// A token that people paste into settings: a prefix that says what it is, so that leaks are found by those who scan for them,
/// random letters and digits, and a checksum, so that a typing error is refused without looking for it. Only its hash is kept.
[[nodiscard]] std::string make_checked_token(std::string_view prefix);

/// Whether the text has the prefix, the length and the right checksum.
[[nodiscard]] bool is_checked_token(std::string_view prefix, std::string_view text);

/// What is kept of any token: SHA-256 of its text, 64 hexadecimal digits.
[[nodiscard]] std::string token_digest(std::string_view text);

}  // namespace daybook::crypto
