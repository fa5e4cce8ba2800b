#include "events/core/key_ring.hpp"

#include <algorithm>
#include <cstring>

#include "events/core/wrapped_key.hpp"
#include "platform/crypto/aead.hpp"
#include "platform/crypto/data_key.hpp"
#include "platform/text/base64.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::events {
namespace {

std::string_view bytes_of(const crypto::Nonce& nonce) {
  return {reinterpret_cast<const char*>(nonce.data()), nonce.size()};
}

std::optional<crypto::Sealed> sealed_from(std::string_view nonce, std::string_view ciphertext) {
  const auto nonce_bytes = text::base64url_decode(nonce);
  const auto cipher_bytes = text::base64url_decode(ciphertext);
  crypto::Sealed sealed;
  if (!nonce_bytes || !cipher_bytes || nonce_bytes->size() != sealed.nonce.size()) return std::nullopt;
  std::memcpy(sealed.nonce.data(), nonce_bytes->data(), sealed.nonce.size());
  sealed.ciphertext = *cipher_bytes;
  return sealed;
}

// What a ciphertext is bound to: moved to another log, event, field or subject it does not open.
std::string bound_to(const LogId& log, const Envelope& event, std::string_view path, const text::Uuid& subject) {
  return log.text() + "/" + event.event_id.text() + std::string(path) + "/" + subject.text();
}

[[noreturn]] void lacks_key(text::Uuid subject) {
  throw KeysUnavailable("there is no key to seal personal fields of " + subject.text());
}
[[noreturn]] void lost_key(text::Uuid subject) {
  throw KeysUnavailable("the key of " + subject.text() + " is gone, and no event says that they were erased");
}

}  // namespace

KeyRing::KeyRing(LogId log, std::shared_ptr<const crypto::KeyFile> keys, Source source)
    : log_(log), files_(std::move(keys)), source_(std::move(source)) {}

std::optional<crypto::Key> KeyRing::key_of(text::Uuid subject) const {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = keys_.find(subject); found != keys_.end()) return found->second;
  }
  const auto wrapped = source_({&subject, 1});
  const auto found = wrapped.find(subject);
  if (found == wrapped.end()) lost_key(subject);
  if (!found->second) return std::nullopt;
  const auto key = unwrap_key(*found->second, subject, *files_);
  const std::lock_guard lock(mutex_);
  if (keys_.size() >= keys_max) keys_.erase(keys_.begin());
  keys_.emplace(subject, key);
  return key;
}

Personal KeyRing::open(const Envelope& event, const SealedField& field) const {
  Personal personal;
  const auto key = key_of(field.subject);
  if (!key) {
    erase_field(personal);
    return personal;
  }
  const auto sealed = sealed_from(field.nonce, field.ciphertext);
  const auto plain = sealed ? crypto::open(*key, *sealed, bound_to(log_, event, field.path, field.subject)) : std::nullopt;
  if (!plain)
    throw UnreadableEvent("event " + std::to_string(event.position.value) + ": the personal field " + field.path + " does not open");
  personal.text = *plain;
  return personal;
}

std::string KeyRing::born(text::Uuid subject) {
  const auto key = crypto::generate_data_key();
  auto wrapped = wrap_key(key, subject, *files_);
  const std::lock_guard lock(mutex_);
  keys_[subject] = key;
  return wrapped;
}

std::string KeyRing::seal(const Envelope& event, std::span<const PlainField> fields) const {
  const auto subject = event.stream_id.value;
  const auto key = key_of(subject);
  if (!key) lacks_key(subject);
  std::vector<SealedField> sealed;
  for (const auto& field : fields) {
    const auto box = crypto::seal(*key, field.text, bound_to(log_, event, field.path, subject));
    sealed.push_back({field.path, subject, 1, text::base64url_encode(bytes_of(box.nonce)), text::base64url_encode(box.ciphertext)});
  }
  return to_json(sealed);
}

void KeyRing::require(text::Uuid subject) const {
  if (!key_of(subject)) lacks_key(subject);
}

void KeyRing::forget(text::Uuid subject) {
  const std::lock_guard lock(mutex_);
  keys_.erase(subject);
}

std::string KeyRing::lookup_key(std::string_view scope, std::string_view words) const {
  const auto& key = files_->current(crypto::KeyPurpose::claim_hmac).key;
  const std::string folded = text::fold_case(words);
  const std::string separator(1, '\0');
  const auto digest = crypto::hmac_sha256({reinterpret_cast<const char*>(key.data()), key.size()}, {scope, separator, folded});
  return text::base64url_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace daybook::events
