// The labels of an issue and its dependencies, and what an issue's events do beyond its stream.
#include <algorithm>

#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/execution/budget.hpp"
#include "command-service/domain/issue/beginning.hpp"
#include "command-service/domain/issue/ranks.hpp"
#include "command-service/domain/issue/references.hpp"
#include "command-service/domain/issue/sprints.hpp"

namespace daybook::domain {
namespace issue {
namespace {

// One edge, however it was written: who blocks whom, or two that are related in either order.
struct Edge {
  bool blocking = false;
  text::Uuid from{};
  text::Uuid to{};

  std::string key() const { return (blocking ? "blocks:" : "related:") + from.text() + ":" + to.text(); }
};

Edge normalised(text::Uuid issue, DependencyType type, text::Uuid other) {
  switch (type) {
    case DependencyType::blocks:
      return {true, issue, other};
    case DependencyType::blocked_by:
      return {true, other, issue};
    case DependencyType::related:
      return {false, std::min(issue, other), std::max(issue, other)};
  }
  return {};
}

bool is_label_here(const CommandContext& context, events::LabelId id) {
  const auto* label = events::workspace::find_part(workspace_of(context), id);
  return label != nullptr && !label->deleted_at;
}

}  // namespace

Decision<Event> decide(const State& state, const AttachLabel& command, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "issue", context, facts)) return *refused;
  if (!is_label_here(context, command.label_id))
    return invalid("/label_id", "unknown-reference", "There is no such label in this workspace.");
  if (find_label_link(state, command.label_id) != nullptr)
    return already_exists("/label_id", "The issue has this label already.");
  if (state.labels.size() >= labels_max)
    return invalid("", "too-many", "An issue can have at most 200 labels.");
  const auto id = command.id.value_or(events::LabelLinkId{context.fresh_id});
  if (events::issue::find_part(state, id) != nullptr) return id_taken();
  return std::vector<Event>{events::issue::LabelAttached{id, command.label_id}};
}

bool repeats(const events::issue::LabelAttached& first, const AttachLabel& again, const CommandContext&,
             const Facts&) {
  return first.label_id == again.label_id;
}

Decision<Event> decide(const State& state, const DetachLabel& command, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "issue", context, facts)) return *refused;
  const auto* link = find_label_link(state, command.label_id);
  if (link == nullptr) return std::vector<Event>{};
  return std::vector<Event>{events::issue::LabelDetached{link->id, link->label_id}};
}

Decision<Event> decide(const State& state, const AddDependency& command, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "issue", context, facts)) return *refused;
  FieldRefusals refusals;
  const auto other =
      References(context, facts).other_issue(command.depends_on_id, "/depends_on_id", refusals);
  if (!other) return refusals.rejection();
  if (*other == state.id) return invalid("/depends_on_id", "cycle", "An issue cannot depend on itself.");
  const auto type = command.dependency_type.value_or(DependencyType::blocks);
  const auto edge = normalised(state.id.value, type, other->value);
  if (facts.claimed(scope::dependency, edge.key()))
    return taken(scope::dependency, "/depends_on_id");
  if (edge.blocking && facts.reaches(scope::blocks, edge.to, edge.from))
    return invalid("/depends_on_id", "cycle", "The issues would block each other in a circle.");
  if (state.dependencies.size() >= dependencies_max)
    return invalid("", "too-many", "An issue can have at most 1,000 dependencies.");
  const auto id = command.id.value_or(events::DependencyId{context.fresh_id});
  if (events::issue::find_part(state, id) != nullptr) return id_taken();
  return std::vector<Event>{events::issue::DependencyAdded{id, *other, type}};
}

bool repeats(const events::issue::DependencyAdded& first, const AddDependency& again,
             const CommandContext& context, const Facts& facts) {
  const auto other = find_issue(again.depends_on_id.text, workspace_of(context).id, facts);
  return other == first.depends_on_id &&
         again.dependency_type.value_or(DependencyType::blocks) == first.dependency_type;
}

Decision<Event> decide(const State& state, const RemoveDependency& command, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "issue", context, facts)) return *refused;
  const auto* dependency = events::issue::find_part(state, command.dependency_id);
  if (dependency == nullptr) return not_found("dependency");
  return std::vector<Event>{events::issue::DependencyRemoved{dependency->id, dependency->depends_on_id,
                                                             dependency->dependency_type}};
}

namespace {

// An issue that is not where its number puts it holds its place, so that its neighbours are found.
void keep_place(events::WorkspaceId workspace, const std::optional<Place>& before, const Place& after, Effects& effects) {
  if (before && *before == after) return;
  if (before && !is_own(*before)) effects.release(scope::issue_place, place_key(workspace, *before));
  if (!is_own(after)) effects.claim(scope::issue_place, place_key(workspace, after), "/position");
}

// An epic is one as long as issues may belong to it.
void keep_epic(text::Uuid issue, bool was, bool is, Effects& effects) {
  if (was && !is) effects.release(scope::epic, issue.text());
  if (is && !was) effects.claim(scope::epic, issue.text(), "/type");
}

void change_epic(text::Uuid issue, std::optional<events::IssueId> before, std::optional<events::IssueId> after, Effects& effects) {
  if (before) {
    effects.unrelate(scope::epic_of, issue, before->value);
    effects.count(scope::epic_issues, events::stream_of(*before), -1);
  }
  if (after) {
    effects.relate(scope::epic_of, issue, after->value, "/epic_id");
    effects.count(scope::epic_issues, events::stream_of(*after), +1);
  }
}

}  // namespace
}  // namespace issue

void effects(const issue::State&, const events::issue::Opened& e, const events::Envelope& event,
             Effects& effects) {
  const auto workspace = event.workspace_id.value();
  effects.born(e.project_id ? events::stream_of(*e.project_id) : events::stream_of(workspace));
  effects.count(scope::issue_number, events::stream_of(workspace), 1 + e.numbers_skipped.value_or(0));
  effects.claim(scope::issue_identifier, key_in(workspace, e.identifier), "");
  if (e.parent_id) effects.relate(scope::parent, event.stream_id.value, e.parent_id->value, "/parent_id");
  issue::keep_place(workspace, std::nullopt, {e.position, e.number}, effects);
  issue::keep_epic(event.stream_id.value, false, e.issue_type == issue::Type::epic, effects);
  issue::change_epic(event.stream_id.value, std::nullopt, e.epic_id, effects);
  if (e.sprint_id) issue::count_in_sprint(issue::State{}, e, event, effects);
  if (e.parent_id) issue::keep_turn(issue::State{}, e, event, effects);
}
void effects(const issue::State& before, const events::issue::Edited& e, const events::Envelope& event, Effects& effects) {
  issue::keep_turn(before, e, event, effects);
  issue::keep_epic(before.id.value, before.type == issue::Type::epic, e.issue_type == issue::Type::epic, effects);
}
void effects(const issue::State& before, const events::issue::Ranked& e, const events::Envelope& event, Effects& effects) {
  issue::keep_turn(before, e, event, effects);
  issue::keep_place(before.workspace_id, issue::Place{before.position, before.number}, {e.position, before.number}, effects);
}
void effects(const issue::State& before, const events::issue::EpicChanged& e, const events::Envelope&, Effects& effects) {
  issue::change_epic(before.id.value, before.epic_id, e.epic_id, effects);
}
void effects(const issue::State& before, const events::issue::Moved& e, const events::Envelope& event,
             Effects& effects) {
  issue::count_in_sprint(before, e, event, effects);
  effects.moved(e.project_id ? events::stream_of(*e.project_id) : events::stream_of(before.workspace_id));
}
void effects(const issue::State& before, const events::issue::ParentChanged& e, const events::Envelope& event,
             Effects& effects) {
  issue::keep_turn(before, e, event, effects);
  if (before.parent_id) effects.unrelate(scope::parent, before.id.value, before.parent_id->value);
  if (e.parent_id) effects.relate(scope::parent, before.id.value, e.parent_id->value, "/parent_id");
}
void effects(const issue::State& before, const events::issue::DependencyAdded& e, const events::Envelope&,
             Effects& effects) {
  const auto edge = issue::normalised(before.id.value, e.dependency_type, e.depends_on_id.value);
  effects.claim(scope::dependency, edge.key(), "/depends_on_id");
  if (!edge.blocking) return;
  effects.relate(scope::blocks, edge.from, edge.to, "/depends_on_id");
  issue::keep_blocker(edge.from, edge.to, true, effects);
}
void effects(const issue::State& before, const events::issue::DependencyRemoved& e, const events::Envelope&,
             Effects& effects) {
  const auto edge = issue::normalised(before.id.value, e.dependency_type, e.depends_on_id.value);
  effects.release(scope::dependency, edge.key());
  if (!edge.blocking) return;
  effects.unrelate(scope::blocks, edge.from, edge.to);
  issue::keep_blocker(edge.from, edge.to, false, effects);
}
void effects(const issue::State& before, const events::issue::Deleted& e, const events::Envelope& event, Effects& effects) {
  issue::keep_turn(before, e, event, effects);
  effects.died();
  issue::count_in_sprint(before, e, event, effects);
}
void effects(const issue::State& before, const events::issue::Restored& e, const events::Envelope& event, Effects& effects) {
  issue::keep_turn(before, e, event, effects);
  effects.revived();
  issue::count_in_sprint(before, e, event, effects);
}
void effects(const issue::State& before, const events::issue::StatusChanged& e, const events::Envelope& event, Effects& effects) {
  issue::keep_turn(before, e, event, effects);
  issue::count_in_sprint(before, e, event, effects);
}
void effects(const issue::State& before, const events::issue::Estimated& e, const events::Envelope& event, Effects& effects) {
  issue::count_in_sprint(before, e, event, effects);
}
// What was carried was counted when its sprint ended.
void effects(const issue::State& before, const events::issue::SprintChanged& e, const events::Envelope& event, Effects& effects) {
  if (!e.carried.value_or(false)) issue::count_in_sprint(before, e, event, effects);
}
void effects(const issue::State& before, const events::issue::BroughtForward& e, const events::Envelope& event, Effects& effects) {
  if (!e.cost || !e.currency) return;
  execution::count_brought(before.workspace_id, {e.cost->nanos, *e.currency, event.occurred_at, before.id, before.project_id, {}}, effects);
}

}  // namespace daybook::domain
