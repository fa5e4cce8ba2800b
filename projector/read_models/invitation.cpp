#include "projector/read_models/invitation.hpp"

#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {

template <>
const Table& table_of<InvitationRow>() {
  static const auto t = table<InvitationRow>(49, "invitations", {},
                                             {"workspace_id, created_at, id", "workspace_id, updated_at, id", "workspace_id, expires_at, id",
                                              "(expires_at, id) WHERE status = 'open'"});
  return t;
}

ReadModel invitations() {
  return {{&table_of<InvitationRow>()},
          events::StreamType::invitation,
          apply_plain<events::invitation::Event, events::invitation::State, InvitationRow>};
}

}  // namespace daybook::projector
