#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/crypto/random.hpp"
#include "platform/crypto/signing.hpp"
#include "platform/text/instant.hpp"

namespace daybook::crypto {

/// What a key is for; no key serves two purposes.
enum class KeyPurpose {
  key_encryption,  // wraps the data keys of subjects; may be rotated
  claim_hmac,      // hides personal claims; never rotated, for the claims could not be found again
  token_signing,   // Ed25519 seed for access tokens; may be rotated
  cursor,          // authenticates page cursors
  tree_head,       // Ed25519 seed for signed tree heads
  request_hmac,    // hides idempotency keys and the bodies they stand for
};

[[nodiscard]] std::string_view name_of(KeyPurpose purpose);

/// One line of the key file. `id` is a dated version such as `2026-11-21`, unique within the purpose; tokens
/// and ciphertexts name it.
struct NamedKey {
  KeyPurpose purpose{};
  std::string id;
  text::Instant created{};
  Key key{};
  std::optional<PublicKey> public_key;
};

/// Says in a sentence for the operator what is wrong with a key file; never contains key material.
struct KeyFileError {
  std::string text;
};

/// All keys of one deployment, read from one text file of mode 0600 at start. A line holds
/// `<purpose> <version> <created RFC 3339> <base64url of 32 bytes>`; lines that start with `#` are comments.
/// A retired key leaves `retired:<base64url>` in place of its bytes: enough for the fingerprint, of no use to
/// open anything. Immutable after loading, so any thread may read it.
class KeyFile {
 public:
  using Result = std::variant<KeyFile, KeyFileError>;

  /// Makes a file with one fresh key for each purpose. Never overwrites; the file and its folder's entry are
  /// on the disk (fsync) when this returns.
  [[nodiscard]] static Result create(const std::filesystem::path& path, text::Instant now);

  /// Reads a file; refuses one that the group or others may touch, one that lacks a purpose, and any line it
  /// does not understand.
  [[nodiscard]] static Result load(const std::filesystem::path& path);

  /// Reads the text of a file. For tests, and for `load`.
  [[nodiscard]] static Result parse(std::string_view text);

  /// Adds a fresh key of a rotating purpose (key_encryption or token_signing) to the file on the disk by
  /// writing a new file and renaming it over the old one. Services use it after their next start.
  [[nodiscard]] static Result rotate(const std::filesystem::path& path, KeyPurpose purpose,
                                     text::Instant now);

  /// Forgets the bytes of a key that is not the current one of its purpose, so that what old backups hold
  /// under it can no longer be read. The caller has re-wrapped everything that still matters.
  [[nodiscard]] static Result retire(const std::filesystem::path& path, KeyPurpose purpose,
                                     std::string_view id);

  /// The newest key of a purpose; there always is one.
  [[nodiscard]] const NamedKey& current(KeyPurpose purpose) const;

  /// The key with this id, or null when the file never had it or it is retired.
  [[nodiscard]] const NamedKey* find(KeyPurpose purpose, std::string_view id) const;

  /// Every key of a purpose that is not retired, oldest first.
  [[nodiscard]] std::vector<const NamedKey*> all(KeyPurpose purpose) const;

  /// The public half of a token-signing or tree-head key, or nothing when the id is unknown.
  [[nodiscard]] std::optional<PublicKey> public_key(KeyPurpose purpose, std::string_view id) const;

  /// 64 hexadecimal digits that identify the deployment: a SHA-256 over what the oldest key of every purpose
  /// proves without revealing it. Rotation does not change it, another file has another one; a log keeps it
  /// so that a service refuses to start beside a log that its keys do not belong to.
  [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }

 private:
  KeyFile(std::vector<NamedKey> keys, std::string fingerprint);

  std::vector<NamedKey> keys_;  // by purpose, then oldest first; without the retired
  std::string fingerprint_;
};

}  // namespace daybook::crypto
