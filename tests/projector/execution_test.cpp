// Rows of runs, what the activity says of them, and what a search finds.
#include "projector/read_models/execution.hpp"

#include "projector/read_models/activity.hpp"
#include "projector/read_models/search.hpp"
#include "tests/projector/folding.hpp"

namespace daybook::projector::test::execution_test {
namespace {

using namespace events;
namespace ex = events::execution;

const auto run = id_of<ExecutionId>(0x150);
const auto robin = id_of<AgentId>(0x160);
const auto noon = *text::parse_instant("2026-03-01T12:00:00Z");

class ExecutionRows : public Folding {
 protected:
  void SetUp() override {
    workspace::Created created{};
    created.owner_id = ada;
    history.workspace(space, created);
    project::Created project{};
    project.key = "APO";
    history.project(space, apollo, project);
    issue::Opened opened{};
    opened.number = 1;
    opened.identifier = "ISSUE-1";
    opened.project_id = apollo;
    history.issue(space, bug, opened);
    ex::Requested requested{};
    requested.issue_id = bug;
    requested.prompt = LongText("Find the wombat.");
    requested.input_data = ex::Payload{{R"({"where":"garden"})"}};
    history.execution(space, run, requested);
  }
  ExecutionRow row() {
    fold();
    auto overlay = database.batch();
    return StateStore(overlay).get<ExecutionRow>(run.value).value();
  }
  std::vector<ActivityRow> activity() {
    fold();
    const StateReader reader(database);
    const auto view = reader.read();
    return view.each<ActivityRow>("by_entity", index_part(run.value), {50}).rows;
  }
};

TEST_F(ExecutionRows, ARunThatWaitsHasNeitherHolderNorCost) {
  const auto waiting = row();
  EXPECT_EQ(waiting.status, ex::Status::pending);
  EXPECT_TRUE(waiting.for_any_agent);
  EXPECT_FALSE(waiting.claimed_by_id);
  EXPECT_FALSE(waiting.cost);
  EXPECT_EQ(waiting.created_by_id, PrincipalId{ada.value});
}

TEST_F(ExecutionRows, TheEndTakesTheLeaseAndSaysWhatWasUsed) {
  history.execution(space, run, ex::Claimed{robin, 7, 60, noon, {}});
  EXPECT_EQ(row().lease_expires_at, noon);
  ex::Completed completed{};
  completed.response = LongText("In the garden.");
  completed.usage.input = 10;
  completed.usage.reasoning = 0;
  completed.cost_nano = 1'500'000;
  completed.currency = "USD";
  history.execution(space, run, completed);
  const auto done = row();
  EXPECT_EQ(done.status, ex::Status::completed);
  EXPECT_EQ(done.agent_id, robin);
  EXPECT_FALSE(done.lease_expires_at);
  EXPECT_EQ(done.fencing_token, 7);
  EXPECT_EQ(done.tokens_used, 10);
  EXPECT_EQ(done.token_usage->reasoning, 0) << "0 was reported";
  EXPECT_FALSE(done.token_usage->output) << "this was not";
  EXPECT_EQ(done.cost, Decimal{1'500'000});
  EXPECT_FALSE(done.usage_missing);
}

TEST_F(ExecutionRows, ACorrectionReplacesWhatWasSaid) {
  history.execution(space, run, ex::Claimed{robin, 1, 60, noon, {}});
  history.execution(space, run, ex::Lost{{}, {}, {}, "USD", {}});
  EXPECT_TRUE(row().usage_missing);
  ex::UsageCorrected corrected{};
  corrected.usage.unsplit = 3;
  corrected.reported_cost = Decimal{5};
  corrected.cost_nano = 5;
  corrected.currency = "EUR";
  history.execution(space, run, corrected);
  const auto after = row();
  EXPECT_FALSE(after.usage_missing);
  EXPECT_EQ(after.tokens_used, 3);
  EXPECT_EQ(after.cost, Decimal{5});
  EXPECT_EQ(after.currency, "EUR");
  EXPECT_EQ(after.status, ex::Status::lost);
}

TEST_F(ExecutionRows, HeartbeatsMakeNoActivity) {
  history.execution(space, run, ex::Claimed{robin, 1, 60, noon, {}});
  history.execution(space, run, ex::Progressed{50, "halfway", noon});
  const auto entries = activity();
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries.front().action, "claimed");
  EXPECT_EQ(entries.front().issue_id, bug);
  EXPECT_EQ(entries.front().project_id, apollo);
}

TEST_F(ExecutionRows, TheActivityTellsTheSizeOfWhatIsLong) {
  const auto entries = activity();
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries.front().details.text.find("wombat"), std::string::npos) << entries.front().details.text;
  EXPECT_EQ(entries.front().changes.text.find("garden"), std::string::npos) << entries.front().changes.text;
  EXPECT_NE(entries.front().changes.text.find(R"("input_data":[null,{"bytes":18}])"), std::string::npos) << entries.front().changes.text;
}

TEST_F(ExecutionRows, PromptErrorAndResponseAreFound) {
  history.execution(space, run, ex::Claimed{robin, 1, 60, noon, {}});
  ex::Failed failed{};
  failed.error = "The fence is closed.";
  failed.response = LongText("I looked around.");
  failed.currency = "USD";
  history.execution(space, run, failed);
  fold();
  auto overlay = database.batch();
  const auto found = StateStore(overlay).get<SearchRow>(run.value).value();
  EXPECT_EQ(found.text, "Find the wombat.\nThe fence is closed.\nI looked around.");
  EXPECT_EQ(found.issue_id, bug);
}

}  // namespace
}  // namespace daybook::projector::test::execution_test
