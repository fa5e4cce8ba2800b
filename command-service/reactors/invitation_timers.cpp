// Invitations whose week is over.
#include "command-service/domain/invitation/invitation.hpp"
#include "command-service/reactors/rules.hpp"

namespace daybook::reactors {

Timer lapsed_invitations() {
  return timer_over("lapsed_invitations", {{"invitations", "expires_at", "status = 'open'"}}, [](const Due& due) {
    return item<domain::Invitation>(due.workspace, events::stream_of(events::InvitationId{due.id}), domain::invitation::Expire{});
  });
}

}  // namespace daybook::reactors
