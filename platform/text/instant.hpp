#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::text {

/// A moment in UTC with the precision of PostgreSQL's timestamptz.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// The first and last moments that four-digit years can write.
inline constexpr Instant instant_min =
    std::chrono::sys_days{std::chrono::year{1} / 1 / 1} + std::chrono::microseconds{0};
inline constexpr Instant instant_max =
    std::chrono::sys_days{std::chrono::year{10000} / 1 / 1} - std::chrono::microseconds{1};

/// Writes RFC 3339 in UTC, always with six digits of fraction: `2026-11-21T02:24:46.123456Z`. The fixed width
/// makes text order equal time order. A moment outside `instant_min..instant_max` is written as the nearer
/// end.
[[nodiscard]] std::string format_instant(Instant instant);

/// Reads an RFC 3339 date-time with `Z` or a numeric offset and 0 to 9 digits of fraction (digits beyond the
/// sixth are cut off); `T`, `t` or one space separates date and time. A bare `YYYY-MM-DD` means the end of
/// that day in UTC, because a due date is met until the day is over. Years 0001 to 9999; leap seconds (`:60`)
/// are refused, because Unix time has no place for them.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);

/// A day of the proleptic Gregorian calendar, years 1 to 9999. A plain value; `parse` and `date_of` give
/// valid days.
struct Date {
  std::int16_t year = 1;
  std::uint8_t month = 1;
  std::uint8_t day = 1;

  friend auto operator<=>(const Date&, const Date&) = default;

  /// Reads exactly `YYYY-MM-DD`; a day that the calendar does not have is refused.
  [[nodiscard]] static std::optional<Date> parse(std::string_view text);

  /// Writes `YYYY-MM-DD`.
  [[nodiscard]] std::string text() const;

  /// 00:00:00.000000 UTC.
  [[nodiscard]] Instant first_moment() const;

  /// 23:59:59.999999 UTC.
  [[nodiscard]] Instant last_moment() const;
};

/// The day in UTC on which a moment falls.
[[nodiscard]] Date date_of(Instant instant);

}  // namespace daybook::text
