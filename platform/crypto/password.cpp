#include "platform/crypto/password.hpp"

#include <crypt.h>
#include <sodium.h>

#include <charconv>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <system_error>

#include "platform/crypto/hash.hpp"
#include "platform/crypto/sodium_ready.hpp"

namespace daybook::crypto {
namespace {

constexpr std::size_t argon2_memory_bytes = argon2_memory_kib * 1024;
constexpr std::size_t bcrypt_hash_length = 60;

/// The number right behind `label`, or nothing.
std::optional<unsigned long> number_after(std::string_view hash, std::string_view label) {
  const auto at = hash.find(label);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view rest = hash.substr(at + label.size());
  unsigned long number = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  return error == std::errc{} ? std::optional{number} : std::nullopt;
}

bool affordable_argon2(std::string_view hash) {
  const auto memory_kib = number_after(hash, "$m=");
  const auto passes = number_after(hash, ",t=");
  return memory_kib && passes && *memory_kib <= imported_argon2_memory_kib_max &&
         *passes <= imported_argon2_passes_max;
}

bool is_argon2id(std::string_view hash) { return hash.starts_with("$argon2id$"); }

bool is_bcrypt(std::string_view hash) {
  if (hash.size() != bcrypt_hash_length) return false;
  return hash.starts_with("$2a$") || hash.starts_with("$2b$") || hash.starts_with("$2y$");
}

bool verify_bcrypt(std::string_view password, const std::string& hash) {
  // crypt reads a C string: a password that goes on after a NUL would match its beginning.
  if (password.find('\0') != std::string_view::npos) return false;
  const auto cost = number_after(hash.substr(2), "$");
  if (!cost || *cost > imported_bcrypt_cost_max) return false;
  const std::string terminated{password};
  const auto work = std::make_unique<crypt_data>();
  const char* computed = crypt_r(terminated.c_str(), hash.c_str(), work.get());
  return computed != nullptr && constant_time_equal(computed, hash);
}

}  // namespace

std::string hash_password(std::string_view password) {
  sodium_ready();
  if (password.size() > password_bytes_max) throw std::invalid_argument{"the password is too long"};
  std::string out(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), argon2_passes, argon2_memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc{};
  }
  out.resize(out.find('\0'));
  return out;
}

bool verify_password(std::string_view password, const std::string& hash) {
  sodium_ready();
  if (password.size() > password_bytes_max) return false;
  if (is_argon2id(hash)) {
    return affordable_argon2(hash) &&
           crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
  }
  if (is_bcrypt(hash)) return verify_bcrypt(password, hash);
  return false;
}

bool needs_rehash(const std::string& hash) {
  sodium_ready();
  if (!is_argon2id(hash)) return true;
  return crypto_pwhash_str_needs_rehash(hash.c_str(), argon2_passes, argon2_memory_bytes) != 0;
}

void verify_nothing(std::string_view password) {
  // Made once per process from a password that nobody has; the first call pays for both.
  static const std::string nobody = hash_password("nobody's password");
  static_cast<void>(verify_password(password, nobody));
}

}  // namespace daybook::crypto
