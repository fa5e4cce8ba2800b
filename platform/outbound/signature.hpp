#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace daybook::outbound {

/// What a receiver checks that a message is ours by, after the Standard Webhooks specification, version `v1`.
inline constexpr std::string_view id_header = "webhook-id";                // the same however often a message is sent
inline constexpr std::string_view timestamp_header = "webhook-timestamp";  // of this attempt, in Unix seconds
inline constexpr std::string_view signature_header = "webhook-signature";  // one or more, separated by spaces

/// "v1,<base 64>" of the HMAC-SHA-256 of `id.timestamp.body`. The key of a secret "whsec_<base 64>" is what the base 64 says; of any
/// other secret, its bytes. `id` has no full stop in it, or two messages
/// could be signed alike.
[[nodiscard]] std::string standard_signature(std::string_view secret, std::string_view id, std::int64_t unix_s, std::string_view body);

/// What older receivers know: of the body alone, so an old message can be sent again by whoever saw it.
inline constexpr std::string_view older_signature_header = "X-Webhook-Signature-256";

/// "sha256=<base 16>" of the HMAC-SHA-256 of the body. The key is the secret as it is written, "whsec_" included: who checks this one
/// knows nothing of that form.
[[nodiscard]] std::string older_signature(std::string_view secret, std::string_view body);

}  // namespace daybook::outbound
