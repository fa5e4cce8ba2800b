#pragma once
// What the codec knows of a type: a table of fields with their offsets and a few function pointers. One interpreter
// (json_read.cpp, json_write.cpp, json_schema.cpp) walks these tables for every type, so that a further event costs a
// table and not another instantiation of a parser.
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <vector>

#include "events/core/decimal.hpp"
#include "events/core/id.hpp"
#include "events/core/values.hpp"
#include "platform/text/instant.hpp"

namespace daybook::events {

inline constexpr std::size_t free_json_bytes_max = 65536;  // of one free JSON field, unless its type says otherwise

enum class Shape : std::uint8_t {
  boolean, integer, number, string, uuid, instant, date, json, enumeration, personal, optional, patch, list, map, record,
  decimal
};

struct TypeInfo;

struct FieldInfo {
  std::string_view name;
  std::size_t offset{};
  const TypeInfo* type{};
};

struct TypeInfo {
  Shape shape{};
  std::int64_t minimum = std::numeric_limits<std::int64_t>::min();  // integer
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();  // integer; bytes of free JSON and of text
  TextRule rule{};                       // string: nullptr takes any text
  std::size_t code_points_min{};         // string: this and the next three are for the schema, `rule` decides
  std::size_t code_points_max{};         // 0 is unlimited
  std::string_view pattern;              // ECMA 262
  std::string_view format;               // of JSON Schema
  bool is_long = false;                  // string: a LongText
  std::vector<std::string_view> words;   // enumeration, by index
  std::vector<FieldInfo> fields;         // record
  const std::type_info* cpp_type{};      // record: for its name in contracts
  const TypeInfo* inner{};               // optional, patch, list, map

  std::int64_t (*get_integer)(const void*){};            // integer, index of an enumeration, nano-units of a decimal
  void (*set_integer)(void*, std::int64_t){};
  const std::string* (*get_string)(const void*){};       // string and json
  std::string* (*set_string)(void*){};
  const void* (*get_inner)(const void*){};               // optional, patch: nullptr when unset
  void* (*emplace_inner)(void*){};                       // optional, patch: sets it and returns the place
  void (*reset_inner)(void*){};                          // optional: unset; patch: sent as null
  bool (*was_sent)(const void*){};                       // patch
  std::size_t (*size)(const void*){};                    // list
  const void* (*at)(const void*, std::size_t){};         // list
  void* (*add)(void*){};                                 // list
  void (*each_entry)(const void*, void*, void (*)(void*, std::string_view, const void*)){};  // map
  void* (*entry)(void*, std::string_view){};             // map
};

// Set where the field may be missing: it is then left unset.
inline bool may_be_absent(const TypeInfo& type) {
  return type.shape == Shape::optional || type.shape == Shape::patch || type.shape == Shape::personal;
}

namespace detail {
namespace describe = boost::describe;

template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;
template <class T> inline constexpr bool is_patch = false;
template <class T> inline constexpr bool is_patch<Patch<T>> = true;
template <class T> inline constexpr bool is_vector = false;
template <class T> inline constexpr bool is_vector<std::vector<T>> = true;
template <class T> inline constexpr bool is_map = false;
template <class T> inline constexpr bool is_map<std::map<std::string, T>> = true;
template <class T> inline constexpr bool has_no_table = false;

template <class T> concept Identifier = std::is_base_of_v<Id<T>, T>;
template <class T> concept Numeral = std::is_base_of_v<Number<T>, T>;
template <class T> concept RuledText = std::is_base_of_v<Text<T>, T>;
template <class T> concept Enumeration = describe::has_describe_enumerators<T>::value;
template <class T> concept Record = describe::has_describe_members<T>::value && !std::is_union_v<T>;

template <class T> T& as(void* p) { return *static_cast<T*>(p); }
template <class T> const T& as(const void* p) { return *static_cast<const T*>(p); }

template <class T> TypeInfo make_type_info();
}  // namespace detail

// The one table of a type, made at first use.
template <class T>
const TypeInfo& type_info() {
  static const TypeInfo info = detail::make_type_info<T>();
  return info;
}

namespace detail {

template <class T>
TypeInfo make_integer() {
  TypeInfo info{};
  info.shape = Shape::integer;
  if constexpr (std::is_integral_v<T>) {
    info.minimum = std::is_signed_v<T> ? static_cast<std::int64_t>(std::numeric_limits<T>::min()) : 0;
    if constexpr (sizeof(T) < 8) info.maximum = static_cast<std::int64_t>(std::numeric_limits<T>::max());
    info.get_integer = [](const void* p) { return static_cast<std::int64_t>(as<T>(p)); };
    info.set_integer = [](void* p, std::int64_t n) { as<T>(p) = static_cast<T>(n); };
  } else {
    info.get_integer = [](const void* p) { return as<T>(p).value; };
    info.set_integer = [](void* p, std::int64_t n) { as<T>(p).value = n; };
  }
  return info;
}

// A word that C++ keeps for itself stands with an underscore behind it, which is not part of it: private_.
constexpr std::string_view word_in(std::string_view enumerator) {
  if (enumerator.ends_with('_')) enumerator.remove_suffix(1);
  return enumerator;
}

template <class T>
TypeInfo make_enumeration() {
  TypeInfo info{};
  info.shape = Shape::enumeration;
  boost::mp11::mp_for_each<describe::describe_enumerators<T>>([&](auto e) { info.words.push_back(word_in(e.name)); });
  info.get_integer = [](const void* p) { return static_cast<std::int64_t>(as<T>(p)); };
  info.set_integer = [](void* p, std::int64_t n) { as<T>(p) = static_cast<T>(n); };
  return info;
}

template <class T>
TypeInfo make_text() {
  TypeInfo info{};
  info.shape = Shape::string;
  info.rule = [](std::string_view words) { return T::rule(words); };
  if constexpr (requires { T::code_points_min; }) info.code_points_min = T::code_points_min;
  if constexpr (requires { T::code_points_max; }) info.code_points_max = T::code_points_max;
  if constexpr (requires { T::bytes_max; }) info.maximum = static_cast<std::int64_t>(T::bytes_max);
  if constexpr (requires { T::pattern; }) info.pattern = T::pattern;
  if constexpr (requires { T::format; }) info.format = T::format;
  info.get_string = [](const void* p) { return &as<T>(p).text; };
  info.set_string = [](void* p) { return &as<T>(p).text; };
  return info;
}

template <class T>
TypeInfo make_optional() {
  using V = typename T::value_type;
  TypeInfo info{};
  info.shape = Shape::optional;
  info.inner = &type_info<V>();
  info.get_inner = [](const void* p) -> const void* { return as<T>(p) ? &*as<T>(p) : nullptr; };
  info.emplace_inner = [](void* p) -> void* { return &as<T>(p).emplace(); };
  info.reset_inner = [](void* p) { as<T>(p).reset(); };
  return info;
}

template <class V>
TypeInfo make_patch() {
  using T = Patch<V>;
  TypeInfo info{};
  info.shape = Shape::patch;
  info.inner = &type_info<V>();
  info.get_inner = [](const void* p) -> const void* { return as<T>(p).value ? &*as<T>(p).value : nullptr; };
  info.emplace_inner = [](void* p) -> void* {
    as<T>(p).sent = true;
    return &as<T>(p).value.emplace();
  };
  info.reset_inner = [](void* p) { as<T>(p) = T::cleared(); };
  info.was_sent = [](const void* p) { return as<T>(p).sent; };
  return info;
}

template <class T>
TypeInfo make_list() {
  TypeInfo info{};
  info.shape = Shape::list;
  info.inner = &type_info<typename T::value_type>();
  info.size = [](const void* p) { return as<T>(p).size(); };
  info.at = [](const void* p, std::size_t i) -> const void* { return &as<T>(p)[i]; };
  info.add = [](void* p) -> void* { return &as<T>(p).emplace_back(); };
  return info;
}

template <class T>
TypeInfo make_map() {
  TypeInfo info{};
  info.shape = Shape::map;
  info.inner = &type_info<typename T::mapped_type>();
  info.size = [](const void* p) { return as<T>(p).size(); };
  info.each_entry = [](const void* p, void* context, void (*visit)(void*, std::string_view, const void*)) {
    for (const auto& [key, value] : as<T>(p)) visit(context, key, &value);
  };
  info.entry = [](void* p, std::string_view key) -> void* { return &as<T>(p)[std::string(key)]; };
  return info;
}

template <class T>
TypeInfo make_record() {
  TypeInfo info{};
  info.shape = Shape::record;
  info.cpp_type = &typeid(T);
  using Members = describe::describe_members<T, describe::mod_any_access | describe::mod_inherited>;
  static_assert(boost::mp11::mp_size<Members>::value <= 64, "the reader remembers the fields it saw in 64 bits");
  const T sample{};
  boost::mp11::mp_for_each<Members>([&](auto member) {
    using M = std::remove_cvref_t<decltype(sample.*member.pointer)>;
    const auto* base = reinterpret_cast<const char*>(&sample);
    const auto* place = reinterpret_cast<const char*>(&(sample.*member.pointer));
    info.fields.push_back({member.name, static_cast<std::size_t>(place - base), &type_info<M>()});
  });
  return info;
}

template <class T>
TypeInfo make_simple(Shape shape) {
  TypeInfo info{};
  info.shape = shape;
  if constexpr (std::is_same_v<T, std::string>) {
    info.get_string = [](const void* p) { return &as<std::string>(p); };
    info.set_string = [](void* p) { return &as<std::string>(p); };
  } else if constexpr (std::is_base_of_v<Json, T> || std::is_same_v<T, Personal>) {
    if constexpr (requires { T::bytes_max; }) info.maximum = static_cast<std::int64_t>(T::bytes_max);
    else if constexpr (std::is_same_v<T, Json>) info.maximum = static_cast<std::int64_t>(free_json_bytes_max);
    info.get_string = [](const void* p) { return &as<T>(p).text; };
    info.set_string = [](void* p) { return &as<T>(p).text; };
  }
  return info;
}

inline TypeInfo make_decimal() {
  TypeInfo info{};
  info.shape = Shape::decimal;
  info.get_integer = [](const void* p) { return as<Decimal>(p).nanos; };
  info.set_integer = [](void* p, std::int64_t n) { as<Decimal>(p).nanos = n; };
  return info;
}

inline TypeInfo make_long_text() {
  TypeInfo info{};
  info.shape = Shape::string;
  info.is_long = true;
  info.get_string = [](const void* p) { return &as<LongText>(p).text; };
  info.set_string = [](void* p) { return &as<LongText>(p).text; };
  return info;
}

template <class T>
TypeInfo make_type_info() {
  if constexpr (std::is_same_v<T, bool>) return make_simple<T>(Shape::boolean);
  else if constexpr (std::is_same_v<T, double>) return make_simple<T>(Shape::number);
  else if constexpr (std::is_same_v<T, Decimal>) return make_decimal();
  else if constexpr (std::is_same_v<T, std::string>) return make_simple<T>(Shape::string);
  else if constexpr (std::is_same_v<T, LongText>) return make_long_text();
  else if constexpr (std::is_same_v<T, text::Instant>) return make_simple<T>(Shape::instant);
  else if constexpr (std::is_same_v<T, text::Date>) return make_simple<T>(Shape::date);
  else if constexpr (std::is_same_v<T, text::Uuid> || Identifier<T>) return make_simple<T>(Shape::uuid);
  else if constexpr (std::is_base_of_v<Json, T>) return make_simple<T>(Shape::json);
  else if constexpr (std::is_same_v<T, Personal>) return make_simple<T>(Shape::personal);
  else if constexpr (std::is_integral_v<T> || Numeral<T>) return make_integer<T>();
  else if constexpr (RuledText<T>) return make_text<T>();
  else if constexpr (Enumeration<T>) return make_enumeration<T>();
  else if constexpr (is_optional<T>) return make_optional<T>();
  else if constexpr (is_patch<T>) return make_patch<typename decltype(T::value)::value_type>();
  else if constexpr (is_vector<T>) return make_list<T>();
  else if constexpr (is_map<T>) return make_map<T>();
  else if constexpr (Record<T>) return make_record<T>();
  else static_assert(has_no_table<T>, "describe this type: the codec has no table for it");
}

}  // namespace detail
}  // namespace daybook::events
