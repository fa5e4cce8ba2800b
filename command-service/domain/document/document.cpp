#include "command-service/domain/document/document.hpp"

#include <algorithm>

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/rules.hpp"
#include "platform/text/slug.hpp"

namespace daybook::domain {
namespace document {
namespace {

using events::document::Drafted;
using events::document::Revised;

StreamId container_of(const State& state) { return events::stream_of(state.project_id); }

std::optional<Rejection> refuse_change(const State& state, const CommandContext& context, const Facts& facts) {
  return refuse_gone(state, container_of(state), "document", context, facts);
}

// What is put away stays as it is until it is taken back.
std::optional<Rejection> refuse_archived(const State& state) {
  if (!state.archived_at) return std::nullopt;
  return Rejection{Rejection::Kind::invalid, "archived", "This document is archived; take it back first.", {}, std::nullopt};
}

std::optional<Rejection> refuse_held_slug(const std::string& slug, events::ProjectId project,
                                          std::optional<StreamId> own, const Facts& facts) {
  const auto holder = facts.claimed(scope::document_slug, key_in(project, slug));
  if (!holder || holder == own) return std::nullopt;
  return taken(scope::document_slug, "/slug");
}

// From the title: notes, notes-1 … notes-8, then notes and the spare characters. Cut so that any of them fits.
std::string free_slug(const std::string& title, events::ProjectId project, const CommandContext& context,
                      const Facts& facts) {
  auto base = text::slugify(title, "document");
  base.resize(std::min(base.size(), document_slug_characters_max - 1 - context.spare.size()));
  while (base.ends_with('-')) base.pop_back();
  return first_free(base, "-", context.spare, [&](const std::string& slug) {
    return facts.claimed(scope::document_slug, key_in(project, slug)).has_value();
  });
}

// All that the command tells by itself: the project is found, a slug made up where there is none.
Drafted drafted_by(const Draft& command, events::ProjectId project) {
  auto drafted = told<Drafted, &Draft::project_id>(command);
  drafted.project_id = project;
  return drafted;
}

// An event where it changes something.
std::vector<Event> only_if(bool changes, Event event) {
  if (!changes) return {};
  return {std::move(event)};
}

}  // namespace

Decision<Event> decide(const State& state, const Draft& command, const CommandContext& context,
                       const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  if (!command.project_id) return invalid("/project_id", "required", "This field is required.");
  const auto workspace = workspace_of(context).id;
  const auto project = find_project(command.project_id->text, workspace, facts);
  if (!project || !facts.usable(events::StreamType::project, events::stream_of(*project), workspace))
    return not_found("project");
  auto drafted = drafted_by(command, *project);
  FieldRefusals refusals;
  check_object(drafted.metadata, "/metadata", refusals);
  if (refusals.any()) return refusals.rejection();
  if (!command.slug)
    drafted.slug = free_slug(drafted.title, *project, context, facts);
  else if (auto refused = refuse_held_slug(drafted.slug, *project, std::nullopt, facts))
    return *refused;
  return std::vector<Event>{std::move(drafted)};
}

bool repeats(const Drafted& first, const Draft& again, const CommandContext& context, const Facts& facts) {
  if (!again.project_id) return false;
  const auto project = find_project(again.project_id->text, workspace_of(context).id, facts);
  if (project != first.project_id) return false;
  auto drafted = drafted_by(again, *project);
  if (!again.slug) drafted.slug = first.slug;
  return drafted == first;
}

Decision<Event> decide(const State& state, const Revise& command, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  if (auto refused = refuse_archived(state)) return *refused;
  const auto before = events::fields_as<Revised>(state);
  auto revised = before;
  FieldRefusals refusals;
  put_all(command, revised, refusals);
  check_object(revised.metadata, "/metadata", refusals);
  if (refusals.any()) return refusals.rejection();
  if (revised == before) return std::vector<Event>{};
  if (auto refused = refuse_held_slug(revised.slug, state.project_id, events::stream_of(state.id), facts))
    return *refused;
  revised.change_summary = plain(command.change_summary);
  return std::vector<Event>{std::move(revised)};
}

Decision<Event> decide(const State& state, const Publish&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  if (auto refused = refuse_archived(state)) return *refused;
  return only_if(!state.published_at, events::document::Published{});
}

Decision<Event> decide(const State& state, const Unpublish&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  if (auto refused = refuse_archived(state)) return *refused;
  return only_if(state.published_at.has_value(), events::document::Unpublished{});
}

Decision<Event> decide(const State& state, const Archive&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return only_if(!state.archived_at, events::document::Archived{});
}

Decision<Event> decide(const State& state, const Unarchive&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return only_if(state.archived_at.has_value(), events::document::Unarchived{});
}

Decision<Event> decide(const State& state, const Delete&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return std::vector<Event>{events::document::Deleted{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), "document", context, facts)) return *refused;
  return only_if(state.deleted_at.has_value(), events::document::Restored{});
}

}  // namespace document

void effects(const document::State&, const events::document::Drafted& e, const events::Envelope&, Effects& effects) {
  effects.born(events::stream_of(e.project_id));
  effects.claim(scope::document_slug, key_in(e.project_id, e.slug), "/slug");
}
void effects(const document::State& before, const events::document::Revised& e, const events::Envelope&,
             Effects& effects) {
  if (e.slug != before.slug)
    claim_again(effects, scope::document_slug, key_in(before.project_id, e.slug), "/slug");
}
void effects(const document::State&, const events::document::Deleted&, const events::Envelope&, Effects& effects) {
  effects.died();
}
void effects(const document::State&, const events::document::Restored&, const events::Envelope&, Effects& effects) {
  effects.revived();
}

template const AggregateOps& aggregate_ops<Document>();

}  // namespace daybook::domain
