#include "platform/postgres/params.hpp"

#include <array>
#include <charconv>

namespace daybook::pg {
namespace {

template <class Number>
std::string to_text(Number value) {
  std::array<char, 32> buffer;
  const auto [end, problem] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return std::string(buffer.data(), end);
}

std::optional<std::string_view> view(const std::string& value) { return value; }
std::optional<std::string_view> view(std::string_view value) { return value; }
std::optional<std::string_view> view(const std::optional<std::string>& value) {
  if (!value) return std::nullopt;
  return std::string_view(*value);
}

void append_quoted(std::string& out, std::string_view element) {
  out.push_back('"');
  for (const char c : element) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  out.push_back('"');
}

/// The array literal of the manual, 8.15.2: every element quoted, so that no element reads as NULL.
template <class Element>
std::string text_literal(std::span<const Element> values) {
  std::string out = "{";
  for (const Element& value : values) {
    if (out.size() > 1) out.push_back(',');
    if (const auto element = view(value)) {
      append_quoted(out, *element);
    } else {
      out += "NULL";
    }
  }
  return out + "}";
}

void append_int32(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift & 0xff));
}

/// The binary form of bytea[] (the server's array_recv): dimensions, has-nulls flag, element type, then
/// length and lower bound of the one dimension, then each element behind its length. Half the bytes of the
/// hex form.
template <class Element>
std::string bytea_binary(std::span<const Element> values) {
  constexpr std::uint32_t bytea_type = 17;
  constexpr std::uint32_t null_length = 0xffffffff;
  std::string elements;
  bool has_nulls = false;
  for (const Element& value : values) {
    const auto element = view(value);
    has_nulls |= !element;
    append_int32(elements, element ? static_cast<std::uint32_t>(element->size()) : null_length);
    if (element) elements += *element;
  }
  std::string out;
  append_int32(out, values.empty() ? 0 : 1);
  append_int32(out, has_nulls ? 1 : 0);
  append_int32(out, bytea_type);
  if (values.empty()) return out;
  append_int32(out, static_cast<std::uint32_t>(values.size()));
  append_int32(out, 1);
  return out + elements;
}

std::string int64_literal(auto values) {
  std::string out = "{";
  for (const std::optional<std::int64_t> value : values) {
    if (out.size() > 1) out.push_back(',');
    out += value ? to_text(*value) : "NULL";
  }
  return out + "}";
}

template <class Byte>
std::string copy_bytes(std::span<const Byte> bytes) {
  return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

}  // namespace

Params& Params::null() {
  values_.push_back({});
  return *this;
}

Params& Params::text(std::string_view value) {
  values_.push_back({std::string(value)});
  return *this;
}

Params& Params::int64(std::int64_t value) {
  values_.push_back({to_text(value)});
  return *this;
}

Params& Params::real(double value) {
  values_.push_back({to_text(value)});
  return *this;
}

Params& Params::boolean(bool value) { return text(value ? "t" : "f"); }

Params& Params::bytea(std::string_view bytes) {
  values_.push_back({std::string(bytes), Format::binary});
  return *this;
}

Params& Params::bytea(std::span<const std::uint8_t> bytes) {
  values_.push_back({copy_bytes(bytes), Format::binary});
  return *this;
}

Params& Params::bytea(std::span<const std::byte> bytes) {
  values_.push_back({copy_bytes(bytes), Format::binary});
  return *this;
}

Params& Params::text_array(std::span<const std::string> values) {
  values_.push_back({text_literal(values)});
  return *this;
}

Params& Params::text_array(std::span<const std::string_view> values) {
  values_.push_back({text_literal(values)});
  return *this;
}

Params& Params::text_array(std::span<const std::optional<std::string>> values) {
  values_.push_back({text_literal(values)});
  return *this;
}

Params& Params::bytea_array(std::span<const std::string> values) {
  values_.push_back({bytea_binary(values), Format::binary});
  return *this;
}

Params& Params::bytea_array(std::span<const std::string_view> values) {
  values_.push_back({bytea_binary(values), Format::binary});
  return *this;
}

Params& Params::bytea_array(std::span<const std::optional<std::string>> values) {
  values_.push_back({bytea_binary(values), Format::binary});
  return *this;
}

Params& Params::int64_array(std::span<const std::int64_t> values) {
  values_.push_back({int64_literal(values)});
  return *this;
}

Params& Params::int64_array(std::span<const std::optional<std::int64_t>> values) {
  values_.push_back({int64_literal(values)});
  return *this;
}

Params& Params::boolean_array(const std::vector<bool>& values) {
  std::string out = "{";
  for (const bool value : values) {
    if (out.size() > 1) out.push_back(',');
    out.push_back(value ? 't' : 'f');
  }
  values_.push_back({out + "}"});
  return *this;
}

}  // namespace daybook::pg
