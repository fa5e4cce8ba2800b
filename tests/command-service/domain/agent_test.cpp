#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::agent_test {
namespace {

namespace happened = events::agent;
using events::Patch;
using Agents = Office;

const auto fresh = id_of<events::AgentId>(41);

agent::Register named(const std::string& name) {
  agent::Register command{};
  command.name = Name(name);
  return command;
}

TEST_F(Agents, AMemberRegistersAnIdleLocalAgentAndOwnsIt) {
  happened::Registered expected{};
  expected.name = "Helper";
  expected.owner_id = max;
  agent(fresh).as(max).when(named("Helper")).then(expected);
  agent(fresh).as(max).when(named("Helper")).then_rejected("already-exists", "/id");
  agent(id_of<events::AgentId>(42)).as(vic).when(named("No")).then_rejected("forbidden");
}

TEST_F(Agents, LimitsObjectsAndOwnersAreChecked) {
  auto command = named("X");
  command.max_concurrent_tasks = 0;
  command.runtime_config = events::Json{"1"};
  command.config = events::Json{"[]"};
  command.owner_id = nora;
  auto spec = agent(fresh);
  spec.as(max).when(command).then_rejected("unknown-reference", "/owner_id");
  EXPECT_EQ(spec.rejection()->errors.size(), 4u);
}

TEST_F(Agents, APatchBecomesTheEventsOfWhatItChanges) {
  agent::Change change{};
  change.instructions = Prompt("Be brief");
  change.model = Model("small-1");
  change.runtime_mode = agent::RuntimeMode::cloud;
  change.max_concurrent_tasks = 3;
  change.status = agent::Status::working;
  change.owner_id = ada;
  happened::Reconfigured expected{};
  expected.name = "Robot";
  expected.instructions = "Be brief";
  expected.model = "small-1";
  expected.runtime_mode = agent::RuntimeMode::cloud;
  expected.max_concurrent_tasks = 3;
  auto spec = agent(robot);
  spec.as(max).when(change).then(expected, happened::StatusChanged{agent::Status::working},
                                 happened::OwnerChanged{ada});
  spec.when(change).then_nothing();
  agent::Change clear{};
  clear.model = Patch<Model>::cleared();
  expected.model.reset();
  spec.when(clear).then(expected);
}

TEST_F(Agents, WhatAnAgentNeedsCannotBeCleared) {
  agent::Change change{};
  change.name = Patch<Name>::cleared();
  change.runtime_mode = Patch<agent::RuntimeMode>::cleared();
  change.status = Patch<agent::Status>::cleared();
  change.max_concurrent_tasks = 1001;
  auto spec = agent(robot);
  spec.as(max).when(change).then_rejected("required", "/name");
  EXPECT_EQ(spec.rejection()->errors.size(), 4u);
  agent::Change stranger{};
  stranger.owner_id = nora;
  spec.when(stranger).then_rejected("unknown-reference", "/owner_id");
}

TEST_F(Agents, ARetiredAgentRefusesAllButRestoration) {
  auto spec = agent(robot);
  spec.as(max).when(agent::Retire{}).then(happened::Retired{});
  spec.when(agent::Retire{}).then_rejected("not-found");
  spec.when(agent::Change{}).then_rejected("not-found");
  spec.when(agent::Restore{}).then(happened::Restored{}).when(agent::Restore{}).then_nothing();
  agent(id_of<events::AgentId>(99)).as(max).when(agent::Restore{}).then_rejected("not-found");
}

const auto one = id_of<events::AgentTokenId>(71), two = id_of<events::AgentTokenId>(72);

TEST_F(Agents, RegisteringOneWhoseReplyTellsATokenIssuesIt) {
  auto command = named("Helper");
  command.token_id = one;
  command.drawn_digest = "d1";
  agent(fresh).as(max).when(command);
  const auto& state = world.state<Agent>(events::stream_of(fresh));
  EXPECT_EQ(state.token_id, one);
  EXPECT_EQ(state.version.value, 2);
  EXPECT_EQ(world.facts.claimed(scope::agent_token, "d1"), events::stream_of(fresh));
}

TEST_F(Agents, ReplacingATokenEndsTheOneBeforeAtOnce) {
  agent(robot).as(max).when(agent::ReplaceToken{one, "d1"}).then(happened::TokenIssued{one, "d1"});
  EXPECT_FALSE(agent::refuse_use(world.state<Agent>(events::stream_of(robot)), one));
  agent(robot).as(max).when(agent::ReplaceToken{two, "d2"}).then(happened::TokenIssued{two, "d2"});
  EXPECT_EQ(agent::refuse_use(world.state<Agent>(events::stream_of(robot)), one)->code, "key-ended");
  EXPECT_FALSE(agent::refuse_use(world.state<Agent>(events::stream_of(robot)), two));
  EXPECT_FALSE(world.facts.claimed(scope::agent_token, "d1")) << "nobody finds it any more";
  EXPECT_EQ(world.facts.claimed(scope::agent_token, "d2"), events::stream_of(robot));
}

TEST_F(Agents, ARevokedTokenIsOfNoUseAndRevokingItAgainChangesNothing) {
  agent(robot).as(max).when(agent::ReplaceToken{one, "d1"}).when(agent::RevokeToken{}).then(happened::TokenRevoked{one});
  EXPECT_EQ(agent::refuse_use(world.state<Agent>(events::stream_of(robot)), one)->code, "key-ended");
  EXPECT_FALSE(world.facts.claimed(scope::agent_token, "d1"));
  agent(robot).as(max).when(agent::RevokeToken{}).then_nothing();
}

TEST_F(Agents, ARetiredAgentsTokenEndsAndDoesNotComeBackWithIt) {
  agent(robot).as(max).when(agent::ReplaceToken{one, "d1"}).when(agent::Retire{});
  EXPECT_EQ(agent::refuse_use(world.state<Agent>(events::stream_of(robot)), one)->code, "key-ended");
  agent(robot).as(max).when(agent::ReplaceToken{two, "d2"}).then_rejected("not-found");
  agent(robot).as(max).when(agent::Restore{});
  EXPECT_EQ(agent::refuse_use(world.state<Agent>(events::stream_of(robot)), one)->code, "key-ended");
  EXPECT_FALSE(world.facts.claimed(scope::agent_token, "d1"));
}

TEST_F(Agents, NobodyIsGivenATokenThatNobodyIsTold) {
  agent(robot).as(max).when(agent::ReplaceToken{}).then_rejected("told-alone");
  agent(robot).as(vic).when(agent::ReplaceToken{one, "d1"}).then_rejected("forbidden");
}

TEST_F(Agents, ANilTokenIsNotThatOfAnAgentWithoutOne) {
  EXPECT_EQ(agent::refuse_use(world.state<Agent>(events::stream_of(robot)), {})->code, "key-ended");
  EXPECT_EQ(agent::refuse_use({}, {})->code, "key-ended");
}

}  // namespace
}  // namespace daybook::domain::agent_test
