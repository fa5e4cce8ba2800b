#include "projector/read_models/execution.hpp"

#include "projector/read_models/issue.hpp"
#include "projector/read_models/run_cost.hpp"
#include "projector/read_models/search.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

using events::execution::Event;
using events::execution::Progressed;

std::optional<std::string> words(const std::optional<events::LongText>& text) {
  return text ? std::optional(text->text) : std::nullopt;
}

void put_words(const ExecutionRow& row, const events::Envelope& e, StateStore& store) {
  // Where it stands changes more often than its words, which may be long: that is asked of its own row.
  const SearchMetadata metadata{.type = std::string(events::word_of(row.execution_type)), .issue_id = row.issue_id, .project_id = row.project_id};
  put_search(e, {.issue = row.issue_id, .project = row.project_id, .metadata = metadata}, "", words_together({words(row.prompt), row.error, words(row.response)}), store);
}

void apply_execution(const events::Envelope& e, StateStore& store) {
  const auto event = read_event<Event>(e);
  const auto [before, after] = fold_row<events::execution::State, ExecutionRow>(event, e, store);
  count_run(before, after, e, store);
  if (before.prompt != after.prompt || before.error != after.error || before.response != after.response) put_words(after, e, store);
  // Heartbeats say little and come often.
  if (std::holds_alternative<Progressed>(event)) return;
  const auto issue = after.issue_id ? store.get<IssueRow>(after.issue_id->value) : std::nullopt;
  const auto project = issue ? issue->project_id : after.project_id;
  const auto details = std::visit([](const auto& what) { return events::to_json_in_brief(what); }, event);
  note_activity(e, {"execution", after.id.value, project, after.issue_id, differences(before, after), details}, store);
}

}  // namespace

template <>
const Table& table_of<ExecutionRow>() {
  static const auto t = table<ExecutionRow>(
      55, "executions", {},
      {"workspace_id, created_at, id", "workspace_id, updated_at, id",
       "workspace_id, ((started_at IS NULL)::int), started_at, id", "workspace_id, ((started_at IS NOT NULL)::int), started_at, id",
       "workspace_id, ((completed_at IS NULL)::int), completed_at, id", "workspace_id, ((completed_at IS NOT NULL)::int), completed_at, id",
       "workspace_id, ((cost IS NULL)::int), cost, id", "workspace_id, ((cost IS NOT NULL)::int), cost, id",
       "workspace_id, ((tokens_used IS NULL)::int), tokens_used, id", "workspace_id, ((tokens_used IS NOT NULL)::int), tokens_used, id",
       "workspace_id, status, created_at, id", "issue_id, created_at, id", "agent_id, created_at, id", "project_id, created_at, id",
       "(lease_expires_at, id) WHERE lease_expires_at IS NOT NULL", "created_by_id", "(read_models.number_of(id, born, 5))",
       "(read_models.number_of(id, born, 55)) WHERE execution_type = 'generation'", "((id::text))"});
  return t;
}

ReadModel executions() { return {{&table_of<ExecutionRow>()}, events::StreamType::execution, apply_execution}; }

}  // namespace daybook::projector
