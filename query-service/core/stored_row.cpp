#include "query-service/core/stored_row.hpp"

#include <charconv>
#include <stdexcept>

namespace daybook::query {
namespace {

std::size_t end_of_string(std::string_view json, std::size_t at) {
  for (at = json.find('"', at + 1); at != json.npos; at = json.find('"', at + 1)) {
    auto escapes = at;
    while (json[escapes - 1] == '\\') --escapes;   // the quote at the front ends this
    if ((at - escapes) % 2 == 0) return at + 1;
  }
  return json.npos;
}

// The place behind the value that begins at `at`; npos where it has no end.
std::size_t end_of_value(std::string_view json, std::size_t at) {
  int depth = 0;
  while (at < json.size()) {
    const char c = json[at];
    if (c == '"') {
      at = end_of_string(json, at);
      if (at == json.npos || depth == 0) return at;
      continue;
    }
    if (depth == 0 && (c == ',' || c == '}')) return at;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    ++at;
  }
  return json.npos;
}

std::string_view unquoted(std::string_view json) { return json.size() < 2 ? std::string_view() : json.substr(1, json.size() - 2); }

}  // namespace

StoredRow::StoredRow(const Resource& resource, std::string json)
    : resource_(&resource), json_(std::move(json)), values_(resource.row->fields.size()) {
  const auto broken = [&] { return std::runtime_error("a row of " + std::string(resource.table) + " in the state store cannot be read"); };
  const std::string_view row = json_;
  std::size_t place = 0, at = 1;
  while (at < row.size() && row[at] == '"') {
    const auto name_end = end_of_string(row, at);
    if (name_end == row.npos || name_end >= row.size() || row[name_end] != ':') throw broken();
    const auto name = row.substr(at + 1, name_end - at - 2);
    // Names come in the order of the fields, so the search goes on from the one found last.
    while (place < values_.size() && resource.row->fields[place].name != name) ++place;
    const auto end = end_of_value(row, name_end + 1);
    if (place == values_.size() || end >= row.size()) throw broken();
    values_[place++] = row.substr(name_end + 1, end - name_end - 1);
    at = end + 1;
  }
  if (at != row.size() || row.back() != '}') throw broken();
}

std::string_view StoredRow::value(const events::FieldInfo& field) const {
  return values_[static_cast<std::size_t>(&field - resource_->row->fields.data())];
}

std::string_view StoredRow::value(std::string_view field) const { return value(*resource_->field(field)); }

std::optional<text::Uuid> StoredRow::id(std::string_view field) const { return text::Uuid::parse(unquoted(value(field))); }

std::int64_t StoredRow::number(std::string_view field) const {
  std::int64_t number = 0;
  const auto json = value(field);
  std::from_chars(json.data(), json.data() + json.size(), number);
  return number;
}

std::string_view StoredRow::word(std::string_view field) const { return unquoted(value(field)); }

}  // namespace daybook::query
