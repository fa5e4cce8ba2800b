// Commands about an invitation, as those who manage members send them. Accepting one is whoever's it is: auth/accept.cpp.
#include "command-service/domain/invitation/invitation.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {
namespace {

using domain::Invitation;
using domain::invitation::Send;
using InvitationState = events::invitation::State;

// Who is shown an invitation may manage members, and sees whom it went to.
struct InvitationReply : events::invitation::Fields {
  events::Personal email;
};
BOOST_DESCRIBE_STRUCT(InvitationReply, (events::invitation::Fields), (email))

View view() {
  return {&events::type_info<InvitationReply>(), [](const void* erased, text::Uuid) {
            const auto& state = *static_cast<const InvitationState*>(erased);
            return events::to_json_with_nulls(InvitationReply{state, state.email});
          }};
}

// One that stands in the way though it has lapsed ends first, in the same append.
Result<void> send_and_append(log::Settling& settling, StreamId stream, WorkspaceId workspace, const void* sent,
                             const domain::CommandContext& context) {
  const auto lapsed = domain::invitation::lapsed_before(*static_cast<const Send*>(sent), context, settling);
  if (lapsed)
    if (auto ended = settling.append<Invitation>(*lapsed, workspace, {events::invitation::Expired{}}); !ended) return ended;
  return declare::decide_and_append<Invitation, Send>(settling, stream, workspace, sent, context);
}

}  // namespace

std::vector<Command> invitation_commands() {
  using namespace domain::invitation;
  const auto the_invitation = by_id<events::InvitationId>("invitation");
  return {
      creates<Invitation, Send>({"POST /invitations"}, view(), send_and_append),
      changes<Invitation, Resend>(the_invitation, {"POST /invitations/{invitation}/resend"}, view()),
      changes<Invitation, Revoke>(the_invitation, {"POST /invitations/{invitation}/revoke"}, view()),
  };
}

}  // namespace daybook::routes
