// JSON Schema (draft 2020-12) of described types, from the same tables that read and write them.
#include <algorithm>

#include "events/core/json.hpp"

namespace daybook::events {
namespace {

struct Options {
  bool nullable;  // an unset field is null, not absent
  bool closed;    // unknown fields are refused
  bool whole = true;  // the thing itself, not a structure inside it, which is shown as it was kept and may lack what is unset
};

void schema(const TypeInfo& type, Options options, std::string& out);

void words(const TypeInfo& type, std::string& out) {
  out += R"({"enum":[)";
  for (std::size_t i = 0; i < type.words.size(); ++i) {
    if (i > 0) out += ',';
    write_json_string(type.words[i], out);
  }
  out += "]}";
}

void integer(const TypeInfo& type, std::string& out) {
  out += R"({"type":"integer")";
  if (type.minimum != std::numeric_limits<std::int64_t>::min())
    out += ",\"minimum\":" + std::to_string(type.minimum);
  if (type.maximum != std::numeric_limits<std::int64_t>::max())
    out += ",\"maximum\":" + std::to_string(type.maximum);
  out += '}';
}

void text(const TypeInfo& type, std::string& out) {
  out += R"({"type":"string")";
  if (type.code_points_min > 0) out += ",\"minLength\":" + std::to_string(type.code_points_min);
  if (type.code_points_max > 0) out += ",\"maxLength\":" + std::to_string(type.code_points_max);
  const auto member = [&out](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += ",\"" + std::string(name) + "\":";
    write_json_string(value, out);
  };
  member("pattern", type.pattern);
  member("format", type.format);
  if (type.maximum != std::numeric_limits<std::int64_t>::max())
    member("description", "At most " + std::to_string(type.maximum) + " bytes of UTF-8.");
  out += '}';
}

// Of what strangers send, the limit is told; what was kept is whatever was sent.
void free_json(const TypeInfo& type, Options options, std::string& out) {
  if (options.nullable || !options.closed) return void(out += "true");
  out += R"({"description":"Any JSON, kept as it is sent)";
  if (type.maximum != std::numeric_limits<std::int64_t>::max())
    out += ", at most " + std::to_string(type.maximum) + " bytes";
  out += R"(."})";
}

// Travels sealed beside `data`, never in it.
bool is_personal(const TypeInfo& type) {
  return type.shape == Shape::personal ||
         (type.shape == Shape::optional && type.inner->shape == Shape::personal);
}

void record(const TypeInfo& type, Options options, std::string& out) {
  std::string required;
  bool first = true;
  auto inside = options;
  inside.whole = false;
  out += R"({"type":"object","properties":{)";
  for (const auto& field : type.fields) {
    if (is_personal(*field.type) && !options.nullable) continue;
    if (!first) out += ',';
    first = false;
    write_json_string(field.name, out);
    out += ':';
    schema(*field.type, inside, out);
    if (may_be_absent(*field.type) && !(options.nullable && options.whole)) continue;
    if (!required.empty()) required += ',';
    write_json_string(field.name, required);
  }
  out += R"(},"required":[)" + required + "]";
  out += options.closed ? R"(,"additionalProperties":false})" : "}";
}

void schema(const TypeInfo& type, Options options, std::string& out) {
  switch (type.shape) {
    case Shape::boolean:
      out += R"({"type":"boolean"})";
      return;
    case Shape::integer:
      return integer(type, out);
    case Shape::decimal:
    case Shape::number:
      out += R"({"type":"number"})";
      return;
    case Shape::string:
      return text(type, out);
    case Shape::personal:
      out += R"({"type":["string","null"]})";
      return;
    case Shape::uuid:
      out += R"({"type":"string","format":"uuid"})";
      return;
    case Shape::instant:
      out += R"({"type":"string","format":"date-time"})";
      return;
    case Shape::date:
      out += R"({"type":"string","format":"date"})";
      return;
    case Shape::json:
      return free_json(type, options, out);
    case Shape::enumeration:
      return words(type, out);
    case Shape::optional:
      if (!options.nullable) return schema(*type.inner, options, out);
      [[fallthrough]];
    case Shape::patch:
      out += R"({"anyOf":[)";
      schema(*type.inner, options, out);
      out += R"(,{"type":"null"}]})";
      return;
    case Shape::list:
      out += R"({"type":"array","items":)";
      schema(*type.inner, options, out);
      out += '}';
      return;
    case Shape::map:
      out += R"({"type":"object","additionalProperties":)";
      schema(*type.inner, options, out);
      out += '}';
      return;
    case Shape::record:
      return record(type, options, out);
  }
}

}  // namespace

std::string json_schema(const TypeInfo& type, bool nullable_optionals, Reading reading) {
  std::string out;
  schema(type, {nullable_optionals, reading == Reading::strict}, out);
  return out;
}

bool holds_personal(const TypeInfo& type) {
  if (type.shape == Shape::personal) return true;
  if (type.inner != nullptr) return holds_personal(*type.inner);
  return std::any_of(type.fields.begin(), type.fields.end(), [](const auto& field) { return holds_personal(*field.type); });
}

}  // namespace daybook::events
