#pragma once
// Members of projects and stars on them live in their project's stream.
#include "events/project/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using ProjectMemberRow = events::project::ProjectMember;
template <> const Table& table_of<ProjectMemberRow>();
ReadModel project_members();

using ProjectStarRow = events::project::ProjectStar;
template <> const Table& table_of<ProjectStarRow>();
ReadModel project_stars();

}  // namespace daybook::projector
