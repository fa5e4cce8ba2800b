// OpenSSL 3 calls the SHA256_* functions deprecated in favour of EVP, whose fetching and heap contexts cost
// more than the hash of a short message does. They are the same code with the same hardware acceleration.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "platform/crypto/hash.hpp"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <cstring>
#include <new>

#include "platform/text/bytes.hpp"

namespace daybook::crypto {
namespace {

using text::view_of;

constexpr std::size_t block_bytes = 64;

SHA256_CTX& context_of(std::array<std::byte, 128>& state) {
  return *reinterpret_cast<SHA256_CTX*>(state.data());
}

}  // namespace

Sha256::Sha256() {
  static_assert(sizeof(SHA256_CTX) <= sizeof(state_) && alignof(SHA256_CTX) <= 8);
  SHA256_Init(new (state_.data()) SHA256_CTX);
}

Sha256& Sha256::update(std::string_view piece) {
  SHA256_Update(&context_of(state_), piece.data(), piece.size());
  return *this;
}

Digest Sha256::digest() const {
  auto copy = state_;
  Digest digest;
  SHA256_Final(digest.data(), &context_of(copy));
  return digest;
}

Digest sha256(std::string_view message) {
  Digest digest;
  SHA256(reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest.data());
  return digest;
}

Digest sha256(std::initializer_list<std::string_view> parts) {
  Sha256 hasher;
  for (const auto part : parts) hasher.update(part);
  return hasher.digest();
}

Digest hmac_sha256(std::string_view key, std::string_view message) { return hmac_sha256(key, {message}); }

Digest hmac_sha256(std::string_view key, std::initializer_list<std::string_view> parts) {
  std::array<unsigned char, block_bytes> inner_pad{};
  if (key.size() > block_bytes) {
    const Digest short_key = sha256(key);
    std::memcpy(inner_pad.data(), short_key.data(), short_key.size());
  } else if (!key.empty()) {
    std::memcpy(inner_pad.data(), key.data(), key.size());
  }
  auto outer_pad = inner_pad;
  for (auto& byte : inner_pad) byte ^= 0x36;
  for (auto& byte : outer_pad) byte ^= 0x5c;

  Sha256 inner;
  inner.update(view_of(inner_pad));
  for (const auto part : parts) inner.update(part);
  const Digest inner_digest = inner.digest();
  const Digest result = sha256({view_of(outer_pad), view_of(inner_digest)});
  // The pads are the key, and nobody needs them on the stack any longer.
  OPENSSL_cleanse(inner_pad.data(), inner_pad.size());
  OPENSSL_cleanse(outer_pad.data(), outer_pad.size());
  return result;
}

bool constant_time_equal(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace daybook::crypto
