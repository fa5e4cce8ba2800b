// A running Daybook into which a log was imported, held record by record against a plain replay of that log:
// DAYBOOK_BEADS_FILE, DAYBOOK_URL, DAYBOOK_TOKEN, DAYBOOK_WORKSPACE (id or slug), DAYBOOK_POSITION
// (optional).
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "compose/daybook/import/comparison.hpp"

namespace daybook::importer::testing {
namespace {

constexpr std::size_t differences_shown_max = 20;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

TEST(LiveComparison, EveryRecordIsWhatAPlainReplayGives) {
  const auto file = environment("DAYBOOK_BEADS_FILE");
  const ApiAddress address{environment("DAYBOOK_URL"), environment("DAYBOOK_TOKEN")};
  if (file.empty() || address.token.empty()) GTEST_SKIP() << "no DAYBOOK_BEADS_FILE and DAYBOOK_TOKEN";
  http::Client client(address.url);
  std::string trouble;
  const auto workspace = find_workspace(client, address, environment("DAYBOOK_WORKSPACE"), trouble);
  ASSERT_EQ(trouble, "");
  const auto result =
      compare_import(address, file, workspace, std::atoll(environment("DAYBOOK_POSITION").c_str()));
  ASSERT_EQ(result.trouble, "");
  std::cout << result.issues << " issues compared, " << result.differences.size() << " differences\n";
  for (std::size_t i = 0; i < std::min(result.differences.size(), differences_shown_max); ++i) {
    const auto& one = result.differences[i];
    ADD_FAILURE() << one.issue << " " << one.field << ": expected " << one.expected << ", found "
                  << one.found;
  }
  EXPECT_TRUE(result.equal());
}

}  // namespace
}  // namespace daybook::importer::testing
