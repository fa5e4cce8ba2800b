#include "command-service/domain/template/template.hpp"

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/published.hpp"
#include "command-service/domain/template/structure.hpp"

namespace daybook::domain {
namespace template_ {
namespace {

using events::template_::Published;
using events::template_::Rated;
using events::template_::Revised;
using published::container_of;

constexpr std::string_view what = "template";

std::optional<Rejection> refuse_stranger(const State& state, const CommandContext& context) {
  return published::refuse_stranger(state, what, Permission::templates_manage, context);
}

std::optional<Rejection> refuse_change(const State& state, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), what, context, facts)) return refused;
  return refuse_stranger(state, context);
}

Published published_by(const Publish& command) {
  auto published = told<Published, &Publish::tags, &Publish::project_structure>(command);
  if (command.tags) published.tags = published::distinct(*command.tags);
  published.project_structure = understood(command.project_structure);
  return published;
}

std::optional<HeldKey> held_by(const events::template_::TemplateRating& rating) {
  return HeldKey{scope::template_rating, rating.template_id.text() + ":" + rating.user_id.text(), "/rating"};
}

}  // namespace

bool is_known_in(const State& state, events::WorkspaceId workspace) { return published::is_known_in(state, workspace); }

bool is_usable_in(const State& state, events::WorkspaceId workspace, const Facts& facts) {
  return published::is_usable_in(state, workspace, facts);
}

Decision<Event> decide(const State& state, const Publish& command, const CommandContext& context, const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  auto published = published_by(command);
  FieldRefusals refusals;
  published::check_tags(published.tags, what, refusals);
  check_structure(published.project_structure, context, facts, refusals);
  if (refusals.any()) return refusals.rejection();
  return std::vector<Event>{std::move(published)};
}

bool repeats(const Published& first, const Publish& again, const CommandContext&, const Facts&) { return published_by(again) == first; }

Decision<Event> decide(const State& state, const Revise& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  const auto before = events::fields_as<Revised>(state);
  auto revised = before;
  FieldRefusals refusals;
  put_all<&Revise::tags, &Revise::project_structure>(command, revised, refusals);
  if (command.tags.sent) revised.tags = published::distinct(command.tags.value.value_or(std::vector<Tag>{}));
  published::check_tags(revised.tags, what, refusals);
  if (command.project_structure.sent && !command.project_structure.value)
    refusals.add("/project_structure", "required", "This field cannot be cleared.");
  if (command.project_structure.value) {
    revised.project_structure = understood(*command.project_structure.value);
    // What stands is not asked about again: skills it names may have been withdrawn since.
    if (revised.project_structure != before.project_structure) check_structure(revised.project_structure, context, facts, refusals);
  }
  if (refusals.any()) return refusals.rejection();
  if (revised == before) return std::vector<Event>{};
  return std::vector<Event>{std::move(revised)};
}

Decision<Event> decide(const State& state, const List&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return published::only_if<Event>(!state.is_public, events::template_::Listed{});
}

Decision<Event> decide(const State& state, const Unlist&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return published::only_if<Event>(state.is_public, events::template_::Unlisted{});
}

Decision<Event> decide(const State& state, const MakeOfficial&, const CommandContext& context, const Facts& facts) {
  if (auto refused = published::refuse_unknown(state, what, context, facts)) return *refused;
  if (auto refused = published::refuse_unless_superuser(what, context)) return *refused;
  return published::only_if<Event>(!state.is_official, events::template_::MadeOfficial{});
}

Decision<Event> decide(const State& state, const Rate& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = published::refuse_unknown(state, what, context, facts)) return *refused;
  const auto person = person_of(context);
  if (!person) return person.error();
  FieldRefusals refusals;
  check_range(command.rating, rating_min, rating_max, "/rating", refusals);
  if (refusals.any()) return refusals.rejection();
  const auto* before = events::template_::find_rating(state, *person);
  if (before == nullptr && state.ratings.size() >= ratings_max)
    return invalid("", "too-many", "A template can be rated by at most 10,000 people.");
  const auto id = before != nullptr ? before->id : events::TemplateRatingId{context.fresh_id};
  return published::only_if<Event>(before == nullptr || before->rating != command.rating, Rated{id, *person, command.rating});
}

Decision<Event> decide(const State& state, const Withdraw&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return std::vector<Event>{events::template_::Withdrawn{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), what, context, facts)) return *refused;
  if (auto refused = refuse_stranger(state, context)) return *refused;
  return published::only_if<Event>(state.deleted_at.has_value(), events::template_::Restored{});
}

}  // namespace template_

void effects(const template_::State&, const events::template_::Published&, const events::Envelope& event, Effects& effects) {
  effects.born(events::stream_of(event.workspace_id.value()));
  owned_by_maker(event, effects);
}
void effects(const template_::State& before, const events::template_::Rated& e, const events::Envelope& event, Effects& effects) {
  keep_claim<&template_::State::ratings, template_::held_by>(before, e.rating_id, e, event, effects);
}
void effects(const template_::State&, const events::template_::Withdrawn&, const events::Envelope&, Effects& effects) { effects.died(); }
void effects(const template_::State&, const events::template_::Restored&, const events::Envelope&, Effects& effects) { effects.revived(); }

template const AggregateOps& aggregate_ops<Template>();

}  // namespace daybook::domain
