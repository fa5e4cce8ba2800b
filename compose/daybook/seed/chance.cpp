#include "compose/daybook/seed/chance.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/crypto/named_uuid.hpp"

namespace daybook::seed {

text::Uuid id_of(std::uint64_t seed, std::string_view name) {
  return crypto::named_uuid({"daybook seed\n", std::to_string(seed), "\n", name});
}

Chance::Chance(std::uint64_t seed, std::string_view name) : state_(0) {
  const auto digest = crypto::sha256({"daybook chance\n", std::to_string(seed), "\n", name});
  for (std::size_t i = 0; i < sizeof state_; ++i) state_ = state_ << 8 | digest[i];
}

std::uint64_t Chance::next() {
  auto mixed = state_ += 0x9e3779b97f4a7c15;
  mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
  return mixed ^ mixed >> 31;
}

// What lies in the incomplete last turn is drawn again.
std::int64_t Chance::from(std::int64_t least, std::int64_t most) {
  const auto count = static_cast<std::uint64_t>(most - least) + 1;
  const auto skipped = (0 - count) % count;
  auto drawn = next();
  while (drawn < skipped) drawn = next();
  return least + static_cast<std::int64_t>(drawn % count);
}

std::string Chance::digits(std::size_t count) {
  std::string out;
  while (out.size() < count) out += "0123456789abcdef"[next() & 15];
  return out;
}

}  // namespace daybook::seed
