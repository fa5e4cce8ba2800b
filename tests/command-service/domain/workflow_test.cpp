#include "command-service/domain/workflow/workflow.hpp"

#include "command-service/domain/workflow/definition.hpp"
#include "command-service/domain/workspace/quota.hpp"
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::workflow_test {
namespace {

namespace happened = events::workflow;
using events::Patch;

const auto fresh = id_of<events::WorkflowId>(90);

happened::Definition definition(const std::string& json) {
  happened::Definition definition{};
  definition.text = json;
  return definition;
}

std::string first_of(const std::string& json) {
  FieldRefusals refusals;
  workflow::check_definition(definition(json), "", refusals);
  if (!refusals.any()) return "fine";
  const auto error = refusals.rejection().errors.front();
  return error.pointer + " " + error.code;
}

// Edges between a, b and c, in the words of the first letters: "ab bc".
std::string graph(const std::string& edges, const std::string& of_b = "") {
  std::string list;
  for (std::size_t at = 0; at < edges.size(); at += 3)
    list += (list.empty() ? "" : ",") + (R"({"source":")" + edges.substr(at, 1) + R"(","target":")" + edges.substr(at + 1, 1) + "\"}");
  return first_of(R"({"nodes":[{"id":"a"},{"id":"b")" + of_b + R"(},{"id":"c"}],"edges":[)" + list + "]}");
}

TEST(WorkflowDefinitions, EdgesGoRoundThroughALoopAlone) {
  EXPECT_EQ(graph("ab bc"), "fine");
  EXPECT_EQ(graph("ab ac bc"), "fine") << "two ways to one place are no circle";
  EXPECT_EQ(graph("ab ab"), "fine");
  EXPECT_EQ(graph("ab bc ca"), "/edges/2 cycle");
  EXPECT_EQ(graph("ab bc cb"), "/edges/2 cycle");
  EXPECT_EQ(graph("aa"), "/edges/0 cycle");
  EXPECT_EQ(graph("ab bc ca", R"(,"loop":true)"), "fine");
  EXPECT_EQ(graph("ab bc ca", R"(,"type":"loop")"), "fine");
  EXPECT_EQ(graph("ab bc ca", R"(,"loop":false)"), "/edges/2 cycle");
  EXPECT_EQ(graph("ab bc ca ac", R"(,"loop":true)"), "/edges/2 cycle") << "around the loop there is another circle";
}

TEST(WorkflowDefinitions, IdsStandOnceAndEdgesJoinWhatIsThere) {
  EXPECT_EQ(first_of(R"({"nodes":[{"id":"a"},{"id":"a"}]})"), "/nodes/1/id already-exists");
  EXPECT_EQ(first_of(R"({"nodes":[{"id":"a"}],"steps":[{"id":"a"}]})"), "/steps/0/id already-exists");
  EXPECT_EQ(first_of(R"({"nodes":[{"id":""}]})"), "/nodes/0/id blank");
  EXPECT_EQ(first_of(R"({"nodes":[{"name":"a"}]})"), "/nodes/0/id required");
  EXPECT_EQ(first_of(R"({"nodes":[{"id":7}]})"), "/nodes/0/id wrong-type");
  EXPECT_EQ(graph("ab bx"), "/edges/1/target unknown-reference");
  EXPECT_EQ(graph("xb"), "/edges/0/source unknown-reference");
  EXPECT_EQ(first_of(R"({"nodes":[{"id":"a"},{"id":"b"}],"edges":[{"from":"a","to":"b"},{"from":"a","to":"c"}]})"), "/edges/1/to unknown-reference");
  EXPECT_EQ(first_of(R"({"nodes":[{"id":"a"}],"edges":[{"source":"a"}]})"), "/edges/0/target required");
  EXPECT_EQ(first_of(R"({"nodes":[{"id":"a"},{"id":"b"}],"edges":[{"id":"e","source":"a","target":"b"},{"id":"e","source":"a","target":"b"}]})"),
            "/edges/1/id already-exists");
}

TEST(WorkflowDefinitions, WhatIsKnownIsCheckedAndTheRestIsLeftAlone) {
  EXPECT_EQ(first_of(R"({"nodes":[{"id":"a","position":{"x":1},"timeout":30,"retry_attempts":3,"input_mapping":{"q":"$.a"},
                         "condition":{"expression":"a > 1"}}],"viewport":[1,2],"trigger":{"type":"schedule","cron":"0 9 * * *"}})"), "fine");
  EXPECT_EQ(first_of(R"({"steps":[{"id":"one"},{"id":"two"}]})"), "fine");
  EXPECT_EQ(first_of("{}"), "/nodes required");
  EXPECT_EQ(first_of("[]"), " wrong-type");
  EXPECT_EQ(first_of(R"({"nodes":{}})"), "/nodes wrong-type");
  EXPECT_EQ(first_of(R"({"nodes":[{"id":"a","timeout":0}]})"), "/nodes/0/timeout out-of-range");
  EXPECT_EQ(first_of(R"({"nodes":[{"id":"a","retry_attempts":-1}]})"), "/nodes/0/retry_attempts out-of-range");
  EXPECT_EQ(first_of(R"({"nodes":[{"id":"a","input_mapping":[]}]})"), "/nodes/0/input_mapping wrong-type");
  EXPECT_EQ(first_of(R"({"nodes":[{"id":"a","condition":{}}]})"), "/nodes/0/condition/expression required");
  EXPECT_EQ(first_of(R"({"nodes":[{"id":"a","agent_id":"Robot"}]})"), "/nodes/0/agent_id invalid-id");
  EXPECT_EQ(first_of(R"({"nodes":[],"trigger":{"type":"sometimes"}})"), "/trigger/type unknown-value");
}

TEST(WorkflowDefinitions, OfManyNodesInARowIsWalkedWithoutCallingItself) {
  std::string nodes, edges;
  for (std::size_t n = 0; n < workflow::nodes_max; ++n) {
    nodes += (n ? ",{\"id\":\"" : "{\"id\":\"") + std::to_string(n) + "\"}";
    if (n) edges += (n > 1 ? "," : "") + (R"({"source":")" + std::to_string(n - 1) + R"(","target":")" + std::to_string(n) + "\"}");
  }
  EXPECT_EQ(first_of(R"({"nodes":[)" + nodes + R"(],"edges":[)" + edges + "]}"), "fine");
  const auto last = std::to_string(workflow::nodes_max - 1);
  EXPECT_EQ(first_of(R"({"nodes":[)" + nodes + R"(],"edges":[)" + edges + R"(,{"source":")" + last + R"(","target":"0"}]})"), "/edges/" + last + " cycle");
  EXPECT_EQ(first_of(R"({"nodes":[)" + nodes + R"(,{"id":"one more"}]})"), "/nodes too-many");
}

class Workflows : public Office {
 protected:
  auto workflow(events::WorkflowId id = fresh) { return spec<Workflow>(id, acme); }
  static workflow::Define defining(const std::string& json = R"({"nodes" : [{"id":"a"}]})") {
    workflow::Define command{};
    command.name = Name("Ship");
    command.definition = definition(json);
    return command;
  }
  static happened::Defined defined() {
    happened::Defined event{};
    event.name = "Ship";
    event.definition = definition(R"({"nodes" : [{"id":"a"}]})");
    return event;
  }
};

TEST_F(Workflows, AMemberDefinesOneAndItIsKeptAsItWasSent) {
  auto spec = workflow();
  spec.as(vic).when(defining()).then_rejected("forbidden");
  spec.as(max).when(defining()).then(defined());
  EXPECT_EQ(spec.state().revision, 1);
  spec.when(defining()).then_rejected("already-exists", "/id");
  workflow(id_of<events::WorkflowId>(91)).as(max).when(defining("{}")).then_rejected("required", "/definition/nodes");
  EXPECT_TRUE(repeats(defined(), defining(), context(), world.facts));
  EXPECT_FALSE(repeats(defined(), defining(R"({"nodes":[]})"), context(), world.facts));
}

TEST_F(Workflows, AgentsAreOfTheWorkspaceUnlessItWasInstalled) {
  const auto naming = [](events::AgentId agent) { return R"({"nodes":[{"id":"a","agent_id":")" + agent.text() + "\"}]}"; };
  const auto stranger = id_of<events::AgentId>(77);
  workflow(id_of<events::WorkflowId>(91)).as(max).when(defining(naming(stranger))).then_rejected("unknown-reference", "/definition/nodes/0/agent_id");
  workflow(id_of<events::WorkflowId>(92)).as(max).when(defining(naming(robot)));
  EXPECT_EQ(workflow(id_of<events::WorkflowId>(92)).state().revision, 1);
  auto command = defining(naming(stranger));
  command.source = events::blueprint::Source{id_of<events::BlueprintId>(70), "1.0.0"};
  auto spec = workflow();
  spec.as(max).when(command);
  EXPECT_EQ(spec.state().source, command.source);
  workflow::Revise revise{};
  revise.name = Name("Another");
  spec.when(revise);
  EXPECT_EQ(spec.state().revision, 2) << "a definition that is not sent is not asked about";
  revise.definition = definition(naming(stranger));
  spec.when(revise).then_rejected("unknown-reference", "/definition/nodes/0/agent_id");
}

TEST_F(Workflows, ARevisionIsOneMoreAndWhatSaysNothingNewIsNone) {
  auto spec = workflow();
  spec.as(max).when(defining());
  workflow::Revise revise{};
  revise.description = Description("To the moon");
  revise.changelog = Description("said where");
  spec.when(revise).then(happened::Revised{"Ship", "To the moon", defined().definition, "said where"}).when(revise).then_nothing();
  EXPECT_EQ(spec.state().revision, 2);
  revise.definition = Patch<happened::Definition>::cleared();
  spec.when(revise).then_rejected("required", "/definition");
  revise.definition = definition(R"({"nodes":[{"id":""}]})");
  spec.when(revise).then_rejected("blank", "/definition/nodes/0/id");
  spec.as(vic).when(revise).then_rejected("forbidden");
}

TEST_F(Workflows, ADeletedOneRefusesAllButRestorationAndIsNotCounted) {
  const auto count = [&] { return world.facts.counter(scope::quota_workflows, events::stream_of(acme)); };
  auto spec = workflow();
  spec.as(max).when(defining());
  EXPECT_EQ(count(), 1);
  spec.when(workflow::Delete{}).then(happened::Deleted{}).when(workflow::Delete{}).then_rejected("not-found");
  EXPECT_EQ(count(), 0);
  spec.when(workflow::Revise{}).then_rejected("not-found");
  spec.when(workflow::Restore{}).then(happened::Restored{}).when(workflow::Restore{}).then_nothing();
  EXPECT_EQ(count(), 1);
}

TEST_F(Workflows, BeyondTheQuotaNoneIsDefinedOrRestored) {
  for (int n = 1; n <= 3; ++n) workflow(id_of<events::WorkflowId>(90 + n)).as(max).when(defining());
  workflow().as(max).when(defining()).then_rejected("quota-exceeded");
  auto first = workflow(id_of<events::WorkflowId>(91));
  first.as(max).when(workflow::Delete{});
  workflow().as(max).when(defining()).then(defined());
  first.when(workflow::Restore{}).then_rejected("quota-exceeded");
}

}  // namespace
}  // namespace daybook::domain::workflow_test
