// What runs cost against a plain count, to the last nano-unit, whatever runs, corrections, moves, deletions and restorations follow
// each other, while they happen, in a replay, and in another order in which they could have happened.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <random>

#include "projector/read_models/run_cost.hpp"
#include "tests/projector/folded_models.hpp"

namespace daybook::projector::test::run_cost_test {
namespace {

using namespace events;
namespace ex = events::execution;

const auto ada = id_of<UserId>(1);
const auto space = id_of<WorkspaceId>(0x100);
constexpr int projects = 3, issues = 4, agents = 2, months = 3;
ProjectId project_of(int n) { return id_of<ProjectId>(0x200 + n); }
IssueId issue_of(int n) { return id_of<IssueId>(0x300 + n); }
AgentId agent_of(int n) { return id_of<AgentId>(0x400 + n); }
ExecutionId run_of(int n) { return id_of<ExecutionId>(0x7500 + n); }
text::Instant moment_of(int month) { return text::Date{2026, static_cast<std::uint8_t>(month + 1), 28}.last_moment(); }

class Models : public FoldedModels {
 public:
  std::vector<CostRow> costs() { return each<CostRow>("by_workspace", index_part(space.value)); }
  std::string all() const {
    return rows_of({&table_of<IssueRow>(), &table_of<ProjectRow>(), &table_of<AgentRow>(), &table_of<WorkspaceRow>(), &table_of<CostRow>()});
  }
};

// What a run says of itself at its end.
struct Said {
  std::optional<std::int64_t> cost_nano;
  std::string currency = "USD";
  std::optional<std::int64_t> tokens;  // as many in as out
};

template <class E>
E told(const Said& said) {
  E event{};
  event.usage.input = event.usage.output = said.tokens;
  event.cost_nano = said.cost_nano;
  event.currency = said.currency;
  return event;
}

// A history, and the same kept as people would.
class Ledger {
 public:
  Ledger() {
    workspace::Created created{};
    created.slug = "lab";
    history_.workspace(space, created);
    for (int n = 0; n < projects; ++n) {
      project::Created made{};
      made.key = "P" + std::to_string(n);
      history_.project(space, project_of(n), made);
    }
    for (int n = 0; n < issues; ++n) {
      issue::Opened opened{};
      opened.identifier = "ISSUE-" + std::to_string(n);
      opened.project_id = issues_[n].project = place(n);
      history_.issue(space, issue_of(n), opened);
    }
    for (int n = 0; n < agents; ++n) history_.agent(space, agent_of(n), agent::Registered{});
  }

  // One thing that may happen, of those that can happen now.
  void step(int what, int which, int where, std::int64_t amount) {
    switch (what) {
      case 0:
      case 1: return begin(which, where);
      case 2:
      case 3: return end(which, where, amount);
      case 4: return correct(which, amount);
      case 5: {
        auto& moved = issues_[which % issues];
        if (moved.deleted) return;
        moved.project = place(where);
        return history_.issue(space, issue_of(which % issues), issue::Moved{moved.project});
      }
      case 6: {
        auto& thing = issues_[which % issues];
        thing.deleted = !thing.deleted;
        if (thing.deleted) return history_.issue(space, issue_of(which % issues), issue::Deleted{});
        return history_.issue(space, issue_of(which % issues), issue::Restored{});
      }
      default: {
        auto& deleted = deleted_[which % projects];
        deleted = !deleted;
        if (deleted) return history_.project(space, project_of(which % projects), project::Deleted{});
        return history_.project(space, project_of(which % projects), project::Restored{});
      }
    }
  }

  std::vector<Envelope> take() { return history_.take(); }
  void expect(Models& models) const {
    RunFigures everywhere{};
    std::map<int, RunFigures> in_project;
    const auto counts_in = [&](const std::optional<ProjectId>& project, const RunFigures& figures) {
      if (!project) return plus(everywhere, figures);
      const auto n = number_of(*project);
      plus(in_project[n], figures);
      if (!deleted_[n]) plus(everywhere, figures);
    };
    for (int n = 0; n < issues; ++n) {
      const auto figures = sum([n](const Run& run) { return run.issue == n; });
      expect_figures(models.row<IssueRow>(issue_of(n)), &IssueRow::actual_cost, figures);
      if (!issues_[n].deleted) counts_in(issues_[n].project, figures);
    }
    for (int n = 0; n <= projects; ++n) counts_in(place(n), sum([n](const Run& run) { return !run.issue && run.project == place(n); }));
    for (int n = 0; n < projects; ++n) expect_figures(models.row<ProjectRow>(project_of(n)), &ProjectRow::total_cost, in_project[n]);
    for (int n = 0; n < agents; ++n)
      expect_figures(models.row<AgentRow>(agent_of(n)), &AgentRow::total_cost, sum([n](const Run& run) { return run.agent == n; }));
    expect_figures(models.row<WorkspaceRow>(space), &WorkspaceRow::total_cost, everywhere);
    expect_months(models.costs());
  }

 private:
  struct Issue {
    std::optional<ProjectId> project;
    bool deleted = false;
  };
  struct Run {
    std::optional<int> issue;
    std::optional<ProjectId> project;
    int agent = 0;
    int month = 0;
    std::optional<Said> said;  // once it has ended
  };

  // In one of the projects or in none.
  static std::optional<ProjectId> place(int n) { return n % (projects + 1) < projects ? std::optional(project_of(n % (projects + 1))) : std::nullopt; }
  static int number_of(ProjectId project) {
    int n = 0;
    while (project_of(n) != project) ++n;
    return n;
  }

  void happen(int run, const ex::Event& event, int month = 0) {
    history_.add(StreamType::execution, run_of(run).value, space, event).recorded_at = moment_of(month);
  }
  void begin(int which, int where) {
    const auto id = static_cast<int>(runs_.size());
    Run run{};
    ex::Requested requested{};
    if (where % 3 > 0) {
      run.issue = which % issues;
      requested.issue_id = issue_of(*run.issue);
    } else {
      requested.project_id = run.project = place(which);
    }
    requested.agent_id = agent_of(run.agent = which % agents);
    happen(id, requested);
    ex::Claimed claimed{};
    claimed.agent_id = requested.agent_id;
    happen(id, claimed);
    runs_.push_back(run);
  }
  void end(int which, int where, std::int64_t amount) {
    if (runs_.empty()) return;
    const auto id = which % static_cast<int>(runs_.size());
    auto& run = runs_[id];
    if (run.said) return;
    run.month = where % months;
    run.said = said(amount);
    if (where % 5 == 0) return happen(id, told<ex::Failed>(*run.said), run.month);
    if (where % 5 == 1) return happen(id, told<ex::Cancelled>(*run.said), run.month);
    if (where % 5 == 2) return happen(id, told<ex::Lost>(*run.said), run.month);
    happen(id, told<ex::Completed>(*run.said), run.month);
  }
  void correct(int which, std::int64_t amount) {
    if (runs_.empty()) return;
    const auto id = which % static_cast<int>(runs_.size());
    auto& run = runs_[id];
    if (!run.said) return;
    run.said = said(amount);
    happen(id, told<ex::UsageCorrected>(*run.said), months - 1);  // in another month it stays what it was
  }
  static Said said(std::int64_t amount) {
    Said out{};
    if (amount % 7 > 0) out.cost_nano = amount;
    if (amount % 3 == 0) out.currency = "EUR";
    if (amount % 5 > 0) out.tokens = amount % 1'000'003;
    return out;
  }

  static RunFigures figures_of(const Run& run) {
    RunFigures figures{};
    if (!run.said) return figures;
    figures.run_count = 1;
    figures.runs_without_cost = run.said->cost_nano ? 0 : 1;
    figures.runs_without_usage = run.said->tokens ? 0 : 1;
    if (run.said->cost_nano.value_or(0) != 0) figures.costs = {{run.said->currency, Decimal{*run.said->cost_nano}}};
    if (const auto tokens = run.said->tokens.value_or(0); tokens != 0) figures.token_usage = TokenSums{tokens, 0, 0, tokens, 0, 0};
    return figures;
  }
  static void plus(RunFigures& to, const RunFigures& more) {
    std::map<std::string, std::int64_t> costs;
    for (const RunFigures* side : {static_cast<const RunFigures*>(&to), &more})
      for (const auto& amount : side->costs) costs[amount.currency] += amount.cost.nanos;
    to.costs.clear();
    for (const auto& [currency, nanos] : costs)
      if (nanos != 0) to.costs.push_back({currency, Decimal{nanos}});
    auto tokens = to.token_usage.value_or(TokenSums{});
    tokens.input += more.token_usage.value_or(TokenSums{}).input;
    tokens.output += more.token_usage.value_or(TokenSums{}).output;
    to.token_usage = tokens == TokenSums{} ? std::nullopt : std::optional(tokens);
    to.run_count += more.run_count;
    to.runs_without_cost += more.runs_without_cost;
    to.runs_without_usage += more.runs_without_usage;
  }
  template <class Is>
  RunFigures sum(Is is) const {
    RunFigures figures{};
    for (const auto& run : runs_)
      if (is(run)) plus(figures, figures_of(run));
    return figures;
  }
  template <class Row>
  static void expect_figures(const Row& row, Decimal Row::*total, const RunFigures& expected) {
    RC_ASSERT(static_cast<const RunFigures&>(row) == expected);
    std::int64_t dollars = 0;
    for (const auto& amount : expected.costs)
      if (amount.currency == "USD") dollars = amount.cost.nanos;
    RC_ASSERT((row.*total).nanos == dollars);
  }
  void expect_months(const std::vector<CostRow>& rows) const {
    std::map<std::tuple<std::string, std::string>, std::pair<std::int64_t, std::int64_t>> expected, found;
    for (const auto& run : runs_) {
      if (!run.said) continue;
      auto& [cost, count] = expected[{text::Date{2026, static_cast<std::uint8_t>(run.month + 1), 1}.text(), run.said->currency}];
      cost += run.said->cost_nano.value_or(0);
      ++count;
    }
    for (const auto& row : rows) {
      auto& [cost, count] = found[{row.month.text(), row.currency}];
      cost += row.cost.nanos;
      count += row.run_count;
      RC_ASSERT(row.run_count > 0);
    }
    RC_ASSERT(found == expected);
  }

  History history_{ada};
  Issue issues_[issues];
  bool deleted_[projects] = {};
  std::vector<Run> runs_;
};

// Another order in which the same could have happened: each stream's events in theirs, what runs lie in born first.
std::vector<Envelope> shuffled(const std::vector<Envelope>& events, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Envelope> out;
  std::map<StreamId, std::vector<Envelope>> streams;
  for (const auto& event : events) {
    if (event.stream_version.value == 1 && event.stream_type != StreamType::execution) out.push_back(event);
    else streams[event.stream_id].push_back(event);
  }
  std::vector<StreamId> turns;
  for (const auto& [id, of_stream] : streams) turns.insert(turns.end(), of_stream.size(), id);
  std::shuffle(turns.begin(), turns.end(), random);
  std::map<StreamId, std::size_t> next;
  for (const auto id : turns) out.push_back(streams[id][next[id]++]);
  return out;
}

TEST(RunCosts, AddUpToTheLastNanoUnitInAnyOrderLiveAndReplayed) {
  const bool holds = rc::check([] {
    const auto steps = *rc::gen::container<std::vector<std::tuple<int, int, int, std::int64_t>>>(
        rc::gen::tuple(rc::gen::inRange(0, 8), rc::gen::inRange(0, 60), rc::gen::inRange(0, 60),
                       rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000'000)));
    const auto batch = static_cast<std::size_t>(*rc::gen::inRange(1, 12));
    Ledger ledger;
    Models grown;
    std::vector<Envelope> whole;
    const auto fold = [&] {
      const auto events = ledger.take();
      whole.insert(whole.end(), events.begin(), events.end());
      grown.fold(events);
    };
    for (std::size_t i = 0; i < steps.size(); ++i) {
      std::apply([&](const auto&... of) { ledger.step(of...); }, steps[i]);
      if (i % batch == 0) fold();
    }
    fold();
    ledger.expect(grown);

    Models replayed;
    replayed.fold(whole);
    RC_ASSERT(replayed.all() == grown.all());

    Models otherwise;
    otherwise.fold(shuffled(whole, static_cast<unsigned>(batch)));
    ledger.expect(otherwise);
  });
  EXPECT_TRUE(holds);
}

// ---- what a figure is shown as ----------------------------------------------------------------------------------------

class RunCostRows : public testing::Test {
 protected:
  void SetUp() override {
    workspace::Created created{};
    created.slug = "lab";
    history.workspace(space, created);
    issue::Opened opened{};
    opened.identifier = "ISSUE-1";
    history.issue(space, issue_of(0), opened);
  }
  template <class E>
  void run(int n, const Said& said) {
    ex::Requested requested{};
    requested.issue_id = issue_of(0);
    history.add<ex::Event>(StreamType::execution, run_of(n).value, space, requested);
    history.add<ex::Event>(StreamType::execution, run_of(n).value, space, ex::Claimed{});
    history.add<ex::Event>(StreamType::execution, run_of(n).value, space, told<E>(said));
  }
  IssueRow issue() {
    models.fold(history.take());
    return models.row<IssueRow>(issue_of(0));
  }

  History history{ada};
  Models models;
};

TEST_F(RunCostRows, ARunThatIsCancelledBeforeItBeganCountsNowhere) {
  ex::Requested requested{};
  requested.issue_id = issue_of(0);
  history.add<ex::Event>(StreamType::execution, run_of(1).value, space, requested);
  history.add<ex::Event>(StreamType::execution, run_of(1).value, space, told<ex::Cancelled>(Said{}));
  EXPECT_EQ(static_cast<const RunFigures&>(issue()), RunFigures{});
  EXPECT_TRUE(models.costs().empty());
}

TEST_F(RunCostRows, AnUnknownCostIsCountedAndNotZero) {
  run<ex::Lost>(1, Said{});
  run<ex::Completed>(2, Said{0, "USD", 3});
  const auto row = issue();
  EXPECT_EQ(row.run_count, 2);
  EXPECT_EQ(row.runs_without_cost, 1);
  EXPECT_EQ(row.runs_without_usage, 1);
  EXPECT_TRUE(row.costs.empty());
  EXPECT_EQ(row.token_usage, (TokenSums{3, 0, 0, 3, 0, 0}));
}

TEST_F(RunCostRows, TheWorkspacesCurrencyIsShownAndTheOthersBesideIt) {
  run<ex::Completed>(1, Said{5, "USD", {}});
  run<ex::Completed>(2, Said{7, "EUR", {}});
  const auto row = issue();
  EXPECT_EQ(row.actual_cost, Decimal{5});
  EXPECT_EQ(row.costs, (std::vector<Amount>{{"EUR", Decimal{7}}, {"USD", Decimal{5}}}));
}

TEST_F(RunCostRows, AFigureChangesWhenItWasChangedAndNotTheVersion) {
  const auto before = issue();
  run<ex::Completed>(1, Said{5, "USD", {}});
  const auto after = issue();
  EXPECT_EQ(after.version, before.version);
  EXPECT_EQ(after.updated_at, before.updated_at);
  EXPECT_GT(after.changed, before.changed);
}

}  // namespace
}  // namespace daybook::projector::test::run_cost_test
