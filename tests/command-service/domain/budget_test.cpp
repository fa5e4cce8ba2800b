// Budgets let runs in by the counters that runs move.
#include "command-service/domain/execution/budget.hpp"

#include <map>
#include <random>

#include "command-service/domain/execution/execution.hpp"
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::budget_test {
namespace {

using events::execution::Reservation;
using execution::Planned;
using execution::Spent;

constexpr std::int64_t one = 1'000'000'000;  // major unit

class Budgets : public Office {
 protected:
  CommandContext admitted() {
    auto asked = context();
    asked.user = max;
    asked.now += later;
    return admit(asked, world.state<Workspace>(events::stream_of(acme)), Permission::executions_write).value();
  }
  std::optional<Rejection> refused(const Planned& run) { return execution::refuse_over_budget(run, admitted(), world.facts); }
  Result<Reservation> reserved(const Planned& run) { return execution::reserve(run, admitted(), world.facts); }
  bool over(const Planned& run) {
    const auto rejection = refused(run);
    if (!rejection) return false;
    EXPECT_EQ(rejection->code, "budget-exceeded");
    EXPECT_EQ(rejection->kind, Rejection::Kind::quota_exceeded);
    return true;
  }

  void settings_are(const std::string& json) { workspace().as(olga).given(events::workspace::SettingsChanged{events::Json{json}}); }
  void billing_says(const std::string& json) { workspace().as(olga).given(events::workspace::BillingChanged{events::Json{json}}); }
  void project_settings_are(const std::string& json) { project(payments).as(max).given(events::project::SettingsChanged{events::Json{json}}); }

  template <class Work>
  void happen(Work work) {
    events::Envelope envelope{};
    testing::MemoryEffects effects(world.facts, envelope);
    work(effects);
    EXPECT_FALSE(effects.refusal);
  }
  Spent spent(std::int64_t nanos, const std::string& currency = "USD") const {
    return {nanos, currency, context().now, first, payments, std::nullopt};
  }
  void spend(std::int64_t nanos, const std::string& currency = "USD") {
    happen([&](Effects& effects) { execution::move_spent(acme, std::nullopt, spent(nanos, currency), effects); });
  }
  static Planned run_of(events::IssueId issue) { return {issue, std::nullopt, {}, std::nullopt}; }

  std::chrono::seconds later{0};
};

TEST_F(Budgets, WithoutOneEveryRunIsLetIn) {
  spend(1'000'000 * one);
  EXPECT_FALSE(over(run_of(first)));
  EXPECT_EQ(reserved(run_of(first)).value(), (Reservation{0, "USD", std::nullopt, std::nullopt}));
}

TEST_F(Budgets, AMonthIsFullAtTheLastNanoUnitAndNotBefore) {
  billing_says(R"({"monthlyBudget":10})");
  spend(10 * one - 1);
  EXPECT_FALSE(over(run_of(first)));
  spend(1);
  EXPECT_TRUE(over(run_of(first)));
}

TEST_F(Budgets, WhatIsSpentInAMonthIsForgottenWithTheNext) {
  billing_says(R"({"monthlyBudget":10})");
  spend(10 * one);
  later = std::chrono::hours(24 * 31);
  EXPECT_FALSE(over(run_of(first)));
}

TEST_F(Budgets, CostsInAnotherCurrencyDoNotCount) {
  billing_says(R"({"monthlyBudget":10})");
  spend(100 * one, "EUR");
  EXPECT_FALSE(over(run_of(first)));
}

TEST_F(Budgets, OfZeroLetsNothingIn) {
  billing_says(R"({"monthlyBudget":0})");
  EXPECT_TRUE(over(run_of(first)));
}

TEST_F(Budgets, ACorrectionMovesWhatWasSpent) {
  billing_says(R"({"monthlyBudget":10})");
  spend(10 * one);
  ASSERT_TRUE(over(run_of(first)));
  happen([&](Effects& effects) { execution::move_spent(acme, spent(10 * one), spent(9 * one), effects); });
  EXPECT_FALSE(over(run_of(first)));
  happen([&](Effects& effects) { execution::move_spent(acme, spent(9 * one), std::nullopt, effects); });
  for (const auto& [counter, value] : world.facts.counters) {
    if (counter.first.starts_with(scope::cost_spent)) EXPECT_EQ(value, 0) << counter.first;
  }
}

TEST_F(Budgets, WhatIsHeldBackForRunsThatGoOnCountsUntilTheyEnd) {
  billing_says(R"({"monthlyBudget":10})");
  settings_are(R"({"aiDefaults":{"maxCostPerTask":4}})");
  const auto held = reserved(run_of(first)).value();
  EXPECT_EQ(held, (Reservation{4 * one, "USD", std::nullopt, std::nullopt}));
  happen([&](Effects& effects) {
    execution::hold_back(acme, first, held, effects);
    execution::hold_back(acme, second, held, effects);
  });
  EXPECT_FALSE(over(run_of(third))) << "there is something left, though not enough";
  EXPECT_EQ(reserved(run_of(third)).error().code, "budget-exceeded");
  happen([&](Effects& effects) { execution::give_back(acme, second, held, effects); });
  EXPECT_TRUE(reserved(run_of(third)).has_value());
}

TEST_F(Budgets, ARunOfWhichNothingIsSaidHoldsBackWhatIsAssumedAndAtMostTheRest) {
  billing_says(R"({"monthlyBudget":1.5})");
  const auto hold = [&](events::IssueId issue, std::int64_t nanos) {
    const auto held = reserved(run_of(issue)).value();
    EXPECT_EQ(held, (Reservation{nanos, "USD", std::nullopt, std::nullopt}));
    happen([&](Effects& effects) { execution::hold_back(acme, issue, held, effects); });
  };
  hold(first, execution::cost_assumed_nano);
  hold(second, one / 2);
  EXPECT_EQ(reserved(run_of(third)).error().code, "budget-exceeded") << "both go on";
}

TEST_F(Budgets, ATaskMayCostSoMuchForAllTimeHoweverManyRunsItTakes) {
  settings_are(R"({"aiDefaults":{"maxCostPerTask":4}})");
  spend(3 * one);
  EXPECT_EQ(reserved(run_of(first)).value().cost_nano, one) << "what is left of it";
  spend(one);
  later = std::chrono::hours(24 * 31);
  EXPECT_TRUE(over(run_of(first)));
  EXPECT_FALSE(over(run_of(second)));
}

TEST_F(Budgets, AProjectHasItsOwnWhichRunsOfItsIssuesUseUp) {
  project_settings_are(R"({"monthlyBudget":2})");
  issue(first).as(max).given(events::issue::Moved{payments});
  EXPECT_EQ(reserved(run_of(first)).value().project_id, payments);
  spend(2 * one);
  EXPECT_TRUE(over(run_of(first)));
  EXPECT_TRUE(over({std::nullopt, payments, {}, std::nullopt}));
  EXPECT_FALSE(over(run_of(second))) << "it lies in no project";
}

TEST_F(Budgets, SettingsThatSayNothingReadableLimitNothing) {
  for (const auto* json : {"{}", R"({"monthlyBudget":null})", R"({"monthlyBudget":"ten"})", R"({"aiDefaults":7})", "[]"}) {
    settings_are(json);
    billing_says(json);
    EXPECT_FALSE(over(run_of(first))) << json;
  }
}

// ---- any history ------------------------------------------------------------------------------------------------------

// Runs of two issues that are claimed, end and are corrected in any order, in three months and two currencies.
class AnyRuns : public Budgets, public ::testing::WithParamInterface<unsigned> {
 protected:
  struct Run {
    events::ExecutionId id{};
    events::IssueId issue{};
    Reservation reserved;
    std::int64_t spent = 0;
    std::string currency;
    int month = -1;  // in which it ended
  };
  int draw(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  std::string currency() { return draw(2) == 0 ? "USD" : "EUR"; }
  text::Instant moment(int month) const { return context().now + std::chrono::hours(24 * 31 * month); }

  void begin() {
    Run run{id_of<events::ExecutionId>(2000 + static_cast<int>(runs_.size())), draw(2) == 0 ? first : second, {draw(1000), currency(), {}, {}}, 0, {}, -1};
    if (draw(2) == 0) run.reserved.project_id = payments;
    if (draw(2) == 0) run.reserved.provider_id = openai_;
    events::execution::Requested requested{};
    requested.issue_id = run.issue;
    events::execution::Claimed claimed{};
    claimed.reserved = run.reserved;
    spec<Execution>(run.id, acme).as(max).given(requested, claimed);
    runs_.push_back(run);
  }
  // What it says it cost, at its end or anew.
  template <class E>
  void bill(Run& run, int month) {
    run.spent = draw(4) == 0 ? 0 : draw(1'000'000'000);
    run.currency = currency();
    E event{};
    if (run.spent != 0 || draw(2) == 0) event.cost_nano = run.spent;
    event.currency = run.currency;
    event.priced_by = run.reserved.provider_id;
    auto teller = spec<Execution>(run.id, acme);
    teller.as(max).context().now = moment(month);
    teller.given(event);
  }
  void step() {
    if (runs_.empty() || draw(3) == 0) return begin();
    auto& run = runs_[static_cast<std::size_t>(draw(static_cast<int>(runs_.size())))];
    if (run.month >= 0) return bill<events::execution::UsageCorrected>(run, 2);
    run.month = draw(3);
    switch (draw(4)) {
      case 0: return bill<events::execution::Completed>(run, run.month);
      case 1: return bill<events::execution::Failed>(run, run.month);
      case 2: return bill<events::execution::Cancelled>(run, run.month);
      default: return bill<events::execution::Lost>(run, run.month);
    }
  }

  using Counters = std::map<std::pair<std::string, StreamId>, std::int64_t>;
  Counters counted() const {
    Counters out;
    for (const auto& run : runs_) {
      const auto add = [&](const std::string& scope, StreamId key, std::int64_t nanos) {
        if (nanos != 0) out[{scope, key}] += nanos;
      };
      const auto workspace = events::stream_of(acme), issue = events::stream_of(run.issue);
      const bool ended = run.month >= 0;
      const auto currency = ended ? run.currency : run.reserved.currency;
      const auto nanos = ended ? run.spent : run.reserved.cost_nano;
      const auto lasting = ended ? execution::spent_in(currency) : execution::reserved_in(currency);
      const auto passing = ended ? execution::spent_in(currency, moment(run.month)) : lasting;
      add(lasting, workspace, nanos);
      add(lasting, issue, nanos);
      if (ended) add(passing, workspace, nanos);
      if (run.reserved.project_id) add(passing, events::stream_of(payments), nanos);
      if (run.reserved.provider_id) add(passing, events::stream_of(openai_), nanos);
    }
    return out;
  }
  Counters kept() const {
    Counters out;
    for (const auto& [counter, value] : world.facts.counters)
      if (counter.first.starts_with("cost-") && value != 0) out[counter] = value;
    return out;
  }

  const events::AiProviderId openai_ = id_of<events::AiProviderId>(70);
  std::mt19937 random_{GetParam()};
  std::vector<Run> runs_;
};

TEST_P(AnyRuns, CountersAreThoseOfAPlainCount) {
  for (int steps = 0; steps < 200; ++steps) {
    step();
    ASSERT_EQ(kept(), counted()) << "after step " << steps;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyRuns, ::testing::Range(1u, 9u));

}  // namespace
}  // namespace daybook::domain::budget_test
