#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace daybook::crypto {

/// The cost of one hash: OWASP's smallest set for Argon2id (RFC 9106), 19 MiB and two passes.
inline constexpr unsigned long long argon2_passes = 2;
inline constexpr std::size_t argon2_memory_kib = 19'456;

/// The dearest hashes that an import may bring: beyond them, one login would be an attack on the machine.
inline constexpr unsigned long imported_argon2_memory_kib_max = 262'144;
inline constexpr unsigned long imported_argon2_passes_max = 10;
inline constexpr unsigned long imported_bcrypt_cost_max = 15;

/// Longer passwords are refused before any work is done.
inline constexpr std::size_t password_bytes_max = 1024;

/// Hashes with Argon2id; the result is the usual text `$argon2id$v=19$m=19456,t=2,p=1$…`. Takes tens of
/// milliseconds and 19 MiB: callers run it off the I/O thread and bound how many run at once. Throws
/// std::bad_alloc when the machine lacks the memory and std::invalid_argument beyond `password_bytes_max`.
[[nodiscard]] std::string hash_password(std::string_view password);

/// Checks a password against Argon2id text or, for imported accounts, bcrypt (`$2a$`, `$2b$`, `$2y$`). Any
/// other scheme does not match. As slow as hashing. Bcrypt reads the first 72 bytes only and no password with
/// a NUL.
[[nodiscard]] bool verify_password(std::string_view password, const std::string& hash);

/// True when a successful login should store a fresh hash: another scheme, or another cost.
[[nodiscard]] bool needs_rehash(const std::string& hash);

/// Spends the time of a verification for an account that does not exist, so that the answer's delay does not
/// tell which accounts do.
void verify_nothing(std::string_view password);

}  // namespace daybook::crypto
