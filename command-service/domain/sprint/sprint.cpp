#include "command-service/domain/sprint/sprint.hpp"

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/rules.hpp"

namespace daybook::domain {
namespace sprint {
namespace {

using events::sprint::Changed;
using events::sprint::Planned;

std::optional<Rejection> refuse_gone(const State& state, const CommandContext& context, const Facts& facts) {
  return domain::refuse_gone(state, events::stream_of(state.project_id), "sprint", context, facts);
}

template <class Fields>
void check_fields(const Fields& fields, FieldRefusals& refusals) {
  check_range(fields.capacity_points, 0, capacity_points_max, "/capacity_points", refusals);
  if (fields.start_date && fields.end_date && *fields.end_date < *fields.start_date)
    refusals.add("/end_date", "before-start", "It cannot end before it starts.");
}

Rejection not_while(Status status, std::string_view what) {
  return invalid("", "sprint-" + std::string(events::word_of(status)),
                 "This sprint is " + std::string(events::word_of(status)) + " and cannot be " + std::string(what) + ".");
}

std::optional<Rejection> refuse_second_active(const State& state, const Facts& facts) {
  if (!facts.claimed(scope::active_sprint, state.project_id.text())) return std::nullopt;
  return taken(scope::active_sprint, "");
}

}  // namespace

Load load_of(events::SprintId sprint, const Facts& facts) {
  const auto stream = events::stream_of(sprint);
  return {facts.counter(scope::sprint_points, stream), facts.counter(scope::sprint_unfinished_points, stream)};
}

std::optional<Rejection> refuse_beyond_capacity(const State& state, std::int64_t more, std::string pointer, const Facts& facts) {
  if (!state.capacity_points || more <= 0) return std::nullopt;
  const auto there = load_of(state.id, facts).points;
  if (there + more <= *state.capacity_points) return std::nullopt;
  return invalid(std::move(pointer), "beyond-capacity",
                 "The sprint takes " + std::to_string(*state.capacity_points) + " points; " + std::to_string(there) + " are in it and " +
                     std::to_string(more) + " would come.");
}

Decision<Event> decide(const State& state, const Plan& command, const CommandContext& context, const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  if (!command.project_id) return invalid("/project_id", "required", "This field is required.");
  const auto workspace = workspace_of(context).id;
  const auto project = find_project(command.project_id->text, workspace, facts);
  if (!project || !facts.usable(events::StreamType::project, events::stream_of(*project), workspace)) return not_found("project");
  auto planned = told<Planned, &Plan::project_id>(command);
  planned.project_id = *project;
  FieldRefusals refusals;
  check_fields(planned, refusals);
  if (refusals.any()) return refusals.rejection();
  return std::vector<Event>{planned};
}

bool repeats(const Planned& first, const Plan& again, const CommandContext& context, const Facts& facts) {
  if (!again.project_id || find_project(again.project_id->text, workspace_of(context).id, facts) != first.project_id) return false;
  auto planned = told<Planned, &Plan::project_id>(again);
  planned.project_id = first.project_id;
  return planned == first;
}

Decision<Event> decide(const State& state, const Change& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, context, facts)) return *refused;
  FieldRefusals refusals;
  const auto before = events::fields_as<Changed>(state);
  auto after = before;
  put_all(command, after, refusals);
  check_fields(after, refusals);
  if (refusals.any()) return refusals.rejection();
  if (after == before) return std::vector<Event>{};
  if (after.capacity_points != before.capacity_points && after.capacity_points) {
    const auto there = load_of(state.id, facts).points;
    if (there > *after.capacity_points)
      return invalid("/capacity_points", "beyond-capacity", "Issues of " + std::to_string(there) + " points are in it already.");
  }
  return std::vector<Event>{after};
}

Decision<Event> decide(const State& state, const Start&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, context, facts)) return *refused;
  if (state.status == Status::active) return std::vector<Event>{};
  if (state.status != Status::planning) return not_while(state.status, "started");
  if (auto refused = refuse_second_active(state, facts)) return *refused;
  return std::vector<Event>{events::sprint::Started{}};
}

Decision<Event> decide(const State& state, const Complete& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, context, facts)) return *refused;
  if (state.status == Status::completed && state.carried_to_id == command.carry_to_id) return std::vector<Event>{};
  if (state.status != Status::active) return not_while(state.status, "completed");
  const auto unfinished = load_of(state.id, facts).unfinished;
  if (!command.carry_to_id) return std::vector<Event>{events::sprint::Completed{std::nullopt, unfinished}};
  const auto& next = state_of<Sprint>(facts, events::stream_of(*command.carry_to_id));
  const bool is_there = next.version.value > 0 && next.project_id == state.project_id && !next.deleted_at && next.id != state.id;
  if (!is_there) return invalid("/carry_to_id", "unknown-reference", "There is no such other sprint in this project.");
  if (has_ended(next)) return invalid("/carry_to_id", "sprint-" + std::string(events::word_of(next.status)), "That sprint has ended, too.");
  if (auto refused = refuse_beyond_capacity(next, unfinished, "/carry_to_id", facts)) return *refused;
  return std::vector<Event>{events::sprint::Completed{command.carry_to_id, unfinished}};
}

Decision<Event> decide(const State& state, const Cancel&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, context, facts)) return *refused;
  if (state.status == Status::cancelled) return std::vector<Event>{};
  if (state.status == Status::completed) return not_while(state.status, "cancelled");
  return std::vector<Event>{events::sprint::Cancelled{}};
}

Decision<Event> decide(const State& state, const Delete&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, context, facts)) return *refused;
  return std::vector<Event>{events::sprint::Deleted{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(state, events::stream_of(state.project_id), "sprint", context, facts)) return *refused;
  if (!state.deleted_at) return std::vector<Event>{};
  if (state.status == Status::active)
    if (auto refused = refuse_second_active(state, facts)) return *refused;
  return std::vector<Event>{events::sprint::Restored{}};
}

}  // namespace sprint

void effects(const sprint::State&, const events::sprint::Planned& e, const events::Envelope&, Effects& effects) {
  effects.born(events::stream_of(e.project_id));
}
void effects(const sprint::State& before, const events::sprint::Started&, const events::Envelope&, Effects& effects) {
  effects.claim(scope::active_sprint, before.project_id.text(), "");
}
// The issues' own streams say nothing of it: what they counted here counts there.
void effects(const sprint::State& before, const events::sprint::Completed& e, const events::Envelope&, Effects& effects) {
  effects.release(scope::active_sprint, before.project_id.text());
  for (const auto scope : {scope::sprint_points, scope::sprint_unfinished_points}) {
    effects.count(scope, events::stream_of(before.id), -e.carried_points);
    if (e.carried_to_id) effects.count(scope, events::stream_of(*e.carried_to_id), e.carried_points);
  }
}
void effects(const sprint::State& before, const events::sprint::Cancelled&, const events::Envelope&, Effects& effects) {
  if (before.status == sprint::Status::active) effects.release(scope::active_sprint, before.project_id.text());
}
void effects(const sprint::State& before, const events::sprint::Deleted&, const events::Envelope&, Effects& effects) {
  effects.died();
  if (before.status == sprint::Status::active) effects.release(scope::active_sprint, before.project_id.text());
}
void effects(const sprint::State& before, const events::sprint::Restored&, const events::Envelope&, Effects& effects) {
  effects.revived();
  if (before.status == sprint::Status::active) effects.claim(scope::active_sprint, before.project_id.text(), "");
}

template const AggregateOps& aggregate_ops<Sprint>();

}  // namespace daybook::domain
