#pragma once
#include "events/comment/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using CommentRow = events::comment::Fields;
template <> const Table& table_of<CommentRow>();
ReadModel comments();

// Reactions live in their comment's stream.
using ReactionRow = events::comment::Reaction;
template <> const Table& table_of<ReactionRow>();
ReadModel reactions();

}  // namespace daybook::projector
