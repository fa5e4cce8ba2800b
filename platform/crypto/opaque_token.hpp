#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/text/uuid.hpp"

namespace daybook::crypto {

inline constexpr std::size_t token_secret_bytes = 32;

/// A token that says whose it is and which, so that it is found without a search, and carries a secret that only its hash is kept
/// of: base64url of two UUIDs and 32 bytes, 86 characters.
struct OpaqueToken {
  text::Uuid owner, id;
  std::string text;

  /// `secret` has `token_secret_bytes` bytes.
  [[nodiscard]] static OpaqueToken make(const text::Uuid& owner, const text::Uuid& id, std::string_view secret);
  /// Nothing where the text has not the form.
  [[nodiscard]] static std::optional<OpaqueToken> read(std::string_view text);
  /// What is kept of it: base64url of SHA-256 of its text.
  [[nodiscard]] std::string hash() const;
};

}  // namespace daybook::crypto
