// Runs: asked for, claimed, kept, ended, tried again, and found.
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "tests/e2e/caller.hpp"

namespace daybook::test::executions_test {
namespace {

class Executions : public ::testing::Test {
 protected:
  std::string request(const std::string& issue, const std::string& prompt = "Fix it.") {
    const auto made = owner_.post(team_.in("/issues/" + issue + "/executions"), object("prompt", prompt));
    EXPECT_EQ(made.status, 201) << made;
    EXPECT_TRUE(made.header("Location").ends_with("/executions/" + made.id())) << made.header("Location");
    return made.id();
  }
  Reply claim(const std::string& body = "{}") { return owner_.post(team_.in("/executions:claim"), body); }
  std::string run(const std::string& id, const std::string& rest = "") { return team_.in("/executions/" + id + rest); }
  // Of the process that answers queries; 0 where it tells nothing of it.
  double figure(const std::string& name) {
    const auto text = http::Client(daybook_.urls().back()).get("/metrics").body;
    const auto at = text.find("\n" + name + " ");
    return at == text.npos ? 0 : std::stod(text.substr(at + name.size() + 2));
  }
  std::size_t count(const std::string& path) { return owner_.all(team_.in(path)).size(); }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
};

TEST_F(Executions, AnAgentWorksOnWhatItClaims) {
  const auto issue = team_.issue();
  const auto agent = owner_.post(team_.in("/agents"), object("name", "Robin")).id();
  EXPECT_EQ(claim().status, 204) << "nothing is ready yet";
  const auto id = request(issue, "Look for the wombat.");

  const auto claimed = claim(object("agent_id", agent, "lease_seconds", 60));
  ASSERT_EQ(claimed.status, 200) << claimed;
  EXPECT_EQ(claimed.id(), id);
  EXPECT_EQ(claimed.text("/agent_id"), agent);
  const auto token = claimed.number("/fencing_token");
  EXPECT_EQ(claim(object("agent_id", agent)).code(), "agent-busy");
  EXPECT_EQ(claim().status, 204) << "it is handed out once";

  const auto beat = owner_.post(run(id, "/heartbeat"), object("fencing_token", token, "progress", 50));
  ASSERT_EQ(beat.status, 200) << beat;
  EXPECT_EQ(owner_.post(run(id, "/heartbeat"), object("fencing_token", token)).header("ETag"), beat.header("ETag")) << "nothing new";
  const auto stale = owner_.post(run(id, "/complete"), object("fencing_token", token + 1, "response", "Mine."));
  EXPECT_EQ(stale.status, 409) << stale;
  EXPECT_EQ(stale.code(), "stale-fencing-token");

  const auto done = owner_.post(run(id, "/complete"),
                                object("fencing_token", token, "response", "It is in the garden.", "output_data", json::object{{"found", true}}, "usage",
                                       json::object{{"input", 100}, {"output", 20}}, "reported_cost", 0.25, "execution_time", 1.5));
  ASSERT_EQ(done.status, 200) << done;
  const auto read = owner_.get(run(id));
  EXPECT_EQ(read.text("/status"), "completed");
  EXPECT_EQ(read.number("/tokens_used"), 120);
  EXPECT_EQ(json::serialize(read.at("/execution_time")), "1.5E0");
  EXPECT_EQ(json::serialize(read.at("/cost")), "2.5E-1");
  EXPECT_TRUE(read.at("/output_data/found").as_bool());
  EXPECT_EQ(owner_.post(run(id, "/cancel")).code(), "ended");

  EXPECT_EQ(owner_.post(run(id, "/feedback"), object("rating", 5)).number("/rating"), 5);
  EXPECT_EQ(count("/issues/" + issue + "/executions"), 1u);
  EXPECT_EQ(count("/agents/" + agent + "/executions?status=completed&execution_type=task"), 1u);
  EXPECT_EQ(count("/executions?q=wombat&issue=" + issue), 1u);
  EXPECT_EQ(count("/search?type=execution&q=wombat"), 1u);
  EXPECT_EQ(owner_.get(team_.in("/executions?fields=id,prompt&expand=agent")).text("/data/0/agent/name"), "Robin");
}

TEST_F(Executions, WhatFailedIsTriedAgainWhileAttemptsAreLeft) {
  const auto made = owner_.post(team_.in("/executions"), object("execution_type", "generation", "generation_type", "story", "max_attempts", 2));
  ASSERT_EQ(made.status, 201) << made;
  auto id = made.id();
  for (int attempt = 1; attempt <= 2; ++attempt) {
    const auto claimed = claim(object("execution_types", json::array{"generation"}));
    ASSERT_EQ(claimed.id(), id) << claimed;
    ASSERT_EQ(owner_.post(run(id, "/fail"), object("fencing_token", claimed.number("/fencing_token"), "error", "It fell over.")).status, 200);
    const auto again = owner_.post(run(id, "/retry"));
    if (attempt == 2) {
      EXPECT_EQ(again.code(), "no-attempts-left") << again;
      break;
    }
    ASSERT_EQ(again.status, 201) << again;
    EXPECT_EQ(again.text("/retry_of"), id);
    EXPECT_EQ(again.number("/retry_count"), 1);
    EXPECT_EQ(owner_.post(run(id, "/retry")).code(), "already-retried");
    id = again.id();
  }
  EXPECT_EQ(count("/executions?status=failed&usage_missing=true"), 2u);
  EXPECT_GE(figure("daybook_runs_without_usage"), 2);
  EXPECT_GE(figure("daybook_runs_ended"), figure("daybook_runs_without_usage"));
}

TEST_F(Executions, ManyWhoClaimAtOnceGetARunEach) {
  constexpr int people = 8, each = 5, waiting = 30;
  const auto issue = team_.issue();
  for (int n = 0; n < waiting; ++n) request(issue);
  std::vector<std::vector<std::string>> got(people);
  {
    std::vector<std::jthread> threads;
    for (int n = 0; n < people; ++n)
      threads.emplace_back([&, n] {
        Caller caller(daybook_, owner_.token);
        for (int i = 0; i < each; ++i)
          if (const auto claimed = caller.post(team_.in("/executions:claim"), "{}"); claimed.status == 200) got[n].push_back(claimed.id());
      });
  }
  std::set<std::string> runs;
  std::size_t all = 0;
  for (const auto& some : got) {
    all += some.size();
    runs.insert(some.begin(), some.end());
  }
  EXPECT_EQ(all, static_cast<std::size_t>(waiting));
  EXPECT_EQ(runs.size(), all) << "one was handed out twice";
}

TEST_F(Executions, ABlockedIssueIsNotHandedOut) {
  const auto first = team_.issue(), second = team_.issue("second");
  ASSERT_EQ(owner_.post(team_.in("/issues/" + first + "/dependencies"), object("depends_on_id", second)).status, 201);
  const auto id = request(second);
  EXPECT_EQ(claim().status, 204);
  EXPECT_EQ(claim(object("execution_id", id)).code(), "not-ready");
  ASSERT_EQ(owner_.patch(team_.in("/issues/" + first), object("status", "done")).status, 200);
  EXPECT_EQ(claim().id(), id);
}

}  // namespace
}  // namespace daybook::test::executions_test
