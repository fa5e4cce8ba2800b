// What comes due: people are reminded of it, once for each due date.
#include <gtest/gtest.h>

#include "platform/text/instant.hpp"
#include "tests/e2e/caller.hpp"

namespace daybook::test::reminders_test {
namespace {

constexpr std::chrono::seconds limit{60};

std::string in_hours(int hours) {
  return text::format_instant(std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()) + std::chrono::hours(hours));
}

class Reminded : public ::testing::Test {
 protected:
  std::string opened(const std::string& due_at) {
    const auto reply = team_.owner.post(team_.in("/issues"), object("title", "Ship", "due_at", due_at, "assignee_id", max_.user_id));
    EXPECT_EQ(reply.status, 201) << reply;
    return team_.in("/issues/" + reply.id());
  }
  static json::array reminders(Caller& who) { return who.get("/me/notifications?type=due_date_reminder").rows(); }
  static bool has_reminders(Caller& who, std::size_t count) {
    return wait_until([&] { return reminders(who).size() == count; }, limit);
  }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller max_ = team_.joined_by(daybook_, "member"), ada_ = team_.joined_by(daybook_, "admin");
};

TEST_F(Reminded, WhoHasAnIssueAndWhoWatchesItAreRemindedOfEachDueDate) {
  // Given one that is due in two days, somebody who watches it, and one that nobody need finish
  const auto issue = opened(in_hours(48));
  ASSERT_EQ(ada_.post(issue + "/watch").status, 200);
  ASSERT_EQ(team_.owner.post(team_.in("/issues"), object("title", "Done", "status", "done", "due_at", in_hours(1), "assignee_id", max_.user_id)).status, 201);

  // When it is moved to within a day
  const auto due_at = in_hours(3);
  ASSERT_EQ(team_.owner.patch(issue, object("due_at", due_at)).status, 200);

  // Then both are told, and the issue says of which date
  ASSERT_TRUE(has_reminders(ada_, 1)) << ada_.get("/me/notifications");
  ASSERT_TRUE(has_reminders(max_, 1)) << max_.get("/me/notifications");
  const auto row = ada_.get("/me/notifications?type=due_date_reminder");
  EXPECT_EQ(row.text("/data/0/content"), "Ship");
  EXPECT_EQ(team_.in("/issues/" + row.text("/data/0/related_issue_id")), issue);
  EXPECT_EQ(team_.owner.get(issue).text("/reminded_due_at"), due_at);
  EXPECT_EQ(reminders(team_.owner).size(), 0u);

  // And once more for another date
  ASSERT_EQ(max_.patch(issue, object("due_at", in_hours(4))).status, 200);
  ASSERT_TRUE(has_reminders(ada_, 2));
  EXPECT_EQ(ada_.get(issue + "/history").rows().size(), 6u) << "opened, watched, moved, near, moved, near";
}

TEST_F(Reminded, WhoDoesNotWishItIsNot) {
  ASSERT_EQ(max_.patch("/me", R"({"preferences":{"notifications":{"reminders":false}}})").status, 200);
  const auto issue = opened(in_hours(1));
  ASSERT_EQ(ada_.post(issue + "/watch").status, 200);
  // The marker is told behind it: both are of one cause or of two in their order.
  ASSERT_EQ(ada_.patch(issue, object("due_at", in_hours(2))).status, 200);
  ASSERT_TRUE(wait_until([&] { return !reminders(ada_).empty(); }, limit));
  EXPECT_EQ(reminders(max_).size(), 0u);
}

}  // namespace
}  // namespace daybook::test::reminders_test
