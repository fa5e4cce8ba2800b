#pragma once
// Users without what is personal: that stands in `people`.
#include "events/user/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using UserRow = events::user::Fields;
template <> const Table& table_of<UserRow>();
ReadModel users();

}  // namespace daybook::projector
