#pragma once
// What can be listed of each read table.
#include "query-service/core/list_spec.hpp"

namespace daybook::query::tables {

const ListSpec& workspaces();
const ListSpec& members();
const ListSpec& labels();
const ListSpec& projects();
const ListSpec& issues();
const ListSpec& issue_labels();
const ListSpec& dependencies();
const ListSpec& comments();
const ListSpec& agents();
const ListSpec& activity();

}  // namespace daybook::query::tables
