#include "platform/http/trusted_proxies.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace daybook::http::test {
namespace {

struct Arrival {
  const char* why;
  std::vector<std::string> trusted;
  std::string peer;
  std::vector<std::string> fields;  // X-Forwarded-For
  std::string client;
};

class ClientOf : public ::testing::TestWithParam<Arrival> {};

TEST_P(ClientOf, IsTheLastAddressThatSomebodyTrustedSays) {
  const auto& given = GetParam();
  auto request = make_request("GET", "/");
  request.remote_address = given.peer;
  for (const auto& field : given.fields) request.headers.push_back({"x-forwarded-for", field});
  EXPECT_EQ(TrustedProxies(given.trusted).client_of(request), given.client) << given.why;
}

const std::vector<std::string> both{"10.0.0.0/8", "fd00::/8", "203.0.113.9"};

INSTANTIATE_TEST_SUITE_P(
    Each, ClientOf,
    ::testing::Values(
        Arrival{"nobody is trusted", {}, "10.0.0.1", {"192.0.2.1"}, "10.0.0.1"},
        Arrival{"the peer is not trusted", both, "198.51.100.1", {"192.0.2.1"}, "198.51.100.1"},
        Arrival{"not trusted, and says to be", both, "198.51.100.1", {"10.0.0.1"}, "198.51.100.1"},
        Arrival{"a proxy without the field", both, "10.0.0.1", {}, "10.0.0.1"},
        Arrival{"an empty field", both, "10.0.0.1", {""}, "10.0.0.1"},
        Arrival{"one proxy", both, "10.0.0.1", {"192.0.2.1"}, "192.0.2.1"},
        Arrival{"the client wrote something, too", both, "10.0.0.1", {"127.0.0.1, 192.0.2.1"}, "192.0.2.1"},
        Arrival{"the client names a trusted one", both, "10.0.0.1", {"192.0.2.7, 10.0.0.9, 192.0.2.1"}, "192.0.2.1"},
        Arrival{"several proxies", both, "10.0.0.1", {"192.0.2.7,192.0.2.1 ,\t203.0.113.9,10.1.2.3"}, "192.0.2.1"},
        Arrival{"several fields", both, "10.0.0.1", {"192.0.2.7, 192.0.2.1", "203.0.113.9"}, "192.0.2.1"},
        Arrival{"only proxies", both, "10.0.0.1", {"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
        Arrival{"a proxy beside the one that is trusted", both, "203.0.113.8", {"192.0.2.1"}, "203.0.113.8"},
        Arrival{"IPv6", both, "fd00::1", {"2001:db8::7"}, "2001:db8::7"},
        Arrival{"IPv6 before IPv4", both, "10.0.0.1", {"2001:db8::7, fd12::1"}, "2001:db8::7"},
        Arrival{"IPv4 on a socket of IPv6", both, "::ffff:10.0.0.1", {"192.0.2.1"}, "192.0.2.1"},
        Arrival{"a network within a byte", {"10.16.0.0/12"}, "10.31.255.1", {"192.0.2.1"}, "192.0.2.1"},
        Arrival{"beyond a network within a byte", {"10.16.0.0/12"}, "10.32.0.1", {"192.0.2.1"}, "10.32.0.1"},
        Arrival{"no address", both, "10.0.0.1", {"unknown"}, "10.0.0.1"},
        Arrival{"an address with something behind it", both, "10.0.0.1", {"192.0.2.1:80"}, "10.0.0.1"},
        Arrival{"nothing between two commas", both, "10.0.0.1", {"192.0.2.1,,10.0.0.2"}, "10.0.0.2"},
        Arrival{"no address behind a proxy", both, "10.0.0.1", {"192.0.2.1, x, 10.0.0.2"}, "10.0.0.2"}));

TEST(TrustedProxies, AreAddressesAndNetworks) {
  EXPECT_NO_THROW(TrustedProxies({"10.0.0.7", "10.0.0.0/8", "fd00::/8"}));
  EXPECT_THROW(TrustedProxies({"10.0.0.1", "proxy"}), std::invalid_argument);
}

}  // namespace
}  // namespace daybook::http::test
