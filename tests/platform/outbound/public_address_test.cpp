// Which addresses a receiver may have.
#include <gtest/gtest.h>

#include "platform/outbound/outbound.hpp"

namespace daybook::outbound {
namespace {

bool is_public(std::string_view address) { return outbound::is_public(text::read_ip_address(address).value()); }

TEST(PublicAddress, OfVersion4IsAnyThatIsNotSpecial) {
  for (const auto* address : {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255",
                              "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
                              "203.0.114.0", "223.255.255.255"})
    EXPECT_TRUE(is_public(address)) << address;
}

TEST(PublicAddress, IsNoneOfASpecialNetworkOfVersion4) {
  for (const auto* address : {"0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1", "127.255.255.255",
                              "169.254.0.0", "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.0.0",
                              "192.168.255.255", "198.18.0.0", "198.19.255.255", "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.255", "240.0.0.0",
                              "255.255.255.255"})
    EXPECT_FALSE(is_public(address)) << address;
}

TEST(PublicAddress, OfVersion6IsWhatWasGivenOut) {
  for (const auto* address : {"2001:200::1", "2001:4860:4860::8888", "2003::1", "2606:4700:4700::1111", "2a00::1", "3ffe::1"})
    EXPECT_TRUE(is_public(address)) << address;
}

TEST(PublicAddress, IsNoneOfASpecialNetworkOfVersion6) {
  for (const auto* address : {"::", "::1", "100::1", "fc00::1", "fdff::1", "fe80::1", "fec0::1", "ff02::1", "2001:db8::1", "2001:20::1", "3fff::1", "4000::1", "5f00::1"})
    EXPECT_FALSE(is_public(address)) << address;
}

// What goes to them may come out at the address of version 4 inside.
TEST(PublicAddress, IsNoneThatCarriesAnotherInside) {
  for (const auto* address : {"::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::8.8.8.8", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::"})
    EXPECT_FALSE(is_public(address)) << address;
  EXPECT_TRUE(is_public("::ffff:1.1.1.1")) << "it is the address of version 4 itself, as a socket of both has it";
}

}  // namespace
}  // namespace daybook::outbound
