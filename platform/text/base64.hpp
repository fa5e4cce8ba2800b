#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace daybook::text {

/// Base 64 with padding (RFC 4648 §4). Decoding demands the padding and refuses every other character, line
/// breaks included, as well as left-over bits that are not zero: one value has one text.
[[nodiscard]] std::string base64_encode(std::string_view bytes);
[[nodiscard]] std::optional<std::string> base64_decode(std::string_view text);

/// Base 64 for addresses and file names without padding (RFC 4648 §5, RFC 7515 §2). Decoding refuses padding.
[[nodiscard]] std::string base64url_encode(std::string_view bytes);
[[nodiscard]] std::optional<std::string> base64url_decode(std::string_view text);

/// Base 16: encoding writes lower case, decoding takes either case.
[[nodiscard]] std::string hex_encode(std::string_view bytes);
[[nodiscard]] std::optional<std::string> hex_decode(std::string_view text);

}  // namespace daybook::text
