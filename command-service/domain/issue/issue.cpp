#include "command-service/domain/issue/issue.hpp"

#include <algorithm>

#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/issue/ranks.hpp"
#include "command-service/domain/issue/references.hpp"
#include "command-service/domain/issue/sprints.hpp"
#include "command-service/domain/issue/tags.hpp"
#include "command-service/domain/issue/transitions.hpp"

namespace daybook::domain::issue {
namespace {

using events::issue::Fields;

template <class Told>
void check_fields(const Told& told, FieldRefusals& refusals) {
  check_range(told.story_points, 0, story_points_max, "/story_points", refusals);
  check_range(told.estimated_minutes, 0, estimated_minutes_max, "/estimated_minutes", refusals);
  check_range(told.position, -position_max, position_max, "/position", refusals);
  check_object(told.custom_fields, "/custom_fields", refusals);
  check_object(told.mcp_config, "/mcp_config", refusals);
  if (told.estimated_cost && told.estimated_cost->nanos < 0)
    refusals.add("/estimated_cost", "out-of-range", "Expected an amount of zero or more.");
}

// An amount has a currency, the workspace's unless said; without one there is none.
template <class Told>
void settle_cost(Told& told, bool currency_sent, const CommandContext& context, FieldRefusals& refusals) {
  if (!told.estimated_cost && currency_sent)
    refusals.add("/estimated_cost", "required", "A currency stands with an amount.");
  if (!told.estimated_cost) told.estimated_cost_currency.reset();
  else if (!told.estimated_cost_currency) told.estimated_cost_currency = workspace_of(context).currency;
}

// What only an epic has goes with its type.
template <class Told>
void settle_epic(Type type, Told& told, bool color_sent, bool start_sent, FieldRefusals& refusals) {
  if (type == Type::epic) return;
  if (color_sent) refusals.add("/color", "not-an-epic", "Only an epic has a colour.");
  if (start_sent) refusals.add("/start_date", "not-an-epic", "Only an epic has a start date.");
  told.color.reset();
  told.start_date.reset();
}

void check_tags(const std::vector<std::string>& tags, FieldRefusals& refusals) {
  if (tags.size() > tags_max) refusals.add("/tags", "too-many", "An issue can have at most 50 tags.");
}

// Serial is what it is where nothing is said.
std::optional<ExecutionType> said(ExecutionType type) {
  return type == ExecutionType::serial ? std::nullopt : std::optional(type);
}

events::issue::Edited text_of(const Fields& f) {
  using events::issue::Edited;
  auto edited = events::fields_as<Edited, &Edited::issue_type, &Edited::execution_type>(f);
  edited.issue_type = f.type;
  edited.execution_type = said(f.execution_type);
  return edited;
}

// Tags that go, then tags that come.
void add_tag_changes(const Fields& before, const Fields& after, std::vector<Event>& events) {
  const auto lacks = [](const std::vector<std::string>& tags, const std::string& tag) {
    return std::find(tags.begin(), tags.end(), tag) == tags.end();
  };
  for (const auto& tag : before.tags)
    if (lacks(after.tags, tag)) events.push_back(events::issue::Untagged{tag});
  for (const auto& tag : after.tags)
    if (lacks(before.tags, tag)) events.push_back(events::issue::Tagged{tag});
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
  add_changes<events::issue::Estimated, events::issue::DueChanged, events::issue::Ranked, events::issue::EpicChanged>(before, after, events);
  add_tag_changes(before, after, events);
  const auto standing = before.project_id == after.project_id ? before.sprint_id : std::nullopt;
  if (standing != after.sprint_id) events.push_back(events::issue::SprintChanged{after.sprint_id, std::nullopt});
  return events;
}

Fields told_where_it_is(const State& state, const std::optional<events::issue::SprintChanged>& carried) {
  Fields fields = state;
  if (carried) fields.sprint_id = carried->sprint_id;
  return fields;
}

// Whatever happens to an issue that was carried over is preceded by the event that says where it is.
std::vector<Event> after_carrying(const std::optional<events::issue::SprintChanged>& carried, std::vector<Event> events) {
  if (carried && !events.empty()) events.insert(events.begin(), *carried);
  return events;
}

// References that a patch leaves as they are stay unasked: what they name may have been deleted since.
void put_references(const State& state, const Change& command, Fields& after, const References& find,
                    FieldRefusals& refusals) {
  if (command.project_id.sent)
    after.project_id = find.project(command.project_id.value, state.project_id, refusals);
  if (command.parent_id.sent) after.parent_id = find.parent(command.parent_id.value, state, refusals);
  if (command.epic_id.sent) after.epic_id = find.epic(command.epic_id.value, state, refusals);
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
                             &Open::assignee_id, &Open::epic_id, &Open::tags>(command);
  if (command.type) opened.issue_type = *command.type;
  if (command.execution_type) opened.execution_type = said(*command.execution_type);
  if (command.tags && !command.tags->empty()) opened.tags = each_once(*command.tags);
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
  opened.epic_id = find.epic(command.epic_id, state, refusals);
  settle_epic(opened.issue_type, opened, command.color.has_value(), command.start_date.has_value(), refusals);
  settle_cost(opened, command.estimated_cost_currency.has_value(), context, refusals);
  if (opened.tags) check_tags(*opened.tags, refusals);
  check_fields(opened, refusals);
  Fields after{};
  after.project_id = opened.project_id;
  after.sprint_id = opened.sprint_id;
  after.story_points = opened.story_points;
  settle_sprint(Fields{}, after, command.sprint_id.has_value(), facts, refusals);
  if (refusals.any()) return refusals.rejection();
  if (auto full = refuse_full_sprint(Fields{}, after, facts)) return *full;
  opened.number = facts.counter(scope::issue_number, events::stream_of(workspace.id)) + 1;
  opened.identifier = workspace.issue_prefix + "-" + std::to_string(opened.number);
  if (!command.position) opened.position = own_position(opened.number);
  return std::vector<Event>{opened};
}

bool repeats(const events::issue::Opened& first, const Open& again, const CommandContext& context,
             const Facts& facts) {
  const auto workspace = workspace_of(context).id;
  auto opened = told(again);
  if (again.project_id) opened.project_id = find_project(again.project_id->text, workspace, facts);
  if (again.parent_id) opened.parent_id = find_issue(again.parent_id->text, workspace, facts);
  if (again.epic_id) opened.epic_id = find_issue(again.epic_id->text, workspace, facts);
  if (!again.estimated_cost_currency) opened.estimated_cost_currency = first.estimated_cost_currency;
  if (!again.position) opened.position = first.position;
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
  const auto carried = carried_over(state, facts);
  const auto before = told_where_it_is(state, carried);
  Fields after = before;
  put_all<&Change::project_id, &Change::parent_id, &Change::assignee_type, &Change::assignee_id, &Change::epic_id, &Change::tags>(
      command, after, refusals);
  put_references(state, command, after, References(context, facts), refusals);
  if (command.tags.sent) after.tags = each_once(command.tags.value.value_or(std::vector<Tag>{}));
  settle_epic(after.type, after, command.color.value.has_value(), command.start_date.value.has_value(), refusals);
  settle_cost(after, command.estimated_cost_currency.value.has_value(), context, refusals);
  if (state.type == Type::epic && after.type != Type::epic && facts.counter(scope::epic_issues, events::stream_of(state.id)) > 0)
    refusals.add("/type", "epic-in-use", "Issues belong to this epic: take them out of it first.");
  if (auto refused = refuse_transition(workspace_of(context), state.status, after.status))
    refusals.add(refused->pointer, refused->code, refused->detail);
  settle_sprint(before, after, command.sprint_id.sent, facts, refusals);
  check_tags(after.tags, refusals);
  check_fields(after, refusals);
  if (refusals.any()) return refusals.rejection();
  if (auto full = refuse_full_sprint(before, after, facts)) return *full;
  return after_carrying(carried, difference(before, after));
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
  return after_carrying(carried_over(state, facts), {events::issue::Deleted{}});
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), "issue", context, facts)) return *refused;
  if (!state.deleted_at) return std::vector<Event>{};
  const auto carried = carried_over(state, facts);
  const auto before = told_where_it_is(state, carried);
  Fields after = before;
  after.deleted_at.reset();
  if (auto full = refuse_full_sprint(before, after, facts)) return *full;
  return after_carrying(carried, {events::issue::Restored{}});
}

}  // namespace daybook::domain::issue

namespace daybook::domain {

template const AggregateOps& aggregate_ops<Issue>();

}  // namespace daybook::domain
