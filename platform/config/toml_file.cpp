#include "platform/config/toml_file.hpp"

#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace daybook::config {
namespace {

std::string kind_of(toml::node_type type) {
  switch (type) {
    case toml::node_type::floating_point: return "a number with a fraction";
    case toml::node_type::date: return "a date";
    case toml::node_type::time: return "a time";
    case toml::node_type::date_time: return "a date and time";
    case toml::node_type::array: return "a list of something else than texts";
    case toml::node_type::table: return "a table";
    default: return "something else";
  }
}

Value value_of(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto number = node.value_exact<std::int64_t>()) return *number;
  if (const auto truth = node.value_exact<bool>()) return *truth;
  if (const auto* list = node.as_array()) {
    std::vector<std::string> texts;
    for (const auto& item : *list) {
      const auto text = item.value_exact<std::string>();
      if (!text) return Other{kind_of(node.type())};
      texts.push_back(*text);
    }
    return texts;
  }
  return Other{kind_of(node.type())};
}

void flatten(const toml::table& table, const std::string& prefix, std::vector<Entry>& entries) {
  for (const auto& [key, node] : table) {
    const auto name = prefix + std::string(key.str());
    const auto line = static_cast<int>(node.source().begin.line);
    const auto* section = node.as_table();
    if (section == nullptr) {
      entries.push_back({name, value_of(node), line});
      continue;
    }
    entries.push_back({name, Section{}, line});
    flatten(*section, name + ".", entries);
  }
}

std::string text_of(const std::filesystem::path& file) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(file, error);
  if (error) throw FileRefused(file.string() + " cannot be read: " + error.message() + ".");
  if (bytes > file_bytes_max) throw FileRefused(file.string() + " has more than " + std::to_string(file_bytes_max) + " bytes.");
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw FileRefused(file.string() + " cannot be read.");
  return text.str();
}

}  // namespace

std::vector<Entry> read_toml(const std::filesystem::path& file) {
  std::vector<Entry> entries;
  try {
    const auto text = text_of(file);
    flatten(toml::parse(text, file.string()), "", entries);
  } catch (const toml::parse_error& error) {
    throw FileRefused(file.string() + ":" + std::to_string(error.source().begin.line) + ": " + std::string(error.description()) + ".");
  }
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
  return entries;
}

}  // namespace daybook::config
