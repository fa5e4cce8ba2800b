// What a workspace holds, and how the parts of it hide and show each other.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"

namespace daybook::test::things_test {
namespace {

class Things : public ::testing::Test {
 protected:
  std::size_t count(const std::string& path) { return owner_.all(team_.in(path)).size(); }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
};

TEST_F(Things, ALabelsNameIsTakenOnceAndFreedByDeletion) {
  // Given a label on an issue
  const auto red = owner_.post(team_.in("/labels"), object("name", "red", "color", "#ff0000"));
  ASSERT_EQ(red.status, 201) << red;
  const auto label = team_.in("/labels/" + red.id());
  const auto on_issue = "/issues/" + team_.issue() + "/labels";
  ASSERT_EQ(owner_.post(team_.in(on_issue), object("label_id", red.id())).status, 201);
  EXPECT_EQ(count(on_issue), 1u);
  const auto twin = owner_.post(team_.in("/labels"), object("name", "RED"));
  EXPECT_EQ(twin.status, 409) << twin;
  EXPECT_EQ(twin.pointer(), "/name");

  // When it is deleted, then it is gone from lists and issues, and comes back with restore
  ASSERT_EQ(owner_.remove(label).status, 204);
  EXPECT_EQ(owner_.get(label).status, 404);
  EXPECT_EQ(count("/labels"), 0u);
  EXPECT_EQ(count(on_issue), 0u);
  EXPECT_EQ(count("/labels?deleted=only"), 1u);
  ASSERT_EQ(owner_.post(label + "/restore").status, 200);
  EXPECT_EQ(count(on_issue), 1u);

  // And while it is deleted its name may be given to another, so that it cannot come back
  ASSERT_EQ(owner_.remove(label).status, 204);
  ASSERT_EQ(owner_.post(team_.in("/labels"), object("name", "red")).status, 201);
  EXPECT_EQ(owner_.post(label + "/restore").status, 409);
}

TEST_F(Things, IssuesAreFoundByTheirLabels) {
  const auto red = owner_.post(team_.in("/labels"), object("name", "red")).id();
  const auto one = team_.issue("one");
  team_.issue("two");
  ASSERT_EQ(owner_.post(team_.in("/issues/" + one + "/labels"), object("label_id", red)).status, 201);
  EXPECT_EQ(owner_.post(team_.in("/issues/" + one + "/labels"), object("label_id", red)).status, 409);
  const auto found = owner_.get(team_.in("/issues?label=red"));
  ASSERT_EQ(found.rows().size(), 1u) << found;
  EXPECT_EQ(found.text("/data/0/id"), one);
  ASSERT_EQ(owner_.remove(team_.in("/issues/" + one + "/labels/" + red)).status, 204);
  EXPECT_EQ(count("/issues?label=red"), 0u);
}

TEST_F(Things, DependenciesAreSeenFromBothSidesAndNeverGoInCircles) {
  // Given a blocks b, and b blocks c
  const auto a = team_.issue("a"), b = team_.issue("b"), c = team_.issue("c");
  const auto depends = [&](const std::string& from, const std::string& to, const std::string& type) {
    return owner_.post(team_.in("/issues/" + from + "/dependencies"),
                       object("depends_on_id", to, "dependency_type", type));
  };
  const auto ab = depends(a, b, "blocks");
  ASSERT_EQ(ab.status, 201) << ab;
  ASSERT_EQ(depends(b, c, "blocks").status, 201);

  // Then b shows both, and whatever closes the circle is refused however it is written
  EXPECT_EQ(count("/issues/" + b + "/dependencies"), 2u);
  const auto circle = depends(c, a, "blocks");
  EXPECT_EQ(circle.status, 422) << circle;
  EXPECT_EQ(depends(a, c, "blocked_by").status, 422);
  EXPECT_EQ(depends(a, a, "blocks").status, 422);
  EXPECT_EQ(depends(b, a, "blocked_by").status, 409) << "the same said from the other side";

  // And it may be closed once it is open elsewhere
  ASSERT_EQ(owner_.remove(team_.in("/issues/" + a + "/dependencies/" + ab.id())).status, 204);
  EXPECT_EQ(count("/issues/" + b + "/dependencies"), 1u);
  EXPECT_EQ(depends(c, a, "blocks").status, 201);
}

TEST_F(Things, CommentsAreTheirAuthorsToEditAndModeratorsToDelete) {
  auto member = team_.joined_by(daybook_, "member"), other = team_.joined_by(daybook_, "member");
  const auto issue = team_.in("/issues/" + team_.issue());
  const auto posted = member.post(issue + "/comments", object("content", "Vega is up."));
  ASSERT_EQ(posted.status, 201) << posted;
  const auto comment = team_.in("/comments/" + posted.id());
  EXPECT_EQ(other.patch(comment, object("content", "No.")).status, 403);
  EXPECT_EQ(other.remove(comment).status, 403);
  ASSERT_EQ(member.patch(comment, object("content", "Vega is down.")).status, 200);
  EXPECT_EQ(owner_.get(comment).text("/content"), "Vega is down.");
  EXPECT_EQ(owner_.get(team_.in("/search?q=vega&type=comment")).rows().size(), 1u);
  ASSERT_EQ(owner_.remove(comment).status, 204);
  EXPECT_EQ(owner_.get(issue + "/comments").rows().size(), 0u);
  EXPECT_EQ(owner_.get(team_.in("/search?q=vega&type=comment")).rows().size(), 0u);
  ASSERT_EQ(owner_.post(comment + "/restore").status, 200);
  EXPECT_EQ(owner_.get(issue + "/comments").rows().size(), 1u);
}

TEST_F(Things, ADeletedProjectHidesItsIssuesEverywhere) {
  // Given an issue with a comment in a project
  const auto made = owner_.post(team_.in("/projects"), object("name", "Apollo", "key", "APO"));
  ASSERT_EQ(made.status, 201) << made;
  const auto project = team_.in("/projects/" + made.id());
  const auto opened = owner_.post(team_.in("/issues"), object("title", "Saturn rocket", "project_id", "APO"));
  ASSERT_EQ(opened.status, 201) << opened;
  const auto issue = team_.in("/issues/" + opened.id());
  const auto comment =
      team_.in("/comments/" + owner_.post(issue + "/comments", object("content", "A rocket.")).id());
  const auto expect_shown = [&](bool shown) {
    EXPECT_EQ(owner_.get(project).status, shown ? 200 : 404);
    EXPECT_EQ(owner_.get(issue).status, shown ? 200 : 404);
    EXPECT_EQ(owner_.get(comment).status, shown ? 200 : 404);
    EXPECT_EQ(owner_.get(issue + "/comments").status, shown ? 200 : 404);
    EXPECT_EQ(owner_.get(issue + "/activity").status, shown ? 200 : 404);
    EXPECT_EQ(count("/issues"), shown ? 1u : 0u);
    EXPECT_EQ(count("/comments"), shown ? 1u : 0u);
    EXPECT_EQ(owner_.get(team_.in("/search?q=rocket")).rows().size(), shown ? 2u : 0u);
    // A hidden issue takes no commands.
    EXPECT_EQ(owner_.patch(issue, object("priority", shown ? "high" : "low")).status, shown ? 200 : 404);
  };
  expect_shown(true);
  // When it is deleted, then nothing of it is seen; when restored, all of it
  ASSERT_EQ(owner_.remove(project).status, 204);
  expect_shown(false);
  ASSERT_EQ(owner_.post(project + "/restore").status, 200);
  expect_shown(true);
}

TEST_F(Things, TheLastOwnerCannotLeave) {
  auto admin = team_.joined_by(daybook_, "admin");
  EXPECT_EQ(owner_.post(team_.in("/leave")).status, 422);
  EXPECT_EQ(owner_.remove(team_.in("/members/" + owner_.user_id)).status, 403) << "leaving is the way";
  EXPECT_EQ(owner_.patch(team_.in("/members/" + owner_.user_id), object("role", "member")).status, 422);

  // When there is another owner, then they may, and see the workspace no more
  ASSERT_EQ(owner_.post(team_.in("/transfer-ownership"), object("user_id", admin.user_id)).status, 200);
  ASSERT_LT(owner_.post(team_.in("/leave")).status, 300);
  EXPECT_EQ(owner_.get(team_.in()).status, 404);
  EXPECT_EQ(admin.all(team_.in("/members")).size(), 1u);
}

TEST_F(Things, AMemberWhoIsRemovedIsAStrangerAtOnce) {
  auto member = team_.joined_by(daybook_, "member");
  const auto issue = team_.in("/issues/" + team_.issue());
  ASSERT_EQ(owner_.post(issue + "/assign", object("assignee_id", member.user_id)).status, 200);
  EXPECT_EQ(owner_.get(issue).text("/assignee_id"), member.user_id);
  ASSERT_EQ(owner_.remove(team_.in("/members/" + member.user_id)).status, 204);
  EXPECT_EQ(member.get(issue).status, 404);
  EXPECT_EQ(member.patch(issue, object("title", "mine")).status, 404);
  EXPECT_EQ(owner_.get(issue).text("/assignee_id"), "") << "who has left is nobody's assignee";
}

TEST_F(Things, AgentsCanBeAssignedUntilTheyRetire) {
  const auto made = owner_.post(team_.in("/agents"), object("name", "Hal"));
  ASSERT_EQ(made.status, 201) << made;
  const auto agent = team_.in("/agents/" + made.id());
  const auto issue = team_.in("/issues/" + team_.issue());
  ASSERT_EQ(owner_.post(issue + "/assign", object("assignee_id", made.id())).status, 200);
  EXPECT_EQ(owner_.get(issue).text("/assignee_type"), "agent");
  ASSERT_EQ(owner_.remove(agent).status, 204);
  EXPECT_EQ(owner_.get(agent).status, 404);
  EXPECT_EQ(owner_.get(issue).text("/assignee_id"), "");
  EXPECT_EQ(
      owner_.post(team_.in("/issues/" + team_.issue("two") + "/assign"), object("assignee_id", made.id()))
          .status,
      422);
  ASSERT_EQ(owner_.post(agent + "/restore").status, 200);
  EXPECT_EQ(owner_.get(issue).text("/assignee_id"), made.id());
}

TEST_F(Things, AWorkspaceThatIsDeletedIsSeenByNobodyAndRestoredByItsOwner) {
  const auto issue = team_.in("/issues/" + team_.issue());
  ASSERT_EQ(owner_.remove(team_.in()).status, 204);
  EXPECT_EQ(owner_.get(team_.in()).status, 404);
  EXPECT_EQ(owner_.get(issue).status, 404);
  EXPECT_EQ(owner_.post(team_.in("/issues"), object("title", "a")).status, 404);
  ASSERT_EQ(owner_.post(team_.in("/restore")).status, 200);
  EXPECT_EQ(owner_.get(issue).status, 200);
}

}  // namespace
}  // namespace daybook::test::things_test
