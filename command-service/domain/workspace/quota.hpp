#pragma once
// How much a workspace may have of what costs: its own quota says, else its plan, else what is usual for a plan of that type. The
// counters are folds of the log, asked under its lock: of two commands that would take the last one, one is refused.
//
// Whoever makes such things counts them in its effects, by the workspace's stream, and asks before:
//   effects.count(scope::quota_agents, events::stream_of(workspace), +1);
//   if (auto refused = refuse_over_quota(context, Limited::agents, facts)) return *refused;
#include "command-service/domain/core/context.hpp"
#include "events/plan/state.hpp"

namespace daybook::domain {

namespace scope {
// Counters, by workspace.
inline constexpr std::string_view quota_agents = "quota-agents";        // that are there: registered, less those retired
inline constexpr std::string_view quota_workflows = "quota-workflows";  // defined, less those deleted
// Executions requested in a calendar month (UTC): "quota-executions-2026-11".
std::string quota_executions(text::Instant month_of);
// In which month a request counts: when it was recorded, or, of a run that is brought in, when it was requested there.
std::string quota_executions(const events::Envelope& requested);
}  // namespace scope

using events::plan::Limited;

// Whether `more` of it would be too many for the workspace that the command was admitted to: 402 `quota-exceeded`.
std::optional<Rejection> refuse_over_quota(const CommandContext& context, Limited what, const Facts& facts, std::int64_t more = 1);

// The plan by which the workspace is: the one its subscription or a superuser named, else the oldest that is offered of the type.
const events::plan::State* plan_in_force(const events::workspace::State& workspace, const Facts& facts);
// What it may have.
events::plan::Limits limits_in_force(const events::workspace::State& workspace, const Facts& facts);

}  // namespace daybook::domain
