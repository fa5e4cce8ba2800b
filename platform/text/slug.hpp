#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace daybook::text {

inline constexpr std::size_t project_key_characters_min = 2;
inline constexpr std::size_t project_key_characters_max = 20;

/// Makes the part of an address from a name: ASCII letters in lower case, digits, and one `-` for each run of
/// anything else, none at the ends. A name without ASCII letters or digits gives `fallback`.
[[nodiscard]] std::string slugify(std::string_view name, std::string_view fallback = "workspace");

/// Proposes a project key: the initials of several words, or the first three letters and digits of a single
/// word, in upper case; `PRJ` when the name has too little ASCII in it. Always a valid key.
[[nodiscard]] std::string project_key_from(std::string_view name);

/// With the ASCII letters a-z as capitals: project keys and issue identifiers are looked for in either case.
[[nodiscard]] std::string with_capitals(std::string_view word);

/// True for `[A-Z][A-Z0-9]*` of 2 to 20 characters.
[[nodiscard]] bool valid_project_key(std::string_view key);

}  // namespace daybook::text
