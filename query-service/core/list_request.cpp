#include "query-service/core/list_request.hpp"

#include <algorithm>

#include "platform/text/instant.hpp"
#include "platform/text/number.hpp"
#include "platform/text/unicode.hpp"
#include "query-service/core/cursor.hpp"
#include "query-service/core/text_lists.hpp"

namespace daybook::query {
namespace {

constexpr std::size_t search_bytes_max = 1024;
using Refusal = std::optional<api::Problem>;

Refusal refuse(std::string_view parameter, const BadValue& bad) {
  return api::bad_parameter(std::string(parameter), bad.code, bad.detail);
}

bool is_plain_text(std::string_view value) {
  return !value.empty() && value.size() <= search_bytes_max && value.find('\0') == value.npos && text::valid_utf8(value);
}

// By the column's type; ids take `none` for unset, texts stand for themselves with their commas.
Refusal read_by_type(const events::FieldInfo& field, const Filter& filter, const std::string& value) {
  const auto shape = plain_type(field).shape;
  if (shape == events::Shape::string) {
    if (is_plain_text(value)) return std::nullopt;
    return refuse(filter.parameter, {"invalid", "Expected 1 to 1024 bytes of UTF-8 text."});
  }
  if (shape == events::Shape::uuid && value == "none") return std::nullopt;
  const auto parts = split(value);
  if (parts.size() > filter_values_max) return refuse(filter.parameter, {"too-many", "At most 100 values."});
  for (const auto part : parts) {
    const auto read = read_value(field, part);
    if (const auto* bad = std::get_if<BadValue>(&read)) return refuse(filter.parameter, *bad);
  }
  return std::nullopt;
}

// Checks a filter's value and brings it into the form the SQL takes.
Refusal read_filter(const Resource& resource, const Filter& filter, std::string& value) {
  switch (filter.kind) {
    case FilterKind::by_type:
      return read_by_type(*resource.field(filter.column), filter, value);
    case FilterKind::since:
    case FilterKind::until: {
      auto read = read_value(*resource.field(filter.column), value);
      if (const auto* bad = std::get_if<BadValue>(&read)) return refuse(filter.parameter, *bad);
      value = std::get<std::string>(std::move(read));
      return std::nullopt;
    }
    case FilterKind::condition:
    case FilterKind::of_source:
      if (is_plain_text(value)) return std::nullopt;
      return refuse(filter.parameter, {"invalid", "Expected 1 to 1024 bytes of UTF-8 text."});
  }
  return std::nullopt;
}

Refusal read_sort(const Resource& resource, std::string_view sort, ListRequest& request) {
  for (auto name : split(sort)) {
    const bool descending = !name.empty() && name.front() == '-';
    if (descending) name.remove_prefix(1);
    const bool twice =
        std::any_of(request.order.begin(), request.order.end(), [&](const auto& term) { return term.field->name == name; });
    if (twice) return api::bad_parameter("sort", "repeated-value", "'" + std::string(name) + "' stands more than once.");
    if (std::find(resource.sorts.begin(), resource.sorts.end(), name) != resource.sorts.end()) {
      request.order.push_back({resource.field(name), descending});
      continue;
    }
    std::string known;
    for (const auto key : resource.sorts) known += (known.empty() ? "" : ", ") + std::string(key);
    return api::bad_parameter("sort", "unknown-value", "'" + std::string(name) + "' is none of: " + known + ".");
  }
  return std::nullopt;
}

Refusal read_limit(std::string_view text, ListRequest& request) {
  request.limit = text::read_number<std::size_t>(text).value_or(0);
  if (request.limit >= 1 && request.limit <= api::page_limit_max) return std::nullopt;
  return api::bad_parameter("limit", "out-of-range", "Expected a number from 1 to 200.");
}

Refusal read_count(std::string_view value, ListRequest& request) {
  if (value != "exact" && value != "estimate")
    return api::bad_parameter("count", "unknown-value", "Expected one of: exact, estimate.");
  request.count = value == "exact" ? Count::exact : Count::estimate;
  return std::nullopt;
}

Refusal read_condition_of(const Resource& resource, const std::string& value, ListRequest& request) {
  auto read = read_condition(resource, value);
  if (auto* bad = std::get_if<events::FieldError>(&read)) {
    auto problem = api::bad_parameter("filter", bad->code, bad->detail);
    problem.errors.front().pointer = "filter#" + bad->pointer;
    return problem;
  }
  request.condition = std::get<Condition>(std::move(read));
  request.condition_text = value;
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

std::string_view word_of(Deleted deleted) {
  return deleted == Deleted::exclude ? "exclude" : deleted == Deleted::include ? "include" : "only";
}

std::variant<Deleted, api::Problem> read_deleted(const api::Call& call) {
  const auto value = call.parameter("deleted").value_or("exclude");
  for (const auto deleted : {Deleted::exclude, Deleted::include, Deleted::only})
    if (word_of(deleted) == value) return deleted;
  return api::bad_parameter("deleted", "unknown-value", "Expected one of: exclude, include, only.");
}

std::vector<SortTerm> default_order(const Resource& resource) {
  ListRequest request;
  read_sort(resource, resource.default_sort, request);
  return request.order;
}

std::variant<ListRequest, api::Problem> read_list_request(const Resource& resource, std::vector<Scope> scope,
                                                          const api::Call& call, const Cursors& cursors) {
  ListRequest request;
  request.resource = &resource;
  request.scope = std::move(scope);
  auto shown = read_shown(resource, call, brief_of(resource));
  if (auto* problem = std::get_if<api::Problem>(&shown)) return std::move(*problem);
  request.shown = std::get<Shown>(std::move(shown));
  const auto deleted = read_deleted(call);
  if (const auto* problem = std::get_if<api::Problem>(&deleted)) return *problem;
  request.deleted = std::get<Deleted>(deleted);
  Refusal refusal;
  for (const auto& [name, sent] : call.request.query) {
    std::string value = sent;
    const auto filter =
        std::find_if(resource.filters.begin(), resource.filters.end(), [&](const auto& f) { return f.parameter == name; });
    if (filter != resource.filters.end()) {
      refusal = read_filter(resource, *filter, value);
      request.filters.emplace_back(&*filter, std::move(value));
    } else if (name == "limit") {
      refusal = read_limit(value, request);
    } else if (name == "count") {
      refusal = read_count(value, request);
    } else if (name == "filter") {
      refusal = read_condition_of(resource, value, request);
    }
    if (refusal) return std::move(*refusal);
  }
  if ((refusal = read_sort(resource, call.parameter("sort").value_or(resource.default_sort), request)))
    return std::move(*refusal);
  if (const auto cursor = call.parameter("cursor")) refusal = read_cursor(*cursor, cursors, request);
  if (refusal) return std::move(*refusal);
  return request;
}

std::vector<api::Parameter> list_parameters(const Resource& resource) {
  std::string sorts, fields;
  for (const auto key : resource.sorts) sorts += (sorts.empty() ? "" : ", ") + std::string(key);
  std::vector<api::Parameter> out{
      {"limit", "Rows of the page, 1 to 200; 50 when absent.", R"({"type":"integer","minimum":1,"maximum":200})"},
      {"cursor", "Where to go on: page.next or page.prev of an earlier reply."},
      {"sort", keep("Keys by commas, - for descending: " + sorts + "; " + std::string(resource.default_sort) + " when absent.")},
      {"filter",
       R"(A condition as JSON: {"and":[{"field":"…","op":"eq","value":…}]}, with and, or, not and eq, ne, in, not_in, lt, lte, gt, gte, contains, is_null.)"},
      {"count", "exact or estimate: adds page.count and page.count_is.", R"({"enum":["exact","estimate"]})"},
  };
  if (resource.deletable())
    out.push_back({"deleted", "exclude, include or only; exclude when absent.", R"({"enum":["exclude","include","only"]})"});
  add_shown_parameters(resource, out);
  for (const auto& filter : resource.filters)
    out.push_back({filter.parameter, filter.description, R"({"type":"string"})", filter.repeatable,
                   filter.kind == FilterKind::of_source});
  return out;
}

}  // namespace daybook::query
