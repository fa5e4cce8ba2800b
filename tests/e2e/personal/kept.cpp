#include "tests/e2e/personal/kept.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "platform/rocksdb/database.hpp"

namespace daybook::test {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

std::string rows_of_state_store(const fs::path& folder) {
  auto store = rocks::Database::open(folder, {.create_if_missing = false});
  store.compact();
  std::string rows;
  for (auto row = store.seek(""); row.valid(); row.next()) rows += std::string(row.key()) + "\n" + std::string(row.value()) + "\n";
  return rows;
}

void expect_nothing_in(const fs::path& folder, const Search& search, const std::set<fs::path>& except) {
  int files = 0;
  for (auto entry = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied);
       entry != fs::recursive_directory_iterator(); ++entry) {
    if (!entry->is_regular_file()) continue;
    ++files;
    const auto text = contents(entry->path());
    EXPECT_EQ(except.count(entry->path()) ? search.find_secrets(text) : search.find_all(text), std::vector<std::string>{}) << entry->path();
  }
  EXPECT_GT(files, 0) << folder;
}

}  // namespace daybook::test
