#include "platform/text/instant.hpp"

#include <algorithm>

#include "platform/text/number.hpp"

namespace daybook::text {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::size_t date_length = 10;       // YYYY-MM-DD
constexpr std::size_t date_time_length = 19;  // YYYY-MM-DDThh:mm:ss
constexpr std::size_t fraction_digits_max = 9;

/// Reads exactly `count` digits from `at`; -1 when one of them is none. The caller checks the length.
int read_digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (!is_digit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

void write_digits(char* out, int count, unsigned value) {
  for (int i = count - 1; i >= 0; --i, value /= 10) out[i] = static_cast<char>('0' + value % 10);
}

sys_days days_of(const Date& date) {
  return std::chrono::year{date.year} / std::chrono::month{date.month} / std::chrono::day{date.day};
}

/// `hh:mm:ss` at `at`; the caller checks the length.
std::optional<seconds> read_time(std::string_view text, std::size_t at) {
  const int hour = read_digits(text, at, 2);
  const int minute = read_digits(text, at + 3, 2);
  const int second = read_digits(text, at + 6, 2);
  if (text[at + 2] != ':' || text[at + 5] != ':') return std::nullopt;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return std::nullopt;
  return hours{hour} + minutes{minute} + seconds{second};
}

/// The fraction that `rest` may begin with, which is then cut off from it.
std::optional<microseconds> take_fraction(std::string_view& rest) {
  if (rest.empty() || rest.front() != '.') return microseconds{0};
  rest.remove_prefix(1);
  std::size_t digits = 0;
  int value = 0;
  while (digits < rest.size() && is_digit(rest[digits])) {
    if (digits < 6) value = value * 10 + (rest[digits] - '0');
    ++digits;
  }
  if (digits == 0 || digits > fraction_digits_max) return std::nullopt;
  for (std::size_t i = digits; i < 6; ++i) value *= 10;
  rest.remove_prefix(digits);
  return microseconds{value};
}

/// `Z`, `z` or `±hh:mm`, and nothing after it.
std::optional<minutes> read_offset(std::string_view rest) {
  if (rest == "Z" || rest == "z") return minutes{0};
  if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':') return std::nullopt;
  const int hour = read_digits(rest, 1, 2);
  const int minute = read_digits(rest, 4, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
  const minutes offset = hours{hour} + minutes{minute};
  return rest[0] == '-' ? -offset : offset;
}

}  // namespace

std::string format_instant(Instant instant) {
  const Instant within = std::clamp(instant, instant_min, instant_max);
  const sys_days day = floor<days>(within);
  const year_month_day date{day};
  const auto of_day = static_cast<std::uint64_t>((within - day).count());
  const auto second_of_day = static_cast<unsigned>(of_day / 1'000'000);

  std::string out = "0000-00-00T00:00:00.000000Z";
  char* at = out.data();
  write_digits(at, 4, static_cast<unsigned>(static_cast<int>(date.year())));
  write_digits(at + 5, 2, static_cast<unsigned>(date.month()));
  write_digits(at + 8, 2, static_cast<unsigned>(date.day()));
  write_digits(at + 11, 2, second_of_day / 3600);
  write_digits(at + 14, 2, second_of_day / 60 % 60);
  write_digits(at + 17, 2, second_of_day % 60);
  write_digits(at + 20, 6, static_cast<unsigned>(of_day % 1'000'000));
  return out;
}

std::optional<Instant> parse_instant(std::string_view text) {
  const auto date = Date::parse(text.substr(0, date_length));
  if (!date) return std::nullopt;
  if (text.size() == date_length) return date->last_moment();
  if (text.size() <= date_time_length) return std::nullopt;
  if (const char separator = text[date_length]; separator != 'T' && separator != 't' && separator != ' ')
    return std::nullopt;

  const auto time = read_time(text, date_length + 1);
  std::string_view rest = text.substr(date_time_length);
  const auto fraction = take_fraction(rest);
  const auto offset = read_offset(rest);
  if (!time || !fraction || !offset) return std::nullopt;

  const Instant instant = date->first_moment() + *time + *fraction - *offset;
  // An offset may carry the first or the last day out of the years that can be written.
  if (instant < instant_min || instant > instant_max) return std::nullopt;
  return instant;
}

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != date_length || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = read_digits(text, 0, 4);
  const int month = read_digits(text, 5, 2);
  const int day = read_digits(text, 8, 2);
  if (year < 1 || month < 1 || day < 1) return std::nullopt;
  const auto date = std::chrono::year{year} / month / day;
  if (!date.ok()) return std::nullopt;
  return Date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
              static_cast<std::uint8_t>(day)};
}

std::string Date::text() const {
  std::string out = "0000-00-00";
  write_digits(out.data(), 4, static_cast<unsigned>(year));
  write_digits(out.data() + 5, 2, month);
  write_digits(out.data() + 8, 2, day);
  return out;
}

Instant Date::first_moment() const { return days_of(*this); }

Instant Date::last_moment() const { return first_moment() + days{1} - microseconds{1}; }

Date date_of(Instant instant) {
  const year_month_day date{floor<days>(std::clamp(instant, instant_min, instant_max))};
  return {static_cast<std::int16_t>(static_cast<int>(date.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(date.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(date.day()))};
}

}  // namespace daybook::text
