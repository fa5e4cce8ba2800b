#include "compose/daybook/import/parts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/compose/import/import_test_harness.hpp"

namespace daybook::importer::testing {
namespace {

using ::testing::ElementsAre;

/// Sizes of the parts that come of groups; each inner list is one group of item sizes.
std::vector<std::size_t> sizes_of(const std::vector<std::vector<std::size_t>>& groups,
                                  std::size_t data_bytes = 2, int events = 1) {
  std::vector<std::size_t> sizes;
  PartCutter cutter([&](const Part& part) {
    sizes.push_back(part.commands.size());
    EXPECT_EQ(part.number, static_cast<std::int64_t>(sizes.size()));
  });
  for (const auto& group : groups) {
    for (const auto size : group) {
      Item item(size);
      for (auto& command : item) command.data = std::string(data_bytes, ' '), command.events_max = events;
      cutter.item(std::move(item));
    }
    cutter.end_of_group();
  }
  cutter.finish();
  return sizes;
}

TEST(PartCutter, PutsWholeGroupsTogetherAsLongAsTheyFit) {
  EXPECT_THAT(sizes_of({{100, 100}, {150}, {100}, {20}}), ElementsAre(350, 120));
}

TEST(PartCutter, CutsAGroupThatIsTooLargeBetweenItems) {
  EXPECT_THAT(sizes_of({{10}, {150, 150, 150, 150}, {5}}), ElementsAre(10, 300, 305));
}

TEST(PartCutter, CutsAnItemOnlyWhenItFillsAPartByItself) {
  EXPECT_THAT(sizes_of({{10, 900}}), ElementsAre(10, 400, 400, 100));
}

TEST(PartCutter, KeepsToTheLimitsOfBytesAndEvents) {
  EXPECT_THAT(sizes_of({{1, 1, 1}}, 3u << 20), ElementsAre(1, 1, 1));
  EXPECT_THAT(sizes_of({{1, 1, 1}}, 2, 900), ElementsAre(2, 1));
}

TEST(PartCutter, SaysNothingForNothing) { EXPECT_THAT(sizes_of({{}, {}}), ElementsAre()); }

TEST(BulkBody, IsWhatTheApiTakes) {
  Part part{7, {}};
  part.commands.push_back(
      {"issue.delete", issue_id(workspace, "a"), *text::parse_instant("2025-05-01T10:00:00Z"), "{}", 1, 3});
  part.commands.push_back(part.commands.front());
  const auto body = boost::json::parse(bulk_body(part, "run \"1\"")).get_object();
  EXPECT_TRUE(body.at("atomic").get_bool());
  EXPECT_EQ(body.at("source").at("system"), "beads");
  EXPECT_EQ(body.at("source").at("run"), "run \"1\"");
  EXPECT_EQ(body.at("source").at("seq").to_number<int>(), 7);
  ASSERT_EQ(body.at("commands").get_array().size(), 2U);
  const auto& command = body.at("commands").get_array()[0];
  EXPECT_EQ(command.at("type"), "issue.delete");
  EXPECT_EQ(std::string(command.at("id").get_string()), id_text("a"));
  EXPECT_EQ(command.at("occurred_at"), "2025-05-01T10:00:00.000000Z");
  EXPECT_TRUE(command.at("data").is_object());
}

TEST(ImportIds, AreThoseOfTheStandard) {
  // The example of RFC 9562, appendix A.4.
  const auto names = *text::Uuid::parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
  EXPECT_EQ(uuid_v5(names, "www.example.com").text(), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

}  // namespace
}  // namespace daybook::importer::testing
