#include "command-service/domain/skill/skill.hpp"

#include <algorithm>

#include "command-service/domain/skill/refusals.hpp"
#include "platform/text/json_schema.hpp"

namespace daybook::domain {
namespace skill {
namespace {

using events::skill::Published;
using events::skill::Revised;

StreamId container_of(const State& state) { return events::stream_of(state.workspace_id); }

std::optional<Rejection> refuse_stranger(const State& state, const CommandContext& context) {
  const bool is_author = context.user && state.author_type == events::ActorType::user && state.author_id &&
                         state.author_id->value == context.user->value;
  if (is_author || is_admin_of(state, context)) return std::nullopt;
  return forbidden("Only its author or an admin may change this skill.");
}

std::optional<Rejection> refuse_change(const State& state, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "skill", context, facts)) return refused;
  return refuse_stranger(state, context);
}

void check_schema(const std::optional<events::Json>& schema, const std::string& pointer, FieldRefusals& refusals) {
  if (!schema) return;
  if (auto fault = text::find_schema_fault(schema->text)) refusals.add(pointer + fault->pointer, "invalid-schema", fault->detail);
}

// Free JSON that must be a list. `value` is known to be well-formed.
void check_list(const events::Json& value, const std::string& pointer, FieldRefusals& refusals) {
  const auto first = value.text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || value.text[first] != '[') refusals.add(pointer, "wrong-type", "Expected a list.");
}

template <class Fields>
void check_fields(const Fields& fields, FieldRefusals& refusals) {
  check_list(fields.mcp_requirements, "/mcp_requirements", refusals);
  check_schema(fields.input_schema, "/input_schema", refusals);
  check_schema(fields.output_schema, "/output_schema", refusals);
}

// Each once, in the order they were named.
std::vector<std::string> distinct(const std::vector<Tag>& named) {
  std::vector<std::string> tags;
  for (const auto& tag : named)
    if (std::find(tags.begin(), tags.end(), tag.text) == tags.end()) tags.push_back(tag.text);
  return tags;
}

void check_tags(const std::vector<std::string>& tags, FieldRefusals& refusals) {
  if (tags.size() > tags_max) refusals.add("/tags", "too-many", "A skill can have at most 20 tags.");
}

Published published_by(const Publish& command) {
  auto published = told<Published, &Publish::tags>(command);
  if (command.tags) published.tags = distinct(*command.tags);
  return published;
}

template <class Happened>
std::vector<Event> only_if(bool changes, Happened event) {
  if (!changes) return {};
  return {std::move(event)};
}

}  // namespace

bool is_known_in(const State& state, events::WorkspaceId workspace) {
  return state.version.value > 0 && (state.workspace_id == workspace || state.is_public);
}

std::optional<Rejection> refuse_unknown(const State& state, const CommandContext& context, const Facts& facts) {
  if (is_known_in(state, workspace_of(context).id) && !state.deleted_at && facts.open(container_of(state))) return std::nullopt;
  return not_found("skill");
}

bool is_admin_of(const State& state, const CommandContext& context) {
  return state.workspace_id == workspace_of(context).id && context.role && allowed(Permission::skills_manage, *context.role);
}

Decision<Event> decide(const State& state, const Publish& command, const CommandContext&, const Facts&) {
  if (state.version.value > 0) return id_taken();
  auto published = published_by(command);
  FieldRefusals refusals;
  check_fields(published, refusals);
  check_tags(published.tags, refusals);
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
  check_tags(tags, refusals);
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
  return only_if(!state.is_public, events::skill::Listed{});
}

Decision<Event> decide(const State& state, const Unlist&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return only_if(state.is_public, events::skill::Unlisted{});
}

Decision<Event> decide(const State& state, const MakeOfficial&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "skill", context, facts)) return *refused;
  if (!context.is_superuser) return forbidden("Only a superuser makes a skill official.");
  return only_if(!state.is_official, events::skill::MadeOfficial{});
}

Decision<Event> decide(const State& state, const Withdraw&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return std::vector<Event>{events::skill::Withdrawn{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), "skill", context, facts)) return *refused;
  if (auto refused = refuse_stranger(state, context)) return *refused;
  return only_if(state.deleted_at.has_value(), events::skill::Restored{});
}

}  // namespace skill

void effects(const skill::State&, const events::skill::Published&, const events::Envelope& event, Effects& effects) {
  effects.born(events::stream_of(event.workspace_id.value()));
}
void effects(const skill::State&, const events::skill::Withdrawn&, const events::Envelope&, Effects& effects) { effects.died(); }
void effects(const skill::State&, const events::skill::Restored&, const events::Envelope&, Effects& effects) { effects.revived(); }

}  // namespace daybook::domain
