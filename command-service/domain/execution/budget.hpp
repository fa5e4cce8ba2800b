#pragma once
// Budgets: of a workspace, a project and a provider by the calendar month (UTC, when it was recorded), of an issue for all time.
// What was spent and what is held back for the runs that go on are counters that the runs' own events move, so that a run is let
// in by the same figures that its claim changes, in the same batch. Money that was spent stays spent: deleting an issue or a
// project gives nothing back. A budget is in one currency, and costs in another do not count in it.
#include "command-service/domain/core/context.hpp"
#include "command-service/domain/execution/cost.hpp"
#include "events/execution/reservation.hpp"

namespace daybook::domain {

// Counters. The currency is part of the scope, and so is the month where there is one: cost-spent:USD:2026-11.
namespace scope {
inline constexpr std::string_view cost_spent = "cost-spent";        // by workspace, project, provider and month; by workspace and issue for all time
inline constexpr std::string_view cost_reserved = "cost-reserved";  // by workspace, project, provider, issue: of the runs that go on
}  // namespace scope

namespace execution {

inline constexpr std::int64_t reservation_nano_max = 1'000'000'000'000'000;  // of one run, so that those of many add up

// A run that neither says how long its answer may be nor has a limit of its task is taken for one of so many tokens; where its model has
// no price, for one of so much. Where a budget has less, it gets the rest and is the last to begin.
inline constexpr std::int64_t tokens_assumed = 32'768;
inline constexpr std::int64_t cost_assumed_nano = 1'000'000'000;  // one unit of the workspace's currency

// What a run is about and what it buys, as far as budgets ask.
struct Planned {
  std::optional<events::IssueId> issue_id;
  std::optional<events::ProjectId> project_id;  // of a run without an issue; else the issue's project counts
  Source source;
  std::optional<std::int64_t> max_tokens;
};

// At its request: refused with budget-exceeded (402) where a budget is used up already. Holds nothing back.
std::optional<Rejection> refuse_over_budget(const Planned& run, const CommandContext& context, const Facts& facts);

// At its claim: the same, and what is held back from then until it ends. Refused too where what was said of it is more than is left.
Result<events::execution::Reservation> reserve(const Planned& run, const CommandContext& context, const Facts& facts);

// What a run that ended counts as spent. `ended` is the recorded_at of the event that ended it, which says in which month.
struct Spent {
  std::int64_t cost_nano = 0;
  std::string currency;
  text::Instant ended{};
  std::optional<events::IssueId> issue_id;
  std::optional<events::ProjectId> project_id;
  std::optional<events::AiProviderId> provider_id;
};

// Money that was spent in another system, beside what its runs are known to have cost: it counts as theirs does.
void count_brought(events::WorkspaceId workspace, const Spent& spent, Effects& effects);

// Moves the counters from what a run counted before an event to what it counts after it. Called from its effects, as the next two.
void move_spent(events::WorkspaceId workspace, const std::optional<Spent>& before, const std::optional<Spent>& after, Effects& effects);
void hold_back(events::WorkspaceId workspace, const std::optional<events::IssueId>& issue, const events::execution::Reservation& reserved, Effects& effects);
void give_back(events::WorkspaceId workspace, const std::optional<events::IssueId>& issue, const events::execution::Reservation& reserved, Effects& effects);

// The counter's scope of what was spent in a currency for all time, and in one month.
std::string spent_in(std::string_view currency);
std::string spent_in(std::string_view currency, text::Instant month_of);
std::string reserved_in(std::string_view currency);

}  // namespace execution
}  // namespace daybook::domain
