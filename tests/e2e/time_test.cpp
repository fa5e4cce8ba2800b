// Time that was worked: timers, what is logged and corrected, and the figures that come of it.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"

namespace daybook::test::time_test {
namespace {

class Time : public ::testing::Test {
 protected:
  Reply log(Caller& who, const std::string& issue, const std::string& start, std::int64_t seconds) {
    return who.post(team_.in("/issues/" + issue + "/time-entries"), object("start_time", start, "duration_seconds", seconds));
  }
  std::int64_t minutes(const std::string& issue) { return owner_.get(team_.in("/issues/" + issue)).number("/actual_minutes"); }
  std::string hours(const std::string& project) {
    return json::serialize(owner_.get(team_.in("/projects/" + project)).at("/actual_hours"));
  }
  std::size_t count(const std::string& path) { return owner_.all(team_.in(path)).size(); }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
};

TEST_F(Time, ATimerRunsOnceAPersonAndIsStopped) {
  const auto issue = team_.issue(), other = team_.issue("other");
  const auto timer = owner_.post(team_.in("/issues/" + issue + "/timer"), object("description", "Looking for it"));
  ASSERT_EQ(timer.status, 201) << timer;
  EXPECT_TRUE(timer.at("/end_time").is_null());
  EXPECT_EQ(timer.number("/duration_seconds"), 0);
  const auto entry = team_.in("/time-entries/" + timer.id());
  EXPECT_TRUE(timer.header("Location").ends_with("/time-entries/" + timer.id())) << timer.header("Location");

  const auto second = owner_.post(team_.in("/issues/" + other + "/timer"));
  EXPECT_EQ(second.status, 409) << second;
  EXPECT_EQ(second.pointer(), "/user_id");
  EXPECT_EQ(count("/time-entries?running=true&user=" + owner_.user_id), 1u);

  const auto stopped = owner_.post(entry + "/stop");
  ASSERT_EQ(stopped.status, 200) << stopped;
  EXPECT_FALSE(stopped.at("/is_running").as_bool());
  EXPECT_EQ(owner_.post(entry + "/stop").header("ETag"), stopped.header("ETag")) << "nothing more to stop";
  EXPECT_EQ(count("/time-entries?running=true"), 0u);
  EXPECT_EQ(owner_.post(team_.in("/issues/" + other + "/timer")).status, 201);
}

TEST_F(Time, MinutesAndHoursFollowEntriesAndIssues) {
  const auto project = owner_.post(team_.in("/projects"), object("name", "Engine")).id();
  const auto dock = owner_.post(team_.in("/projects"), object("name", "Dock")).id();
  const auto issue = owner_.post(team_.in("/issues"), object("title", "Burn", "project_id", project)).id();
  const auto entry = team_.in("/time-entries/" + log(owner_, issue, "2026-01-05T09:00:00Z", 5400).id());
  log(owner_, issue, "2026-01-06T09:00:00Z", 59);
  EXPECT_EQ(minutes(issue), 90);
  EXPECT_EQ(hours(project), "1.52E0");

  ASSERT_EQ(owner_.patch(entry, object("end_time", "2026-01-05T10:00:00Z")).status, 200);
  EXPECT_EQ(minutes(issue), 60);
  ASSERT_EQ(owner_.post(team_.in("/issues/" + issue + "/move"), object("project_id", dock)).status, 200);
  EXPECT_EQ(hours(project), "0");
  EXPECT_EQ(hours(dock), "1.02E0");

  ASSERT_EQ(owner_.remove(entry).status, 204);
  EXPECT_EQ(minutes(issue), 0);
  EXPECT_EQ(owner_.get(entry).status, 404);
  EXPECT_EQ(owner_.get(entry + "?deleted=include").status, 200);
  ASSERT_EQ(owner_.post(entry + "/restore").status, 200);
  EXPECT_EQ(minutes(issue), 60);
  ASSERT_EQ(owner_.remove(team_.in("/issues/" + issue)).status, 204);
  EXPECT_EQ(hours(dock), "0");
  EXPECT_EQ(owner_.get(entry).status, 404) << "it is hidden with its issue";
  EXPECT_EQ(count("/time-entries"), 0u);
}

TEST_F(Time, AFigureMovesTheETagButNotTheVersion) {
  const auto path = team_.in("/issues/" + team_.issue());
  const auto before = owner_.get(path).header("ETag");
  log(owner_, path.substr(path.rfind('/') + 1), "2026-01-05T09:00:00Z", 3600);
  const auto after = owner_.get(path).header("ETag");
  EXPECT_NE(after, before);
  EXPECT_EQ(after.substr(0, after.find('-')), before.substr(0, before.find('-')));
  EXPECT_EQ(owner_.get(path, {{"If-None-Match", after}}).status, 304);
  EXPECT_EQ(owner_.patch(path, object("priority", "high"), {{"If-Match", before}}).status, 200) << "what was seen is still so";
}

TEST_F(Time, ARateKeepsItsDigitsAndADefaultIsTakenOnce) {
  const auto issue = team_.issue();
  ASSERT_EQ(owner_.patch(team_.in(), R"({"settings":{"default_hourly_rate":85.10}})").status, 200);
  const auto times = std::string(R"("start_time":"2026-01-05T09:00:00Z","duration_seconds":60)");
  const auto entries = team_.in("/issues/" + issue + "/time-entries");
  const auto taken = owner_.post(entries, "{" + times + R"(,"is_billable":true})");
  EXPECT_NE(taken.raw.find(R"("hourly_rate":85.1,"currency":"USD")"), taken.raw.npos) << taken;
  ASSERT_EQ(owner_.patch(team_.in(), R"({"settings":{"default_hourly_rate":99}})").status, 200);
  const auto shown = owner_.get(team_.in("/time-entries/" + taken.id()));
  EXPECT_NE(shown.raw.find(R"("hourly_rate":85.1,)"), shown.raw.npos) << shown;

  const auto exact = owner_.post(entries, "{" + times + R"(,"hourly_rate":0.123456789,"currency":"EUR"})");
  ASSERT_EQ(exact.status, 201) << exact;
  for (const auto& path : {"/time-entries/" + exact.id(), std::string("/time-entries?manual=true&billable=false")})
    EXPECT_NE(owner_.get(team_.in(path)).raw.find(R"("hourly_rate":0.123456789,"currency":"EUR")"), std::string::npos) << path;
  EXPECT_EQ(count("/time-entries?filter=" + http::percent_encode(R"({"field":"hourly_rate","op":"lt","value":0.2})")), 1u);
  EXPECT_EQ(owner_.post(entries, "{" + times + R"(,"hourly_rate":0.1234567891})").status, 422);
  EXPECT_EQ(owner_.post(entries, "{" + times + R"(,"hourly_rate":"85.10"})").status, 422);
}

TEST_F(Time, EntriesAreFoundByWhoseTheyAreWhereAndWhen) {
  const auto project = owner_.post(team_.in("/projects"), object("name", "Engine", "key", "ENG")).id();
  const auto issue = owner_.post(team_.in("/issues"), object("title", "Burn", "project_id", project)).id(), other = team_.issue();
  auto max = team_.joined_by(daybook_, "member");
  ASSERT_EQ(log(max, issue, "2026-01-05T09:00:00Z", 60).status, 201);
  ASSERT_EQ(log(owner_, other, "2026-01-07T09:00:00Z", 60).status, 201);
  EXPECT_EQ(count("/time-entries?user=" + max.user_id), 1u);
  EXPECT_EQ(count("/time-entries?issue=" + issue), 1u);
  EXPECT_EQ(count("/issues/" + issue + "/time-entries"), 1u);
  EXPECT_EQ(count("/time-entries?project=" + project), 1u);
  EXPECT_EQ(count("/time-entries?project=eng"), 1u);
  EXPECT_EQ(count("/time-entries?from=2026-01-06T00:00:00Z"), 1u);
  EXPECT_EQ(count("/time-entries?to=2026-01-06T00:00:00Z&sort=-start_time"), 1u);
  EXPECT_EQ(owner_.get(team_.in("/time-entries?running=maybe")).status, 400);
  const auto embedded = owner_.get(team_.in("/issues/" + issue + "?expand=time_entries.user"));
  EXPECT_EQ(embedded.text("/time_entries/0/user/id"), max.user_id) << embedded;
  const auto activity = owner_.get(team_.in("/projects/" + project + "/activity"));
  EXPECT_EQ(activity.text("/data/0/type"), "time_entry.logged") << activity;
}

TEST_F(Time, MembersKeepTheirOwnTimeAdminsAnyones) {
  const auto issue = team_.issue();
  auto max = team_.joined_by(daybook_, "member");
  const auto mine = log(owner_, issue, "2026-01-05T09:00:00Z", 60);
  EXPECT_EQ(max.patch(team_.in("/time-entries/" + mine.id()), object("description", "His")).status, 403);
  const auto for_max = owner_.post(team_.in("/issues/" + issue + "/time-entries"),
                                   object("start_time", "2026-01-05T09:00:00Z", "duration_seconds", 60, "user_id", max.user_id));
  EXPECT_EQ(for_max.status, 201) << for_max;
  EXPECT_EQ(max.remove(team_.in("/time-entries/" + for_max.id())).status, 204);
}

TEST_F(Time, TheSameSentAgainIsAnsweredAsAtFirst) {
  const auto issue = team_.issue();
  const auto body = object("id", "0198c0de-0000-7000-8000-0000000000a1", "description", "Once");
  const auto first = owner_.post(team_.in("/issues/" + issue + "/timer"), body);
  ASSERT_EQ(first.status, 201) << first;
  ASSERT_EQ(owner_.post(team_.in("/time-entries/" + first.id() + "/stop")).status, 200);
  const auto again = owner_.post(team_.in("/issues/" + issue + "/timer"), body);
  EXPECT_EQ(again.status, 201) << again;
  EXPECT_EQ(again.raw, first.raw);
}

}  // namespace
}  // namespace daybook::test::time_test
