#pragma once
// Keys that are no access tokens: a person's API key, an agent's token. They say by their prefix what they are, and are known by
// their digest alone.
#include <optional>
#include <string>
#include <string_view>

namespace daybook::api {

inline constexpr std::string_view api_key_prefix = "dbk_";
inline constexpr std::string_view agent_token_prefix = "dba_";
inline constexpr std::string_view brought_in_prefix = "af_";        // keys of another system, whose checksum is not known
inline constexpr std::size_t brought_in_characters_max = 255;

// The digest by which the key is found; nothing where it is none, or was mistyped: that costs no look-up.
std::optional<std::string> bearer_key_digest(std::string_view token);

}  // namespace daybook::api
