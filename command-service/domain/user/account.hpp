#pragma once
// What superusers say about somebody's account: whether it can be used, what they become by default where they join, which account
// with somebody else is theirs. That nobody says of themselves: to prove it takes the other one's word.
#include "command-service/domain/user/user.hpp"

namespace daybook::domain::user {

struct Change {
  static constexpr std::string_view verb = "user.change";
  events::Patch<events::user::Role> role;
  events::Patch<events::WorkspaceId> home_workspace_id;  // one that they are a member of
};
BOOST_DESCRIBE_STRUCT(Change, (), (role, home_workspace_id))

// Whoever waits for a mail to confirm the address waits no longer.
struct Activate {
  static constexpr std::string_view verb = "user.activate";
};
BOOST_DESCRIBE_STRUCT(Activate, (), ())

// Ends every session. Never of oneself: somebody has to be left who can undo it.
struct Deactivate {
  static constexpr std::string_view verb = "user.deactivate";
};
BOOST_DESCRIBE_STRUCT(Deactivate, (), ())

// In place of another one; refused while it is somebody else's.
struct LinkGoogleAccount {
  static constexpr std::string_view verb = "user.link_google_account";
  Name account{};
};
BOOST_DESCRIBE_STRUCT(LinkGoogleAccount, (), (account))

struct UnlinkGoogleAccount {
  static constexpr std::string_view verb = "user.unlink_google_account";
};
BOOST_DESCRIBE_STRUCT(UnlinkGoogleAccount, (), ())

Decision<Event> decide(const State&, const Change&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Activate&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Deactivate&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const LinkGoogleAccount&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const UnlinkGoogleAccount&, const CommandContext&, const Facts&);

}  // namespace daybook::domain::user
