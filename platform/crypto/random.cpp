#include "platform/crypto/random.hpp"

#include <sodium.h>

#include <string_view>

#include "platform/crypto/sodium_ready.hpp"
#include "platform/text/base64.hpp"

namespace daybook::crypto {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::string_view lower_alnum = "abcdefghijklmnopqrstuvwxyz0123456789";

}  // namespace

std::string random_bytes(std::size_t count) {
  sodium_ready();
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

Key random_key() {
  sodium_ready();
  Key key;
  randombytes_buf(key.data(), key.size());
  return key;
}

std::string random_token() { return text::base64url_encode(random_bytes(token_bytes)); }

std::string random_lower_alnum(std::size_t count) {
  sodium_ready();
  std::string out(count, '\0');
  // randombytes_uniform draws without the bias that a plain remainder would have.
  for (char& character : out) character = lower_alnum[randombytes_uniform(lower_alnum.size())];
  return out;
}

}  // namespace daybook::crypto
