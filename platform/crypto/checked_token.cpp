#include "platform/crypto/checked_token.hpp"

#include <sodium.h>

#include <algorithm>
#include <boost/crc.hpp>

#include "platform/crypto/hash.hpp"
#include "platform/crypto/sodium_ready.hpp"
#include "platform/text/base64.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::crypto {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

std::string checksum_of(std::string_view text) {
  boost::crc_32_type crc;
  crc.process_bytes(text.data(), text.size());
  auto rest = crc.checksum();
  std::string out(checked_token_checksum_characters, alphabet.front());
  for (auto digit = out.rbegin(); digit != out.rend(); ++digit) {
    *digit = alphabet[rest % alphabet.size()];
    rest /= alphabet.size();
  }
  return out;
}

}  // namespace

std::string make_checked_token(std::string_view prefix) {
  sodium_ready();
  std::string token(prefix);
  for (std::size_t i = 0; i < checked_token_random_characters; ++i) token += alphabet[randombytes_uniform(alphabet.size())];
  return token + checksum_of(token);
}

bool is_checked_token(std::string_view prefix, std::string_view text) {
  const auto size = prefix.size() + checked_token_random_characters + checked_token_checksum_characters;
  if (text.size() != size || !text.starts_with(prefix)) return false;
  const auto random = text.substr(prefix.size(), checked_token_random_characters);
  if (!std::all_of(random.begin(), random.end(), [](char c) { return alphabet.find(c) != alphabet.npos; })) return false;
  const auto checked = size - checked_token_checksum_characters;
  return text.substr(checked) == checksum_of(text.substr(0, checked));
}

std::string token_digest(std::string_view text) {
  const auto digest = sha256(text);
  return text::hex_encode(text::view_of(digest));
}

}  // namespace daybook::crypto
