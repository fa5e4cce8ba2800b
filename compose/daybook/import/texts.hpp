#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace daybook::importer {

/// Texts as the commands accept them. All take and give well-formed UTF-8.

/// True for nothing but white space (Unicode's White_Space).
[[nodiscard]] bool is_blank(std::string_view words);
/// Cuts between characters, never within one.
[[nodiscard]] std::string_view first_bytes(std::string_view words, std::size_t bytes_max);
[[nodiscard]] std::string_view first_characters(std::string_view words, std::size_t characters_max);
/// Each control character and line separator becomes a space.
[[nodiscard]] std::string on_one_line(std::string_view words);
/// Without U+0000, which PostgreSQL cannot hold.
[[nodiscard]] std::string without_nul(std::string_view words);
/// As a JSON string, quotes included.
[[nodiscard]] std::string in_quotes(std::string_view words);

}  // namespace daybook::importer
