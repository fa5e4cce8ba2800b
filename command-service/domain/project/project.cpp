#include "command-service/domain/project/project.hpp"

#include <algorithm>

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/rules.hpp"
#include "platform/text/slug.hpp"

namespace daybook::domain {
namespace project {
namespace {

using events::project::Fields;

StreamId container_of(const State& state) { return events::stream_of(state.workspace_id); }

bool is_own(const State& state, const CommandContext& context) {
  if (!context.user) return false;
  if (state.owner_id == context.user) return true;
  return state.created_by_type == events::ActorType::user && state.created_by_id &&
         state.created_by_id->value == context.user->value;
}

std::optional<Rejection> refuse_stranger(const State& state, const CommandContext& context) {
  if (is_own(state, context) || (context.role && allowed(Permission::projects_manage, *context.role)))
    return std::nullopt;
  return forbidden("Only its owner, its creator or an admin may change this project.");
}

std::optional<Rejection> refuse_change(const State& state, const CommandContext& context,
                                       const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "project", context, facts)) return refused;
  return refuse_stranger(state, context);
}

// From the name: PAY, PAY1 … PAY8, then PAY and the spare characters. Cut so that any of them fits.
std::string free_key(const std::string& name, const CommandContext& context, const Facts& facts) {
  constexpr std::size_t suffix_characters_max = 6;
  auto base = text::project_key_from(name);
  base.resize(std::min(base.size(), text::project_key_characters_max - suffix_characters_max));
  const auto spare = text::with_capitals(context.spare.substr(0, suffix_characters_max));
  const auto workspace = workspace_of(context).id;
  return first_free(base, "", spare, [&](const std::string& key) {
    return facts.claimed(scope::project_key, key_in(workspace, key)).has_value();
  });
}

std::vector<Event> difference(const Fields& before, const Fields& after) {
  using namespace events::project;
  std::vector<Event> changes;
  add_changes<KeyChanged, Described, SettingsChanged, StatusChanged, OwnerChanged>(before, after, changes);
  return changes;
}

}  // namespace

Decision<Event> decide(const State& state, const Create& command, const CommandContext& context,
                       const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  const auto workspace = workspace_of(context).id;
  if (command.key && facts.claimed(scope::project_key, key_in(workspace, command.key->text)))
    return taken(scope::project_key, "/key");
  FieldRefusals refusals;
  auto created = told<events::project::Created>(command);
  if (!command.key) created.key = free_key(command.name, context, facts);
  created.owner_id = chosen_owner(command.owner_id, context, refusals);
  check_object(created.settings, "/settings", refusals);
  if (refusals.any()) return refusals.rejection();
  return std::vector<Event>{created};
}

bool repeats(const events::project::Created& first, const Create& again, const CommandContext& context,
             const Facts&) {
  auto created = told<events::project::Created>(again);
  if (!again.key) created.key = first.key;
  created.owner_id = again.owner_id.sent ? again.owner_id.value : context.user;
  return created == first;
}

Decision<Event> decide(const State& state, const Change& command, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  FieldRefusals refusals;
  Fields after = state;
  put_all<&Change::owner_id>(command, after, refusals);
  if (command.owner_id.sent && command.owner_id.value != state.owner_id)
    after.owner_id = chosen_owner(command.owner_id, context, refusals);
  check_object(after.settings, "/settings", refusals);
  if (refusals.any()) return refusals.rejection();
  if (after.key != state.key) {
    const auto holder = facts.claimed(scope::project_key, key_in(state.workspace_id, after.key));
    if (holder && *holder != events::stream_of(state.id)) return taken(scope::project_key, "/key");
  }
  return difference(state, after);
}

Decision<Event> decide(const State& state, const Archive&, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  if (state.archived_at) return std::vector<Event>{};
  return std::vector<Event>{events::project::Archived{}};
}

Decision<Event> decide(const State& state, const Unarchive&, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  if (!state.archived_at) return std::vector<Event>{};
  return std::vector<Event>{events::project::Unarchived{}};
}

Decision<Event> decide(const State& state, const Delete&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return std::vector<Event>{events::project::Deleted{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), "project", context, facts)) return *refused;
  if (auto refused = refuse_stranger(state, context)) return *refused;
  if (!state.deleted_at) return std::vector<Event>{};
  return std::vector<Event>{events::project::Restored{}};
}

}  // namespace project

void effects(const project::State&, const events::project::Created& e, const events::Envelope& event,
             Effects& effects) {
  const auto workspace = event.workspace_id.value();
  effects.born(events::stream_of(workspace));
  effects.claim(scope::project_key, key_in(workspace, e.key), "/key");
}
void effects(const project::State& before, const events::project::KeyChanged& e, const events::Envelope&,
             Effects& effects) {
  claim_again(effects, scope::project_key, key_in(before.workspace_id, e.key), "/key");
}
void effects(const project::State&, const events::project::Deleted&, const events::Envelope&,
             Effects& effects) {
  effects.died();
}
void effects(const project::State&, const events::project::Restored&, const events::Envelope&,
             Effects& effects) {
  effects.revived();
}

}  // namespace daybook::domain
