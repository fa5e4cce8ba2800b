// Who is in a workspace, and as what.
#include "command-service/domain/workspace/members.hpp"

#include <algorithm>

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/published.hpp"
#include "command-service/domain/core/rules.hpp"

namespace daybook::domain::workspace {
namespace {

using events::workspace::find_member;
using events::workspace::Member;

// The owner who has been a member longest, but for the one.
const Member* next_owner(const State& state, events::UserId but) {
  const Member* next = nullptr;
  for (const auto& member : state.members)
    if (member.role == MemberRole::owner && member.user_id != but &&
        (next == nullptr || member.born < next->born))
      next = &member;
  return next;
}

Rejection last_owner(std::string pointer) {
  return invalid(std::move(pointer), "last-owner", "A workspace needs an owner: hand it over first.");
}

// What goes before an owner's end as one: where they were the primary owner, another owner takes over.
std::vector<Event> succession(const State& state, const Member& leaving, const Member& next) {
  if (state.owner_id != leaving.user_id) return {};
  return {events::workspace::OwnershipTransferred{next.user_id}};
}

// The highest role that a change is about: the member's, the one they are to have, and those that they are to be called by.
MemberRole touched_by(const ChangeMember& command, const Member& member) {
  auto highest = std::max(member.role, command.role.value.value_or(MemberRole::viewer));
  for (const auto& name : command.roles.value.value_or(std::vector<Tag>{}))
    if (const auto role = events::word_to<MemberRole>(name.text)) highest = std::max(highest, *role);
  return highest;
}

// Each once, in the order they were named.
void put_roles(const ChangeMember& command, Member& after, FieldRefusals& refusals) {
  std::vector<Tag> named;
  put(command.roles, named, "/roles", refusals);
  if (!command.roles.value) return;
  after.roles = published::distinct(named);
  if (after.roles.size() > member_roles_max) refusals.add("/roles", "too-many", "A member can have at most 20 further roles.");
}

void put_permissions(const ChangeMember& command, Member& after, FieldRefusals& refusals) {
  std::map<std::string, bool> permissions;
  put(command.permissions, permissions, "/permissions", refusals);
  if (!command.permissions.value) return;
  after.permissions = events::Json{events::to_json(permissions)};
  if (permissions.size() > member_permissions_max) refusals.add("/permissions", "too-many", "A member can have at most 100 permissions.");
  for (const auto& [name, granted] : permissions)
    if (const auto refused = Tag::rule(name)) return refusals.add("/permissions", std::string(refused->code), "A name: " + std::string(refused->detail));
}

template <class Changed>
void add_if_changed(const Member& before, const Member& after, std::vector<Event>& events) {
  auto changed = events::fields_as<Changed, &Changed::member_id>(after);
  if (changed == events::fields_as<Changed, &Changed::member_id>(before)) return;
  changed.member_id = after.id;
  events.push_back(std::move(changed));
}

Result<events::UserId> named_user(const AddMember& command, const Facts& facts) {
  if (command.email.has_value() == command.user_id.has_value())
    return invalid("/user_id", "required", "Name someone by exactly one of user_id and email.");
  if (command.email) {
    const auto holder = facts.claimed_personal(scope::email, command.email->text);
    if (holder && facts.open(*holder)) return events::UserId{holder->value};
    return invalid("/email", "unknown-reference", "Nobody is registered with this e-mail address.");
  }
  const auto stream = events::stream_of(*command.user_id);
  const auto found = facts.reference(stream);
  if (found && found->type == events::StreamType::user && !found->deleted) return *command.user_id;
  return invalid("/user_id", "unknown-reference", "There is no such user.");
}

}  // namespace

std::optional<Rejection> refuse_below_owner(const CommandContext& context, MemberRole touched) {
  if (touched < MemberRole::admin || is_at_least(context, MemberRole::owner)) return std::nullopt;
  return forbidden("Only an owner may make, change or remove owners and admins.");
}

Result<events::workspace::MemberJoined> join(const State& state, events::MemberId id, events::UserId user, MemberRole role,
                                             std::string_view pointer) {
  if (find_member(state, user) != nullptr)
    return already_exists(std::string(pointer), "This user is a member of the workspace already.");
  if (state.members.size() >= members_max)
    return invalid("", "too-many", "A workspace can have at most 10,000 members.");
  if (events::workspace::find_part(state, id) != nullptr) return id_taken();
  return events::workspace::MemberJoined{id, user, role};
}

Decision<Event> decide(const State& state, const TransferOwnership& command, const CommandContext&,
                       const Facts&) {
  if (!is_open(state)) return not_found("workspace");
  if (state.is_personal)
    return invalid("", "personal-workspace", "A personal workspace cannot be handed over.");
  const auto* heir = find_member(state, command.user_id);
  if (heir == nullptr)
    return invalid("/user_id", "unknown-reference", "The new owner must be a member of this workspace.");
  if (state.owner_id == command.user_id) return std::vector<Event>{};
  std::vector<Event> events;
  if (heir->role != MemberRole::owner)
    events.push_back(events::workspace::MemberRoleChanged{heir->id, heir->user_id, MemberRole::owner});
  events.push_back(events::workspace::OwnershipTransferred{command.user_id});
  return events;
}

Decision<Event> decide(const State& state, const AddMember& command, const CommandContext& context,
                       const Facts& facts) {
  if (!is_open(state)) return not_found("workspace");
  const auto role = command.role.value_or(MemberRole::member);
  if (auto refused = refuse_below_owner(context, role)) return *refused;
  const auto user = named_user(command, facts);
  if (!user) return user.error();
  const auto joined = join(state, command.id.value_or(events::MemberId{context.fresh_id}), *user, role,
                           command.email ? "/email" : "/user_id");
  if (!joined) return joined.error();
  return std::vector<Event>{*joined};
}

bool repeats(const events::workspace::MemberJoined& first, const AddMember& again, const CommandContext&,
             const Facts& facts) {
  if (again.email.has_value() == again.user_id.has_value() || again.role.value_or(MemberRole::member) != first.role)
    return false;
  if (again.user_id) return *again.user_id == first.user_id;
  return facts.claimed_personal(scope::email, again.email->text) == events::stream_of(first.user_id);
}

Decision<Event> decide(const State& state, const ChangeMember& command, const CommandContext& context,
                       const Facts&) {
  if (!is_open(state)) return not_found("workspace");
  const auto* member = find_member(state, command.user_id);
  if (member == nullptr) return not_found("member");
  if (auto refused = refuse_below_owner(context, touched_by(command, *member))) return *refused;
  FieldRefusals refusals;
  auto after = *member;
  put(command.role, after.role, "/role", refusals);
  put_roles(command, after, refusals);
  put_permissions(command, after, refusals);
  if (refusals.any()) return refusals.rejection();
  std::vector<Event> events;
  if (member->role == MemberRole::owner && after.role != MemberRole::owner) {
    const auto* next = next_owner(state, member->user_id);
    if (next == nullptr) return last_owner("/role");
    events = succession(state, *member, *next);
  }
  add_if_changed<events::workspace::MemberRoleChanged>(*member, after, events);
  add_if_changed<events::workspace::MemberRolesChanged>(*member, after, events);
  add_if_changed<events::workspace::MemberPermissionsChanged>(*member, after, events);
  return events;
}

Decision<Event> decide(const State& state, const RemoveMember& command, const CommandContext& context,
                       const Facts&) {
  if (!is_open(state)) return not_found("workspace");
  if (context.user == command.user_id)
    return forbidden("Nobody removes themselves: leave the workspace instead.");
  const auto* member = find_member(state, command.user_id);
  if (member == nullptr) return not_found("member");
  if (auto refused = refuse_below_owner(context, member->role)) return *refused;
  std::vector<Event> events;
  if (member->role == MemberRole::owner) {
    const auto* next = next_owner(state, member->user_id);
    if (next == nullptr) return last_owner("");
    events = succession(state, *member, *next);
  }
  events.push_back(events::workspace::MemberRemoved{member->id, member->user_id});
  return events;
}

Decision<Event> decide(const State& state, const Leave&, const CommandContext& context, const Facts&) {
  if (!is_open(state)) return not_found("workspace");
  const auto* member = context.user ? find_member(state, *context.user) : nullptr;
  if (member == nullptr) return not_found("workspace");
  std::vector<Event> events;
  if (member->role == MemberRole::owner) {
    const auto* next = next_owner(state, member->user_id);
    if (next == nullptr) return last_owner("");
    events = succession(state, *member, *next);
  }
  events.push_back(events::workspace::MemberLeft{member->id, member->user_id});
  return events;
}

}  // namespace daybook::domain::workspace
