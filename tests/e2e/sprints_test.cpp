// A project's sprints: one after the other, what is unfinished goes along.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"

namespace daybook::test::sprints_test {
namespace {

class SprintsOfATeam : public ::testing::Test {
 protected:
  std::string plan(const std::string& name) {
    const auto made = owner_.post(team_.in("/projects/" + project_ + "/sprints"), object("name", name));
    EXPECT_EQ(made.status, 201) << made;
    return made.id();
  }
  std::string work(const std::string& sprint, std::int64_t points) {
    const auto made = owner_.post(team_.in("/issues"), object("title", "Work", "project_id", project_, "sprint_id", sprint, "story_points", points));
    EXPECT_EQ(made.status, 201) << made;
    return made.id();
  }
  Reply change(const std::string& issue, const std::string& body) { return owner_.patch(team_.in("/issues/" + issue), body); }
  Reply sprint(const std::string& id) { return owner_.get(team_.in("/sprints/" + id)); }
  Reply verb(const std::string& id, const std::string& what, const std::string& body = "{}") {
    return owner_.post(team_.in("/sprints/" + id + "/" + what), body);
  }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
  std::string project_ = owner_.post(team_.in("/projects"), object("name", "Engine", "key", "ENG")).id();
};

TEST_F(SprintsOfATeam, TheUnfinishedGoAlongAndTheVelocityStays) {
  const auto one = plan("One"), two = plan("Two");
  const auto done = work(one, 3), rest = work(one, 5);
  ASSERT_EQ(verb(one, "start").status, 200);
  EXPECT_EQ(verb(two, "start").status, 409) << "one is active in a project";
  ASSERT_EQ(change(done, object("status", "done")).status, 200);
  ASSERT_EQ(verb(one, "complete", object("carry_to_id", two)).status, 200);

  EXPECT_EQ(sprint(one).number("/velocity"), 3);
  EXPECT_EQ(sprint(two).number("/points"), 5);
  EXPECT_EQ(owner_.get(team_.in("/issues/" + rest)).text("/sprint_id"), two);
  EXPECT_EQ(owner_.all(team_.in("/issues?sprint=" + two)).size(), 1u);
  EXPECT_EQ(owner_.all(team_.in("/sprints/" + one + "/issues")).size(), 1u);

  ASSERT_EQ(change(rest, object("status", "done")).status, 200);
  ASSERT_EQ(change(done, object("status", "todo")).status, 200);
  EXPECT_EQ(sprint(two).number("/done_points"), 5);
  EXPECT_EQ(sprint(one).number("/velocity"), 3);
  EXPECT_TRUE(owner_.get(team_.in("/issues/" + done)).at("/sprint_id").is_null()) << "taken up again, it is in the backlog";
  const auto series = owner_.get(team_.in("/projects/ENG/velocity"));
  ASSERT_EQ(series.rows().size(), 1u) << series;
  EXPECT_EQ(series.number("/data/0/velocity"), 3);
}

TEST_F(SprintsOfATeam, ABurndownShowsWhatIsLeft) {
  const auto one = plan("One");
  const auto issue = work(one, 3);
  work(one, 5);
  ASSERT_EQ(verb(one, "start").status, 200);
  ASSERT_EQ(change(issue, object("status", "done")).status, 200);
  const auto burndown = owner_.get(team_.in("/sprints/" + one + "/burndown"));
  ASSERT_FALSE(burndown.rows().empty()) << burndown;
  const auto last = "/data/" + std::to_string(burndown.rows().size() - 1);
  EXPECT_EQ(burndown.number(last + "/remaining_points"), 5);
  EXPECT_EQ(burndown.number(last + "/points"), 8);
}

TEST_F(SprintsOfATeam, ADeletedSprintReadsAsNoneAndComesBack) {
  const auto one = plan("One");
  const auto issue = work(one, 3);
  ASSERT_EQ(owner_.remove(team_.in("/sprints/" + one)).status, 204);
  EXPECT_TRUE(owner_.get(team_.in("/issues/" + issue)).at("/sprint_id").is_null());
  EXPECT_EQ(sprint(one).status, 404);
  ASSERT_EQ(verb(one, "restore").status, 200);
  EXPECT_EQ(owner_.get(team_.in("/issues/" + issue)).text("/sprint_id"), one);
}

TEST_F(SprintsOfATeam, SprintsOfADeletedProjectAreHiddenWithIt) {
  const auto one = plan("One");
  ASSERT_EQ(owner_.remove(team_.in("/projects/ENG")).status, 204);
  EXPECT_EQ(sprint(one).status, 404);
  EXPECT_EQ(verb(one, "start").status, 404);
  EXPECT_TRUE(owner_.all(team_.in("/sprints")).empty());
}

TEST_F(SprintsOfATeam, CapacityHoldsWhoeverComesFirst) {
  const auto one = plan("One");
  ASSERT_EQ(owner_.patch(team_.in("/sprints/" + one), object("capacity_points", 8)).status, 200);
  work(one, 5);
  const auto refused =
      owner_.post(team_.in("/issues"), object("title", "More", "project_id", project_, "sprint_id", one, "story_points", 4));
  EXPECT_EQ(refused.status, 422) << refused;
  EXPECT_EQ(refused.code(), "beyond-capacity");
}

}  // namespace
}  // namespace daybook::test::sprints_test
