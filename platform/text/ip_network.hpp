#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace daybook::text {

/// An address of the internet protocol, 16 bytes in network order. One of version 4 stands as ::ffff:a.b.c.d (RFC 4291 §2.5.5.2),
/// as it does on a socket that takes both: however it is written, it is the same value.
using IpAddress = std::array<std::uint8_t, 16>;

/// Reads "192.0.2.1" or "2001:db8::1" and nothing else: no port, no zone, no short forms of version 4.
[[nodiscard]] std::optional<IpAddress> read_ip_address(std::string_view text);

[[nodiscard]] bool is_ip_v4(const IpAddress& address);

/// The addresses that begin with the same bits.
struct IpNetwork {
  IpAddress address{};
  int bits = 128;  // of all 128; 96 more than are written for version 4

  [[nodiscard]] bool contains(const IpAddress& other) const;
};

/// Reads "10.0.0.0/8", "fd00::/8", or an address, which is a network of one.
[[nodiscard]] std::optional<IpNetwork> read_ip_network(std::string_view text);

}  // namespace daybook::text
