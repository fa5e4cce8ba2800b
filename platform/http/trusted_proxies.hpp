#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.hpp"

namespace daybook::http {

/// "10.0.0.7", "10.0.0.0/8", "fd00::/8".
[[nodiscard]] bool is_network(std::string_view text);

/// The peers whose X-Forwarded-For is believed. Each proxy appends the address it was called from, so the field is read from the
/// right, for as long as the address that is come to is trusted itself; what stands left of that, anybody may have written.
/// Forwarded (RFC 7239) is not read: a proxy that knows the one field passes the other on as its client sent it. A plain value.
class TrustedProxies {
 public:
  TrustedProxies() = default;  ///< Nobody: the field is ignored.
  /// Each an address or a network. Throws std::invalid_argument for what is neither.
  explicit TrustedProxies(const std::vector<std::string>& networks);

  /// Where the request comes from: its peer, or who that one says it was sent by.
  [[nodiscard]] std::string client_of(const Request& request) const;

 private:
  /// IPv4 stands as ::ffff:a.b.c.d, as it does on a socket that takes both.
  using Address = std::array<std::uint8_t, 16>;
  struct Network {
    Address address{};
    int bits = 0;
  };
  friend bool is_network(std::string_view text);
  static bool read(std::string_view text, Address& address);
  static bool read(std::string_view text, Network& network);
  [[nodiscard]] bool trusts(std::string_view address) const;

  std::vector<Network> networks_;
};

}  // namespace daybook::http
