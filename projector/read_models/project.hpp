#pragma once
#include "events/project/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

// The project's own fields, and what comes of other streams.
struct ProjectRow : events::project::Fields {
  using OwnPart = events::project::Fields;
  events::Decimal actual_hours;
  bool operator==(const ProjectRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProjectRow, (events::project::Fields), (actual_hours))

template <> const Table& table_of<ProjectRow>();
ReadModel projects();

}  // namespace daybook::projector
