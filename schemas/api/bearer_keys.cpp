#include "schemas/api/bearer_keys.hpp"

#include "platform/crypto/checked_token.hpp"

namespace daybook::api {

std::optional<std::string> bearer_key_digest(std::string_view token) {
  const bool ours = crypto::is_checked_token(api_key_prefix, token) || crypto::is_checked_token(agent_token_prefix, token);
  const bool brought_in = token.starts_with(brought_in_prefix) && token.size() > brought_in_prefix.size() && token.size() <= brought_in_characters_max;
  if (!ours && !brought_in) return std::nullopt;
  return crypto::token_digest(token);
}

}  // namespace daybook::api
