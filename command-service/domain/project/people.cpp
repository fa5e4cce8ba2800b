// Who is in a project, who may change it, who has a star on it; and what a project's events do beyond its stream.
#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/core/seen_facts.hpp"
#include "command-service/domain/execution/budget.hpp"
#include "command-service/domain/project/project.hpp"

namespace daybook::domain {
namespace project {
namespace {

bool is_own(const State& state, const CommandContext& context) {
  if (!context.user) return false;
  if (state.owner_id == context.user) return true;
  return state.created_by_type == events::ActorType::user && state.created_by_id &&
         state.created_by_id->value == context.user->value;
}

bool is_its_admin(const State& state, const CommandContext& context) {
  const auto* member = context.user ? find_part(state, *context.user) : nullptr;
  return member != nullptr && member->role == MemberRole::admin;
}

}  // namespace

std::optional<Rejection> refuse_stranger(const State& state, const CommandContext& context) {
  if (is_own(state, context) || is_its_admin(state, context)) return std::nullopt;
  if (context.role && allowed(Permission::projects_manage, *context.role)) return std::nullopt;
  return forbidden("Only its owner, its creator or an admin may change this project.");
}

Decision<Event> decide(const State& state, const AddMember& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "project", context, facts)) return *refused;
  if (auto refused = refuse_stranger(state, context)) return *refused;
  if (!is_member(context, command.user_id))
    return invalid("/user_id", "unknown-reference", "There is no such member in this workspace.");
  if (find_part(state, command.user_id) != nullptr)
    return already_exists("/user_id", "This user is a member of the project already.");
  if (state.members.size() >= members_max) return invalid("", "too-many", "A project can have at most 10,000 members.");
  const auto id = command.id.value_or(events::ProjectMemberId{context.fresh_id});
  if (events::project::find_part(state, id) != nullptr) return id_taken();
  return std::vector<Event>{events::project::MemberAdded{id, command.user_id, command.role.value_or(MemberRole::member)}};
}

Decision<Event> decide(const State& state, const RemoveMember& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "project", context, facts)) return *refused;
  const auto* member = find_part(state, command.user_id);
  const bool leaves = context.user == command.user_id;
  if (!leaves || member == nullptr) {
    if (auto refused = refuse_stranger(state, context)) return *refused;
  }
  if (member == nullptr) return not_found("member");
  return std::vector<Event>{events::project::MemberRemoved{member->id, member->user_id}};
}

Decision<Event> decide(const State& state, const Star&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "project", context, facts)) return *refused;
  const auto user = person_of(context);
  if (!user) return user.error();
  if (find_star(state, *user) != nullptr) return std::vector<Event>{};
  if (state.stars.size() >= stars_max) return invalid("", "too-many", "A project can have at most 10,000 stars.");
  return std::vector<Event>{events::project::Starred{events::ProjectStarId{context.fresh_id}, *user}};
}

Decision<Event> decide(const State& state, const Unstar&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "project", context, facts)) return *refused;
  const auto user = person_of(context);
  if (!user) return user.error();
  const auto* star = find_star(state, *user);
  if (star == nullptr) return std::vector<Event>{};
  return std::vector<Event>{events::project::Unstarred{star->id, star->user_id}};
}

}  // namespace project

namespace {

using events::project::Visibility;

void belongs_to(std::optional<events::UserId> owner, Effects& effects) {
  effects.owned_by(owner ? std::optional(events::stream_of(*owner)) : std::nullopt);
}
void let_in(StreamId project, std::optional<events::UserId> owner, Effects& effects) {
  if (owner) effects.claim(scope::project_owner, key_of_person(project, *owner), "/owner_id");
}
void shut_out(StreamId project, std::optional<events::UserId> owner, Effects& effects) {
  if (owner) effects.release(scope::project_owner, key_of_person(project, *owner));
}

}  // namespace

void effects(const project::State&, const events::project::Created& e, const events::Envelope& event,
             Effects& effects) {
  const auto workspace = event.workspace_id.value();
  effects.born(events::stream_of(workspace));
  effects.claim(scope::project_key, key_in(workspace, e.key), "/key");
  belongs_to(e.owner_id, effects);
  if (e.visibility != Visibility::private_) return;
  effects.restricted(true);
  let_in(event.stream_id, e.owner_id, effects);
}
void effects(const project::State& before, const events::project::KeyChanged& e, const events::Envelope&,
             Effects& effects) {
  claim_again(effects, scope::project_key, key_in(before.workspace_id, e.key), "/key");
}
void effects(const project::State& before, const events::project::OwnerChanged& e, const events::Envelope& event,
             Effects& effects) {
  belongs_to(e.owner_id, effects);
  if (before.visibility != Visibility::private_) return;
  shut_out(event.stream_id, before.owner_id, effects);
  let_in(event.stream_id, e.owner_id, effects);
}
void effects(const project::State& before, const events::project::VisibilityChanged& e, const events::Envelope& event,
             Effects& effects) {
  if (e.visibility == before.visibility) return;
  effects.restricted(e.visibility == Visibility::private_);
  if (e.visibility == Visibility::private_)
    let_in(event.stream_id, before.owner_id, effects);
  else
    shut_out(event.stream_id, before.owner_id, effects);
}
void effects(const project::State&, const events::project::MemberAdded& e, const events::Envelope& event,
             Effects& effects) {
  effects.claim(scope::project_member, key_of_person(event.stream_id, e.user_id), "/user_id");
}
void effects(const project::State&, const events::project::MemberRemoved& e, const events::Envelope& event,
             Effects& effects) {
  effects.release(scope::project_member, key_of_person(event.stream_id, e.user_id));
}
void effects(const project::State&, const events::project::Deleted&, const events::Envelope&,
             Effects& effects) {
  effects.died();
}
void effects(const project::State&, const events::project::Restored&, const events::Envelope&,
             Effects& effects) {
  effects.revived();
}
void effects(const project::State& before, const events::project::BroughtForward& e, const events::Envelope& event, Effects& effects) {
  if (!e.cost || !e.currency) return;
  execution::count_brought(before.workspace_id, {e.cost->nanos, *e.currency, event.occurred_at, {}, before.id, {}}, effects);
}

}  // namespace daybook::domain
