#include "projector/read_models/made_id.hpp"

#include <algorithm>

#include "platform/crypto/hash.hpp"

namespace daybook::projector {

events::EntityId made_id(std::string_view words) {
  const auto digest = crypto::sha256(words);
  events::EntityId id{};
  std::copy_n(digest.begin(), id.value.bytes.size(), id.value.bytes.begin());
  id.value.bytes[6] = static_cast<std::uint8_t>((id.value.bytes[6] & 0x0f) | 0x80);
  id.value.bytes[8] = static_cast<std::uint8_t>((id.value.bytes[8] & 0x3f) | 0x80);
  return id;
}

}  // namespace daybook::projector
