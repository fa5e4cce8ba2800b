#include "events/core/wrapped_key.hpp"

#include <cstring>

#include "platform/crypto/data_key.hpp"
#include "platform/text/base64.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::events {
namespace {

constexpr std::string_view subject_kind = "stream";

// A wrapped key as it lies in the database.
struct StoredKey {
  std::string wrapping_key_id;
  std::string nonce;
  std::string ciphertext;
};
BOOST_DESCRIBE_STRUCT(StoredKey, (), (wrapping_key_id, nonce, ciphertext))

StoredKey read_stored(const std::string& wrapped, text::Uuid subject) {
  StoredKey stored;
  if (const auto read = from_json(wrapped, stored, Reading::lenient); !read)
    throw KeysUnavailable("the stored key of " + subject.text() + " cannot be read: " + read.text());
  return stored;
}

}  // namespace

std::string wrap_key(const crypto::Key& key, text::Uuid subject, const crypto::KeyFile& keys) {
  const auto id = subject.text();
  const auto wrapped = crypto::wrap_data_key(key, {subject_kind, id}, keys);
  return to_json(StoredKey{wrapped.wrapping_key_id, text::base64url_encode(text::view_of(wrapped.sealed.nonce)),
                           text::base64url_encode(wrapped.sealed.ciphertext)});
}

crypto::Key unwrap_key(const std::string& wrapped, text::Uuid subject, const crypto::KeyFile& keys) {
  const auto id = subject.text();
  const auto stored = read_stored(wrapped, subject);
  const auto nonce = text::base64url_decode(stored.nonce);
  const auto ciphertext = text::base64url_decode(stored.ciphertext);
  crypto::Sealed sealed;
  if (!nonce || !ciphertext || nonce->size() != sealed.nonce.size()) throw KeysUnavailable("the stored key of " + id + " is damaged");
  std::memcpy(sealed.nonce.data(), nonce->data(), sealed.nonce.size());
  sealed.ciphertext = *ciphertext;
  const auto key = crypto::unwrap_data_key({stored.wrapping_key_id, sealed}, {subject_kind, id}, keys);
  if (const auto* plain = std::get_if<crypto::Key>(&key)) return *plain;
  throw KeysUnavailable("the key of " + id + " does not open under key-encrypting key " + stored.wrapping_key_id);
}

std::string wrapping_key_of(const std::string& wrapped, text::Uuid subject) { return read_stored(wrapped, subject).wrapping_key_id; }

std::string rewrapped(const std::string& wrapped, text::Uuid subject, const crypto::KeyFile& from, const crypto::KeyFile& to) {
  return wrap_key(unwrap_key(wrapped, subject, from), subject, to);
}

}  // namespace daybook::events
