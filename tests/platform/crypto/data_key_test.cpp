#include "platform/crypto/data_key.hpp"

#include <gtest/gtest.h>

#include "platform/text/base64.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::crypto {
namespace {

std::string key_line(std::string_view purpose, std::string_view id, std::string_view created) {
  return std::string{purpose} + ' ' + std::string{id} + ' ' + std::string{created} + ' ' +
         text::base64url_encode(text::view_of(random_key())) + '\n';
}

std::string key_lines() {
  std::string lines;
  for (const auto* purpose :
       {"key_encryption", "claim_hmac", "token_signing", "cursor", "tree_head", "request_hmac"}) {
    lines += key_line(purpose, "2026-01-01", "2026-01-01T00:00:00Z");
  }
  return lines;
}

KeyFile keys_of(const std::string& lines) { return std::get<KeyFile>(KeyFile::parse(lines)); }

constexpr SubjectRef alice{"user", "0190a1b2"};

TEST(DataKey, UnwrapsWhatWasWrapped) {
  const KeyFile keys = keys_of(key_lines());
  const Key data_key = generate_data_key();
  const WrappedKey wrapped = wrap_data_key(data_key, alice, keys);
  EXPECT_EQ(wrapped.wrapping_key_id, "2026-01-01");
  EXPECT_EQ(wrapped.sealed.ciphertext.size(), 48U);
  EXPECT_EQ(std::get<Key>(unwrap_data_key(wrapped, alice, keys)), data_key);
}

TEST(DataKey, BelongsToItsSubjectAlone) {
  const KeyFile keys = keys_of(key_lines());
  const WrappedKey wrapped = wrap_data_key(generate_data_key(), alice, keys);
  for (const SubjectRef other :
       {SubjectRef{"user", "0190a1b3"}, SubjectRef{"contact", "0190a1b2"}, SubjectRef{"user0", "190a1b2"},
        SubjectRef{"use", "r0190a1b2"}, SubjectRef{}}) {
    EXPECT_EQ(std::get<UnwrapError>(unwrap_data_key(wrapped, other, keys)), UnwrapError::damaged);
  }
}

TEST(DataKey, DamageShows) {
  const KeyFile keys = keys_of(key_lines());
  WrappedKey wrapped = wrap_data_key(generate_data_key(), alice, keys);
  wrapped.sealed.ciphertext[0] = static_cast<char>(wrapped.sealed.ciphertext[0] ^ 1);
  EXPECT_EQ(std::get<UnwrapError>(unwrap_data_key(wrapped, alice, keys)), UnwrapError::damaged);
}

TEST(DataKey, AMissingVersionIsNotDamage) {
  const KeyFile keys = keys_of(key_lines());
  WrappedKey wrapped = wrap_data_key(generate_data_key(), alice, keys);
  wrapped.wrapping_key_id = "2025-01-01";
  EXPECT_EQ(std::get<UnwrapError>(unwrap_data_key(wrapped, alice, keys)), UnwrapError::unknown_wrapping_key);
}

TEST(DataKey, OldWrappingsOpenAfterARotation) {
  const std::string lines = key_lines();
  const Key data_key = generate_data_key();
  const WrappedKey wrapped = wrap_data_key(data_key, alice, keys_of(lines));
  const KeyFile rotated = keys_of(lines + key_line("key_encryption", "2026-06-01", "2026-06-01T00:00:00Z"));
  EXPECT_EQ(std::get<Key>(unwrap_data_key(wrapped, alice, rotated)), data_key);
  EXPECT_EQ(wrap_data_key(data_key, alice, rotated).wrapping_key_id, "2026-06-01");
}

}  // namespace
}  // namespace daybook::crypto
