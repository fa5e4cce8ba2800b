#pragma once

#include <map>

#include "tests/e2e/caller.hpp"

namespace daybook::test {

/// An agent by its own token.
struct Agent {
  Caller caller;
  std::string id;
};

/// A run in somebody's hands.
struct Held {
  std::string run;
  std::int64_t fencing_token = 0;
};

/// A workspace in which agents work, the shop next door, and a superuser who moves the clock and sells plans. What everybody does is expected
/// to be answered well. Everything happens in March 2031. One thread.
class AgentTeam {
 public:
  explicit AgentTeam(DaybookProcess& daybook);

  // ---- what happens ----

  /// That day, at 09:00.
  void it_is(int day);
  static std::string moment(int day);
  /// A thing of the workspace made; its id.
  std::string made(Caller& who, const std::string& path, const std::string& body) { return made_at(who, team.in(path), body); }
  static void done(const Reply& reply);
  std::string plan(const std::string& body) { return made_at(root, "/plans", body); }
  Agent registered(const std::string& name);
  /// Of one that is there already.
  Agent with_token(const std::string& id);
  std::string issue(Caller& who, const std::string& title, const std::string& project, const Agent& agent);

  /// Asks for a run of the issue.
  std::string requested(const std::string& issue, const std::string& body = "{}");
  /// The agent claims what is there for it, which is to be this.
  Held claimed(Agent& agent, const std::string& run);
  /// Asks for it, and its agent claims it.
  Held begun(Agent& agent, const std::string& issue, const std::string& body = "{}") { return claimed(agent, requested(issue, body)); }
  std::string retried(const std::string& run) { return made(team.owner, "/executions/" + run + "/retry", "{}"); }
  /// `how`: complete, fail, heartbeat. `report`: the members of its body but the token.
  Reply say(Agent& agent, const Held& held, const std::string& how, const std::string& report = "");
  void ended(Agent& agent, const Held& held, const std::string& how, const std::string& report = "") { done(say(agent, held, how, report)); }
  Reply used(const std::string& source_id, double gigabytes);

  // ---- what is read ----

  Reply get(const std::string& path) { return team.owner.get(team.in(path)); }
  std::size_t count(const std::string& path) { return team.owner.all(team.in(path)).size(); }
  /// Such words stand in the answer.
  void expect_shown(const std::string& path, const std::string& words);
  /// Rows of a list, counted by a field.
  std::map<std::string, int> counted(const std::string& path, std::string_view field);
  /// They are so many, at once or a moment later.
  void expect_count(const std::string& path, std::size_t rows);

  DaybookProcess& daybook;
  Caller root;
  Team team, shop;
  Caller max;

 private:
  static std::string made_at(Caller& who, const std::string& path, const std::string& body);
};

}  // namespace daybook::test
