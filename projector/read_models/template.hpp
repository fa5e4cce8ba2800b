#pragma once
// Templates, with the figures that applying and rating them comes to.
#include "events/template/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using TemplateRow = events::template_::Fields;
template <> const Table& table_of<TemplateRow>();
ReadModel templates();

// Ratings live in their template's stream.
using TemplateRatingRow = events::template_::TemplateRating;
template <> const Table& table_of<TemplateRatingRow>();
ReadModel template_ratings();

}  // namespace daybook::projector
