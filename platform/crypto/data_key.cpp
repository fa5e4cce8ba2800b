#include "platform/crypto/data_key.hpp"

#include <cstring>

#include "platform/text/bytes.hpp"

namespace daybook::crypto {
namespace {

/// The associated data: the lengths keep ("a", "bc") apart from ("ab", "c").
std::string binding_of(const SubjectRef& subject, std::string_view wrapping_key_id) {
  std::string binding = "daybook data key 1";
  for (const std::string_view part : {subject.kind, subject.id, wrapping_key_id}) {
    binding += '\n';
    binding += std::to_string(part.size());
    binding += ':';
    binding += part;
  }
  return binding;
}

}  // namespace

Key generate_data_key() { return random_key(); }

WrappedKey wrap_data_key(const Key& data_key, const SubjectRef& subject, const KeyFile& keys) {
  const NamedKey& wrapping = keys.current(KeyPurpose::key_encryption);
  return {wrapping.id, seal(wrapping.key, text::view_of(data_key), binding_of(subject, wrapping.id))};
}

std::variant<Key, UnwrapError> unwrap_data_key(const WrappedKey& wrapped, const SubjectRef& subject,
                                               const KeyFile& keys) {
  const NamedKey* wrapping = keys.find(KeyPurpose::key_encryption, wrapped.wrapping_key_id);
  if (wrapping == nullptr) return UnwrapError::unknown_wrapping_key;
  const auto opened = open(wrapping->key, wrapped.sealed, binding_of(subject, wrapping->id));
  Key key;
  if (!opened || opened->size() != key.size()) return UnwrapError::damaged;
  std::memcpy(key.data(), opened->data(), key.size());
  return key;
}

}  // namespace daybook::crypto
