#pragma once
// Signed tree heads: what the log's root was at a time, under a key that the database does not hold. Whoever noted one can
// later be shown, by a consistency proof, that nothing before it was altered. The bytes are in docs/log-format.md.
#include <optional>
#include <string>

#include "command-service/log/store.hpp"
#include "platform/crypto/key_file.hpp"

namespace daybook::log {

struct TreeHead {
  events::Epoch epoch{};
  Position size{};  // of the tree: position of its last event
  crypto::Digest root{};
  text::Instant signed_at{};
  std::string key_id;
  std::string signature;  // Ed25519, 64 bytes
  bool operator==(const TreeHead&) const = default;
};

std::string signed_bytes(const events::LogId& log, const TreeHead& head);
TreeHead sign(const crypto::KeyFile& keys, const LogIdentity& log, const Head& head, text::Instant now);
// Why a tree head is not one of this log's; nothing when it is.
std::optional<std::string> refute(const crypto::KeyFile& keys, const events::LogId& log, const TreeHead& head);

}  // namespace daybook::log
