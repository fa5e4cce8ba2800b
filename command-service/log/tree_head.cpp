#include "command-service/log/tree_head.hpp"

#include "platform/text/bytes.hpp"

namespace daybook::log {
namespace {

constexpr std::string_view purpose = "daybook tree head 1\n";  // no other signature begins like this

void append_integer(std::string& bytes, std::int64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xff);
}

}  // namespace

std::string signed_bytes(const events::LogId& log, const TreeHead& head) {
  std::string bytes(purpose);
  bytes.append(reinterpret_cast<const char*>(log.value.bytes.data()), log.value.bytes.size());
  append_integer(bytes, head.epoch.value);
  append_integer(bytes, head.size.value);
  bytes += text::view_of(head.root);
  append_integer(bytes, head.signed_at.time_since_epoch().count());
  return bytes;
}

TreeHead sign(const crypto::KeyFile& keys, const LogIdentity& log, const Head& head, text::Instant now) {
  const auto& key = keys.current(crypto::KeyPurpose::tree_head);
  TreeHead signed_head{log.epoch, head.position, head.root, now, key.id, {}};
  const auto signature = crypto::SigningKey(key.key).sign(signed_bytes(log.log_id, signed_head));
  signed_head.signature.assign(reinterpret_cast<const char*>(signature.data()), signature.size());
  return signed_head;
}

std::optional<std::string> refute(const crypto::KeyFile& keys, const events::LogId& log, const TreeHead& head) {
  const auto key = keys.public_key(crypto::KeyPurpose::tree_head, head.key_id);
  if (!key) return "is signed with the key " + head.key_id + ", which the key file does not have";
  if (!crypto::verify_signature(*key, signed_bytes(log, head), head.signature)) return "has a signature that is not ours";
  return std::nullopt;
}

}  // namespace daybook::log
