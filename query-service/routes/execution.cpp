#include "projector/read_models/execution.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

// A run of an issue is in that issue's project, wherever the issue is moved.
constexpr std::string_view run_in_project =
    "EXISTS (SELECT FROM $schema.projects p LEFT JOIN $schema.issues i ON i.id = t.issue_id"
    " WHERE p.id = COALESCE(i.project_id, t.project_id) AND (p.id::text = lower($value) OR (p.workspace_id = t.workspace_id AND p.key = upper($value))))";

}  // namespace

const Resource& executions() {
  static const Resource resource{
      .what = "execution",
      .title = "Execution",
      .path = "executions",
      .parameter = "execution",
      .table = "executions",
      .row = &events::type_info<projector::ExecutionRow>(),
      .stored = projector::table_of<projector::ExecutionRow>,
      .filters = {{"status", "status", "pending, running, completed, failed, cancelled, lost, several by commas."},
                  {"execution_type", "execution_type", "task, agent, workflow, generation, several by commas."},
                  {"generation_type", "generation_type", "Of exactly this type of generation."},
                  {"priority", "priority", "none, low, medium, high, urgent, several by commas."},
                  {"agent", "agent_id", "Run or to be run by these agents; none for those nobody has claimed yet."},
                  {"issue", "issue_id", "Of these issues; none for those of no issue."},
                  {"project", "id", "In the project, by id or key.", FilterKind::condition, run_in_project},
                  {"resource", "resource_id", "Of these agents, workflows or other things."},
                  {"retry_of", "retry_of", "That try these again."},
                  {"created_by", "created_by_id", "Requested by these."},
                  {"claimed_by", "claimed_by_id", "Claimed by these."},
                  {"ai_provider", "ai_provider", "With exactly this provider."},
                  {"model", "model", "With exactly this model."},
                  {"usage_missing", "usage_missing", "Whether they ran and nobody said what they used."},
                  {"q", "id", "Words its prompt, error or response holds.", FilterKind::condition, has_words},
                  created_after,
                  created_before,
                  updated_after,
                  updated_before},
      .sorts = {"created_at", "updated_at", "started_at", "completed_at", "cost", "tokens_used"},
      .default_sort = "-created_at",
      .containers = {{"issue_id", issues}, {"project_id", projects}},
      .references = {{"issue", "issue_id", {{"", issues}}},
                     {"project", "project_id", {{"", projects}}},
                     {"agent", "agent_id", {{"", agents}}},
                     {"retry_of_run", "retry_of", {{"", executions}}},
                     {"claimed_by", "claimed_by_id", principals(), "claimed_by_type"},
                     {"created_by", "created_by_id", principals(), "created_by_type"}}};
  return resource;
}

}  // namespace daybook::query
