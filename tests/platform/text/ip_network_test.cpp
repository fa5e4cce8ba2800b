#include "platform/text/ip_network.hpp"

#include <gtest/gtest.h>

namespace daybook::text {
namespace {

bool contains(std::string_view network, std::string_view address) { return read_ip_network(network).value().contains(read_ip_address(address).value()); }

TEST(IpNetwork, IsAnAddressOrWhatBeginsLikeOne) {
  for (const auto* good : {"10.0.0.7", "10.0.0.0/8", "0.0.0.0/0", "::1", "fd00::/8", "::/0", "2001:db8::/128"})
    EXPECT_TRUE(read_ip_network(good)) << good;
  for (const auto* bad : {"", "/8", "10.0.0", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "::/129", "localhost", "*", " ::1", "fe80::1%eth0"})
    EXPECT_FALSE(read_ip_network(bad)) << bad;
}

TEST(IpNetwork, ContainsWhatBeginsWithItsBits) {
  EXPECT_TRUE(contains("10.16.0.0/12", "10.31.255.255"));
  EXPECT_FALSE(contains("10.16.0.0/12", "10.32.0.0"));
  EXPECT_TRUE(contains("fe80::/10", "febf::1"));
  EXPECT_FALSE(contains("fe80::/10", "fec0::1"));
  EXPECT_TRUE(contains("192.0.2.1", "192.0.2.1"));
  EXPECT_FALSE(contains("192.0.2.1", "192.0.2.0"));
  EXPECT_TRUE(contains("0.0.0.0/0", "255.255.255.255"));
  EXPECT_FALSE(contains("0.0.0.0/0", "::1"));
}

TEST(IpNetwork, AnAddressOfVersion4IsTheSameHoweverItIsWritten) {
  EXPECT_EQ(read_ip_address("::ffff:192.0.2.1"), read_ip_address("192.0.2.1"));
  EXPECT_EQ(read_ip_address("::ffff:c000:201"), read_ip_address("192.0.2.1"));
  EXPECT_TRUE(is_ip_v4(read_ip_address("::ffff:c000:201").value()));
  EXPECT_FALSE(is_ip_v4(read_ip_address("::192.0.2.1").value()));
}

TEST(IpAddress, IsReadStrictly) {
  using namespace std::string_view_literals;
  for (const auto bad : {"192.0.2"sv, "192.0.2.01"sv, "0xc0.0.2.1"sv, "3221225985"sv, "192.0.2.1:80"sv, "[::1]"sv, "::1\0"sv, ""sv})
    EXPECT_FALSE(read_ip_address(bad)) << bad;
}

}  // namespace
}  // namespace daybook::text
