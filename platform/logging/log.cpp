#include "platform/logging/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <chrono>

#include "platform/text/instant.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::logging {
namespace {

constexpr std::string_view level_words[] = {"debug", "info", "warning", "error"};
constexpr spdlog::level::level_enum spdlog_levels[] = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};

spdlog::level::level_enum spdlog_level(Level level) { return spdlog_levels[static_cast<std::size_t>(level)]; }

spdlog::logger& logger() {
  static const auto made = [] {
    auto fresh = std::make_shared<spdlog::logger>("daybook", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    fresh->set_pattern("%v");
    return fresh;
  }();
  return *made;
}

// Bytes that are no UTF-8 would make the line no JSON: they are shown as question marks.
std::string json_text(std::string_view text) {
  if (text::valid_utf8(text)) return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
  std::string shown(text);
  std::replace_if(shown.begin(), shown.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
  return boost::json::serialize(boost::json::string_view(shown));
}

std::string json_value(const std::variant<std::string_view, std::int64_t, double>& value) {
  if (const auto* words = std::get_if<std::string_view>(&value)) return json_text(*words);
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  char text[32];
  const auto end = std::to_chars(std::begin(text), std::end(text), std::get<double>(value)).ptr;
  return std::string(text, end);
}

void member(std::string& line, std::string_view name, std::string_view json) {
  line += line.empty() ? "{\"" : ",\"";
  line += name;
  line += "\":";
  line += json;
}

}  // namespace

std::optional<Level> level_of(std::string_view word) {
  const auto* found = std::find(std::begin(level_words), std::end(level_words), word);
  if (found == std::end(level_words)) return std::nullopt;
  return static_cast<Level>(found - std::begin(level_words));
}

void set_level(Level least) { logger().set_level(spdlog_level(least)); }

std::string line_of(std::string_view time, Level level, std::string_view message, const std::vector<Field>& fields) {
  std::string line;
  member(line, "time", json_text(time));
  member(line, "level", json_text(level_words[static_cast<std::size_t>(level)]));
  member(line, "message", json_text(message));
  for (const auto& [name, value] : fields) {
    const auto* words = std::get_if<std::string_view>(&value);
    if (words == nullptr || !words->empty()) member(line, name, json_value(value));
  }
  return line + "}";
}

void write(Level level, std::string_view message, const std::vector<Field>& fields) {
  if (!logger().should_log(spdlog_level(level))) return;
  const auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  const auto line = line_of(text::format_instant(now), level, message, fields);
  logger().log(spdlog_level(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace daybook::logging
