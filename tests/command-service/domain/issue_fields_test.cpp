// Epics, costs and what else an issue has, and the changes of status that a workspace allows.
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::issue_fields_test {
namespace {

namespace happened = events::issue;
using events::Decimal;
using events::Patch;
using events::workspace::TransitionTable;
using issue::Status;

const auto fresh = id_of<events::IssueId>(34);

class IssueFields : public Office {
 protected:
  // `first` becomes one.
  void make_epic(events::IssueId id) {
    issue::Change change{};
    change.type = issue::Type::epic;
    issue(id).as(max).when(change);
  }
  testing::DeciderSpec<Issue> in_epic(events::IssueId id, const std::optional<IssueRef>& epic) {
    issue::Change change{};
    change.epic_id = Patch<IssueRef>::cleared();
    change.epic_id.value = epic;
    auto spec = issue(id);
    spec.as(max).when(change);
    return spec;
  }
  testing::DeciderSpec<Issue> go_to(events::IssueId id, Status status) {
    issue::Change change{};
    change.status = status;
    auto spec = issue(id);
    spec.as(max).when(change);
    return spec;
  }
  void allow(TransitionTable table) {
    workspace::Change change{};
    change.transition_table = table;
    workspace().as(ada).when(change);
  }
};

TEST_F(IssueFields, EveryNewFieldCanBeGivenAtBirthAndByAPatch) {
  make_epic(second);
  issue::Open open{};
  open.title = Title("Epic");
  open.type = issue::Type::epic;
  open.epic_id = IssueRef(std::string("ABC-2"));
  open.generated_prompt = Prompt("Do");
  open.ai_provider = Name("anthropic");
  open.mcp_config = events::Json{R"({"a":1})"};
  open.execution_type = issue::ExecutionType::parallel;
  open.user_type = Description("clerk");
  open.user_story = Description("to pay");
  open.benefit = Description("peace");
  open.color = Color("#6B46C1");
  open.start_date = text::Date::parse("2026-11-21");
  open.estimated_cost = Decimal::parse("12.000000001");
  open.tags = std::vector<Tag>{Tag("x"), Tag("X")};
  auto spec = issue(fresh);
  spec.as(max).when(open);
  const auto& state = spec.state();
  EXPECT_EQ(state.epic_id, second);
  EXPECT_EQ(state.execution_type, issue::ExecutionType::parallel);
  EXPECT_EQ(state.estimated_cost->text(), "12.000000001");
  EXPECT_EQ(state.estimated_cost_currency, "USD") << "the workspace's";
  EXPECT_EQ(state.tags, std::vector<std::string>{"x"});
  EXPECT_EQ(state.start_date, text::Date::parse("2026-11-21"));

  issue::Change change{};
  change.generated_prompt = Prompt("Do it");
  change.execution_type = issue::ExecutionType::serial;
  spec.when(change);
  ASSERT_EQ(spec.events().size(), 1u);
  const auto& edited = std::get<happened::Edited>(spec.events()[0]);
  EXPECT_EQ(edited.generated_prompt, "Do it");
  EXPECT_EQ(edited.benefit, "peace") << "an event holds resulting values";
  EXPECT_EQ(state.execution_type, issue::ExecutionType::serial);
  spec.when(change).then_nothing();
}

TEST_F(IssueFields, OnlyAnEpicHasAColourAndAStartDate) {
  issue::Change change{};
  change.color = Color("#112233");
  change.start_date = *text::Date::parse("2026-01-01");
  auto spec = issue(first);
  spec.as(max).when(change).then_rejected("not-an-epic", "/color");
  EXPECT_EQ(spec.rejection()->errors.size(), 2u);
  change.type = issue::Type::epic;
  spec.when(change);
  EXPECT_EQ(spec.state().color, "#112233");
  issue::Change back{};
  back.type = issue::Type::story;
  spec.when(back);
  EXPECT_FALSE(spec.state().color) << "they go with the type";
  EXPECT_FALSE(spec.state().start_date);
}

TEST_F(IssueFields, AnEpicIsAnUsableIssueOfThatTypeAnywhereInTheWorkspace) {
  in_epic(second, first).then_rejected("not-an-epic", "/epic_id");
  make_epic(first);
  issue(first).as(max).when(issue::Move{payments});
  in_epic(second, IssueRef(std::string("abc-1"))).then(happened::EpicChanged{first});
  in_epic(second, first).then_nothing();
  in_epic(third, foreign_issue).then_rejected("unknown-reference", "/epic_id");
  issue(first).as(max).when(issue::Delete{});
  in_epic(third, first).then_rejected("unknown-reference", "/epic_id");
  in_epic(second, first).then_nothing();
  in_epic(second, std::nullopt).then(happened::EpicChanged{});
}

TEST_F(IssueFields, EpicsMakeNoCircle) {
  for (const auto id : {first, second, third}) make_epic(id);
  in_epic(first, first).then_rejected("cycle", "/epic_id");
  in_epic(first, second);
  in_epic(second, third);
  in_epic(third, first).then_rejected("cycle", "/epic_id");
  issue(second).as(max).when(issue::Delete{});
  in_epic(third, first).then_rejected("cycle", "/epic_id");
}

TEST_F(IssueFields, AnEpicStaysOneAsLongAsIssuesBelongToIt) {
  make_epic(first);
  in_epic(second, first);
  issue::Change change{};
  change.type = issue::Type::task;
  issue(first).as(max).when(change).then_rejected("epic-in-use", "/type");
  issue(second).as(max).when(issue::Delete{});
  issue(first).as(max).when(change).then_rejected("epic-in-use", "/type");
  issue(second).as(max).when(issue::Restore{});
  in_epic(second, std::nullopt);
  auto spec = issue(first);
  spec.as(max).when(change);
  EXPECT_FALSE(spec.rejection());
  in_epic(third, first).then_rejected("not-an-epic", "/epic_id");
}

TEST_F(IssueFields, ACostIsExactAndStandsWithItsCurrency) {
  issue::Change change{};
  change.estimated_cost = *Decimal::parse("0.1");
  change.estimated_cost_currency = Currency("EUR");
  auto spec = issue(first);
  spec.as(max).when(change).then(happened::Estimated{std::nullopt, std::nullopt, Decimal::parse("0.1"), "EUR"});
  change.estimated_cost_currency = Patch<Currency>::cleared();
  spec.when(change).then(happened::Estimated{std::nullopt, std::nullopt, Decimal::parse("0.1"), "USD"});
  issue::Change clear{};
  clear.estimated_cost = Patch<Decimal>::cleared();
  spec.when(clear).then(happened::Estimated{});
  issue::Change alone{};
  alone.estimated_cost_currency = Currency("EUR");
  spec.when(alone).then_rejected("required", "/estimated_cost");
  change.estimated_cost = *Decimal::parse("-0.000000001");
  spec.when(change).then_rejected("out-of-range", "/estimated_cost");
}

TEST_F(IssueFields, WithoutATableEveryChangeOfStatusIsAllowed) {
  for (const auto status : {Status::done, Status::backlog, Status::failed, Status::archived}) EXPECT_FALSE(go_to(first, status).rejection());
}

TEST_F(IssueFields, AChangeOfStatusThatTheTableDoesNotHaveIsRefusedAndTheAllowedOnesAreNamed) {
  allow(TransitionTable::workflow_manager);
  EXPECT_FALSE(go_to(first, Status::todo).rejection()) << "a status of which the table says nothing is left for any it knows";
  go_to(second, Status::archived).then_rejected("transition-not-allowed", "/status");
  auto refused = go_to(first, Status::in_review);
  refused.then_rejected("transition-not-allowed", "/status");
  EXPECT_EQ(refused.rejection()->detail, "From 'todo' an issue may go to: in_progress, done, blocked.");
  EXPECT_FALSE(go_to(first, Status::in_progress).rejection());
  EXPECT_FALSE(go_to(first, Status::needs_approval).rejection());
  EXPECT_FALSE(go_to(first, Status::todo).rejection());
}

TEST_F(IssueFields, TheShippedTablesAreTheWordsOfTheirRules) {
  allow(TransitionTable::workflow_manager);
  go_to(first, Status::blocked);
  go_to(first, Status::done).then_rejected("transition-not-allowed", "/status");
  allow(TransitionTable::scrum);
  go_to(second, Status::done).then_rejected("transition-not-allowed", "/status");
  for (const auto status : {Status::todo, Status::in_progress, Status::in_review, Status::done, Status::archived})
    EXPECT_FALSE(go_to(second, status).rejection());
  go_to(second, Status::todo).then_rejected("transition-not-allowed", "/status");
}

TEST_F(IssueFields, AWorkspaceMayHaveATableOfItsOwn) {
  workspace::Change change{};
  change.transition_table = TransitionTable::own;
  workspace().as(ada).when(change).then_rejected("required", "/transitions");
  change.transitions = events::workspace::Transitions{{"backlog", {"done"}}, {"done", {"nowhere"}}};
  workspace().as(ada).when(change).then_rejected("unknown-value", "/transitions/done/0");
  change.transitions = events::workspace::Transitions{{"backlog", {"done"}}, {"done", {}}};
  workspace().as(ada).when(change);
  go_to(first, Status::todo).then_rejected("transition-not-allowed", "/status");
  EXPECT_FALSE(go_to(first, Status::done).rejection());
  go_to(first, Status::backlog).then_rejected("transition-not-allowed", "/status");
  workspace::Change off{};
  off.transition_table = Patch<TransitionTable>::cleared();
  auto spec = workspace();
  spec.as(ada).when(off).then(events::workspace::TransitionsChanged{});
  EXPECT_FALSE(spec.state().transitions);
  EXPECT_FALSE(go_to(first, Status::backlog).rejection());
  workspace::Change lone{};
  lone.transitions = events::workspace::Transitions{};
  workspace().as(ada).when(lone).then_rejected("required", "/transition_table");
}

}  // namespace
}  // namespace daybook::domain::issue_fields_test
