#pragma once
// An invitation after its events. Folded alike by decide (personal fields opened) and by the read models (personal fields sealed).
#include "events/core/stamp.hpp"
#include "events/invitation/events.hpp"

namespace daybook::events::invitation {

// Without the address: that stands in `people`.
struct Fields : Stamp {
  InvitationId id{};
  WorkspaceId workspace_id{};
  workspace::MemberRole role = workspace::MemberRole::member;
  Status status = Status::open;                 // as far as it was noticed: an open one ends by itself at expires_at
  text::Instant sent_at{};                      // the last time
  text::Instant expires_at{};
  std::int64_t sent_count = 0;
  std::optional<UserId> accepted_by_id;
  std::optional<text::Instant> closed_at;       // accepted, revoked or expired
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  std::optional<text::Instant> erased_at;       // the address, with whoever had it
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, role, status, sent_at, expires_at, sent_count, accepted_by_id, closed_at,
                                        created_by_type, created_by_id, erased_at))

struct State : Fields {
  Personal email;
  MailedTokenId token_id{};                     // of the last mail, which alone is good
  Personal token_hash;
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Fields), (email, token_id, token_hash))

void evolve(State&, const Sent&, const Envelope&);
void evolve(State&, const Resent&, const Envelope&);
void evolve(State&, const Accepted&, const Envelope&);
void evolve(State&, const Revoked&, const Envelope&);
void evolve(State&, const Expired&, const Envelope&);
void evolve(State&, const Erased&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::invitation
