#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace daybook::text {

/// True when the bytes are well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing over
/// U+10FFFF.
[[nodiscard]] bool valid_utf8(std::string_view text);

/// How many code points well-formed UTF-8 holds; this is what "characters" means in every limit.
[[nodiscard]] std::size_t code_points(std::string_view text);

/// Normalization Form C (Unicode Annex 15). The text must be well-formed; otherwise std::invalid_argument.
[[nodiscard]] std::string nfc(std::string_view text);

/// The form under which names are compared: NFC, default case folding (Unicode §3.13), NFC again. Independent
/// of locale. The text must be well-formed; otherwise std::invalid_argument.
[[nodiscard]] std::string fold_case(std::string_view text);

/// The Unicode version of the tables behind `nfc` and `fold_case`, such as `14.0.0`. Stored beside the
/// claims, because another version may fold a name differently.
[[nodiscard]] std::string unicode_version();

/// True for well-formed text fit for one line: no control characters (category Cc) and no line or paragraph
/// separators (U+2028, U+2029).
[[nodiscard]] bool printable(std::string_view text);

}  // namespace daybook::text
