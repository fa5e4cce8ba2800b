// Fills described values from JSON. A strict document is walked twice: once as a tree, which checks every
// byte of it (json_check.cpp), and once forwards to fill the value; On-Demand alone never looks at what it
// passes over.
#include <algorithm>

#include "events/core/json_check.hpp"

namespace daybook::events {
namespace {

namespace ondemand = simdjson::ondemand;
using detail::pointer_step;

class Reader {
 public:
  Reader(Reading reading, ReadResult& result) : strict_(reading == Reading::strict), result_(result) {}

  void read(const TypeInfo& type, ondemand::value v, void* p) {
    switch (type.shape) {
      case Shape::boolean:
        return boolean(v, p);
      case Shape::integer:
        return integer(type, v, p);
      case Shape::number:
        return number(v, p);
      case Shape::decimal:
        return decimal(type, v, p);
      case Shape::string:
        return string(type, v, p);
      case Shape::uuid:
        return uuid(v, p);
      case Shape::instant:
        return instant(v, p);
      case Shape::date:
        return date(v, p);
      case Shape::json:
        return json(type, v, p);
      case Shape::enumeration:
        return enumeration(type, v, p);
      case Shape::personal:
        return string_into(v, type.set_string(p));
      case Shape::optional:
        return optional(type, v, p);
      case Shape::patch:
        return optional(type, v, p);
      case Shape::list:
        return list(type, v, p);
      case Shape::map:
        return map(type, v, p);
      case Shape::record:
        return record(type, v, p);
    }
  }

 private:
  void refuse(std::string_view code, std::string detail) {
    result_.kind = ReadResult::Kind::refused;
    if (result_.errors.size() < read_errors_max)
      result_.errors.push_back({path_, std::string(code), std::move(detail)});
  }
  void wrong_type(std::string_view wanted) { refuse("wrong-type", "Expected " + std::string(wanted) + "."); }

  void out_of_range(const TypeInfo& type) {
    refuse("out-of-range", "Expected a whole number from " + std::to_string(type.minimum) + " to " +
                               std::to_string(type.maximum) + ".");
  }

  void boolean(ondemand::value v, void* p) {
    bool b{};
    if (v.get_bool().get(b)) return wrong_type("true or false");
    detail::as<bool>(p) = b;
  }

  void integer(const TypeInfo& type, ondemand::value v, void* p) {
    std::int64_t n{};
    if (v.get_int64().get(n)) {
      std::uint64_t larger{};
      if (v.get_uint64().get(larger)) return wrong_type("a whole number");
      return out_of_range(type);
    }
    if (n < type.minimum || n > type.maximum) return out_of_range(type);
    type.set_integer(p, n);
  }

  void number(ondemand::value v, void* p) {
    double n{};
    if (v.get_double().get(n)) return wrong_type("a number");
    detail::as<double>(p) = n;
  }

  // From its digits: a double would not keep them.
  void decimal(const TypeInfo& type, ondemand::value v, void* p) {
    std::string_view raw;
    if (!raw_bytes(v, raw) || raw.empty() || (raw.front() != '-' && (raw.front() < '0' || raw.front() > '9'))) return wrong_type("a number");
    const auto number = Decimal::parse(raw.substr(0, raw.find_last_not_of(" \t\r\n") + 1));
    if (!number) return refuse("out-of-range", "Expected a number within ±9223372036 with at most 9 digits behind the point.");
    type.set_integer(p, number->nanos);
  }

  bool take_string(ondemand::value v, std::string_view& words, std::string_view wanted) {
    if (!v.get_string().get(words)) return true;
    wrong_type(wanted);
    return false;
  }

  void string_into(ondemand::value v, std::string* place) {
    std::string_view words;
    if (take_string(v, words, "a text")) place->assign(words);
  }

  void string(const TypeInfo& type, ondemand::value v, void* p) {
    std::string_view words;
    if (!take_string(v, words, "a text")) return;
    if (strict_ && type.rule) {
      if (const auto refusal = type.rule(words)) return refuse(refusal->code, std::string(refusal->detail));
    }
    type.set_string(p)->assign(words);
  }

  void uuid(ondemand::value v, void* p) {
    std::string_view words;
    if (!take_string(v, words, "a UUID")) return;
    const auto id = text::Uuid::parse(words);
    if (!id) return refuse("invalid-id", "Expected a UUID such as 0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b.");
    detail::as<text::Uuid>(p) = *id;
  }

  void instant(ondemand::value v, void* p) {
    std::string_view words;
    if (!take_string(v, words, "a time")) return;
    const auto time = text::parse_instant(words);
    if (!time) return refuse("invalid-time", "Expected an RFC 3339 time such as 2026-11-21T08:00:00Z.");
    detail::as<text::Instant>(p) = *time;
  }

  void date(ondemand::value v, void* p) {
    std::string_view words;
    if (!take_string(v, words, "a date")) return;
    const auto day = text::Date::parse(words);
    if (!day) return refuse("invalid-date", "Expected a date such as 2026-11-21.");
    detail::as<text::Date>(p) = *day;
  }

  static bool raw_bytes(ondemand::value v, std::string_view& raw) {
    ondemand::json_type kind;
    if (v.type().get(kind)) return false;
    if (kind == ondemand::json_type::object) {
      ondemand::object object;
      return !v.get_object().get(object) && !object.raw_json().get(raw);
    }
    if (kind == ondemand::json_type::array) {
      ondemand::array array;
      return !v.get_array().get(array) && !array.raw_json().get(raw);
    }
    raw = v.raw_json_token();
    return true;
  }

  void json(const TypeInfo& type, ondemand::value v, void* p) {
    std::string_view raw;
    if (!raw_bytes(v, raw)) return wrong_type("JSON");
    raw = raw.substr(0, raw.find_last_not_of(" \t\r\n") + 1);  // simdjson goes on to the next token
    if (strict_ && raw.size() > static_cast<std::size_t>(type.maximum))
      return refuse("too-long", "At most " + std::to_string(type.maximum) + " bytes of free JSON.");
    type.set_string(p)->assign(raw);
  }

  void enumeration(const TypeInfo& type, ondemand::value v, void* p) {
    std::string_view words;
    if (!take_string(v, words, "a word")) return;
    const auto found = std::find(type.words.begin(), type.words.end(), words);
    if (found != type.words.end()) return type.set_integer(p, found - type.words.begin());
    std::string list;
    for (const auto& word : type.words) list += (list.empty() ? "" : ", ") + std::string(word);
    refuse("unknown-value", "Expected one of: " + list + ".");
  }

  void optional(const TypeInfo& type, ondemand::value v, void* p) {
    bool null{};
    if (!v.is_null().get(null) && null) return type.reset_inner(p);
    read(*type.inner, v, type.emplace_inner(p));
  }

  void list(const TypeInfo& type, ondemand::value v, void* p) {
    ondemand::array array;
    if (v.get_array().get(array)) return wrong_type("a list");
    std::size_t i = 0;
    for (auto item : array) {
      ondemand::value child;
      if (item.get(child)) return wrong_type("a list");
      const auto depth = enter("/" + std::to_string(i++));
      read(*type.inner, child, type.add(p));
      path_.resize(depth);
    }
  }

  void map(const TypeInfo& type, ondemand::value v, void* p) {
    ondemand::object object;
    if (v.get_object().get(object)) return wrong_type("an object");
    for (auto field : object) {
      std::string_view key;
      if (field.unescaped_key().get(key)) return wrong_type("an object");
      const auto depth = enter(pointer_step(key));
      read(*type.inner, field.value(), type.entry(p, key));
      path_.resize(depth);
    }
  }

  void record(const TypeInfo& type, ondemand::value v, void* p) {
    ondemand::object object;
    if (v.get_object().get(object)) return wrong_type("an object");
    std::uint64_t seen = 0;
    for (auto field : object) {
      std::string_view key;
      if (field.unescaped_key().get(key)) return wrong_type("an object");
      const auto known =
          std::find_if(type.fields.begin(), type.fields.end(), [&](const auto& f) { return f.name == key; });
      const auto depth = enter(pointer_step(key));
      if (known == type.fields.end()) {
        if (strict_) refuse("unknown-field", "There is no such field.");
      } else {
        seen |= std::uint64_t{1} << (known - type.fields.begin());
        read(*known->type, field.value(), static_cast<char*>(p) + known->offset);
      }
      path_.resize(depth);
    }
    missing_fields(type, seen);
  }

  void missing_fields(const TypeInfo& type, std::uint64_t seen) {
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
      if (seen >> i & 1 || may_be_absent(*type.fields[i].type)) continue;
      const auto depth = enter(pointer_step(type.fields[i].name));
      refuse("required", "This field is required.");
      path_.resize(depth);
    }
  }

  std::size_t enter(const std::string& step) {
    const auto depth = path_.size();
    path_ += step;
    return depth;
  }

  bool strict_;
  ReadResult& result_;
  std::string path_;
};

}  // namespace

std::string ReadResult::text() const {
  std::string out;
  for (const auto& error : errors) {
    if (!out.empty()) out += "; ";
    out += error.pointer + " " + error.code + ": " + error.detail;
  }
  return out;
}

ReadResult read_json(const TypeInfo& type, std::string_view json, void* value, Reading reading) {
  const simdjson::padded_string padded(json);
  if (reading == Reading::strict) {
    if (auto checked = detail::check_document(padded); !checked) return checked;
  }
  thread_local ondemand::parser parser;
  ondemand::document document;
  if (const auto error = parser.iterate(padded).get(document)) return detail::parse_failure(error);
  ondemand::value root;
  if (document.get_value().get(root))
    return detail::failed(ReadResult::Kind::refused, "", "wrong-type", "Expected an object.");
  ReadResult result;
  Reader(reading, result).read(type, root, value);
  return result;
}

}  // namespace daybook::events
