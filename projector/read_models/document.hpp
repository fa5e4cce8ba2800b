#pragma once
#include "events/document/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using DocumentRow = events::document::Fields;
template <> const Table& table_of<DocumentRow>();
ReadModel documents();

}  // namespace daybook::projector
