#include "platform/rocksdb/key_codec.hpp"

#include <algorithm>

namespace daybook::rocks {
namespace {

constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;
constexpr std::uint8_t all_bits = 0xff;
constexpr std::uint8_t escape = 0x00;
constexpr std::uint8_t escaped_zero = 0xff;
constexpr std::uint8_t terminator = 0x01;

void append_text(std::string& key, std::string_view value, std::uint8_t flip) {
  const auto add = [&](std::uint8_t byte) { key.push_back(static_cast<char>(byte ^ flip)); };
  for (const char c : value) {
    add(static_cast<std::uint8_t>(c));
    if (static_cast<std::uint8_t>(c) == escape) add(escaped_zero);
  }
  add(escape);
  add(terminator);
}

}  // namespace

KeyWriter& KeyWriter::byte(std::uint8_t value) {
  key_.push_back(static_cast<char>(value));
  return *this;
}

KeyWriter& KeyWriter::u64(std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) key_.push_back(static_cast<char>(value >> shift & 0xff));
  return *this;
}

KeyWriter& KeyWriter::i64(std::int64_t value) { return u64(static_cast<std::uint64_t>(value) ^ sign_bit); }

KeyWriter& KeyWriter::u64_descending(std::uint64_t value) { return u64(~value); }

KeyWriter& KeyWriter::i64_descending(std::int64_t value) {
  return u64(~(static_cast<std::uint64_t>(value) ^ sign_bit));
}

KeyWriter& KeyWriter::text(std::string_view value) {
  append_text(key_, value, 0);
  return *this;
}

KeyWriter& KeyWriter::text_descending(std::string_view value) {
  append_text(key_, value, all_bits);
  return *this;
}

KeyWriter& KeyWriter::uuid(const Uuid& value) {
  key_.append(reinterpret_cast<const char*>(value.data()), value.size());
  return *this;
}

KeyWriter& KeyWriter::raw(std::string_view bytes) {
  key_ += bytes;
  return *this;
}

std::optional<std::uint8_t> KeyReader::byte() {
  if (rest_.empty()) return std::nullopt;
  const auto value = static_cast<std::uint8_t>(rest_.front());
  rest_.remove_prefix(1);
  return value;
}

std::optional<std::uint64_t> KeyReader::u64() {
  if (rest_.size() < 8) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : rest_.substr(0, 8)) value = value << 8 | static_cast<std::uint8_t>(c);
  rest_.remove_prefix(8);
  return value;
}

std::optional<std::int64_t> KeyReader::i64() {
  const auto value = u64();
  if (!value) return std::nullopt;
  return static_cast<std::int64_t>(*value ^ sign_bit);
}

std::optional<std::uint64_t> KeyReader::u64_descending() {
  const auto value = u64();
  if (!value) return std::nullopt;
  return ~*value;
}

std::optional<std::int64_t> KeyReader::i64_descending() {
  const auto value = u64();
  if (!value) return std::nullopt;
  return static_cast<std::int64_t>(~*value ^ sign_bit);
}

std::optional<std::string> KeyReader::text() { return read_text(0); }

std::optional<std::string> KeyReader::text_descending() { return read_text(all_bits); }

std::optional<std::string> KeyReader::read_text(std::uint8_t flip) {
  std::string value;
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(rest_[i]) ^ flip; };
  for (std::size_t i = 0; i < rest_.size(); ++i) {
    if (at(i) != escape) {
      value.push_back(static_cast<char>(at(i)));
      continue;
    }
    if (++i == rest_.size()) return std::nullopt;
    if (at(i) == terminator) {
      rest_.remove_prefix(i + 1);
      return value;
    }
    if (at(i) != escaped_zero) return std::nullopt;
    value.push_back('\0');
  }
  return std::nullopt;
}

std::optional<KeyWriter::Uuid> KeyReader::uuid() {
  KeyWriter::Uuid value;
  if (rest_.size() < value.size()) return std::nullopt;
  std::copy_n(rest_.begin(), value.size(), reinterpret_cast<char*>(value.data()));
  rest_.remove_prefix(value.size());
  return value;
}

std::optional<std::string> prefix_successor(std::string_view prefix) {
  const auto last = prefix.find_last_not_of('\xff');
  if (last == std::string_view::npos) return std::nullopt;
  std::string successor(prefix.substr(0, last + 1));
  successor.back() = static_cast<char>(static_cast<std::uint8_t>(successor.back()) + 1);
  return successor;
}

}  // namespace daybook::rocks
