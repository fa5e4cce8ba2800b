#include "command-service/domain/skill/skill.hpp"

#include "command-service/domain/core/published.hpp"
#include "command-service/domain/skill/refusals.hpp"
#include "platform/text/json_schema.hpp"

namespace daybook::domain {
namespace skill {
namespace {

using events::skill::Published;
using events::skill::Revised;
using published::check_list;
using published::check_tags;
using published::container_of;
using published::distinct;
using published::refuse_stranger;

std::optional<Rejection> refuse_change(const State& state, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "skill", context, facts)) return refused;
  return refuse_stranger(state, "skill", Permission::skills_manage, context);
}

void check_schema(const std::optional<events::Json>& schema, const std::string& pointer, FieldRefusals& refusals) {
  if (!schema) return;
  if (auto fault = text::find_schema_fault(schema->text)) refusals.add(pointer + fault->pointer, "invalid-schema", fault->detail);
}

template <class Fields>
void check_fields(const Fields& fields, FieldRefusals& refusals) {
  check_list(fields.mcp_requirements, "/mcp_requirements", refusals);
  check_schema(fields.input_schema, "/input_schema", refusals);
  check_schema(fields.output_schema, "/output_schema", refusals);
}

Published published_by(const Publish& command) {
  auto published = told<Published, &Publish::tags>(command);
  if (command.tags) published.tags = distinct(*command.tags);
  return published;
}

}  // namespace

bool is_known_in(const State& state, events::WorkspaceId workspace) { return published::is_known_in(state, workspace); }

bool is_usable_in(const State& state, events::WorkspaceId workspace, const Facts& facts) {
  return published::is_usable_in(state, workspace, facts);
}

std::optional<Rejection> refuse_unknown(const State& state, const CommandContext& context, const Facts& facts) {
  return published::refuse_unknown(state, "skill", context, facts);
}

bool is_admin_of(const State& state, const CommandContext& context) {
  return published::is_manager_of(state, Permission::skills_manage, context);
}

Decision<Event> decide(const State& state, const Publish& command, const CommandContext&, const Facts&) {
  if (state.version.value > 0) return id_taken();
  auto published = published_by(command);
  FieldRefusals refusals;
  check_fields(published, refusals);
  check_tags(published.tags, "skill", refusals);
  if (refusals.any()) return refusals.rejection();
  return std::vector<Event>{std::move(published)};
}

bool repeats(const Published& first, const Publish& again, const CommandContext&, const Facts&) {
  return published_by(again) == first;
}

Decision<Event> decide(const State& state, const Revise& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  const auto before = events::fields_as<Revised>(state);
  auto revised = before;
  auto tags = state.tags;
  FieldRefusals refusals;
  put_all<&Revise::tags>(command, revised, refusals);
  check_fields(revised, refusals);
  if (command.tags.sent) tags = distinct(command.tags.value.value_or(std::vector<Tag>{}));
  check_tags(tags, "skill", refusals);
  if (refusals.any()) return refusals.rejection();
  std::vector<Event> changes;
  if (revised != before) {
    revised.changelog = plain(command.changelog);
    changes.push_back(std::move(revised));
  }
  if (tags != state.tags) changes.push_back(events::skill::TagsChanged{std::move(tags)});
  return changes;
}

Decision<Event> decide(const State& state, const List&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return published::only_if<Event>(!state.is_public, events::skill::Listed{});
}

Decision<Event> decide(const State& state, const Unlist&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return published::only_if<Event>(state.is_public, events::skill::Unlisted{});
}

Decision<Event> decide(const State& state, const MakeOfficial&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_unknown(state, context, facts)) return *refused;
  if (auto refused = published::refuse_unless_superuser("skill", context)) return *refused;
  return published::only_if<Event>(!state.is_official, events::skill::MadeOfficial{});
}

Decision<Event> decide(const State& state, const Withdraw&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return std::vector<Event>{events::skill::Withdrawn{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), "skill", context, facts)) return *refused;
  if (auto refused = refuse_stranger(state, "skill", Permission::skills_manage, context)) return *refused;
  return published::only_if<Event>(state.deleted_at.has_value(), events::skill::Restored{});
}

}  // namespace skill

void effects(const skill::State&, const events::skill::Published&, const events::Envelope& event, Effects& effects) {
  effects.born(events::stream_of(event.workspace_id.value()));
  owned_by_maker(event, effects);
}
void effects(const skill::State&, const events::skill::Withdrawn&, const events::Envelope&, Effects& effects) { effects.died(); }
void effects(const skill::State&, const events::skill::Restored&, const events::Envelope&, Effects& effects) { effects.revived(); }

template const AggregateOps& aggregate_ops<Skill>();

}  // namespace daybook::domain
