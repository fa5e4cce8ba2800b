#pragma once
// Label links live in their issue's stream.
#include "events/issue/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using IssueLabelRow = events::issue::LabelLink;
template <> const Table& table_of<IssueLabelRow>();
ReadModel label_links();

}  // namespace daybook::projector
