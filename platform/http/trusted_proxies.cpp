#include "platform/http/trusted_proxies.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "platform/text/number.hpp"

namespace daybook::http {
namespace {

constexpr std::string_view forwarded_for = "X-Forwarded-For";
constexpr int mapped_bits = 96;  // of ::ffff:0:0

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

bool TrustedProxies::read(std::string_view text, Address& address) {
  const std::string word(text);
  if (word.size() != std::strlen(word.c_str())) return false;
  if (inet_pton(AF_INET6, word.c_str(), address.data()) == 1) return true;
  in_addr v4{};
  if (inet_pton(AF_INET, word.c_str(), &v4) != 1) return false;
  address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  std::memcpy(address.data() + mapped_bits / 8, &v4, sizeof v4);
  return true;
}

bool TrustedProxies::read(std::string_view text, Network& network) {
  const auto slash = text.find('/');
  if (!read(text.substr(0, slash), network.address)) return false;
  const bool v4 = text.substr(0, slash).find(':') == text.npos;
  const int bits_max = v4 ? 32 : 128;
  int bits = bits_max;
  if (slash != text.npos) {
    bits = text::read_number<int>(text.substr(slash + 1)).value_or(-1);
    if (bits < 0 || bits > bits_max) return false;
  }
  network.bits = v4 ? bits + mapped_bits : bits;
  return true;
}

bool is_network(std::string_view text) {
  TrustedProxies::Network network;
  return TrustedProxies::read(text, network);
}

TrustedProxies::TrustedProxies(const std::vector<std::string>& networks) {
  for (const auto& text : networks)
    if (!read(text, networks_.emplace_back())) throw std::invalid_argument("neither an address nor a network: " + text);
}

bool TrustedProxies::trusts(std::string_view text) const {
  Address address{};
  if (!read(text, address)) return false;
  return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
    const auto whole = static_cast<std::size_t>(network.bits / 8);
    if (!std::equal(address.begin(), address.begin() + whole, network.address.begin())) return false;
    const auto rest = network.bits % 8;
    return rest == 0 || ((address[whole] ^ network.address[whole]) >> (8 - rest)) == 0;
  });
}

std::string TrustedProxies::client_of(const Request& request) const {
  auto client = request.remote_address;
  if (networks_.empty() || !trusts(client)) return client;
  const auto hops = hops_of(request);
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    Address address{};
    if (!read(*hop, address)) break;
    client = *hop;
    if (!trusts(client)) break;
  }
  return client;
}

}  // namespace daybook::http
