#include "platform/crypto/aead.hpp"

#include <sodium.h>

#include <tuple>

#include "platform/crypto/sodium_ready.hpp"

namespace daybook::crypto {
namespace {

constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(std::tuple_size_v<Nonce> == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(std::tuple_size_v<Key> == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* unsigned_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* unsigned_of(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

}  // namespace

Sealed seal(const Key& key, std::string_view plaintext, std::string_view bound_to) {
  sodium_ready();
  Sealed sealed;
  randombytes_buf(sealed.nonce.data(), sealed.nonce.size());
  sealed.ciphertext.resize(plaintext.size() + tag_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(unsigned_of(sealed.ciphertext), nullptr, unsigned_of(plaintext),
                                             plaintext.size(), unsigned_of(bound_to), bound_to.size(),
                                             nullptr, sealed.nonce.data(), key.data());
  return sealed;
}

std::optional<std::string> open(const Key& key, const Sealed& sealed, std::string_view bound_to) {
  sodium_ready();
  if (sealed.ciphertext.size() < tag_bytes) return std::nullopt;
  std::string plaintext(sealed.ciphertext.size() - tag_bytes, '\0');
  const std::string_view ciphertext = sealed.ciphertext;
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      unsigned_of(plaintext), nullptr, nullptr, unsigned_of(ciphertext), ciphertext.size(),
      unsigned_of(bound_to), bound_to.size(), sealed.nonce.data(), key.data());
  if (failed != 0) return std::nullopt;
  return plaintext;
}

}  // namespace daybook::crypto
