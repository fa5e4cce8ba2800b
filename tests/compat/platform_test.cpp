// The client of the PraisonAI Platform against the shipped binary; what it does and expects stands in drive.py.
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "tests/e2e/daybook_process.hpp"

namespace daybook::test {
namespace {

constexpr std::chrono::minutes drive_limit{10};

std::string contents(const std::filesystem::path& file) {
  std::ostringstream out;
  out << std::ifstream(file).rdbuf();
  return out.str();
}

// By the published client over the one program, and by the contract over the three services, so that either way of calling is
// tried whether or not the client can be had.
TEST(CompatPlatform, EveryMethodOfTheClientWorksAndWhatThePlatformDoesWrongIsRight) {
  auto& daybook = DaybookProcess::shared();
  const std::string how = deployed() == Deployed::single ? "published" : "contract";
  const TempDir folder;
  const auto output = folder.path() / "output";
  Process drive({"tests/compat/drive", DAYBOOK_TOOLS, daybook.public_url(), how}, {std::filesystem::current_path(), output});
  ASSERT_TRUE(drive.wait(drive_limit)) << contents(output);
  EXPECT_EQ(drive.exit_code(), 0) << contents(output);
  std::cout << contents(output);
}

}  // namespace
}  // namespace daybook::test
