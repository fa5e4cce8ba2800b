#include "platform/text/ip_network.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "platform/text/number.hpp"

namespace daybook::text {
namespace {

constexpr int bits_of_v4 = 32, bits_of_v6 = 128;
constexpr IpNetwork mapped{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, bits_of_v6 - bits_of_v4};

}  // namespace

std::optional<IpAddress> read_ip_address(std::string_view text) {
  const std::string word(text);
  if (word.size() != std::strlen(word.c_str())) return std::nullopt;
  IpAddress address{};
  if (inet_pton(AF_INET6, word.c_str(), address.data()) == 1) return address;
  in_addr v4{};
  if (inet_pton(AF_INET, word.c_str(), &v4) != 1) return std::nullopt;
  address = mapped.address;
  std::memcpy(address.data() + mapped.bits / 8, &v4, sizeof v4);
  return address;
}

bool is_ip_v4(const IpAddress& address) { return mapped.contains(address); }

bool IpNetwork::contains(const IpAddress& other) const {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(address.begin(), address.begin() + whole, other.begin())) return false;
  const auto rest = bits % 8;
  return rest == 0 || ((address[whole] ^ other[whole]) >> (8 - rest)) == 0;
}

std::optional<IpNetwork> read_ip_network(std::string_view text) {
  const auto slash = text.find('/');
  const auto written = text.substr(0, slash);
  const auto address = read_ip_address(written);
  if (!address) return std::nullopt;
  if (slash == text.npos) return IpNetwork{*address, bits_of_v6};
  const bool v4 = written.find(':') == written.npos;
  const int bits = read_number<int>(text.substr(slash + 1)).value_or(-1);
  if (bits < 0 || bits > (v4 ? bits_of_v4 : bits_of_v6)) return std::nullopt;
  return IpNetwork{*address, v4 ? bits + mapped.bits : bits};
}

}  // namespace daybook::text
