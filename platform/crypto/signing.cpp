#include "platform/crypto/signing.hpp"

#include <sodium.h>

#include <tuple>

#include "platform/crypto/sodium_ready.hpp"

namespace daybook::crypto {

static_assert(std::tuple_size_v<Key> == crypto_sign_SEEDBYTES);
static_assert(std::tuple_size_v<PublicKey> == crypto_sign_PUBLICKEYBYTES);
static_assert(std::tuple_size_v<Signature> == crypto_sign_BYTES);

SigningKey::SigningKey(const Key& seed) {
  static_assert(sizeof(secret_) == crypto_sign_SECRETKEYBYTES);
  sodium_ready();
  crypto_sign_seed_keypair(public_key_.data(), secret_.data(), seed.data());
}

Signature SigningKey::sign(std::string_view message) const {
  Signature signature;
  crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char*>(message.data()),
                       message.size(), secret_.data());
  return signature;
}

bool verify_signature(const PublicKey& key, std::string_view message, std::string_view signature) {
  sodium_ready();
  if (signature.size() != crypto_sign_BYTES) return false;
  return crypto_sign_verify_detached(reinterpret_cast<const unsigned char*>(signature.data()),
                                     reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                                     key.data()) == 0;
}

}  // namespace daybook::crypto
