#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace daybook::text {

/// A universally unique identifier (RFC 9562), 16 bytes in network order, so that comparing bytes compares
/// the text as well, and identifiers of version 7 sort by the time at which they were made. A plain value.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  friend auto operator<=>(const Uuid&, const Uuid&) = default;

  /// True for the identifier whose bits are all zero (RFC 9562 §5.9), which names nothing.
  [[nodiscard]] bool is_nil() const { return *this == Uuid{}; }

  /// The version nibble, 0 to 15.
  [[nodiscard]] int version() const { return bytes[6] >> 4; }

  /// Reads `8-4-4-4-12` hexadecimal digits in either case and nothing else: no braces, no `urn:`, no spaces.
  [[nodiscard]] static std::optional<Uuid> parse(std::string_view text);

  /// Takes exactly 16 bytes, as a database hands them over.
  [[nodiscard]] static std::optional<Uuid> from_bytes(std::string_view raw);

  /// The lower-case text, always 36 characters.
  [[nodiscard]] std::string text() const;
};

/// Makes an identifier of version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then 74 of the 80 random
/// bits. Pure; `crypto::UuidV7Source` adds the clock, the randomness and the order within one millisecond.
[[nodiscard]] Uuid uuid_v7(std::int64_t unix_ms, std::span<const std::uint8_t, 10> random);

/// The time inside an identifier of version 7, in Unix milliseconds; meaningless for other versions.
[[nodiscard]] std::int64_t unix_ms_of(const Uuid& id);

}  // namespace daybook::text

template <>
struct std::hash<daybook::text::Uuid> {
  std::size_t operator()(const daybook::text::Uuid& id) const noexcept {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    std::memcpy(&high, id.bytes.data(), 8);
    std::memcpy(&low, id.bytes.data() + 8, 8);
    // The high half is mostly time; the multiplication spreads the random half over all bits.
    return static_cast<std::size_t>(high ^ (low * 0x9e3779b97f4a7c15ULL));
  }
};
