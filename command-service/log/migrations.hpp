#pragma once
// The schema's steps as compiled into this program.
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/postgres/migrations.hpp"

namespace daybook::log {

// Name and text of each file of schemas/migrations; the definition is generated when building.
const std::vector<std::pair<std::string_view, std::string_view>>& migration_files();

// In order of their numbers.
std::vector<pg::Migration> migrations();

}  // namespace daybook::log
