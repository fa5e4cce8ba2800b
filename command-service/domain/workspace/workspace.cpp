#include "command-service/domain/workspace/workspace.hpp"

#include <algorithm>

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/rules.hpp"
#include "events/issue/events.hpp"
#include "platform/text/slug.hpp"

namespace daybook::domain {
namespace workspace {
namespace {

using events::workspace::Fields;

// Cut so that "-8" and "-" with six more characters still fit.
std::string slug_base(std::string slug) {
  constexpr std::size_t suffix_characters_max = 7;
  slug.resize(std::min(slug.size(), slug_characters_max - suffix_characters_max));
  while (slug.ends_with('-')) slug.pop_back();
  return slug;
}

std::string free_slug(const Create& command, const CommandContext& context, const Facts& facts) {
  const auto taken = [&](const std::string& slug) {
    return facts.claimed(scope::workspace_slug, slug).has_value();
  };
  if (command.slug && !taken(command.slug->text)) return command.slug->text;
  return first_free(slug_base(command.slug ? command.slug->text : text::slugify(command.name.text)), "-",
                    context.spare, taken);
}

std::vector<Event> difference(const Fields& before, const Fields& after) {
  using namespace events::workspace;
  std::vector<Event> changes;
  add_changes<Renamed, SlugChanged, Described, SettingsChanged, IssuePrefixChanged, TransitionsChanged, CurrencyChanged>(before, after, changes);
  return changes;
}

void check_statuses(const events::workspace::Transitions& transitions, FieldRefusals& refusals) {
  const auto check = [&](const std::string& word, const std::string& pointer) {
    if (!events::word_to<events::issue::Status>(word)) refusals.add(pointer, "unknown-value", "This is no status of an issue.");
  };
  for (const auto& [from, next] : transitions) {
    check(from, "/transitions/" + from);
    for (std::size_t i = 0; i < next.size(); ++i) check(next[i], "/transitions/" + from + "/" + std::to_string(i));
  }
}

// A table of one's own stands beside the word that says so, and goes with it.
void settle_transitions(const Change& command, Fields& after, FieldRefusals& refusals) {
  const bool own = after.transition_table == events::workspace::TransitionTable::own;
  if (own && !after.transitions) refusals.add("/transitions", "required", "Say from which status an issue may go to which.");
  if (!own && command.transitions.value) refusals.add("/transition_table", "required", "A table of one's own is named by 'own'.");
  if (!own) after.transitions.reset();
  if (after.transitions) check_statuses(*after.transitions, refusals);
}

// What the command itself tells of the new workspace: all but its slug and owner.
events::workspace::Created told(const Create& command) {
  auto created = domain::told<events::workspace::Created, &Create::slug>(command);
  created.is_personal = command.is_personal;
  return created;
}

// Whether the slug is the one asked for, or that with the suffix it got because it was taken.
bool is_made_from(const std::string& slug, const std::string& asked) {
  return slug == asked || slug.starts_with(slug_base(asked) + "-");
}

}  // namespace

Decision<Event> decide(const State& state, const Create& command, const CommandContext& context,
                       const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  const auto owner = person_of(context);
  if (!owner) return owner.error();
  FieldRefusals refusals;
  auto created = told(command);
  created.slug = free_slug(command, context, facts);
  created.owner_id = *owner;
  check_object(created.settings, "/settings", refusals);
  if (refusals.any()) return refusals.rejection();
  return std::vector<Event>{created, events::workspace::MemberJoined{events::MemberId{context.fresh_id},
                                                                     *owner, MemberRole::owner}};
}

bool repeats(const events::workspace::Created& first, const Create& again, const CommandContext& context,
             const Facts&) {
  if (context.user != first.owner_id || (again.slug && !is_made_from(first.slug, again.slug->text))) return false;
  auto created = told(again);
  created.slug = first.slug;
  created.owner_id = first.owner_id;
  return created == first;
}

Decision<Event> decide(const State& state, const Change& command, const CommandContext&, const Facts& facts) {
  if (!is_open(state)) return not_found("workspace");
  FieldRefusals refusals;
  Fields after = state;
  put_all(command, after, refusals);
  check_object(after.settings, "/settings", refusals);
  settle_transitions(command, after, refusals);
  if (refusals.any()) return refusals.rejection();
  if (after.slug != state.slug) {
    const auto holder = facts.claimed(scope::workspace_slug, after.slug);
    if (holder && *holder != events::stream_of(state.id))
      return taken(scope::workspace_slug, "/slug");
  }
  return difference(state, after);
}

Decision<Event> decide(const State& state, const Delete&, const CommandContext&, const Facts&) {
  if (!is_open(state)) return not_found("workspace");
  if (state.is_personal)
    return invalid("", "personal-workspace", "A personal workspace stays as long as its user.");
  return std::vector<Event>{events::workspace::Deleted{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext&, const Facts&) {
  if (state.version.value == 0) return not_found("workspace");
  if (!state.deleted_at) return std::vector<Event>{};
  return std::vector<Event>{events::workspace::Restored{}};
}

}  // namespace workspace

namespace {

// The one owner of a workspace that others may be in; a user who is that of any cannot be deleted.
std::optional<events::UserId> sole_owner(const workspace::State& state) {
  if (state.is_personal || state.deleted_at) return std::nullopt;
  std::optional<events::UserId> owner;
  for (const auto& member : state.members) {
    if (member.role != MemberRole::owner) continue;
    if (owner) return std::nullopt;
    owner = member.user_id;
  }
  return owner;
}

template <class E>
void count_sole_owner(const workspace::State& before, const E& e, const events::Envelope& event,
                      Effects& effects) {
  workspace::State after;
  static_cast<events::workspace::Fields&>(after) = before;
  after.members = before.members;
  evolve(after, e, event);
  const auto was = sole_owner(before);
  const auto is = sole_owner(after);
  if (was == is) return;
  if (was) effects.count(scope::sole_owner, events::stream_of(*was), -1);
  if (is) effects.count(scope::sole_owner, events::stream_of(*is), +1);
}

}  // namespace

void effects(const workspace::State&, const events::workspace::Created& e, const events::Envelope&,
             Effects& effects) {
  effects.born(std::nullopt);
  effects.claim(scope::workspace_slug, e.slug, "/slug");
}
void effects(const workspace::State&, const events::workspace::SlugChanged& e, const events::Envelope&,
             Effects& effects) {
  claim_again(effects, scope::workspace_slug, e.slug, "/slug");
}
void effects(const workspace::State& before, const events::workspace::Deleted& e,
             const events::Envelope& event, Effects& effects) {
  effects.died();
  count_sole_owner(before, e, event, effects);
}
void effects(const workspace::State& before, const events::workspace::Restored& e,
             const events::Envelope& event, Effects& effects) {
  effects.revived();
  count_sole_owner(before, e, event, effects);
}
void effects(const workspace::State& before, const events::workspace::MemberJoined& e,
             const events::Envelope& event, Effects& effects) {
  count_sole_owner(before, e, event, effects);
}
void effects(const workspace::State& before, const events::workspace::MemberRoleChanged& e,
             const events::Envelope& event, Effects& effects) {
  count_sole_owner(before, e, event, effects);
}
void effects(const workspace::State& before, const events::workspace::MemberLeft& e,
             const events::Envelope& event, Effects& effects) {
  count_sole_owner(before, e, event, effects);
}
void effects(const workspace::State& before, const events::workspace::MemberRemoved& e,
             const events::Envelope& event, Effects& effects) {
  count_sole_owner(before, e, event, effects);
}

template const AggregateOps& aggregate_ops<Workspace>();

}  // namespace daybook::domain
