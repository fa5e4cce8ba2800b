#include "command-service/domain/invitation/invitation.hpp"

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/user/mailed.hpp"
#include "command-service/domain/workspace/members.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::domain {
namespace invitation {
namespace {

using events::Personal;
using events::invitation::Status;

// What an open invitation holds: nobody is invited twice at a time. As much of a secret as the address is.
Personal place_of(events::WorkspaceId workspace, Personal email) {
  if (email.state == Personal::State::open) email.text = key_in(workspace, email.text);
  return email;
}

std::optional<StreamId> open_one(const CommandContext& context, const std::string& email, const Facts& facts) {
  return facts.claimed_personal(scope::invited, place_of(workspace_of(context).id, Personal(email)).text);
}

std::optional<Rejection> refuse_member(const std::string& email, const CommandContext& context, const Facts& facts,
                                       std::string_view pointer) {
  const auto holder = facts.claimed_personal(scope::email, email);
  if (!holder || !is_member(context, events::UserId{holder->value})) return std::nullopt;
  return already_exists(std::string(pointer), "Whoever has this e-mail address is a member of the workspace already.");
}

std::optional<Rejection> refuse_too_many(const CommandContext& context, const Facts& facts) {
  if (facts.counter(scope::open_invitations, events::stream_of(workspace_of(context).id)) < open_max) return std::nullopt;
  return invalid("", "too-many", "A workspace can have at most 1,000 open invitations: revoke some that lapsed.");
}

Rejection closed() { return invalid("", "invitation-closed", "This invitation was accepted or revoked; send another."); }

// Nothing where the caller may manage it. A mail that offers a high role is as much as the role.
std::optional<Rejection> refuse_unmanaged(const State& state, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(state, events::stream_of(workspace_of(context).id), "invitation", context, facts)) return refused;
  return workspace::refuse_below_owner(context, state.role);
}

bool fits(const State& state, const Accept& command, text::Instant now) {
  return state.version.value > 0 && state.status == Status::open && now < state.expires_at && state.token_id == command.token_id &&
         state.token_hash.state == Personal::State::open && state.token_hash.text == command.presented_hash;
}

bool is_addressed_to(const State& state, const user::State& user) {
  return state.email.state == Personal::State::open && user.email.state == Personal::State::open &&
         text::fold_case(state.email.text) == text::fold_case(user.email.text);
}

}  // namespace

bool has_lapsed(const State& state, text::Instant now) {
  return state.version.value > 0 && state.status == Status::open && state.expires_at <= now;
}

std::optional<StreamId> lapsed_before(const Send& command, const CommandContext& context, const Facts& facts) {
  const auto holder = open_one(context, command.email.text, facts);
  if (!holder || !has_lapsed(state_of<Invitation>(facts, *holder), context.now)) return std::nullopt;
  return holder;
}

Decision<Event> decide(const State& state, const Send& command, const CommandContext& context, const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  const auto role = command.role.value_or(MemberRole::member);
  if (auto refused = workspace::refuse_below_owner(context, role)) return *refused;
  if (auto refused = refuse_member(command.email.text, context, facts, "/email")) return *refused;
  if (open_one(context, command.email.text, facts))
    return already_exists("/email", "This address is invited already: send that invitation again.");
  if (auto refused = refuse_too_many(context, facts)) return *refused;
  return std::vector<Event>{events::invitation::Sent{Personal(command.email.text), role, command.token_id, Personal(command.token_hash),
                                                     context.now + lifetime}};
}

bool repeats(const events::invitation::Sent& first, const Send& again, const CommandContext&, const Facts&) {
  return again.role.value_or(MemberRole::member) == first.role && text::fold_case(again.email.text) == text::fold_case(first.email.text);
}

Decision<Event> decide(const State& state, const Resend& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_unmanaged(state, context, facts)) return *refused;
  if (state.status == Status::accepted || state.status == Status::revoked) return closed();
  if (auto refused = refuse_member(state.email.text, context, facts, "")) return *refused;
  const bool lapsed = has_lapsed(state, context.now);
  if (state.status == Status::open && !lapsed && user::is_on_its_way(state.sent_at, context.now)) return std::vector<Event>{};
  if (state.status == Status::expired) {
    if (open_one(context, state.email.text, facts)) return already_exists("", "This address is invited again already.");
    if (auto refused = refuse_too_many(context, facts)) return *refused;
  }
  std::vector<Event> events;
  if (lapsed) events.push_back(events::invitation::Expired{});
  events.push_back(events::invitation::Resent{command.token_id, Personal(command.token_hash), context.now + lifetime});
  return events;
}

Decision<Event> decide(const State& state, const Revoke&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_unmanaged(state, context, facts)) return *refused;
  if (state.status == Status::accepted) return closed();
  if (state.status != Status::open) return std::vector<Event>{};
  if (has_lapsed(state, context.now)) return std::vector<Event>{events::invitation::Expired{}};
  return std::vector<Event>{events::invitation::Revoked{}};
}

Decision<Event> decide(const State& state, const Expire&, const CommandContext& context, const Facts&) {
  if (!has_lapsed(state, context.now)) return std::vector<Event>{};
  return std::vector<Event>{events::invitation::Expired{}};
}

// One that is open is closed first, while its address can be read: that frees the claim of the address.
Decision<Event> decide(const State& state, const Erase& command, const CommandContext&, const Facts&) {
  const bool is_theirs = state.accepted_by_id == command.person.id || is_addressed_to(state, command.person);
  std::vector<Event> events;
  if (state.version.value == 0 || state.erased_at || !is_theirs) return events;
  if (state.status == Status::open) events.push_back(events::invitation::Revoked{});
  events.push_back(events::invitation::Erased{});
  return events;
}

Result<Acceptance> accept(const State& state, const workspace::State& workspace, const user::State& user, const Accept& command,
                          const CommandContext& context) {
  if (!fits(state, command, context.now) || !workspace::is_open(workspace)) return user::invalid_mailed_token();
  if (!is_addressed_to(state, user))
    return invalid("/token", "other-address", "This invitation went to another e-mail address than yours: sign in with that one.");
  const auto joined = workspace::join(workspace, events::MemberId{context.fresh_id}, user.id, state.role, "/token");
  if (!joined) return joined.error();
  Acceptance acceptance{*joined, {user.id, joined->member_id}, {}};
  user::prove_address(user, acceptance.proven);
  return acceptance;
}

}  // namespace invitation

namespace {

void open(const events::Personal& email, const events::Envelope& event, Effects& effects) {
  const auto workspace = event.workspace_id.value();
  effects.claim_personal(scope::invited, invitation::place_of(workspace, email), "/email");
  effects.count(scope::open_invitations, events::stream_of(workspace), +1);
}

void close(const invitation::State& before, const events::Envelope& event, Effects& effects) {
  const auto workspace = event.workspace_id.value();
  effects.release_personal(scope::invited, invitation::place_of(workspace, before.email));
  effects.count(scope::open_invitations, events::stream_of(workspace), -1);
}

}  // namespace

void effects(const invitation::State&, const events::invitation::Sent& e, const events::Envelope& event, Effects& effects) {
  effects.born(events::stream_of(event.workspace_id.value()));
  open(e.email, event, effects);
}
void effects(const invitation::State& before, const events::invitation::Resent&, const events::Envelope& event, Effects& effects) {
  if (before.status == events::invitation::Status::expired) open(before.email, event, effects);
}
void effects(const invitation::State& before, const events::invitation::Accepted&, const events::Envelope& event, Effects& effects) {
  close(before, event, effects);
}
void effects(const invitation::State& before, const events::invitation::Revoked&, const events::Envelope& event, Effects& effects) {
  close(before, event, effects);
}
void effects(const invitation::State& before, const events::invitation::Expired&, const events::Envelope& event, Effects& effects) {
  close(before, event, effects);
}

void effects(const invitation::State&, const events::invitation::Erased&, const events::Envelope&, Effects& effects) { effects.erased(); }

template const AggregateOps& aggregate_ops<Invitation>();

}  // namespace daybook::domain
