#include "query-service/core/condition.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "platform/text/instant.hpp"
#include "platform/text/number.hpp"
#include "platform/text/unicode.hpp"
#include "platform/text/uuid.hpp"

namespace daybook::query {
namespace {

namespace json = boost::json;
using events::FieldError;
using events::Shape;

struct OperatorWord {
  std::string_view word;
  Operator op;
};
constexpr OperatorWord operator_words[] = {
    {"eq", Operator::eq},          {"ne", Operator::ne},   {"in", Operator::in},
    {"not_in", Operator::not_in},  {"lt", Operator::lt},   {"lte", Operator::lte},
    {"gt", Operator::gt},          {"gte", Operator::gte}, {"contains", Operator::contains},
    {"is_null", Operator::is_null}};

bool has_order(Shape shape) {
  return shape == Shape::integer || shape == Shape::number || shape == Shape::decimal || shape == Shape::instant || shape == Shape::date ||
         shape == Shape::string;
}

// What an operator may be asked of a field.
bool fits(Operator op, const events::FieldInfo& field) {
  const auto shape = plain_type(field).shape;
  switch (op) {
    case Operator::lt:
    case Operator::lte:
    case Operator::gt:
    case Operator::gte:
      return has_order(shape);
    case Operator::contains:
      return shape == Shape::string;
    default:
      return true;
  }
}

std::string words_of(const events::TypeInfo& type) {
  std::string known;
  for (const auto word : type.words) known += (known.empty() ? "" : ", ") + std::string(word);
  return known;
}

// Walks the tree; the first place that cannot be accepted ends the walk as an exception that stays in this file.
class ConditionReader {
 public:
  explicit ConditionReader(const Resource& resource) : resource_(resource) {}

  Condition read(const json::value& value, const std::string& at, std::size_t depth) {
    if (depth > condition_depth_max)
      refuse(at, "too-deep", "At most " + std::to_string(condition_depth_max) + " levels of and, or, not.");
    if (++nodes_ > condition_nodes_max) refuse(at, "too-many", "At most " + std::to_string(condition_nodes_max) + " conditions.");
    const auto* object = value.if_object();
    if (object == nullptr) refuse(at, "wrong-type", "Expected an object: {\"field\",\"op\",\"value\"}, or and, or, not.");
    if (const auto* parts = object->if_contains("and")) return several(Operator::all_of, *object, *parts, at + "/and", depth);
    if (const auto* parts = object->if_contains("or")) return several(Operator::any_of, *object, *parts, at + "/or", depth);
    if (const auto* part = object->if_contains("not")) {
      only(*object, 1, at);
      return {Operator::negation, {read(*part, at + "/not", depth + 1)}};
    }
    return comparison(*object, at);
  }

 private:
  [[noreturn]] static void refuse(std::string at, std::string code, std::string detail) {
    throw FieldError{std::move(at), std::move(code), std::move(detail)};
  }
  static void only(const json::object& object, std::size_t members, const std::string& at) {
    if (object.size() != members)
      refuse(at, "unknown-field", "Only and, or, not, or field, op and value stand here, one kind at a time.");
  }

  Condition several(Operator op, const json::object& object, const json::value& parts, const std::string& at, std::size_t depth) {
    only(object, 1, at);
    const auto* list = parts.if_array();
    if (list == nullptr || list->empty()) refuse(at, "wrong-type", "Expected a list of one or more conditions.");
    Condition out{op};
    for (std::size_t i = 0; i < list->size(); ++i) out.parts.push_back(read((*list)[i], at + "/" + std::to_string(i), depth + 1));
    return out;
  }

  Condition comparison(const json::object& object, const std::string& at) {
    Condition out{};
    out.field = &field(member(object, "field", at), at + "/field");
    out.op = operator_of(member(object, "op", at), *out.field, at + "/op");
    const auto& value = member(object, "value", at);
    only(object, 3, at);
    if (out.op == Operator::is_null) {
      if (!value.is_bool()) refuse(at + "/value", "wrong-type", "Expected true or false.");
      out.values.push_back(value.get_bool() ? "true" : "false");
    } else if (out.op == Operator::in || out.op == Operator::not_in) {
      const auto* list = value.if_array();
      if (list == nullptr || list->empty()) refuse(at + "/value", "wrong-type", "Expected a list of one or more values.");
      if (list->size() > filter_values_max) refuse(at + "/value", "too-many", "At most 100 values.");
      for (std::size_t i = 0; i < list->size(); ++i)
        out.values.push_back(one(*out.field, (*list)[i], at + "/value/" + std::to_string(i)));
    } else {
      out.values.push_back(one(*out.field, value, at + "/value"));
    }
    return out;
  }

  static const json::value& member(const json::object& object, std::string_view name, const std::string& at) {
    const auto* found = object.if_contains(name);
    if (found == nullptr) refuse(at + "/" + std::string(name), "required", "A condition has field, op and value.");
    return *found;
  }

  const events::FieldInfo& field(const json::value& name, const std::string& at) const {
    const auto* word = name.if_string();
    const auto* found = word ? resource_.field(std::string_view(*word)) : nullptr;
    if (found != nullptr && can_be_compared(*found)) return *found;
    std::string known;
    for (const auto* candidate : columns_of(resource_))
      if (can_be_compared(*candidate)) known += (known.empty() ? "" : ", ") + std::string(candidate->name);
    refuse(at, "unknown-value", "Expected one of: " + known + ".");
  }

  static Operator operator_of(const json::value& name, const events::FieldInfo& field, const std::string& at) {
    const auto* word = name.if_string();
    std::string known;
    for (const auto& candidate : operator_words) {
      if (!fits(candidate.op, field)) continue;
      if (word && candidate.word == std::string_view(*word)) return candidate.op;
      known += (known.empty() ? "" : ", ") + std::string(candidate.word);
    }
    refuse(at, "unknown-value", "For '" + std::string(field.name) + "' expected one of: " + known + ".");
  }

  static std::string one(const events::FieldInfo& field, const json::value& value, const std::string& at) {
    const auto shape = plain_type(field).shape;
    const bool number = shape == Shape::integer || shape == Shape::number || shape == Shape::decimal;
    const bool kind_fits = shape == Shape::boolean ? value.is_bool() : number ? value.is_number() : value.is_string();
    if (!kind_fits)
      refuse(at, "wrong-type",
             shape == Shape::boolean ? "Expected true or false."
             : number                ? "Expected a number."
                                     : "Expected a text.");
    auto read = read_value(field, value.is_string() ? std::string(value.get_string()) : json::serialize(value));
    if (auto* bad = std::get_if<BadValue>(&read)) refuse(at, bad->code, bad->detail);
    return std::get<std::string>(std::move(read));
  }

  const Resource& resource_;
  std::size_t nodes_ = 0;
};

}  // namespace

bool can_be_compared(const events::FieldInfo& field) {
  switch (plain_type(field).shape) {
    case Shape::json:
    case Shape::list:
    case Shape::map:
    case Shape::record:
    case Shape::personal:
      return false;
    default:
      return true;
  }
}

std::variant<std::string, BadValue> read_value(const events::FieldInfo& field, std::string_view text) {
  const auto& type = plain_type(field);
  switch (type.shape) {
    case Shape::boolean:
      if (text != "true" && text != "false") return BadValue{"unknown-value", "Expected true or false."};
      break;
    case Shape::integer:
      if (!text::read_number<std::int64_t>(text)) return BadValue{"out-of-range", "Expected a whole number of 64 bits."};
      break;
    case Shape::number:
      if (!text::read_number<double>(text)) return BadValue{"out-of-range", "Expected a number."};
      break;
    case Shape::decimal: {
      const auto number = events::Decimal::parse(text);
      if (!number) return BadValue{"out-of-range", "Expected a number with at most 9 digits behind the point."};
      return std::to_string(number->nanos);
    }
    case Shape::uuid:
      if (!text::Uuid::parse(text)) return BadValue{"invalid-id", "'" + std::string(text) + "' is not a UUID."};
      break;
    case Shape::instant: {
      const auto time = text::parse_instant(text);
      if (!time) return BadValue{"invalid-time", "Expected an RFC 3339 time."};
      return text::format_instant(*time);
    }
    case Shape::date:
      if (!text::Date::parse(text)) return BadValue{"invalid-date", "Expected a date, YYYY-MM-DD."};
      break;
    case Shape::enumeration:
      if (std::find(type.words.begin(), type.words.end(), text) == type.words.end())
        return BadValue{"unknown-value", "'" + std::string(text) + "' is none of: " + words_of(type) + "."};
      break;
    default:
      if (text.find('\0') != text.npos || !text::valid_utf8(text)) return BadValue{"invalid", "Expected UTF-8 text."};
  }
  return std::string(text);
}

std::variant<Condition, events::FieldError> read_condition(const Resource& resource, std::string_view text) {
  if (const auto well_formed = events::check_json(text); !well_formed) {
    auto error = well_formed.errors.front();
    error.pointer.clear();
    return error;
  }
  json::error_code error;
  const auto value = json::parse(json::string_view(text.data(), text.size()), error);
  if (error) return events::FieldError{"", "not-json", "Expected a JSON object."};
  try {
    return ConditionReader(resource).read(value, "", 1);
  } catch (const events::FieldError& refused) {
    return refused;
  }
}

}  // namespace daybook::query
