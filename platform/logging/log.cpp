#include "platform/logging/log.hpp"

#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <chrono>

#include "platform/logging/line_writer.hpp"
#include "platform/text/instant.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::logging {
namespace {

constexpr std::string_view level_words[] = {"debug", "info", "warning", "error"};
constexpr spdlog::level::level_enum spdlog_levels[] = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};

spdlog::level::level_enum spdlog_level(Level level) { return spdlog_levels[static_cast<std::size_t>(level)]; }

// Lines come whole and the writer takes them from any thread: nothing is left to format or to lock.
class StandardError final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
  void sink_it_(const spdlog::details::log_msg& line) override { writer_.add({line.payload.data(), line.payload.size()}); }
  void flush_() override { writer_.flush(); }

  LineWriter writer_{STDERR_FILENO};
};

spdlog::logger& logger() {
  static const auto made = [] {
    auto fresh = std::make_shared<spdlog::logger>("daybook", std::make_shared<StandardError>());
    fresh->flush_on(spdlog::level::warn);
    return fresh;
  }();
  return *made;
}

// What may stand in a string of JSON as it is. Blocks of fixed length become a few vector instructions each.
bool is_plain(std::string_view text) {
  constexpr std::size_t block = 16;
  const auto is_special = [](signed char c) { return c < 0x20 || c == 0x7f || c == '"' || c == '\\'; };   // beyond ASCII it is negative
  for (; text.size() >= block; text.remove_prefix(block)) {
    bool special = false;
    for (std::size_t i = 0; i < block; ++i) special |= is_special(static_cast<signed char>(text[i]));
    if (special) return false;
  }
  return std::none_of(text.begin(), text.end(), is_special);
}

// Bytes that are no UTF-8 would make the line no JSON: they are shown as question marks.
void append_text(std::string& line, std::string_view text) {
  if (is_plain(text)) {
    line += '"';
    line += text;
    line += '"';
  } else if (text::valid_utf8(text)) {
    line += boost::json::serialize(boost::json::string_view(text.data(), text.size()));
  } else {
    std::string shown(text);
    std::replace_if(shown.begin(), shown.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
    line += boost::json::serialize(boost::json::string_view(shown));
  }
}

template <class Number>
void append_number(std::string& line, Number number) {
  char text[32];
  line.append(text, std::to_chars(std::begin(text), std::end(text), number).ptr);
}

void append_value(std::string& line, const std::variant<std::string_view, std::int64_t, double>& value) {
  if (const auto* words = std::get_if<std::string_view>(&value)) return append_text(line, *words);
  if (const auto* number = std::get_if<std::int64_t>(&value)) return append_number(line, *number);
  append_number(line, std::get<double>(value));
}

void append_name(std::string& line, std::string_view name) {
  line += line.empty() ? "{\"" : ",\"";
  line += name;
  line += "\":";
}

void append_line(std::string& line, std::string_view time, Level level, std::string_view message, std::initializer_list<Field> fields) {
  const auto word = [&line](std::string_view name, std::string_view text) {
    append_name(line, name);
    append_text(line, text);
  };
  word("time", time);
  word("level", level_words[static_cast<std::size_t>(level)]);
  word("message", message);
  for (const auto& [name, value] : fields) {
    const auto* words = std::get_if<std::string_view>(&value);
    if (words != nullptr && words->empty()) continue;
    append_name(line, name);
    append_value(line, value);
  }
  line += '}';
}

}  // namespace

std::optional<Level> level_of(std::string_view word) {
  const auto* found = std::find(std::begin(level_words), std::end(level_words), word);
  if (found == std::end(level_words)) return std::nullopt;
  return static_cast<Level>(found - std::begin(level_words));
}

void set_level(Level least) { logger().set_level(spdlog_level(least)); }

std::string line_of(std::string_view time, Level level, std::string_view message, std::initializer_list<Field> fields) {
  std::string line;
  append_line(line, time, level, message, fields);
  return line;
}

void write(Level level, std::string_view message, std::initializer_list<Field> fields) {
  if (!logger().should_log(spdlog_level(level))) return;
  const auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  thread_local std::string line;   // keeps its memory from one line to the next
  line.clear();
  append_line(line, text::format_instant(now), level, message, fields);
  logger().log(spdlog_level(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace daybook::logging
