#include "command-service/domain/issue/issue.hpp"

#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/issue/references.hpp"

namespace daybook::domain::issue {
namespace {

using events::issue::Fields;

void check_fields(const std::optional<std::int64_t>& points, const std::optional<std::int64_t>& minutes,
                  const std::optional<events::Json>& custom_fields, FieldRefusals& refusals) {
  check_range(points, 0, story_points_max, "/story_points", refusals);
  check_range(minutes, 0, estimated_minutes_max, "/estimated_minutes", refusals);
  check_object(custom_fields, "/custom_fields", refusals);
}

events::issue::Edited text_of(const Fields& f) {
  return {f.title, f.type, f.description, f.acceptance_criteria, f.custom_fields};
}

// The intent events of what changed, each with its resulting values.
std::vector<Event> difference(const Fields& before, const Fields& after) {
  std::vector<Event> events;
  if (!(text_of(before) == text_of(after))) events.push_back(text_of(after));
  if (before.status != after.status) events.push_back(events::issue::StatusChanged{after.status});
  if (before.priority != after.priority) events.push_back(events::issue::PriorityChanged{after.priority});
  if (before.project_id != after.project_id) events.push_back(events::issue::Moved{after.project_id});
  if (before.parent_id != after.parent_id) events.push_back(events::issue::ParentChanged{after.parent_id});
  if (before.assignee_id != after.assignee_id || before.assignee_type != after.assignee_type) {
    if (after.assignee_id)
      events.push_back(events::issue::Assigned{*after.assignee_type, *after.assignee_id});
    else
      events.push_back(events::issue::Unassigned{});
  }
  if (before.story_points != after.story_points || before.estimated_minutes != after.estimated_minutes)
    events.push_back(events::issue::Estimated{after.story_points, after.estimated_minutes});
  if (before.due_at != after.due_at) events.push_back(events::issue::DueChanged{after.due_at});
  if (before.position != after.position) events.push_back(events::issue::Ranked{after.position});
  return events;
}

// References that a patch leaves as they are stay unasked: what they name may have been deleted since.
void put_references(const State& state, const Change& command, Fields& after, const References& find,
                    FieldRefusals& refusals) {
  if (command.project_id.sent)
    after.project_id = find.project(command.project_id.value, state.project_id, refusals);
  if (command.parent_id.sent) after.parent_id = find.parent(command.parent_id.value, state, refusals);
  if (!command.assignee_id.sent && command.assignee_type.sent &&
      command.assignee_type.value != state.assignee_type) {
    if (command.assignee_type.value)
      return refusals.add("/assignee_id", "required", "Say who: a type alone assigns nobody.");
    after.assignee_type.reset();
    after.assignee_id.reset();
  }
  if (!command.assignee_id.sent) return;
  const auto assignee =
      find.assignee(command.assignee_type.value, command.assignee_id.value, state, refusals);
  after.assignee_type = assignee ? std::optional(assignee->type) : std::nullopt;
  after.assignee_id = assignee ? std::optional(assignee->id) : std::nullopt;
}

}  // namespace

StreamId container_of(const State& state) {
  return state.project_id ? events::stream_of(*state.project_id) : events::stream_of(state.workspace_id);
}

namespace {

// What the command itself tells of the new issue: all but its number and what it refers to.
events::issue::Opened told(const Open& command) {
  auto opened = domain::told<events::issue::Opened, &Open::type, &Open::project_id, &Open::parent_id, &Open::assignee_type,
                             &Open::assignee_id>(command);
  if (command.type) opened.issue_type = *command.type;
  return opened;
}

}  // namespace

Decision<Event> decide(const State& state, const Open& command, const CommandContext& context,
                       const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  const auto& workspace = workspace_of(context);
  const References find(context, facts);
  FieldRefusals refusals;
  auto opened = told(command);
  opened.project_id = find.project(command.project_id, std::nullopt, refusals);
  opened.parent_id = find.parent(command.parent_id, state, refusals);
  if (const auto assignee = find.assignee(command.assignee_type, command.assignee_id, state, refusals)) {
    opened.assignee_type = assignee->type;
    opened.assignee_id = assignee->id;
  }
  check_fields(opened.story_points, opened.estimated_minutes, opened.custom_fields, refusals);
  if (refusals.any()) return refusals.rejection();
  opened.number = facts.counter(scope::issue_number, events::stream_of(workspace.id)) + 1;
  opened.identifier = workspace.issue_prefix + "-" + std::to_string(opened.number);
  return std::vector<Event>{opened};
}

bool repeats(const events::issue::Opened& first, const Open& again, const CommandContext& context,
             const Facts& facts) {
  const auto workspace = workspace_of(context).id;
  auto opened = told(again);
  if (again.project_id) opened.project_id = find_project(again.project_id->text, workspace, facts);
  if (again.parent_id) opened.parent_id = find_issue(again.parent_id->text, workspace, facts);
  opened.assignee_id = again.assignee_id;
  if (again.assignee_id) opened.assignee_type = again.assignee_type ? again.assignee_type : first.assignee_type;
  opened.number = first.number;
  opened.identifier = first.identifier;
  return opened == first;
}

Decision<Event> decide(const State& state, const Change& command, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "issue", context, facts)) return *refused;
  FieldRefusals refusals;
  Fields after = state;
  put_all<&Change::project_id, &Change::parent_id, &Change::assignee_type, &Change::assignee_id>(command, after, refusals);
  put_references(state, command, after, References(context, facts), refusals);
  check_fields(after.story_points, after.estimated_minutes, after.custom_fields, refusals);
  if (refusals.any()) return refusals.rejection();
  return difference(state, after);
}

Decision<Event> decide(const State& state, const Assign& command, const CommandContext& context,
                       const Facts& facts) {
  Change change{};
  if (command.assignee_type) change.assignee_type = *command.assignee_type;
  change.assignee_id = command.assignee_id;
  return decide(state, change, context, facts);
}

Decision<Event> decide(const State& state, const Unassign&, const CommandContext& context,
                       const Facts& facts) {
  Change change{};
  change.assignee_id = events::Patch<events::PrincipalId>::cleared();
  return decide(state, change, context, facts);
}

Decision<Event> decide(const State& state, const Release& command, const CommandContext& context, const Facts&) {
  const bool theirs = state.assignee_type == AssigneeType::user && state.assignee_id && state.assignee_id->value == command.user_id.value;
  if (!theirs || state.deleted_at || is_member(context, command.user_id)) return std::vector<Event>{};
  return std::vector<Event>{events::issue::Unassigned{}};
}

Decision<Event> decide(const State& state, const Move& command, const CommandContext& context,
                       const Facts& facts) {
  Change change{};
  change.project_id = events::Patch<ProjectRef>::cleared();
  change.project_id.value = command.project_id;
  return decide(state, change, context, facts);
}

Decision<Event> decide(const State& state, const Delete&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "issue", context, facts)) return *refused;
  return std::vector<Event>{events::issue::Deleted{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), "issue", context, facts)) return *refused;
  if (!state.deleted_at) return std::vector<Event>{};
  return std::vector<Event>{events::issue::Restored{}};
}

}  // namespace daybook::domain::issue
