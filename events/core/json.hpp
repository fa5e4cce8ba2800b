#pragma once
// JSON of described types. Writing is canonical: fields in declared order, unset optionals absent, no white
// space, times as RFC 3339 with six digits and Z, ids in lower case. Reading is strict for what strangers
// send and lenient for what our own log holds.
#include <string>
#include <string_view>
#include <vector>

#include "events/core/type_info.hpp"

namespace daybook::events {

inline constexpr std::size_t json_depth_max = 32;   // levels of nesting
inline constexpr std::size_t read_errors_max = 32;  // named in one answer

enum class Reading {
  strict,   // commands: unknown and repeated fields, trailing bytes, out-of-rule texts are refused
  lenient,  // events and rows: unknown fields are passed over, texts are taken as they are
};

struct FieldError {
  std::string pointer;  // RFC 6901, "" is the whole document
  std::string code;     // kebab-case, stable
  std::string detail;
  bool operator==(const FieldError&) const = default;
};

struct ReadResult {
  enum class Kind {
    ok,
    malformed,  // not JSON, a repeated key, trailing bytes, too deep: answered with 400
    refused,    // JSON, but not what is asked for: answered with 422
  };
  Kind kind = Kind::ok;
  std::vector<FieldError> errors;

  explicit operator bool() const { return kind == Kind::ok; }
  std::string text() const;  // all errors in one line, for logs
};

// Erased forms; the templates below are what callers use.
void write_json(const TypeInfo& type, const void* value, std::string& out);
[[nodiscard]] ReadResult read_json(const TypeInfo& type, std::string_view json, void* value, Reading reading);
// JSON Schema (draft 2020-12). With `nullable_optionals`, every field is required and an unset one is null, but in structures
// inside: the form of replies. Unknown fields are refused or allowed as `reading` does.
std::string json_schema(const TypeInfo& type, bool nullable_optionals, Reading reading = Reading::strict);
// Whether a field of it, however deep, is Personal.
bool holds_personal(const TypeInfo& type);
void write_json_string(std::string_view text, std::string& out);

// Checks that `json` is one well-formed value within the depth limit, without repeated keys and without text
// that PostgreSQL's jsonb could not hold (U+0000, lone surrogates, numbers outside double's range).
[[nodiscard]] ReadResult check_json(std::string_view json);

template <class T>
std::string to_json(const T& value) {
  std::string out;
  write_json(type_info<T>(), &value, out);
  return out;
}

template <class T>
[[nodiscard]] ReadResult from_json(std::string_view json, T& value, Reading reading) {
  return read_json(type_info<T>(), json, &value, reading);
}

// With every unset optional written as null: the form of API replies, in which each field is always present.
void write_json_with_nulls(const TypeInfo& type, const void* value, std::string& out);

template <class T>
std::string to_json_with_nulls(const T& value) {
  std::string out;
  write_json_with_nulls(type_info<T>(), &value, out);
  return out;
}

// With `{"bytes":1200}` in place of each long text: the form in which the activity tells what happened.
void write_json_in_brief(const TypeInfo& type, const void* value, std::string& out);

template <class T>
std::string to_json_in_brief(const T& value) {
  std::string out;
  write_json_in_brief(type_info<T>(), &value, out);
  return out;
}

}  // namespace daybook::events
