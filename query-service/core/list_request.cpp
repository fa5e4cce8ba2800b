#include "query-service/core/list_request.hpp"

#include <algorithm>
#include <charconv>

#include "platform/text/instant.hpp"
#include "platform/text/unicode.hpp"
#include "platform/text/uuid.hpp"

namespace daybook::query {
namespace {

constexpr std::size_t filter_values_max = 100;
constexpr std::size_t search_bytes_max = 1024;
using Refusal = std::optional<api::Problem>;

std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> parts;
  for (std::size_t start = 0; start <= list.size();) {
    const auto comma = std::min(list.find(',', start), list.size());
    parts.push_back(list.substr(start, comma - start));
    start = comma + 1;
  }
  return parts;
}

const events::TypeInfo* type_of(const ListSpec& spec, std::string_view column) {
  for (const auto& field : spec.row->fields)
    if (field.name == column) return field.type->shape == events::Shape::optional ? field.type->inner : field.type;
  return nullptr;
}

Refusal check_words(const ListSpec& spec, const Filter& filter, std::string_view value) {
  const auto& words = type_of(spec, filter.column)->words;
  for (const auto part : split(value)) {
    if (std::find(words.begin(), words.end(), part) != words.end()) continue;
    std::string known;
    for (const auto word : words) known += (known.empty() ? "" : ", ") + std::string(word);
    return api::bad_parameter(std::string(filter.parameter), "unknown-value", "'" + std::string(part) + "' is none of: " + known + ".");
  }
  return std::nullopt;
}

Refusal check_ids(const Filter& filter, std::string_view value) {
  if (value == "none") return std::nullopt;
  for (const auto part : split(value))
    if (!text::Uuid::parse(part)) return api::bad_parameter(std::string(filter.parameter), "invalid-id", "'" + std::string(part) + "' is not a UUID.");
  return std::nullopt;
}

// Checks a filter's value and brings it into the form the SQL takes.
Refusal read_filter(const ListSpec& spec, const Filter& filter, std::string& value) {
  if (split(value).size() > filter_values_max) return api::bad_parameter(std::string(filter.parameter), "too-many", "At most 100 values.");
  switch (filter.kind) {
    case FilterKind::words: return check_words(spec, filter, value);
    case FilterKind::id: return check_ids(filter, value);
    case FilterKind::since:
    case FilterKind::until: {
      const auto time = text::parse_instant(value);
      if (!time) return api::bad_parameter(std::string(filter.parameter), "invalid-time", "Expected an RFC 3339 time.");
      value = text::format_instant(*time);
      return std::nullopt;
    }
    case FilterKind::flag:
      if (value == "true" || value == "false") return std::nullopt;
      return api::bad_parameter(std::string(filter.parameter), "unknown-value", "Expected true or false.");
    case FilterKind::text:
    case FilterKind::full_text:
    case FilterKind::label:
      if (!value.empty() && value.size() <= search_bytes_max && value.find('\0') == value.npos && text::valid_utf8(value)) return std::nullopt;
      return api::bad_parameter(std::string(filter.parameter), "invalid", "Expected 1 to 1024 bytes of UTF-8 text.");
  }
  return std::nullopt;
}

Refusal read_sort(const ListSpec& spec, std::string_view sort, ListRequest& request) {
  for (auto name : split(sort)) {
    const bool descending = !name.empty() && name.front() == '-';
    if (descending) name.remove_prefix(1);
    const auto key = std::find_if(spec.sorts.begin(), spec.sorts.end(), [&](const auto& s) { return s.name == name; });
    if (key != spec.sorts.end()) {
      request.order.emplace_back(*key, descending);
      continue;
    }
    std::string known;
    for (const auto& s : spec.sorts) known += (known.empty() ? "" : ", ") + std::string(s.name);
    return api::bad_parameter("sort", "unknown-value", "'" + std::string(name) + "' is none of: " + known + ".");
  }
  return std::nullopt;
}

Refusal read_limit(std::string_view text, ListRequest& request) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), request.limit);
  if (read.ec == std::errc() && read.ptr == text.data() + text.size() && request.limit >= 1 && request.limit <= api::page_limit_max) return std::nullopt;
  return api::bad_parameter("limit", "out-of-range", "Expected a number from 1 to 200.");
}

Refusal read_one_of(std::string_view name, std::string_view value, std::initializer_list<std::string_view> words, std::string& into) {
  if (std::find(words.begin(), words.end(), value) == words.end()) {
    std::string known;
    for (const auto word : words) known += (known.empty() ? "" : ", ") + std::string(word);
    return api::bad_parameter(std::string(name), "unknown-value", "Expected one of: " + known + ".");
  }
  into = value;
  return std::nullopt;
}

Refusal read_cursor(std::string_view text, const Cursors& cursors, ListRequest& request) {
  auto read = cursors.read(text, request);
  if (auto* place = std::get_if<Place>(&read)) {
    request.place = std::move(*place);
    return std::nullopt;
  }
  auto problem = api::bad_parameter("cursor", "invalid-cursor", "It does not belong to this list.");
  if (std::holds_alternative<ReplacedLog>(read)) {
    problem.status = 410;
    problem.code = "log-replaced";
    problem.detail = "The cursor is of a log that was replaced; start again from the first page.";
  }
  return problem;
}

}  // namespace

std::variant<ListRequest, api::Problem> read_list_request(const ListSpec& spec, std::vector<Scope> scope, const api::Call& call,
                                                          const Cursors& cursors) {
  ListRequest request;
  request.spec = &spec;
  request.scope = std::move(scope);
  Refusal refusal;
  for (const auto& [name, sent] : call.request.query) {
    std::string value = sent;
    const auto filter = std::find_if(spec.filters.begin(), spec.filters.end(), [&](const auto& f) { return f.parameter == name; });
    if (filter != spec.filters.end()) {
      refusal = read_filter(spec, *filter, value);
      request.filters.emplace_back(&*filter, std::move(value));
    } else if (name == "limit") {
      refusal = read_limit(value, request);
    } else if (name == "deleted") {
      refusal = read_one_of(name, value, {"exclude", "include", "only"}, request.deleted);
    } else if (name == "count") {
      refusal = read_one_of(name, value, {"exact", "estimate"}, request.count);
    }
    if (refusal) return std::move(*refusal);
  }
  if ((refusal = read_sort(spec, call.parameter("sort").value_or(spec.default_sort), request))) return std::move(*refusal);
  if (const auto cursor = call.parameter("cursor")) refusal = read_cursor(*cursor, cursors, request);
  if (refusal) return std::move(*refusal);
  return request;
}

}  // namespace daybook::query
