#define OPENSSL_SUPPRESS_DEPRECATED
#include "platform/crypto/uuid_source.hpp"

#include <openssl/sha.h>
#include <sodium.h>

#include <chrono>
#include <cstring>
#include <utility>

#include "platform/crypto/sodium_ready.hpp"

namespace daybook::crypto {
namespace {

constexpr std::uint32_t counter_max = 0xfff;

// A fresh millisecond starts its counter in the lower half, so that at least 2048 identifiers fit into it.
constexpr std::uint32_t counter_start_mask = 0x7ff;

}  // namespace

std::int64_t system_unix_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

UuidV7Source::UuidV7Source(Clock unix_ms) : unix_ms_(std::move(unix_ms)) { sodium_ready(); }

text::Uuid UuidV7Source::next() {
  const std::lock_guard lock{mutex_};
  std::array<std::uint8_t, 10> random;
  take_random(random.data(), random.size());

  const std::int64_t now_ms = unix_ms_();
  const std::uint32_t fresh_counter = (std::uint32_t{random[0]} << 8 | random[1]) & counter_start_mask;
  if (now_ms > last_ms_) {
    last_ms_ = now_ms;
    counter_ = fresh_counter;
  } else if (counter_ < counter_max) {
    ++counter_;
  } else {
    ++last_ms_;
    counter_ = fresh_counter;
  }
  random[0] = static_cast<std::uint8_t>(counter_ >> 8);
  random[1] = static_cast<std::uint8_t>(counter_);
  return text::uuid_v7(last_ms_, random);
}

void UuidV7Source::take_random(std::uint8_t* out, std::size_t count) {
  // One system call fills the pool for a hundred identifiers.
  if (pool_used_ + count > pool_.size()) {
    randombytes_buf(pool_.data(), pool_.size());
    pool_used_ = 0;
  }
  std::memcpy(out, pool_.data() + pool_used_, count);
  pool_used_ += count;
}

text::Uuid uuid_v5(const text::Uuid& name_space, std::string_view name) {
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest;
  SHA_CTX context;
  SHA1_Init(&context);
  SHA1_Update(&context, name_space.bytes.data(), name_space.bytes.size());
  SHA1_Update(&context, name.data(), name.size());
  SHA1_Final(digest.data(), &context);

  text::Uuid id;
  std::memcpy(id.bytes.data(), digest.data(), id.bytes.size());
  id.bytes[6] = static_cast<std::uint8_t>(0x50 | (id.bytes[6] & 0x0f));
  id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
  return id;
}

}  // namespace daybook::crypto
