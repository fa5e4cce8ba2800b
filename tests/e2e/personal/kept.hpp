#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "tests/e2e/personal/planted.hpp"

namespace daybook::test {

/// Every row of a state store, compacted first: what was replaced is gone from its files.
std::string rows_of_state_store(const std::filesystem::path& folder);

/// Expects no planted word in any file of the folder; in those of `except` what `people` may hold may stand.
void expect_nothing_in(const std::filesystem::path& folder, const Search& search, const std::set<std::filesystem::path>& except = {});

}  // namespace daybook::test
