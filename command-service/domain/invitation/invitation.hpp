#pragma once
// An invitation into a workspace by e-mail: one open one for each address, good once, for a week. Its token comes here as a hash, in
// members that no body can set.
#include "command-service/domain/user/user.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "events/invitation/state.hpp"

namespace daybook::domain {

struct Invitation {
  using State = events::invitation::State;
  using Event = events::invitation::Event;
  static constexpr auto stream_type = events::StreamType::invitation;
};

namespace scope {
inline constexpr std::string_view open_invitations = "open-invitations";  // counter, by workspace
}  // namespace scope

namespace invitation {

using events::invitation::Event;
using events::invitation::State;

inline constexpr std::chrono::hours lifetime{24 * 7};
inline constexpr std::int64_t open_max = 1000;  // in a workspace, those counted that lapsed unnoticed

// Whether or not somebody is registered with the address: they join by accepting. An invitation to it that has lapsed makes room.
struct Send {
  static constexpr std::string_view verb = "invitation.send";
  static constexpr Permission permission = Permission::members_manage;
  using Birth = events::invitation::Sent;
  std::optional<events::InvitationId> id;
  Email email{};
  std::optional<MemberRole> role;
  // Not of the body:
  events::MailedTokenId token_id{};
  std::string token_hash;
};
BOOST_DESCRIBE_STRUCT(Send, (), (id, email, role))

// With a new token and a new week; the token before is of no use any more. Of one that lapsed, too. Asked for again within the
// pause, the mail before is on its way.
struct Resend {
  static constexpr std::string_view verb = "invitation.resend";
  static constexpr Permission permission = Permission::members_manage;
  // Not of the body:
  events::MailedTokenId token_id{};
  std::string token_hash;
};
BOOST_DESCRIBE_STRUCT(Resend, (), ())

struct Revoke {
  static constexpr std::string_view verb = "invitation.revoke";
  static constexpr Permission permission = Permission::members_manage;
};
BOOST_DESCRIBE_STRUCT(Revoke, (), ())

// By whoever is signed in with the address that was invited, and shows what was mailed to it.
struct Accept {
  events::MailedTokenId token_id{};
  std::string presented_hash;
};

// Notes that its time is over.
struct Expire {};

// Whoever it went to is erased, or who accepted it. Part of erasing them.
struct Erase {
  const user::State& person;
};

// What an acceptance comes to, in three streams.
struct Acceptance {
  events::workspace::MemberJoined joined;
  events::invitation::Accepted accepted;
  std::vector<user::Event> proven;  // of the user, whose address is theirs now for certain
};

Decision<Event> decide(const State&, const Send&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Resend&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Revoke&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Expire&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Erase&, const CommandContext&, const Facts&);
// One answer for a token that is not ours, was replaced, used or withdrawn, has lapsed, or is of a workspace that is gone.
Result<Acceptance> accept(const State&, const workspace::State&, const user::State&, const Accept&, const CommandContext&);

bool repeats(const events::invitation::Sent& first, const Send& again, const CommandContext&, const Facts&);

// Whether its time is over and nobody has noticed.
bool has_lapsed(const State& state, text::Instant now);
// The invitation to the same address that stands in the way of this one, though it has lapsed.
std::optional<StreamId> lapsed_before(const Send&, const CommandContext&, const Facts&);

}  // namespace invitation

void effects(const invitation::State&, const events::invitation::Sent&, const events::Envelope&, Effects&);
void effects(const invitation::State&, const events::invitation::Resent&, const events::Envelope&, Effects&);
void effects(const invitation::State&, const events::invitation::Accepted&, const events::Envelope&, Effects&);
void effects(const invitation::State&, const events::invitation::Revoked&, const events::Envelope&, Effects&);
void effects(const invitation::State&, const events::invitation::Expired&, const events::Envelope&, Effects&);
void effects(const invitation::State&, const events::invitation::Erased&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
inline void effects(const invitation::State&, const events::invitation::BroughtForward&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Invitation>();

}  // namespace daybook::domain
