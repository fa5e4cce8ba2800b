#include "tests/e2e/scenario/agent_team.hpp"

#include <gtest/gtest.h>

#include "tests/e2e/scenario/stage.hpp"

namespace daybook::test {
namespace {

constexpr int first_day = 3;  // a Monday

void set_clock(Caller& superuser, int day) {
  const auto moved = superuser.post("/test-clock", object("set_to", AgentTeam::moment(day)));
  EXPECT_EQ(moved.status, 200) << moved;
}

// A superuser who has signed in since it is Monday: the session before is years old by then.
Caller superuser_on_monday(DaybookProcess& daybook) {
  auto somebody = newcomer(daybook, "root");
  const auto granted = daybook.run({"admin", "grant", somebody.email, "--allow-unsafe-database"});
  EXPECT_EQ(granted.exit_code, 0) << granted.output;
  // The server's command line tells no position to wait for.
  EXPECT_TRUE(wait_until([&] { return somebody.get("/test-clock").status == 200; }, settle_limit));
  set_clock(somebody, first_day);
  return signed_in_again(daybook, somebody);
}

}  // namespace

AgentTeam::AgentTeam(DaybookProcess& daybook)
    : daybook(daybook),
      root(superuser_on_monday(daybook)),
      team(daybook, "Relay"),
      shop(daybook, "Harbour"),
      max(team.joined_by(daybook, "member")) {}

void AgentTeam::it_is(int day) { set_clock(root, day); }

std::string AgentTeam::moment(int day) { return "2031-03-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + "T09:00:00Z"; }

std::string AgentTeam::made_at(Caller& who, const std::string& path, const std::string& body) {
  const auto reply = who.post(path, body);
  EXPECT_EQ(reply.status, 201) << path << ": " << reply;
  return reply.id();
}

void AgentTeam::done(const Reply& reply) { EXPECT_TRUE(reply.status == 200 || reply.status == 204) << reply; }

Agent AgentTeam::registered(const std::string& name) {
  const auto agent = team.owner.post(team.in("/agents"), object("name", name));
  EXPECT_EQ(agent.status, 201) << agent;
  return {Caller(daybook, agent.text("/token")), agent.id()};
}

Agent AgentTeam::with_token(const std::string& id) {
  const auto replaced = team.owner.post(team.in("/agents/" + id + "/token"));
  EXPECT_EQ(replaced.id(), id) << replaced;
  return {Caller(daybook, replaced.text("/token")), id};
}

std::string AgentTeam::issue(Caller& who, const std::string& title, const std::string& project, const Agent& agent) {
  return made(who, "/issues", object("title", title, "project_id", project, "assignee_type", "agent", "assignee_id", agent.id));
}

std::string AgentTeam::requested(const std::string& issue, const std::string& body) {
  return made(team.owner, "/issues/" + issue + "/executions", body);
}

Held AgentTeam::claimed(Agent& agent, const std::string& run) {
  const auto claim = agent.caller.post(team.in("/executions:claim"));
  EXPECT_EQ(claim.status, 200) << claim;
  EXPECT_EQ(claim.id(), run);
  EXPECT_EQ(claim.text("/agent_id"), agent.id);
  return {run, claim.number("/fencing_token")};
}

Reply AgentTeam::say(Agent& agent, const Held& held, const std::string& how, const std::string& report) {
  return agent.caller.post(team.in("/executions/" + held.run + "/" + how),
                           "{\"fencing_token\":" + std::to_string(held.fencing_token) + (report.empty() ? "" : ",") + report + "}");
}

Reply AgentTeam::used(const std::string& source_id, double gigabytes) {
  return team.owner.post(team.in("/usage"), object("source", "gateway", "source_id", source_id, "billing_unit", "storage_gb", "quantity", gigabytes));
}

void AgentTeam::expect_shown(const std::string& path, const std::string& words) {
  const auto reply = get(path);
  EXPECT_NE(reply.raw.find(words), reply.raw.npos) << path << " lacks " << words << ": " << reply;
}

std::map<std::string, int> AgentTeam::counted(const std::string& path, std::string_view field) {
  std::map<std::string, int> counts;
  for (const auto& row : team.owner.all(team.in(path))) ++counts[std::string(row.at(field).as_string())];
  return counts;
}

void AgentTeam::expect_count(const std::string& path, std::size_t rows) {
  EXPECT_TRUE(wait_until([&] { return count(path) == rows; }, settle_limit)) << path << " has " << count(path) << " rows, not " << rows;
}

}  // namespace daybook::test
