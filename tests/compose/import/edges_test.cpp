// What joins two records: which statements become edges, and when.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/compose/import/import_test_harness.hpp"

namespace daybook::importer::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto second = "2025-05-02T10:00:00Z";
constexpr auto third = "2025-05-03T10:00:00Z";

/// `"set":{…}` of a record with these dependencies, written "type target".
std::string with_edges(const std::vector<std::pair<std::string, std::string>>& edges) {
  std::string list;
  for (const auto& [type, target] : edges)
    list += (list.empty() ? "" : ",") + (R"({"type":")" + type + R"(","depends_on_id":")" + target + R"("})");
  return R"("set":{"title":"T","priority":1,"dependencies":[)" + list + "]}";
}
const auto bare = R"("set":{"title":"T","priority":1})";

TEST(Edges, BlocksMeansIsBlockedByAndComesAfterTheRecordsOfItsGroup) {
  const Said said({line_of("created", "a", with_edges({{"blocks", "b"}})), line_of("created", "b", bare)});
  EXPECT_THAT(said.types(), ElementsAre("issue.open", "issue.open", "issue.add_dependency"));
  EXPECT_EQ(said.commands("issue.add_dependency")[0].id, issue_id(workspace, "a"));
  EXPECT_EQ(said.data("issue.add_dependency", 0, "depends_on_id"), in_quotes(id_text("b")));
  EXPECT_EQ(said.data("issue.add_dependency", 0, "dependency_type"), R"("blocked_by")");
}

TEST(Edges, ParentChildBecomesTheParentTheFirstWinsAndTheRestIsRelated) {
  const Said said({line_of("created", "p", bare), line_of("created", "q", bare),
                   line_of("created", "a", with_edges({{"parent-child", "p"}, {"parent-child", "q"}}))});
  EXPECT_EQ(said.data("issue.change", 0, "parent_id"), in_quotes(id_text("p")));
  EXPECT_EQ(said.data("issue.add_dependency", 0, "dependency_type"), R"("related")");
  EXPECT_EQ(said.custom("issue.open", 2, "beads.type"), R"({"q":"parent-child"})");
  EXPECT_EQ(said.report.count_of(reason::second_parent), 1);
}

TEST(Edges, TheFieldParentSaysTheSameAsTheEdge) {
  const Said said(
      {line_of("created", "p", bare),
       line_of(
           "created", "a",
           R"("set":{"title":"T","priority":1,"parent":"p","dependencies":[{"type":"parent-child","depends_on_id":"p"}]})")});
  EXPECT_THAT(said.types(), ElementsAre("issue.open", "issue.open", "issue.change"));
  EXPECT_EQ(said.report.count_of(reason::edge_twice), 0);
}

TEST(Edges, EveryOtherTypeIsRelatedAndKeptAmongTheCustomFields) {
  const Said said(
      {line_of("created", "b", bare), line_of("created", "a", with_edges({{"discovered-from", "b"}}))});
  EXPECT_EQ(said.data("issue.add_dependency", 0, "dependency_type"), R"("related")");
  EXPECT_EQ(said.custom("issue.open", 1, "beads.type"), R"({"b":"discovered-from"})");
}

TEST(Edges, AnEdgeWaitsForATargetThatComesLater) {
  const Said said(
      {line_of("created", "a", with_edges({{"blocks", "b"}})), line_of("created", "b", bare, second)});
  EXPECT_THAT(said.types(), ElementsAre("issue.open", "issue.open", "issue.add_dependency"));
  EXPECT_EQ(text::format_instant(said.items.back()[0].occurred_at), "2025-05-02T10:00:00.000000Z");
  EXPECT_EQ(said.report.count_of(reason::edge_dangling), 0);
}

TEST(Edges, AnEdgeToWhatNeverComesIsReported) {
  const Said said({line_of("created", "a", with_edges({{"blocks", "nowhere"}}))});
  EXPECT_THAT(said.types(), ElementsAre("issue.open"));
  EXPECT_EQ(said.report.count_of(reason::edge_dangling), 1);
}

TEST(Edges, AnEdgeToSomethingDeletedWaitsForItsRestoration) {
  const Said said({line_of("created", "b", bare), line_of("removed", "b", "", second),
                   line_of("created", "a", with_edges({{"blocks", "b"}}), second),
                   line_of("restored", "b", "", third)});
  EXPECT_THAT(said.types(), ElementsAre("issue.open", "issue.delete", "issue.open", "issue.restore",
                                        "issue.add_dependency"));
}

TEST(Edges, AnEdgeOfTwoThatAreNeverThereTogetherIsReported) {
  const Said said({line_of("created", "b", bare), line_of("removed", "b", "", second),
                   line_of("created", "a", with_edges({{"blocks", "b"}}), third)});
  EXPECT_THAT(said.commands("issue.add_dependency"), IsEmpty());
  EXPECT_EQ(said.report.count_of(reason::edge_apart), 1);
}

TEST(Edges, AnIssueIsNotJoinedToItself) {
  const Said said({line_of("created", "a", with_edges({{"blocks", "a"}, {"parent-child", "a"}}))});
  EXPECT_THAT(said.types(), ElementsAre("issue.open"));
  EXPECT_EQ(said.report.count_of(reason::edge_to_itself), 2);
}

TEST(Edges, ACircleOfBlockersIsReportedAndItsLastEdgeLeftOut) {
  const Said said({line_of("created", "a", with_edges({{"blocks", "b"}})),
                   line_of("created", "b", with_edges({{"blocks", "c"}})),
                   line_of("created", "c", with_edges({{"blocks", "a"}}))});
  EXPECT_EQ(said.commands("issue.add_dependency").size(), 2U);
  EXPECT_EQ(said.report.count_of(reason::edge_circle), 1);
}

TEST(Edges, AnEdgeThatClosedACircleIsMadeOnceTheCircleOpens) {
  const Said said({line_of("created", "a", with_edges({{"blocks", "b"}})),
                   line_of("created", "b", with_edges({{"blocks", "a"}})),
                   line_of("changed", "a", R"("unset":["dependencies"])", second)});
  EXPECT_THAT(said.types(), ElementsAre("issue.open", "issue.open", "issue.add_dependency",
                                        "issue.remove_dependency", "issue.add_dependency"));
  EXPECT_EQ(said.commands("issue.add_dependency")[1].id, issue_id(workspace, "b"));
}

TEST(Edges, ACircleOfParentsIsReportedAndItsLastEdgeLeftOut) {
  const Said said({line_of("created", "a", with_edges({{"parent-child", "b"}})),
                   line_of("created", "b", with_edges({{"parent-child", "a"}}))});
  EXPECT_EQ(said.commands("issue.change").size(), 1U);
  EXPECT_EQ(said.report.count_of(reason::parent_circle), 1);
}

TEST(Edges, TwoThatNameEachOtherAsRelatedAreJoinedOnceUntilBothTakeItBack) {
  const Said said({line_of("created", "a", with_edges({{"related", "b"}})),
                   line_of("created", "b", with_edges({{"related", "a"}})),
                   line_of("changed", "a", R"("unset":["dependencies"])", second),
                   line_of("changed", "b", R"("unset":["dependencies"])", third)});
  EXPECT_THAT(said.types(),
              ElementsAre("issue.open", "issue.open", "issue.add_dependency", "issue.remove_dependency"));
  EXPECT_EQ(said.report.count_of(reason::edge_twice), 1);
  EXPECT_EQ(said.data("issue.remove_dependency", 0, "dependency_id"),
            said.data("issue.add_dependency", 0, "id"));
  EXPECT_EQ(said.commands("issue.remove_dependency")[0].id, issue_id(workspace, "a"));
}

TEST(Edges, AParentThatChangesIsClearedWithTheRecordAndSetAfterIt) {
  const Said said({line_of("created", "p", bare), line_of("created", "q", bare),
                   line_of("created", "a", with_edges({{"parent-child", "p"}})),
                   line_of("changed", "a", with_edges({{"parent-child", "q"}}), second)});
  EXPECT_EQ(said.data("issue.change", 1, "parent_id"), "null");
  EXPECT_EQ(said.data("issue.change", 2, "parent_id"), in_quotes(id_text("q")));
}

TEST(Edges, AnEdgeTakenBackByATombstoneIsRemovedBetweenRestorationAndDeletion) {
  const Said said(
      {line_of("created", "b", bare), line_of("created", "a", with_edges({{"blocks", "b"}})),
       line_of("removed", "a", "", second),
       line_of("restored", "a", R"("set":{"status":"tombstone"},"unset":["dependencies"])", third)});
  std::vector<std::string> types;
  for (const auto& command : said.items.back()) types.push_back(command.type);
  EXPECT_THAT(types, ElementsAre("issue.restore", "issue.change", "issue.remove_dependency", "issue.delete"));
}

TEST(Edges, DependenciesWithoutATargetAndDetailsOfOthersAreReported) {
  const Said said({line_of(
      "created", "a",
      R"("set":{"title":"T","priority":1,"dependencies":[7,{"type":"blocks"},{"depends_on_id":"x","type":"blocks","created_by":"p2","issue_id":"z"}]})")});
  EXPECT_EQ(said.report.count_of(reason::edge_odd), 2);
  EXPECT_EQ(said.report.count_of(reason::edge_details), 1);
  EXPECT_EQ(said.report.count_of(reason::edge_of_another), 1);
}

}  // namespace
}  // namespace daybook::importer::testing
