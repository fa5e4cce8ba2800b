#include <algorithm>
#include <array>

#include "platform/outbound/outbound.hpp"

namespace daybook::outbound {
namespace {

using text::IpNetwork;

constexpr IpNetwork v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, int bits) {
  return {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, 0}, 96 + bits};
}

constexpr IpNetwork v6(std::uint16_t first, std::uint16_t second, int bits) {
  const auto high = [](std::uint16_t word) { return static_cast<std::uint8_t>(word >> 8); };
  const auto low = [](std::uint16_t word) { return static_cast<std::uint8_t>(word & 0xff); };
  return {{high(first), low(first), high(second), low(second)}, bits};
}

constexpr std::array special_v4{
    v4(0, 0, 0, 8),        // this network
    v4(10, 0, 0, 8),       // private
    v4(100, 64, 0, 10),    // shared, behind a carrier's NAT
    v4(127, 0, 0, 8),      // loopback
    v4(169, 254, 0, 16),   // link-local; clouds tell machines their credentials here
    v4(172, 16, 0, 12),    // private
    v4(192, 0, 0, 24),     // protocols
    v4(192, 0, 2, 24),     // documentation
    v4(192, 88, 99, 24),   // relays of 6to4
    v4(192, 168, 0, 16),   // private
    v4(198, 18, 0, 15),    // benchmarks
    v4(198, 51, 100, 24),  // documentation
    v4(203, 0, 113, 24),   // documentation
    v4(224, 0, 0, 4),      // multicast
    v4(240, 0, 0, 4),      // reserved, and broadcast
};

// Of version 6 only this much was ever given out to be reached from anywhere: loopback, link-local, private and multicast
// addresses, and those of NAT64, are all outside.
constexpr IpNetwork global_v6 = v6(0x2000, 0, 3);
constexpr std::array special_v6{
    v6(0x2001, 0, 23),       // protocols, Teredo among them
    v6(0x2001, 0x0db8, 32),  // documentation
    v6(0x2002, 0, 16),       // 6to4
    v6(0x3fff, 0, 20),       // documentation
};

template <class Networks>
bool is_in_any(const Networks& networks, const text::IpAddress& address) {
  return std::any_of(networks.begin(), networks.end(), [&](const IpNetwork& network) { return network.contains(address); });
}

}  // namespace

bool is_public(const text::IpAddress& address) {
  if (text::is_ip_v4(address)) return !is_in_any(special_v4, address);
  return global_v6.contains(address) && !is_in_any(special_v6, address);
}

}  // namespace daybook::outbound
