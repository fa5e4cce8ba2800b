#include "platform/crypto/named_uuid.hpp"

#include <algorithm>

#include "platform/crypto/hash.hpp"

namespace daybook::crypto {

text::Uuid named_uuid(std::initializer_list<std::string_view> parts) {
  const auto hash = sha256(parts);
  text::Uuid id{};
  std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0F) | 0x80);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3F) | 0x80);
  return id;
}

}  // namespace daybook::crypto
