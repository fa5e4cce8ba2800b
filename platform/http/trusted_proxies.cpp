#include "platform/http/trusted_proxies.hpp"

#include <algorithm>
#include <stdexcept>

namespace daybook::http {
namespace {

constexpr std::string_view forwarded_for = "X-Forwarded-For";

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// The entries of all such fields, which are one list (RFC 9110 §5.3).
std::vector<std::string_view> hops_of(const Request& request) {
  std::vector<std::string_view> hops;
  for (const auto& [name, value] : request.headers) {
    if (!same_name(name, forwarded_for)) continue;
    for (std::string_view rest = value; !rest.empty();) {
      const auto comma = std::min(rest.find(','), rest.size());
      hops.push_back(trimmed(rest.substr(0, comma)));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }
  return hops;
}

}  // namespace

TrustedProxies::TrustedProxies(const std::vector<std::string>& networks) {
  for (const auto& written : networks) {
    const auto network = text::read_ip_network(written);
    if (!network) throw std::invalid_argument("neither an address nor a network: " + written);
    networks_.push_back(*network);
  }
}

bool TrustedProxies::trusts(std::string_view written) const {
  const auto address = text::read_ip_address(written);
  return address && std::any_of(networks_.begin(), networks_.end(), [&](const auto& network) { return network.contains(*address); });
}

std::string TrustedProxies::client_of(const Request& request) const {
  auto client = request.remote_address;
  if (networks_.empty() || !trusts(client)) return client;
  const auto hops = hops_of(request);
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    if (!text::read_ip_address(*hop)) break;
    client = *hop;
    if (!trusts(client)) break;
  }
  return client;
}

}  // namespace daybook::http
