#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.hpp"
#include "platform/text/ip_network.hpp"

namespace daybook::http {

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
  [[nodiscard]] bool trusts(std::string_view written) const;

  std::vector<text::IpNetwork> networks_;
};

}  // namespace daybook::http
