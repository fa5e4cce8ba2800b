#include "compose/daybook/import/ids.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

#include "platform/text/bytes.hpp"

namespace daybook::importer {

text::Uuid uuid_v5(const text::Uuid& space, std::string_view name) {
  const auto message = std::string(text::view_of(space.bytes)) + std::string(name);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(message.data(), message.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1)
    throw std::runtime_error("OpenSSL cannot compute SHA-1");
  text::Uuid id;
  std::copy_n(digest.begin(), id.bytes.size(), id.bytes.begin());
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0F) | 0x50);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3F) | 0x80);
  return id;
}

text::Uuid issue_id(const text::Uuid& workspace, std::string_view record) {
  return uuid_v5(workspace, "beads/issue/" + std::string(record));
}

text::Uuid label_id(const text::Uuid& workspace, std::string_view folded_name) {
  return uuid_v5(workspace, "beads/label/" + std::string(folded_name));
}

}  // namespace daybook::importer
