#pragma once
// Invitations without whom they went to: that stands in `people`, by the invitation's id.
#include "events/invitation/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using InvitationRow = events::invitation::Fields;
template <> const Table& table_of<InvitationRow>();
ReadModel invitations();

}  // namespace daybook::projector
