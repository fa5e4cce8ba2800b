#pragma once
// Runs in the office: asked for by max, run by robot.
#include "command-service/domain/execution/execution.hpp"
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain {

class Runs : public Office {
 protected:
  using Status = events::execution::Status;
  using ExecutionType = events::execution::ExecutionType;
  using Priority = events::execution::Priority;

  const events::UserId another_member = id_of<events::UserId>(6);

  static events::ExecutionId runs(int n) { return id_of<events::ExecutionId>(700 + n); }
  auto run(int n) { return spec<Execution>(runs(n), acme); }
  const execution::State& state_of(int n) { return world.state<Execution>(events::stream_of(runs(n))); }

  void member(events::UserId user) {
    workspace().as(olga).given(events::workspace::MemberJoined{id_of<events::MemberId>(106), user, MemberRole::member});
  }
  void more_at_once(std::int64_t most) {
    events::agent::Reconfigured reconfigured{};
    reconfigured.name = "Robot";
    reconfigured.max_concurrent_tasks = most;
    agent(robot).as(max).given(reconfigured);
  }

  // Who asks, in the workspace.
  CommandContext admitted(events::UserId user, std::chrono::seconds after = {}) {
    auto plain = context();
    plain.now += after;
    plain.user = user;
    plain.actor_type = events::ActorType::user;
    plain.actor_id = events::PrincipalId{user.value};
    return *admit(plain, world.state<Workspace>(events::stream_of(acme)), Permission::workspace_read);
  }
  CommandContext admitted(events::AgentId agent, std::chrono::seconds after = {}) {
    auto context = admitted(max, after);
    context.user.reset();
    context.role.reset();
    context.agent = agent;
    context.actor_type = events::ActorType::agent;
    context.actor_id = events::PrincipalId{agent.value};
    return context;
  }

  // What happens where that is decided, or the rejection.
  std::optional<Rejection> happens(int n, const Decision<execution::Event>& decided, const CommandContext& context) {
    if (!decided) return decided.error();
    for (const auto& event : *decided)
      if (auto refused = world.happen<Execution>(events::stream_of(runs(n)), acme, event, context)) return refused;
    return std::nullopt;
  }
  static std::string code_of(const std::optional<Rejection>& rejection) { return rejection ? rejection->code : "accepted"; }

  // An agent's own commands: its admission is not asked here.
  class Call {
   public:
    Call(Runs& office, int run, events::AgentId agent) : office_(office), run_(run), agent_(agent) {}
    template <class Command>
    Call& when(const Command& command) {
      const auto context = office_.admitted(agent_);
      rejection_ = office_.happens(run_, decide(office_.state_of(run_), command, context, office_.world.facts), context);
      return *this;
    }
    void then_rejected(std::string_view code) const { EXPECT_EQ(code_of(rejection_), code); }

   private:
    Runs& office_;
    int run_;
    events::AgentId agent_;
    std::optional<Rejection> rejection_;
  };
  Call as_agent(int n, events::AgentId agent) { return {*this, n, agent}; }

  template <class Change>
  void requested(int n, Change change) {
    execution::Request request{};
    request.issue_id = IssueRef(first);
    request.prompt = Prompt("Fix it.");
    change(request);
    EXPECT_FALSE(run(n).as(max).when(request).rejection());
  }
  void requested(int n) {
    requested(n, [](auto&) {});
  }
  void requested(int n, events::IssueId issue) {
    requested(n, [&](auto& request) { request.issue_id = IssueRef(issue); });
  }

  execution::Claim claim_of(int n) const {
    execution::Claim claim{};
    claim.agent_id = robot;
    claim.execution_id = runs(n);
    return claim;
  }
  void claim(int n) { EXPECT_EQ(code_of(run(n).as(max).when(claim_of(n)).rejection()), "accepted"); }
  void claim_refused(int n, std::string_view code) { EXPECT_EQ(code_of(run(n).as(max).when(claim_of(n)).rejection()), code); }
  void complete(int n) {
    execution::Complete complete{};
    complete.fencing_token = state_of(n).fencing_token.value_or(0);
    EXPECT_EQ(code_of(run(n).as(max).when(complete).rejection()), "accepted");
  }
  void fail(int n) {
    execution::Fail fail{};
    fail.fencing_token = state_of(n).fencing_token.value_or(0);
    fail.error = Description("It fell over.");
    EXPECT_EQ(code_of(run(n).as(max).when(fail).rejection()), "accepted");
  }
  // The timer looks at the run that long after everything began.
  void lose(int n, std::chrono::seconds after) {
    const auto context = admitted(olga, after);
    EXPECT_FALSE(happens(n, decide(state_of(n), execution::Lose{}, context, world.facts), context));
  }
  std::optional<Rejection> tried_again(int n, int as) {
    const auto context = admitted(max);
    return happens(as, execution::retry(state_of(as), state_of(n), execution::Retry{}, context, world.facts), context);
  }
  void retry(int n, int as) { EXPECT_EQ(code_of(tried_again(n, as)), "accepted"); }
  void retry_refused(int n, int as, std::string_view code) { EXPECT_EQ(code_of(tried_again(n, as)), code); }

  // What a claim for robot would get.
  std::optional<events::ExecutionId> chosen(execution::Claim claim = {}) {
    claim.agent_id = robot;
    const auto found = choose(claim, admitted(max), world.facts);
    EXPECT_TRUE(found) << found.error().code;
    return found ? *found : std::nullopt;
  }
  std::int64_t running_of_robot() { return world.facts.counter(scope::running_executions, events::stream_of(robot)); }
};

namespace happened = events::execution;

}  // namespace daybook::domain
