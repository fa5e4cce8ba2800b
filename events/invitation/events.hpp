#pragma once
// What happens to an invitation into a workspace by e-mail. Names and shapes are storage format: add optional members or a new
// event; never rename, retype or reuse. Every Personal is sealed under the invitation's own key: whoever is invited may be nobody
// here yet.
#include "events/workspace/events.hpp"

namespace daybook::events::invitation {

BOOST_DEFINE_ENUM_CLASS(Status, open, accepted, revoked, expired)

// A mail is on its way to the address; whoever sends back what it holds reads that address's mail. The log has its hash alone.
struct Sent {
  static constexpr std::string_view type = "invitation.sent";
  Personal email;
  workspace::MemberRole role = workspace::MemberRole::member;
  MailedTokenId token_id{};
  Personal token_hash;
  text::Instant expires_at{};
  bool operator==(const Sent&) const = default;
};
BOOST_DESCRIBE_STRUCT(Sent, (), (email, role, token_id, token_hash, expires_at))

// What the mails before it hold is of no use any more.
struct Resent {
  static constexpr std::string_view type = "invitation.resent";
  MailedTokenId token_id{};
  Personal token_hash;
  text::Instant expires_at{};
  bool operator==(const Resent&) const = default;
};
BOOST_DESCRIBE_STRUCT(Resent, (), (token_id, token_hash, expires_at))

// The membership itself is an event of the workspace.
struct Accepted {
  static constexpr std::string_view type = "invitation.accepted";
  UserId user_id{};
  MemberId member_id{};
  bool operator==(const Accepted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Accepted, (), (user_id, member_id))

struct Revoked {
  static constexpr std::string_view type = "invitation.revoked";
  bool operator==(const Revoked&) const = default;
};
BOOST_DESCRIBE_STRUCT(Revoked, (), ())

// Its time was over before; this is when that was noticed.
struct Expired {
  static constexpr std::string_view type = "invitation.expired";
  bool operator==(const Expired&) const = default;
};
BOOST_DESCRIBE_STRUCT(Expired, (), ())

// Written when the key that seals the address goes, because whoever was invited is erased. Nothing happens to it any more.
struct Erased {
  static constexpr std::string_view type = "invitation.erased";
  bool operator==(const Erased&) const = default;
};
BOOST_DESCRIBE_STRUCT(Erased, (), ())

// Said by an import: so late it changed last in the system that it comes from.
struct BroughtForward {
  static constexpr std::string_view type = "invitation.brought_forward";
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), ())

using Event = std::variant<Sent, Resent, Accepted, Revoked, Expired, Erased, BroughtForward>;

}  // namespace daybook::events::invitation
