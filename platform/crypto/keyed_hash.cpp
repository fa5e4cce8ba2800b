#include "platform/crypto/keyed_hash.hpp"

#include <sodium.h>

#include "platform/crypto/sodium_ready.hpp"

namespace daybook::crypto {

KeyedHash::KeyedHash() {
  static_assert(crypto_shorthash_siphashx24_KEYBYTES == sizeof key_ && crypto_shorthash_siphashx24_BYTES == sizeof(Name));
  sodium_ready();
  randombytes_buf(key_.data(), key_.size());
}

KeyedHash::Name KeyedHash::operator()(std::string_view text) const {
  Name name;
  crypto_shorthash_siphashx24(name.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), key_.data());
  return name;
}

}  // namespace daybook::crypto
