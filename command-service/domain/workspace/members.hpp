#pragma once
// What every way into a workspace has in common: being added, and accepting an invitation.
#include "command-service/domain/workspace/workspace.hpp"

namespace daybook::domain::workspace {

// Only an owner makes, changes or removes owners and admins; `touched` is the highest role that this is about.
std::optional<Rejection> refuse_below_owner(const CommandContext& context, MemberRole touched);
// Somebody new in an open workspace; where they are a member already, it is `pointer` that is refused.
Result<events::workspace::MemberJoined> join(const State& state, events::MemberId id, events::UserId user, MemberRole role,
                                             std::string_view pointer);

}  // namespace daybook::domain::workspace
