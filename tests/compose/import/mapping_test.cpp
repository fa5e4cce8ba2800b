// One test for each rule of the translation.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/compose/import/import_test_harness.hpp"

namespace daybook::importer::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto later = "2025-05-02T10:00:00Z";
const auto plain = R"("set":{"title":"Paint","status":"open","priority":2,"issue_type":"task"})";

TEST(Mapping, ACreationOpensAnIssueUnderAnIdMadeOfWorkspaceAndRecord) {
  const Said said({line_of("created", "a", plain)});
  ASSERT_THAT(said.types(), ElementsAre("issue.open"));
  EXPECT_EQ(said.items[0][0].id, issue_id(workspace, "a"));
  EXPECT_EQ(said.data("issue.open", 0, "title"), R"("Paint")");
  EXPECT_EQ(said.data("issue.open", 0, "status"), R"("todo")");
  EXPECT_EQ(said.data("issue.open", 0, "priority"), R"("medium")");
  EXPECT_EQ(said.custom("issue.open", 0, "beads.id"), R"("a")");
  EXPECT_EQ(said.custom("issue.open", 0, "beads.by"), R"("p1")");
}

TEST(Mapping, AnOpeningHappensAtItsOwnCreationTimeButNeverAfterTheLine) {
  const Said said(
      {line_of("created", "a",
               R"("set":{"title":"A","priority":1,"created_at":"2025-04-30T12:00:00+02:00"})"),
       line_of("created", "b", R"("set":{"title":"B","priority":1,"created_at":"2025-06-01T00:00:00Z"})")});
  const auto opened = said.commands("issue.open");
  EXPECT_EQ(text::format_instant(opened[0].occurred_at), "2025-04-30T10:00:00.000000Z");
  EXPECT_EQ(text::format_instant(opened[1].occurred_at), "2025-05-01T10:00:00.000000Z");
  EXPECT_EQ(said.report.count_of(reason::born_later), 1);
}

TEST(Mapping, AChangeSendsOnlyWhatDiffersAtTheTimeOfItsLine) {
  const Said said(
      {line_of("created", "a", plain), line_of("changed", "a", R"("set":{"status":"closed"})", later)});
  ASSERT_THAT(said.types(), ElementsAre("issue.open", "issue.change"));
  EXPECT_EQ(said.items[1][0].data, R"({"status":"done"})");
  EXPECT_EQ(text::format_instant(said.items[1][0].occurred_at), "2025-05-02T10:00:00.000000Z");
}

TEST(Mapping, AFieldThatGoesAwayIsCleared) {
  const Said said(
      {line_of("created", "a", R"("set":{"title":"A","priority":1,"description":"d","estimated_minutes":5})"),
       line_of("changed", "a", R"("unset":["description","estimated_minutes"])", later)});
  EXPECT_EQ(said.commands("issue.change")[0].data, R"({"description":null,"estimated_minutes":null})");
}

TEST(Mapping, ARemovalDeletesAndARestorationRestoresAndChangesInOneItem) {
  const Said said({line_of("created", "a", plain), line_of("removed", "a", "", later),
                   line_of("restored", "a", R"("set":{"title":"Paint again"})", later)});
  ASSERT_EQ(said.items.size(), 3U);
  EXPECT_THAT(said.types(), ElementsAre("issue.open", "issue.delete", "issue.restore", "issue.change"));
}

TEST(Mapping, ATombstoneIsADeletionThatSaysNothingOfTheStatus) {
  const Said said(
      {line_of("created", "a", plain), line_of("changed", "a", R"("set":{"status":"tombstone"})", later)});
  EXPECT_THAT(said.types(), ElementsAre("issue.open", "issue.change", "issue.delete"));
  EXPECT_EQ(said.data("issue.change", 0, "status"), "(none)");
  EXPECT_EQ(said.custom("issue.change", 0, "beads.status"), R"("tombstone")");
}

TEST(Mapping, AChangeToATombstoneRestoresChangesAndDeletesInOneItem) {
  const Said said({line_of("created", "a", R"("set":{"title":"A","status":"tombstone","priority":1})"),
                   line_of("changed", "a", R"("set":{"title":"B"})", later)});
  ASSERT_EQ(said.items.size(), 2U);
  EXPECT_EQ(said.items[0].size(), 2U);
  ASSERT_EQ(said.items[1].size(), 3U);
  EXPECT_EQ(said.items[1][0].type, "issue.restore");
  EXPECT_EQ(said.items[1][2].type, "issue.delete");
}

TEST(Mapping, ATombstoneThatIsRemovedHasNothingLeftToDo) {
  const Said said({line_of("created", "a", R"("set":{"title":"A","status":"tombstone","priority":1})"),
                   line_of("removed", "a")});
  EXPECT_THAT(said.types(), ElementsAre("issue.open", "issue.delete"));
  EXPECT_EQ(said.report.count_of(reason::removed_twice), 1);
}

TEST(Mapping, ALabelIsDefinedOnceWhateverItsCaseAndAttachedByDifference) {
  const Said said({line_of("created", "a", R"("set":{"title":"A","priority":1,"labels":["UI","deep"]})"),
                   line_of("created", "b", R"("set":{"title":"B","priority":1,"labels":["ui","ui",""]})"),
                   line_of("changed", "a", R"("set":{"labels":["deep","wide"]})", later)});
  EXPECT_EQ(said.commands("label.define").size(), 3U);
  EXPECT_EQ(said.commands("issue.attach_label").size(), 4U);
  EXPECT_EQ(said.commands("issue.detach_label").size(), 1U);
  EXPECT_EQ(said.report.count_of(reason::label_twice), 1);
  EXPECT_EQ(said.report.count_of(reason::label_odd), 1);
}

TEST(Mapping, ALabelThatTheWorkspaceHasIsUsedAsItIs) {
  const auto theirs = *text::Uuid::parse("0190a5b0-0000-7000-8000-00000000000f");
  const Said said({line_of("created", "a", R"("set":{"title":"A","priority":1,"labels":["UI"]})")},
                  {{"ui", theirs}});
  EXPECT_THAT(said.commands("label.define"), IsEmpty());
  EXPECT_EQ(said.data("issue.attach_label", 0, "label_id"), in_quotes(theirs.text()));
}

TEST(Mapping, ALabelAttachedAgainGetsALinkOfItsOwn) {
  const Said said({line_of("created", "a", R"("set":{"title":"A","priority":1,"labels":["x"]})"),
                   line_of("changed", "a", R"("unset":["labels"])", later),
                   line_of("changed", "a", R"("set":{"labels":["x"]})", later)});
  EXPECT_NE(said.data("issue.attach_label", 0, "id"), said.data("issue.attach_label", 1, "id"));
}

TEST(Mapping, CommentsAreAppendedByDifferenceAndThoseThatVanishAreDeleted) {
  const auto one = R"({"author":"p2","text":"first","created_at":"2025-04-01T00:00:00Z"})";
  const auto two = R"({"author":"p2","text":"second","created_at":"2025-06-01T00:00:00Z"})";
  const Said said(
      {line_of("created", "a", R"("set":{"title":"A","priority":1,"comments":[)" + std::string(one) + "]}"),
       line_of("changed", "a", R"("set":{"comments":[)" + std::string(one) + "," + two + "]}", later),
       line_of("changed", "a", R"("set":{"comments":[)" + std::string(two) + "]}", later)});
  const auto posts = said.commands("comment.post");
  ASSERT_EQ(posts.size(), 2U);
  EXPECT_EQ(text::format_instant(posts[0].occurred_at), "2025-04-01T00:00:00.000000Z");
  EXPECT_EQ(text::format_instant(posts[1].occurred_at), "2025-05-02T10:00:00.000000Z");
  ASSERT_EQ(said.commands("comment.delete").size(), 1U);
  EXPECT_EQ(said.commands("comment.delete")[0].id, posts[0].id);
  EXPECT_EQ(said.data("comment.post", 0, "issue_id"), in_quotes(id_text("a")));
  EXPECT_EQ(said.custom("issue.open", 0, "beads.comments"),
            R"([{"author":"p2","created_at":"2025-04-01T00:00:00Z"}])");
}

TEST(Mapping, OddOrdersOfOperationsAreTakenAsWhatTheyMean) {
  const Said said({line_of("removed", "never"), line_of("changed", "new", plain),
                   line_of("created", "new", plain, later)});
  EXPECT_THAT(said.types(), ElementsAre("issue.open"));
  EXPECT_EQ(said.report.count_of(reason::removed_unknown), 1);
  EXPECT_EQ(said.report.count_of(reason::never_created), 1);
  EXPECT_EQ(said.report.count_of(reason::created_again), 1);
}

TEST(Mapping, CountsWhatCameInAndWhatWasMapped) {
  const Said said(
      {line_of("created", "a", plain), line_of("changed", "a", R"("set":{"status":"open"})", later)});
  EXPECT_EQ(said.report.came_in().at("created"), 1);
  EXPECT_EQ(said.report.came_in().at("changed"), 1);
  EXPECT_EQ(said.report.mapped().at("issue.open"), 1);
  EXPECT_EQ(said.report.count_of(reason::nothing_changed), 1);
  EXPECT_EQ(said.groups, 2);
}

TEST(Mapping, TheSameLogGivesTheSameCommands) {
  const std::vector<std::string> log{
      line_of("created", "a", R"("set":{"title":"A","priority":1,"labels":["x"]})"),
      line_of("changed", "a", R"("set":{"comments":[{"text":"hm"}]})", later)};
  const Said one(log);
  const Said two(log);
  ASSERT_EQ(one.items.size(), two.items.size());
  for (std::size_t i = 0; i < one.items.size(); ++i)
    for (std::size_t j = 0; j < one.items[i].size(); ++j) {
      EXPECT_EQ(one.items[i][j].id, two.items[i][j].id);
      EXPECT_EQ(one.items[i][j].data, two.items[i][j].data);
    }
}

}  // namespace
}  // namespace daybook::importer::testing
