// An installation for tests, whose clock is moved: what takes days is seen in seconds, and moved it stays.
#include <gtest/gtest.h>

#include "platform/text/instant.hpp"
#include "tests/e2e/caller.hpp"

namespace daybook::test::test_clock_test {
namespace {

constexpr std::chrono::seconds limit{60};
constexpr int day_s = 24 * 3600;

// One installation for all of them; it goes forward from test to test.
class TestClock : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    daybook_ = std::make_unique<DaybookProcess>(Surroundings{.settings = "[clock]\ntest = true\n"});
  }
  static void TearDownTestSuite() { daybook_.reset(); }

  TestClock() : team_(*daybook_) {
    EXPECT_EQ(daybook_->run({"admin", "grant", owner().email, "--allow-unsafe-database"}).exit_code, 0);
    // The server's command line tells no position to wait for.
    EXPECT_TRUE(wait_until([&] { return owner().get("/test-clock").status == 200; }, limit));
  }

  Caller& owner() { return team_.owner; }
  text::Instant now() { return text::parse_instant(owner().get("/test-clock").text("/now")).value(); }
  Reply advance(int seconds) { return owner().post("/test-clock", object("advance_seconds", seconds)); }

  static std::unique_ptr<DaybookProcess> daybook_;
  Team team_;
};
std::unique_ptr<DaybookProcess> TestClock::daybook_;

TEST_F(TestClock, WhatTakesDaysHappensWhenItIsMovedAndMovedItStays) {
  // Given an invitation for a week, and an issue that is due in five days
  auto max = team_.joined_by(*daybook_, "member");
  const auto invitation = owner().post(team_.in("/invitations"), object("email", random_name("eve") + "@example.org"));
  ASSERT_EQ(invitation.status, 201) << invitation;
  const auto due_at = text::format_instant(now() + std::chrono::hours(5 * 24));
  const auto issue = owner().post(team_.in("/issues"), object("title", "Ship", "due_at", due_at, "assignee_id", max.user_id));
  ASSERT_EQ(issue.status, 201) << issue;

  // When nearly five days go by
  const auto before = now();
  const auto moved = advance(4 * day_s + 60);
  ASSERT_EQ(moved.status, 200) << moved;
  EXPECT_GE(text::parse_instant(moved.text("/now")).value() - before, std::chrono::seconds(4 * day_s + 60));

  // Then the one who has the issue is reminded, and three days later the invitation is closed
  EXPECT_TRUE(wait_until([&] { return max.get("/me/notifications?type=due_date_reminder").rows().size() == 1; }, limit));
  EXPECT_TRUE(owner().get(team_.in("/invitations/" + invitation.id())).at("/closed_at").is_null());
  ASSERT_EQ(advance(3 * day_s).status, 200);
  EXPECT_TRUE(wait_until([&] { return !owner().get(team_.in("/invitations/" + invitation.id())).at("/closed_at").is_null(); }, limit));
  EXPECT_EQ(owner().get(team_.in("/invitations/" + invitation.id())).text("/status"), "expired");

  // And after a restart it is no earlier, and what happens carries its time
  const auto seven_days_on = before + std::chrono::hours(7 * 24);
  daybook_->stop();
  daybook_->start();
  auto again = signed_in_again(*daybook_, owner());
  const auto reading = again.get("/test-clock");
  EXPECT_GE(text::parse_instant(reading.text("/now")).value_or(before), seven_days_on) << reading;
  const auto late = again.post(team_.in("/issues"), object("title", "Late"));
  EXPECT_GE(text::parse_instant(late.text("/created_at")).value_or(before), seven_days_on) << late;
  EXPECT_NE(daybook_->output().find("test clock"), std::string::npos) << daybook_->output();
  const auto audit = daybook_->run({"audit", "verify"});
  EXPECT_EQ(audit.exit_code, 0) << audit.output;
}

TEST_F(TestClock, IsWhatQueriesCallNow) {
  const auto resets_at = [&](Caller& who) { return text::parse_instant(who.get(team_.in("/quota")).text("/resets_at")).value(); };
  const auto first = resets_at(owner());
  EXPECT_GT(first, now());
  EXPECT_LT(first - now(), std::chrono::hours(31 * 24 + 1));
  ASSERT_EQ(owner().post("/test-clock", object("set_to", text::format_instant(first))).status, 200);
  auto again = signed_in_again(*daybook_, owner());  // nobody is signed in for weeks without coming back
  EXPECT_GT(resets_at(again), first) << "another month has begun";
  const auto summary = again.get(team_.in("/usage/summary"));
  EXPECT_EQ(text::parse_instant(summary.text("/period_start")).value(), first) << summary;
  EXPECT_EQ(text::parse_instant(summary.text("/period_end")).value(), resets_at(again)) << summary;
}

TEST_F(TestClock, GoesForwardOnlyAndForSuperusersAlone) {
  const auto back = owner().post("/test-clock", object("set_to", text::format_instant(now() - std::chrono::hours(1))));
  EXPECT_EQ(back.status, 422) << back;
  EXPECT_EQ(back.code(), "clock-goes-back");
  EXPECT_EQ(back.pointer(), "/set_to");
  EXPECT_EQ(owner().post("/test-clock").code(), "required");
  auto ann = newcomer(*daybook_);
  EXPECT_EQ(ann.post("/test-clock", object("advance_seconds", 1)).status, 403);
  EXPECT_EQ(ann.get("/test-clock").status, 403);
  EXPECT_EQ(http::Client(daybook_->url()).get("/readyz").body, R"({"status":"ready","test_clock":true})");
}

TEST_F(TestClock, IsRefusedWhereTheInstallationLooksLikeOneInUse) {
  const auto refused = daybook_->run({"serve", "--listen", "0.0.0.0:0", "--allow-unsafe-database"});
  EXPECT_EQ(refused.exit_code, 1) << refused.output;
  EXPECT_NE(refused.output.find("http.listen is 0.0.0.0:0, which others can reach"), std::string::npos) << refused.output;
}

TEST(NoTestClock, IsThereUnlessTheInstallationIsForTests) {
  auto& daybook = DaybookProcess::shared();
  auto ann = newcomer(daybook);
  EXPECT_EQ(ann.get("/test-clock").status, 403);
  ASSERT_EQ(daybook.run({"admin", "grant", ann.email, "--allow-unsafe-database"}).exit_code, 0);
  EXPECT_TRUE(wait_until([&] { return ann.get("/test-clock").status == 404; }, limit));
  EXPECT_EQ(ann.post("/test-clock", object("advance_seconds", 1)).status, 404);
  ASSERT_EQ(daybook.run({"admin", "revoke", ann.email, "--allow-unsafe-database"}).exit_code, 0);
}

}  // namespace
}  // namespace daybook::test::test_clock_test
