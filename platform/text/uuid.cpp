#include "platform/text/uuid.hpp"

#include <algorithm>

namespace daybook::text {
namespace {

constexpr std::string_view lower_digits = "0123456789abcdef";
constexpr std::uint8_t no_digit = 0xff;

constexpr std::array<std::uint8_t, 256> make_digit_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_digit);
  for (std::uint8_t value = 0; value < 16; ++value) {
    const char digit = lower_digits[value];
    values[static_cast<unsigned char>(digit)] = value;
    if (digit >= 'a') values[static_cast<unsigned char>(digit - 'a' + 'A')] = value;
  }
  return values;
}

constexpr auto digit_values = make_digit_values();

constexpr std::array<std::array<char, 2>, 256> make_digit_pairs() {
  std::array<std::array<char, 2>, 256> pairs{};
  for (std::size_t byte = 0; byte < pairs.size(); ++byte) pairs[byte] = {lower_digits[byte >> 4], lower_digits[byte & 0x0f]};
  return pairs;
}

constexpr auto digit_pairs = make_digit_pairs();

// Where the two digits of each byte begin in the text.
constexpr std::array<std::uint8_t, 16> digit_places = {0,  2,  4,  6,  9,  11, 14, 16,
                                                       19, 21, 24, 26, 28, 30, 32, 34};
constexpr std::size_t text_length = 36;

}  // namespace

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != text_length) return std::nullopt;
  if (text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return std::nullopt;
  Uuid id;
  for (std::size_t i = 0; i < 16; ++i) {
    const auto high = digit_values[static_cast<unsigned char>(text[digit_places[i]])];
    const auto low = digit_values[static_cast<unsigned char>(text[digit_places[i] + 1])];
    if (high == no_digit || low == no_digit) return std::nullopt;
    id.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return id;
}

std::optional<Uuid> Uuid::from_bytes(std::string_view raw) {
  Uuid id;
  if (raw.size() != id.bytes.size()) return std::nullopt;
  std::memcpy(id.bytes.data(), raw.data(), raw.size());
  return id;
}

std::string Uuid::text() const {
  std::string out(text_length, '-');
  char* const digits = out.data();
  for (std::size_t i = 0; i < 16; ++i) std::memcpy(digits + digit_places[i], digit_pairs[bytes[i]].data(), 2);
  return out;
}

Uuid uuid_v7(std::int64_t unix_ms, std::span<const std::uint8_t, 10> random) {
  Uuid id;
  for (int i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(unix_ms >> (40 - 8 * i));
  std::copy(random.begin(), random.end(), id.bytes.begin() + 6);
  id.bytes[6] = static_cast<std::uint8_t>(0x70 | (id.bytes[6] & 0x0f));
  id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
  return id;
}

std::int64_t unix_ms_of(const Uuid& id) {
  std::int64_t unix_ms = 0;
  for (int i = 0; i < 6; ++i) unix_ms = unix_ms << 8 | id.bytes[i];
  return unix_ms;
}

}  // namespace daybook::text
