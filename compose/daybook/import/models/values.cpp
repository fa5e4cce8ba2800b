#include "compose/daybook/import/models/values.hpp"

#include <algorithm>
#include <charconv>

#include "events/core/json.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::importer::models {
namespace {

std::string shown(const std::string& words) {
  constexpr std::size_t shown_max = 60;
  return words.size() <= shown_max ? "'" + words + "'" : "'" + words.substr(0, shown_max) + "…'";
}

std::string lower(std::string_view words) {
  std::string out(words);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

// "+02" and "+0200" as "+02:00", which RFC 3339 wants; without any zone, UTC.
std::string with_zone(std::string words) {
  if (words.ends_with('Z') || words.ends_with('z')) return words;
  constexpr std::size_t date_characters = 10;
  if (words.size() <= date_characters) return words;
  const auto sign = words.find_first_of("+-", date_characters);
  if (sign == words.npos) return words + "Z";
  const auto digits = words.size() - sign - 1;
  if (digits == 2) return words + ":00";
  if (digits == 4 && words.find(':', sign) == words.npos) return words.insert(sign + 3, ":");
  return words;
}

// Digits beyond the ninth are rounded to the even neighbour; "1.50E+2" and the like are no decimals of a database.
std::optional<events::Decimal> decimal_of(const std::string& words) {
  if (const auto exact = events::Decimal::parse(words)) return exact;
  const auto point = words.find('.');
  if (point == words.npos || words.size() - point - 1 <= events::decimal_digits) return std::nullopt;
  auto kept = events::Decimal::parse(words.substr(0, point + 1 + events::decimal_digits));
  if (!kept) return std::nullopt;
  const auto rest = words.substr(point + 1 + events::decimal_digits);
  if (rest.find_first_not_of("0123456789") != rest.npos) return std::nullopt;
  const bool is_half = rest.front() == '5' && rest.find_first_not_of('0', 1) == rest.npos;
  const bool up = is_half ? kept->nanos % 2 != 0 : rest.front() >= '5';
  if (up) kept->nanos += words.front() == '-' ? -1 : 1;
  return kept;
}

// PostgreSQL's text of an array: {a,"b c",NULL}.
std::optional<std::vector<std::string>> array_of(std::string_view words) {
  if (words.size() < 2 || words.front() != '{' || words.back() != '}') return std::nullopt;
  words = words.substr(1, words.size() - 2);
  std::vector<std::string> all;
  std::string one;
  bool quoted = false, was_quoted = false;
  const auto end = [&] {
    if (was_quoted || (one != "NULL" && !one.empty())) all.push_back(one);
    one.clear();
    was_quoted = false;
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == '\\' && i + 1 < words.size()) one += words[++i];
    else if (words[i] == '"') quoted = !quoted, was_quoted = true;
    else if (words[i] == ',' && !quoted) end();
    else one += words[i];
  }
  end();
  return all;
}

}  // namespace

Values::Values(std::string_view table, const SourceRow& row, std::string_view key_column)
    : row_(row), table_(table), key_(row.get(key_column).value_or("")) {}

void Values::changed(std::string_view column, std::string why) {
  findings_.push_back({FindingKind::changed, table_, key_, std::string(column), std::move(why)});
}
void Values::leave_out(std::string_view column, std::string why) {
  is_left_out_ = true;
  findings_.push_back({FindingKind::left_out, table_, key_, std::string(column), std::move(why)});
}

std::optional<std::string> Values::text(std::string_view column) {
  auto words = row_.get(column);
  if (!words) return std::nullopt;
  if (text::valid_utf8(*words) && words->find('\0') == words->npos) return words;
  changed(column, "no well-formed Unicode: left empty");
  return std::nullopt;
}

std::optional<std::string> Values::filled(std::string_view column) {
  auto words = text(column);
  return words && !words->empty() ? words : std::nullopt;
}

std::optional<std::int64_t> Values::integer(std::string_view column) {
  const auto words = filled(column);
  if (!words) return std::nullopt;
  std::int64_t number = 0;
  const auto* end = words->data() + words->size();
  const auto read = std::from_chars(words->data(), end, number);
  if (read.ec == std::errc() && (read.ptr == end || std::string_view(read.ptr, end) == ".0")) return number;
  changed(column, shown(*words) + " is no whole number: left empty");
  return std::nullopt;
}

std::optional<double> Values::real(std::string_view column) {
  const auto words = filled(column);
  if (!words) return std::nullopt;
  double number = 0;
  const auto* end = words->data() + words->size();
  const auto read = std::from_chars(words->data(), end, number);
  if (read.ec == std::errc() && read.ptr == end && number - number == 0) return number;
  changed(column, shown(*words) + " is no number: left empty");
  return std::nullopt;
}

std::optional<events::Decimal> Values::decimal(std::string_view column) {
  const auto words = filled(column);
  if (!words) return std::nullopt;
  const auto number = decimal_of(*words);
  if (!number) changed(column, shown(*words) + " is no amount that fits: left empty");
  return number;
}

std::optional<bool> Values::boolean(std::string_view column) {
  const auto words = filled(column);
  if (!words) return std::nullopt;
  const auto word = lower(*words);
  for (const auto* yes : {"t", "true", "1", "yes", "on"})
    if (word == yes) return true;
  for (const auto* no : {"f", "false", "0", "no", "off"})
    if (word == no) return false;
  changed(column, shown(*words) + " is neither true nor false: left empty");
  return std::nullopt;
}

std::optional<text::Instant> Values::time(std::string_view column) {
  const auto words = filled(column);
  if (!words) return std::nullopt;
  const auto moment = text::parse_instant(with_zone(*words));
  if (!moment) changed(column, shown(*words) + " is no time: left empty");
  return moment;
}

std::optional<text::Date> Values::date(std::string_view column) {
  const auto words = filled(column);
  if (!words) return std::nullopt;
  if (const auto day = text::Date::parse(*words)) return day;
  if (const auto moment = text::parse_instant(with_zone(*words))) return text::date_of(*moment);
  changed(column, shown(*words) + " is no day: left empty");
  return std::nullopt;
}

std::optional<events::Json> Values::json(std::string_view column) {
  const auto words = text(column);
  if (!words || words->empty()) return std::nullopt;
  if (const auto read = events::check_json(*words); !read) {
    changed(column, "no JSON that can be kept (" + read.text() + "): left empty");
    return std::nullopt;
  }
  return events::Json{*words};
}

std::optional<std::vector<std::string>> Values::texts(std::string_view column) {
  const auto words = filled(column);
  if (!words) return std::nullopt;
  std::vector<std::string> all;
  if (events::from_json(*words, all, events::Reading::lenient)) return all;
  if (auto array = array_of(*words)) return array;
  changed(column, shown(*words) + " is no list of texts: left empty");
  return std::nullopt;
}

std::string Values::required_text(std::string_view column) {
  if (auto words = filled(column)) return *words;
  leave_out(column, "nothing stands there, and without it there is no such thing");
  return "";
}

text::Instant Values::required_time(std::string_view column) {
  if (const auto moment = time(column)) return *moment;
  changed(column, "no time stands there: the beginning of 1970 stands for it");
  return {};
}

std::string Values::text_or(std::string_view column, std::string_view otherwise) { return text(column).value_or(std::string(otherwise)); }

std::string Values::cut(std::string_view column, std::string words, std::size_t bytes_max) {
  if (words.size() <= bytes_max) return words;
  words.resize(bytes_max);
  while (!words.empty() && !text::valid_utf8(words)) words.pop_back();
  changed(column, "longer than " + std::to_string(bytes_max) + " bytes: cut there");
  return words;
}

std::string Values::ours_of(std::string_view theirs, const WordPairs& pairs) {
  const auto word = lower(theirs);
  for (const auto& pair : pairs)
    if (word == pair.theirs) return std::string(pair.ours);
  return word;
}

}  // namespace daybook::importer::models
