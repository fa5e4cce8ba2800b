#include "schemas/api/header_fields.hpp"

#include <gtest/gtest.h>

namespace daybook::api {
namespace {

http::Request with(std::vector<http::Header> headers) { return http::make_request("GET", "/", std::move(headers)); }
EntityTagsRead tags(std::string value) { return read_entity_tags(with({{"If-Match", std::move(value)}}), "If-Match"); }

TEST(EntityTags, AreReadOneOrMany) {
  EXPECT_FALSE(read_entity_tags(with({}), "If-Match").tags);
  EXPECT_EQ(tags("\"v1\"").tags->tags, (std::vector<EntityTag>{{false, "v1"}}));
  EXPECT_EQ(tags(" \"v1\" ,, W/\"v2,3\",").tags->tags, (std::vector<EntityTag>{{false, "v1"}, {true, "v2,3"}}));
  EXPECT_TRUE(tags("*").tags->any);
  const auto two = read_entity_tags(with({{"if-match", "\"a\""}, {"If-Match", "\"b\""}}), "If-Match");
  EXPECT_EQ(two.tags->tags, (std::vector<EntityTag>{{false, "a"}, {false, "b"}}));
}

TEST(EntityTags, ThatCannotBeReadAreSaidToBeSo) {
  for (const auto* broken : {"v1", "\"v1", "\"v1\" \"v2\"", "w/\"v1\"", "*, \"v1\"", "", ",", "\"a b\"", "17"})
    EXPECT_TRUE(tags(broken).malformed) << broken;
}

TEST(Preference, IsFoundAmongOthersWhereverItStands) {
  EXPECT_EQ(preference(with({{"Prefer", "return=minimal"}}), "return"), "minimal");
  EXPECT_EQ(preference(with({{"Prefer", "respond-async, wait=10; x=\",\" , Return=\"representation\""}}), "return"), "representation");
  EXPECT_EQ(preference(with({{"Prefer", "wait=5"}, {"Prefer", "return=minimal, return=representation"}}), "return"), "minimal");
  EXPECT_EQ(preference(with({{"Prefer", "respond-async"}}), "respond-async"), "");
  EXPECT_FALSE(preference(with({{"Prefer", "returns=minimal"}}), "return"));
  EXPECT_FALSE(preference(with({}), "return"));
}

TEST(TraceContext, GivesTheTraceIdOfAValidFieldAlone) {
  const std::string id = "4bf92f3577b34da6a3ce929d0e0e4736";
  EXPECT_EQ(trace_id_of("00-" + id + "-00f067aa0ba902b7-01"), id);
  EXPECT_EQ(trace_id_of("cc-" + id + "-00f067aa0ba902b7-01-what-comes-later"), id);
  for (const auto& broken : std::initializer_list<std::string>{"", "00-" + id + "-00f067aa0ba902b7", "00-" + id + "-00f067aa0ba902b7-01-more", "ff-" + id + "-00f067aa0ba902b7-01",
                             "00-" + std::string(32, '0') + "-00f067aa0ba902b7-01", "00-" + id + "-0000000000000000-01",
                             "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", "cc-" + id + "-00f067aa0ba902b7-01x"})
    EXPECT_EQ(trace_id_of(broken), "") << broken;
}

}  // namespace
}  // namespace daybook::api
