#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "platform/crypto/aead.hpp"
#include "platform/crypto/key_file.hpp"

namespace daybook::crypto {

/// Whose key it is: a user, a contact, a workspace. Bound into the wrapping, so that no key can be passed off
/// as another subject's.
struct SubjectRef {
  std::string_view kind;
  std::string_view id;
};

/// A data key at rest: sealed under the key-encrypting key with this id.
struct WrappedKey {
  std::string wrapping_key_id;
  Sealed sealed;

  friend bool operator==(const WrappedKey&, const WrappedKey&) = default;
};

/// Why a data key did not come out. Neither means that the subject was erased: an erased subject has no row.
enum class UnwrapError {
  unknown_wrapping_key,  // the key file lacks the version that the row names
  damaged,               // the bytes, or the subject, are not those of the wrapping
};

/// A fresh key for one subject; drawn when the subject is born and never again.
[[nodiscard]] Key generate_data_key();

/// Seals a data key under the current key-encrypting key.
[[nodiscard]] WrappedKey wrap_data_key(const Key& data_key, const SubjectRef& subject, const KeyFile& keys);

[[nodiscard]] std::variant<Key, UnwrapError> unwrap_data_key(const WrappedKey& wrapped,
                                                             const SubjectRef& subject, const KeyFile& keys);

}  // namespace daybook::crypto
