#include "compat/platform/body.hpp"

#include <optional>

#include "platform/text/number.hpp"
#include "platform/text/uuid.hpp"
#include "schemas/api/api.hpp"

namespace daybook::compat {
namespace {

constexpr std::size_t whole_list_max = 10'000;  // rows of a list that has no pages

struct Wanted {
  std::string_view type, message;
};

Wanted wanted(Kind kind) {
  switch (kind) {
    case Kind::text: return {"string_type", "Input should be a valid string"};
    case Kind::number: return {"int_type", "Input should be a valid integer"};
    case Kind::object: return {"dict_type", "Input should be a valid dictionary"};
    case Kind::lines: return {"list_type", "Input should be a list of strings"};
  }
  return {"value_error", "Input should be another value"};
}

std::optional<json::value> joined(const json::array& lines) {
  std::string text;
  for (const auto& line : lines) {
    if (!line.is_string()) return std::nullopt;
    text += (&line == &lines.front() ? "" : "\n") + std::string(line.as_string());
  }
  return json::value(text);
}

// The value as we take it, without a look at its words.
std::optional<json::value> read(Kind kind, const json::value& theirs) {
  if (kind == Kind::lines) return theirs.is_array() ? joined(theirs.as_array()) : std::nullopt;
  const bool fits = kind == Kind::text ? theirs.is_string() : kind == Kind::number ? theirs.is_int64() : theirs.is_object();
  return fits ? std::optional(theirs) : std::nullopt;
}

json::object none_of(Words words, json::array place, const json::value& input) {
  auto entry = refusal("enum", std::move(place), "Input should be " + told(words), input);
  entry["ctx"] = json::object{{"expected", told(words)}};
  return entry;
}

void read_field(const Field& field, const json::value& theirs, Body& body) {
  const json::array place{"body", field.theirs};
  auto value = read(field.kind, theirs);
  if (!value) {
    const auto [type, message] = wanted(field.kind);
    body.refusals.push_back(refusal(type, place, message, theirs));
    return;
  }
  if (!field.words.empty()) {
    const auto word = ours_of(field.words, std::string_view(value->as_string()));
    if (!word) {
      body.refusals.push_back(none_of(field.words, place, theirs));
      return;
    }
    value = json::value(*word);
  }
  if (!field.ours.empty()) body.ours[field.ours] = std::move(*value);
}

json::value parsed(const std::string& text, Body& body) {
  json::parse_options options;
  options.max_depth = events::json_depth_max;
  json::error_code broken;
  auto value = json::parse(text, broken, {}, options);
  if (broken) body.refusals.push_back(refusal("json_invalid", {"body", 0}, "JSON decode error", json::object()));
  else if (!value.is_object()) body.refusals.push_back(refusal("model_attributes_type", {"body"}, "Input should be a valid dictionary", nullptr));
  return value;
}

// A parameter that is a whole number in its range.
std::size_t number_in(const http::Request& request, std::string_view name, std::size_t least, std::size_t most, std::size_t otherwise, json::array& refusals) {
  const auto text = request.parameter(name);
  if (!text) return otherwise;
  const auto refuse = [&](std::string_view type, const std::string& message, std::string_view bound, std::size_t value) {
    auto entry = refusal(type, {"query", name}, message, json::value(*text));
    if (!bound.empty()) entry["ctx"] = json::object{{bound, value}};
    refusals.push_back(entry);
    return otherwise;
  };
  const auto number = text::read_number<std::int64_t>(*text);
  if (!number) return refuse("int_parsing", "Input should be a valid integer, unable to parse string as an integer", "", 0);
  if (*number < static_cast<std::int64_t>(least)) return refuse("greater_than_equal", "Input should be greater than or equal to " + std::to_string(least), "ge", least);
  if (*number > static_cast<std::int64_t>(most)) return refuse("less_than_equal", "Input should be less than or equal to " + std::to_string(most), "le", most);
  return static_cast<std::size_t>(*number);
}

void add(std::string& query, std::string_view name, std::string_view value) {
  if (!query.empty()) query += '&';
  query += std::string(name) + "=" + http::percent_encode(value);
}

// An id that is none, and a word that is none, are nobody's: the list is empty for whoever may read it.
void read_filter(const Filter& filter, const http::Request& request, Page& page) {
  const auto value = request.parameter(filter.theirs);
  if (!value) return;
  const auto ours = filter.words.empty() ? text::Uuid::parse(*value).value_or(text::Uuid{}).text() : all_ours_of(filter.words, *value);
  if (ours.empty()) page.limit = 0;
  else add(page.query, filter.ours, ours);
}

}  // namespace

json::object refusal(std::string_view type, json::array place, std::string_view message, json::value input) {
  return {{"type", type}, {"loc", std::move(place)}, {"msg", message}, {"input", std::move(input)}};
}

Body read_body(const Operation& operation, const http::Request& request) {
  Body body;
  if (operation.fields.empty()) return body;
  if (request.body.empty()) {
    body.refusals.push_back(refusal("missing", {"body"}, "Field required", nullptr));
    return body;
  }
  const auto value = parsed(request.body, body);
  if (!body.refusals.empty()) return body;
  body.theirs = value.as_object();
  for (const auto& field : operation.fields) {
    const auto* theirs = field.theirs.empty() ? nullptr : body.theirs.if_contains(field.theirs);
    const bool said = theirs != nullptr && (!theirs->is_null() || (field.required && operation.method == "POST"));
    if (said) read_field(field, *theirs, body);
    else if (field.required) body.refusals.push_back(refusal("missing", {"body", field.theirs}, "Field required", nullptr));
    else if (!field.otherwise.empty()) body.ours[field.ours] = json::parse(field.otherwise);
  }
  return body;
}

Page read_page(const Operation& operation, const http::Request& request) {
  Page page;
  page.query = operation.query;
  page.limit = whole_list_max;
  if (operation.listed == Listed::by_pages) {
    page.limit = number_in(request, "limit", 1, api::page_limit_max, api::page_limit_default, page.refusals);
    page.offset = number_in(request, "offset", 0, offset_max, 0, page.refusals);
  }
  for (const auto& filter : operation.filters) read_filter(filter, request, page);
  return page;
}

}  // namespace daybook::compat
