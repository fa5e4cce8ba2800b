#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::pg {

/// The parameters $1, $2, … of one statement, added in order. Values are copied. The server infers the types
/// from the statement; text goes to any type that has an input form (uuid, jsonb, timestamptz, enum, …).
class Params {
 public:
  Params& null();
  Params& text(std::string_view value);
  Params& int64(std::int64_t value);
  Params& real(double value);
  Params& boolean(bool value);
  /// Bytes travel in binary, without hex.
  Params& bytea(std::string_view bytes);
  Params& bytea(std::span<const std::uint8_t> bytes);
  Params& bytea(std::span<const std::byte> bytes);

  /// An empty optional is NULL.
  template <class T>
  Params& text(const std::optional<T>& value) {
    return value ? text(std::string_view(*value)) : null();
  }
  template <class T>
  Params& int64(const std::optional<T>& value) {
    return value ? int64(*value) : null();
  }
  template <class T>
  Params& real(const std::optional<T>& value) {
    return value ? real(*value) : null();
  }
  template <class T>
  Params& boolean(const std::optional<T>& value) {
    return value ? boolean(*value) : null();
  }
  template <class T>
  Params& bytea(const std::optional<T>& value) {
    return value ? bytea(*value) : null();
  }

  /// Arrays of one dimension. Text arrays fit any element type with an input form (`$1::uuid[]`).
  Params& text_array(std::span<const std::string> values);
  Params& text_array(std::span<const std::string_view> values);
  Params& text_array(std::span<const std::optional<std::string>> values);
  Params& bytea_array(std::span<const std::string> values);
  Params& bytea_array(std::span<const std::string_view> values);
  Params& bytea_array(std::span<const std::optional<std::string>> values);
  Params& int64_array(std::span<const std::int64_t> values);
  Params& int64_array(std::span<const std::optional<std::int64_t>> values);
  Params& boolean_array(const std::vector<bool>& values);

  [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }

  enum class Format { text = 0, binary = 1 };
  struct Value {
    std::optional<std::string> bytes;
    Format format = Format::text;
  };
  [[nodiscard]] std::span<const Value> values() const noexcept { return values_; }

 private:
  std::vector<Value> values_;
};

}  // namespace daybook::pg
