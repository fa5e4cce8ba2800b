#include "tests/e2e/views/columns.hpp"

#include <cmath>
#include <fstream>
#include <limits>
#include <optional>
#include <stdexcept>

#include "platform/text/instant.hpp"

namespace daybook::test {

namespace json = boost::json;

namespace {

constexpr std::size_t cells = 8;

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out(1);
  for (const char c : line)
    if (c == '\t')
      out.emplace_back();
    else
      out.back() += c;
  return out;
}

std::string between(const std::string& text, const std::string& before, const std::string& behind) {
  const auto at = text.find(before);
  if (at == text.npos) return {};
  const auto from = at + before.size();
  return text.substr(from, text.find(behind, from) - from);
}

// A moment with or without the zone, which is UTC then.
std::optional<text::Instant> moment(std::string_view words) {
  if (words.find('T') == words.npos) return std::nullopt;
  const auto read = text::parse_instant(words);
  return read ? read : text::parse_instant(std::string(words) + "Z");
}

// As many digits as anything in the story has; a parser may differ in the last bit of what lies behind.
bool is_same_number(const json::value& one, const json::value& other) {
  if (one.is_int64() && other.is_int64()) return one.get_int64() == other.get_int64();
  const auto a = one.to_number<double>(), b = other.to_number<double>();
  return std::abs(a - b) <= 8 * std::numeric_limits<double>::epsilon() * std::max(std::abs(a), std::abs(b));
}

bool is_same_array(const Column& column, const json::array& one, const json::array& other) {
  if (one.size() != other.size()) return false;
  for (std::size_t i = 0; i < one.size(); ++i)
    if (!is_same(column, one[i], other[i])) return false;
  return true;
}

bool is_same_object(const Column& column, const json::object& one, const json::object& other) {
  if (one.size() != other.size()) return false;
  for (const auto& [key, value] : one) {
    const auto* found = other.if_contains(key);
    if (found == nullptr || !is_same(column, value, *found)) return false;
  }
  return true;
}

}  // namespace

bool Column::is_time() const { return type == "datetime" || type == "DateTime" || type == "TIMESTAMP"; }

std::string Column::default_value() const {
  const bool is_code = system == "platform";  // there the cell is the default itself
  auto words = is_code ? constraint : between(constraint, "DEFAULT ", ",");
  if (words.size() >= 2 && (words.front() == '\'' || words.front() == '"')) words = words.substr(1, words.size() - 2);
  return words;
}

std::string Column::refers_to() const { return between(constraint, "FOREIGN KEY → ", "("); }

std::vector<Column> columns_in(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error(file.string() + " cannot be read.");
  std::vector<Column> columns;
  std::string line;
  std::getline(in, line);  // the names of the cells
  while (std::getline(in, line)) {
    const auto cell = cells_of(line);
    if (cell.size() != cells) throw std::runtime_error("A line of " + file.string() + " has another number of cells: " + line);
    columns.push_back({cell[0], cell[1], cell[2], cell[3], cell[4], cell[5], cell[6], cell[7]});
  }
  return columns;
}

bool is_default(const Column& column, const json::value& value) {
  if (value.is_null()) return true;
  if (value.is_array()) return value.get_array().empty();
  if (value.is_object()) return value.get_object().empty();
  if (value.is_bool()) return column.default_value() == (value.get_bool() ? "true" : "false");
  if (value.is_string()) return value.get_string().empty() || column.default_value() == std::string_view(value.get_string());
  const auto number = value.to_number<double>();
  return number == 0 || column.default_value() == std::to_string(static_cast<long long>(number));
}

bool is_same(const Column& column, const json::value& one, const json::value& other) {
  if (one.is_number() && other.is_number()) return is_same_number(one, other);
  if (one.is_array() && other.is_array()) return is_same_array(column, one.get_array(), other.get_array());
  if (one.is_object() && other.is_object()) return is_same_object(column, one.get_object(), other.get_object());
  if (one == other) return true;
  if (!column.is_time() || !one.is_string() || !other.is_string()) return false;
  const auto a = moment(one.get_string()), b = moment(other.get_string());
  return a && a == b;
}

}  // namespace daybook::test
