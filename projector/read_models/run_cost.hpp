#pragma once
// Where the figures of runs are shown and how they climb; and what was spent by month, issue, agent and model.
#include "projector/read_models/agent.hpp"
#include "projector/read_models/ai_provider.hpp"
#include "projector/read_models/execution.hpp"
#include "projector/read_models/issue.hpp"
#include "projector/read_models/project.hpp"
#include "projector/read_models/workspace.hpp"

namespace daybook::projector {

// What the runs of one kind used and cost in one month, and what was brought forward beside them. Its id is made of everything up to the currency. An issue's project is
// asked of the issue, so that moving one moves nothing here.
struct CostRow {
  events::EntityId id{};
  events::WorkspaceId workspace_id{};
  text::Date month{};                          // its first day, UTC, by when it was recorded that the run ended
  std::optional<events::IssueId> issue_id;
  std::optional<events::ProjectId> project_id; // of runs without an issue
  std::optional<events::AgentId> agent_id;
  std::optional<events::AiProviderId> ai_provider_id;
  std::optional<std::string> ai_provider;
  std::optional<std::string> model;
  std::string currency;
  events::Decimal cost;
  std::int64_t input = 0;                      // tokens, as the next five
  std::int64_t cache_read = 0;
  std::int64_t cache_write = 0;
  std::int64_t output = 0;
  std::int64_t reasoning = 0;
  std::int64_t unsplit = 0;
  std::int64_t run_count = 0;
  std::int64_t runs_without_cost = 0;
  std::int64_t runs_without_usage = 0;
  bool operator==(const CostRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(CostRow, (), (id, workspace_id, month, issue_id, project_id, agent_id, ai_provider_id, ai_provider, model, currency,
                                    cost, input, cache_read, cache_write, output, reasoning, unsplit, run_count, runs_without_cost,
                                    runs_without_usage))

template <> const Table& table_of<CostRow>();
ReadModel run_costs();

// The run was changed by the event: it may have ended, or what it used or cost was corrected.
void count_run(const ExecutionRow& before, const ExecutionRow& after, const events::Envelope& e, StateStore& store);
// What was spent elsewhere counts along the same way, in the month in which that was said to have changed last.
void bring_costs(const events::issue::BroughtForward& brought, const events::Envelope& e, StateStore& store);
void bring_costs(const events::project::BroughtForward& brought, const events::Envelope& e, StateStore& store);
// What was spent with a provider lately counts in the month in which that is recorded, in no project.
void bring_spending(const AiProviderRow& config, events::Decimal spent, const events::Envelope& e, StateStore& store);
// The issue may lie in another project now, or be deleted or back.
void move_run_costs(const IssueRow& before, const IssueRow& after, const events::Envelope& e, StateStore& store);
// The project may be deleted or back.
void move_run_costs(const ProjectRow& before, const ProjectRow& after, const events::Envelope& e, StateStore& store);
// The workspace may have another currency now, in which its costs and those in it are shown.
void show_run_costs(const WorkspaceRow& before, const WorkspaceRow& after, const events::Envelope& e, StateStore& store);

}  // namespace daybook::projector
