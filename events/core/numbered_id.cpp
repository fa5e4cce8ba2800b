#include "events/core/numbered_id.hpp"

#include <algorithm>
#include <string_view>

namespace daybook::events {
namespace {

constexpr std::size_t number_bytes = 6;
constexpr std::string_view mark = "daybook";

}  // namespace

text::Uuid numbered_id(NumberedTable table, std::int64_t number) {
  text::Uuid id{};
  auto rest = static_cast<std::uint64_t>(number);
  for (auto i = number_bytes; i-- > 0; rest >>= 8) id.bytes[i] = static_cast<std::uint8_t>(rest & 0xFF);
  const auto code = static_cast<std::uint16_t>(table);
  id.bytes[6] = static_cast<std::uint8_t>(0x80 | (code >> 8));
  id.bytes[7] = static_cast<std::uint8_t>(code & 0xFF);
  id.bytes[8] = 0x80;
  std::copy(mark.begin(), mark.end(), id.bytes.begin() + 9);
  return id;
}

std::optional<std::int64_t> number_in(NumberedTable table, const text::Uuid& id) {
  const auto kind = numbered_id(table, 0);
  if (!std::equal(id.bytes.begin() + number_bytes, id.bytes.end(), kind.bytes.begin() + number_bytes)) return std::nullopt;
  std::int64_t number = 0;
  for (std::size_t i = 0; i < number_bytes; ++i) number = number << 8 | id.bytes[i];
  if (number > numbered_id_max) return std::nullopt;
  return number;
}

}  // namespace daybook::events
