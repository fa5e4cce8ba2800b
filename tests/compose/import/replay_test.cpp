#include "compose/daybook/import/replay.hpp"

#include <gtest/gtest.h>

#include "compose/daybook/import/compare.hpp"
#include "tests/compose/import/import_test_harness.hpp"

namespace daybook::importer::testing::replay_test {
namespace {

Replay replay_of(const std::vector<std::string>& lines) {
  Replay replay;
  std::int64_t number = 0;
  for (const auto& line : lines) replay.add(change_of(line, ++number));
  replay.finish();
  return replay;
}

constexpr auto second = "2025-05-02T10:00:00Z";
constexpr auto third = "2025-05-03T10:00:00Z";

TEST(Replay, KeepsEachRecordAsTheLogLeavesIt) {
  const auto replay =
      replay_of({line_of("created", "a", R"("set":{"title":"A","notes":"n","priority":1})"),
                 line_of("changed", "a", R"("set":{"title":"B"},"unset":["notes"])", second)});
  const auto& record = replay.records().at("a");
  EXPECT_EQ(record.fields.at("title"), R"("B")");
  EXPECT_FALSE(record.fields.contains("notes"));
  EXPECT_FALSE(record.is_deleted());
}

TEST(Replay, RemovedAndTombstonedRecordsAreDeletedAndKeepTheirStatus) {
  const auto replay =
      replay_of({line_of("created", "a", R"("set":{"title":"A","status":"closed"})"),
                 line_of("changed", "a", R"("set":{"status":"tombstone"})", second),
                 line_of("created", "b", R"("set":{"title":"B"})", second),
                 line_of("removed", "b", "", third), line_of("created", "c", R"("set":{"title":"C"})", third),
                 line_of("removed", "c", "", third), line_of("restored", "c", "", third)});
  EXPECT_TRUE(replay.records().at("a").is_deleted());
  EXPECT_EQ(replay.records().at("a").status, "done");
  EXPECT_TRUE(replay.records().at("b").is_deleted());
  EXPECT_FALSE(replay.records().at("c").is_deleted());
}

TEST(Replay, TellsWhenWorkBeganAndEnded) {
  const auto replay = replay_of({line_of("created", "a", R"("set":{"title":"A","status":"in_progress"})"),
                                 line_of("changed", "a", R"("set":{"status":"closed"})", second),
                                 line_of("created", "b", R"("set":{"title":"B","status":"closed"})", second),
                                 line_of("changed", "b", R"("set":{"status":"open"})", third)});
  EXPECT_EQ(text::format_instant(*replay.records().at("a").started_at), "2025-05-01T10:00:00.000000Z");
  EXPECT_EQ(text::format_instant(*replay.records().at("a").completed_at), "2025-05-02T10:00:00.000000Z");
  EXPECT_EQ(replay.records().at("b").completed_at, std::nullopt);
}

TEST(ExpectedIssues, HideWhatBelongsToSomethingDeleted) {
  const auto replay = replay_of(
      {line_of("created", "p", R"("set":{"title":"P"})"), line_of("created", "b", R"("set":{"title":"B"})"),
       line_of(
           "created", "a",
           R"("set":{"title":"A","labels":["X"],"parent":"p","dependencies":[{"type":"blocks","depends_on_id":"b"}]})"),
       line_of("removed", "p", "", second), line_of("removed", "b", "", second)});
  EXPECT_EQ(replay.edges().size(), 2U);
  const auto views = expected_issues(replay, workspace);
  const auto& view = views.at(id_text("a"));
  EXPECT_EQ(view.parent, std::nullopt);
  EXPECT_TRUE(view.dependencies.empty());
  EXPECT_EQ(view.labels, std::set<std::string>{"x"});
}

TEST(Differences, NameIssueFieldAndBothValues) {
  const auto expected =
      expected_issues(replay_of({line_of("created", "a", R"("set":{"title":"A"})")}), workspace);
  auto found = expected;
  EXPECT_TRUE(differences(expected, found).empty());
  found.at(id_text("a")).title = "B";
  found["stranger"] = {};
  const auto all = differences(expected, found);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].field, "title");
  EXPECT_EQ(all[0].expected, "A");
  EXPECT_EQ(all[0].found, "B");
  EXPECT_EQ(all[1].issue, "stranger");
  EXPECT_EQ(differences(expected, {}).size(), 1U);
}

TEST(Differences, OfJsonAreThoseOfItsValue) {
  EXPECT_EQ(ordered_json(R"({"b":2.0,"a":[{"d":1,"c":null}]})"),
            ordered_json(R"({"a":[{"c":null,"d":1}],"b":2})"));
  EXPECT_NE(ordered_json(R"({"a":[1,2]})"), ordered_json(R"({"a":[2,1]})"));
}

TEST(DependencyWords, AreTheSameFromEitherSide) {
  EXPECT_EQ(dependency_words("a", "blocked_by", "b"), dependency_words("b", "blocks", "a"));
  EXPECT_EQ(dependency_words("a", "related", "b"), dependency_words("b", "related", "a"));
  EXPECT_NE(dependency_words("a", "blocked_by", "b"), dependency_words("b", "blocked_by", "a"));
}

}  // namespace
}  // namespace daybook::importer::testing::replay_test
