#pragma once
// The four models as views over one generation's read tables: schemas platform, workflow_manager, agent_factory and prism, as the .sql
// files beside this one say.
#include <string_view>
#include <utility>
#include <vector>

#include "platform/postgres/connection.hpp"

namespace daybook::projector {

// Name and text of each, in the order in which they are run. `$schema` stands for the read tables' schema.
const std::vector<std::pair<std::string_view, std::string_view>>& view_files();

// The functions that the read tables' indexes are made with as well.
void create_shared_functions(pg::Connection& connection);

// Puts the views in place of those that are there, at once. What is there already, of the same texts and generation, stays untouched.
// Throws Stopped where one of the schemas holds tables: those are somebody else's.
void install_views(pg::Connection& connection, int generation);
// The same, if that is the generation to be shown; a later program's views stay.
void install_views_if_served(pg::Connection& connection, int generation);

}  // namespace daybook::projector
