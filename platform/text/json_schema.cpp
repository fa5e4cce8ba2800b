#include "platform/text/json_schema.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

namespace daybook::text {
namespace {

namespace json = boost::json;

// What a keyword's value is.
enum class Takes {
  schema, schema_or_schemas, schemas, schemas_by_name, text, number, positive_number, count, flag, names, names_by_name, list, types
};

struct Keyword {
  std::string_view word;
  Takes takes;
};

constexpr Keyword keywords[] = {
    {"$schema", Takes::text},
    {"$id", Takes::text},
    {"$ref", Takes::text},
    {"$anchor", Takes::text},
    {"$dynamicRef", Takes::text},
    {"$dynamicAnchor", Takes::text},
    {"$comment", Takes::text},
    {"$defs", Takes::schemas_by_name},
    {"definitions", Takes::schemas_by_name},
    {"allOf", Takes::schemas},
    {"anyOf", Takes::schemas},
    {"oneOf", Takes::schemas},
    {"not", Takes::schema},
    {"if", Takes::schema},
    {"then", Takes::schema},
    {"else", Takes::schema},
    {"dependentSchemas", Takes::schemas_by_name},
    {"prefixItems", Takes::schemas},
    {"items", Takes::schema_or_schemas},
    {"additionalItems", Takes::schema},
    {"contains", Takes::schema},
    {"properties", Takes::schemas_by_name},
    {"patternProperties", Takes::schemas_by_name},
    {"additionalProperties", Takes::schema},
    {"propertyNames", Takes::schema},
    {"unevaluatedItems", Takes::schema},
    {"unevaluatedProperties", Takes::schema},
    {"type", Takes::types},
    {"enum", Takes::list},
    {"multipleOf", Takes::positive_number},
    {"maximum", Takes::number},
    {"exclusiveMaximum", Takes::number},
    {"minimum", Takes::number},
    {"exclusiveMinimum", Takes::number},
    {"maxLength", Takes::count},
    {"minLength", Takes::count},
    {"pattern", Takes::text},
    {"maxItems", Takes::count},
    {"minItems", Takes::count},
    {"uniqueItems", Takes::flag},
    {"maxContains", Takes::count},
    {"minContains", Takes::count},
    {"maxProperties", Takes::count},
    {"minProperties", Takes::count},
    {"required", Takes::names},
    {"dependentRequired", Takes::names_by_name},
    {"title", Takes::text},
    {"description", Takes::text},
    {"deprecated", Takes::flag},
    {"readOnly", Takes::flag},
    {"writeOnly", Takes::flag},
    {"examples", Takes::list},
    {"format", Takes::text},
    {"contentEncoding", Takes::text},
    {"contentMediaType", Takes::text},
    {"contentSchema", Takes::schema},
};

constexpr std::string_view type_words[] = {"null", "boolean", "object", "array", "number", "string", "integer"};

std::string step(std::string_view key) {
  std::string out = "/";
  for (const char c : key) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return out;
}

bool is_type(const json::value& value) {
  const auto* word = value.if_string();
  return word && std::find(std::begin(type_words), std::end(type_words), std::string_view(*word)) != std::end(type_words);
}

// The first fault ends the walk as an exception that stays in this file.
class Walk {
 public:
  void schema(const json::value& value, const std::string& at) const {
    if (value.is_bool()) return;
    const auto* object = value.if_object();
    if (!object) refuse(at, "Expected a schema: an object, true or false.");
    for (const auto& [word, held] : *object) {
      const auto known = std::find_if(std::begin(keywords), std::end(keywords),
                                      [&, w = std::string_view(word)](const auto& keyword) { return keyword.word == w; });
      if (known != std::end(keywords)) keyword(known->takes, held, at + step(word));
    }
  }

 private:
  [[noreturn]] static void refuse(std::string at, std::string detail) { throw SchemaFault{std::move(at), std::move(detail)}; }
  static void expect(bool holds, const std::string& at, const char* detail) {
    if (!holds) refuse(at, detail);
  }

  void keyword(Takes takes, const json::value& value, const std::string& at) const {
    switch (takes) {
      case Takes::schema:
        return schema(value, at);
      case Takes::schema_or_schemas:
        return value.is_array() ? schemas(value, at) : schema(value, at);
      case Takes::schemas:
        return schemas(value, at);
      case Takes::schemas_by_name:
        return by_name(value, at, [&](const json::value& each, const std::string& where) { schema(each, where); });
      case Takes::text:
        return expect(value.is_string(), at, "Expected a text.");
      case Takes::number:
        return expect(value.is_number(), at, "Expected a number.");
      case Takes::positive_number:
        return expect(value.is_number() && value.to_number<double>() > 0, at, "Expected a number above 0.");
      case Takes::count:
        return expect(is_count(value), at, "Expected a whole number from 0.");
      case Takes::flag:
        return expect(value.is_bool(), at, "Expected true or false.");
      case Takes::names:
        return names(value, at);
      case Takes::names_by_name:
        return by_name(value, at, [](const json::value& each, const std::string& where) { names(each, where); });
      case Takes::list:
        return expect(value.is_array(), at, "Expected a list.");
      case Takes::types:
        return types(value, at);
    }
  }

  void schemas(const json::value& value, const std::string& at) const {
    const auto* list = value.if_array();
    if (!list || list->empty()) refuse(at, "Expected a list of one or more schemas.");
    for (std::size_t i = 0; i < list->size(); ++i) schema((*list)[i], at + "/" + std::to_string(i));
  }

  template <class Visit>
  static void by_name(const json::value& value, const std::string& at, Visit visit) {
    const auto* object = value.if_object();
    if (!object) refuse(at, "Expected an object.");
    for (const auto& [name, each] : *object) visit(each, at + step(name));
  }

  static bool is_count(const json::value& value) {
    if (value.is_uint64()) return true;
    if (value.is_int64()) return value.get_int64() >= 0;
    return value.is_double() && value.get_double() >= 0 && value.get_double() == static_cast<double>(static_cast<std::uint64_t>(value.get_double()));
  }

  static void names(const json::value& value, const std::string& at) {
    const auto* list = value.if_array();
    std::set<std::string_view> seen;
    const bool fine = list && std::all_of(list->begin(), list->end(), [&](const auto& name) {
      return name.is_string() && seen.insert(std::string_view(name.get_string())).second;
    });
    expect(fine, at, "Expected a list of texts, each once.");
  }

  static void types(const json::value& value, const std::string& at) {
    if (is_type(value)) return;
    const auto* list = value.if_array();
    std::set<std::string_view> seen;
    const bool fine = list && !list->empty() && std::all_of(list->begin(), list->end(), [&](const auto& type) {
      return is_type(type) && seen.insert(std::string_view(type.get_string())).second;
    });
    expect(fine, at, "Expected one of null, boolean, object, array, number, string, integer, or a list of them, each once.");
  }
};

}  // namespace

std::optional<SchemaFault> find_schema_fault(std::string_view json_text) {
  try {
    Walk().schema(json::parse(json::string_view(json_text.data(), json_text.size())), "");
  } catch (const SchemaFault& fault) {
    return fault;
  }
  return std::nullopt;
}

}  // namespace daybook::text
