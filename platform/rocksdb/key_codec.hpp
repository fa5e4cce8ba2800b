#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace daybook::rocks {

/// Builds a key of several parts whose byte order equals the order of the parts, first part first:
///   u64   8 bytes, big endian
///   i64   8 bytes, big endian, sign bit flipped
///   text  its bytes, 00 as 00 FF, ended by 00 01: "a" < "ab", and a shorter text is no prefix of a longer
///   one uuid  16 bytes as they are byte  1 byte, for table and index tags
/// A descending part is the same bytes with every bit flipped.
class KeyWriter {
 public:
  using Uuid = std::array<std::uint8_t, 16>;

  KeyWriter& byte(std::uint8_t value);
  KeyWriter& u64(std::uint64_t value);
  KeyWriter& i64(std::int64_t value);
  KeyWriter& text(std::string_view value);
  KeyWriter& uuid(const Uuid& value);
  KeyWriter& u64_descending(std::uint64_t value);
  KeyWriter& i64_descending(std::int64_t value);
  KeyWriter& text_descending(std::string_view value);
  /// Bytes as they are; only for an already encoded part or as the last part.
  KeyWriter& raw(std::string_view bytes);

  [[nodiscard]] const std::string& key() const& noexcept { return key_; }
  [[nodiscard]] std::string key() && noexcept { return std::move(key_); }

 private:
  std::string key_;
};

/// Reads the parts back in the order they were written. Each reader returns nullopt, and reads nothing, when
/// the bytes are not of that form.
class KeyReader {
 public:
  explicit KeyReader(std::string_view key) noexcept : rest_(key) {}

  [[nodiscard]] std::optional<std::uint8_t> byte();
  [[nodiscard]] std::optional<std::uint64_t> u64();
  [[nodiscard]] std::optional<std::int64_t> i64();
  [[nodiscard]] std::optional<std::string> text();
  [[nodiscard]] std::optional<KeyWriter::Uuid> uuid();
  [[nodiscard]] std::optional<std::uint64_t> u64_descending();
  [[nodiscard]] std::optional<std::int64_t> i64_descending();
  [[nodiscard]] std::optional<std::string> text_descending();

  /// What has not been read yet.
  [[nodiscard]] std::string_view rest() const noexcept { return rest_; }

 private:
  std::optional<std::string> read_text(std::uint8_t flip);

  std::string_view rest_;
};

/// The smallest key after every key with this prefix; nullopt when there is none (empty or all FF).
[[nodiscard]] std::optional<std::string> prefix_successor(std::string_view prefix);

}  // namespace daybook::rocks
