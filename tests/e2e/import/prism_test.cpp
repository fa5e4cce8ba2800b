#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"
#include "tests/e2e/import/comparison.hpp"
#include "tests/e2e/import/theirs.hpp"

namespace daybook::test::prism_test {
namespace {

const OnPurpose on_purpose{{{"users.password_hash", "\"[sealed]\""}},
                           {{"users.password_hash@1a000000-0000-4000-8000-000000000002", "what is sealed does not tell that there is none"},
                            {"users.password_hash@1a000000-0000-4000-8000-000000000003", "nor here"}},
                           {{"user_sessions", "sessions end with the system they were begun in"}}};

TEST(PrismImport, BringsEveryRowAndColumn) {
  DaybookProcess daybook;
  const auto theirs = theirs_in_postgres("prism");
  const auto run = daybook.run({"import", "prism", "--allow-unsafe-database", "--from", theirs});
  EXPECT_EQ(run.exit_code, 0) << run.output;
  daybook.await_projection();
  EXPECT_THAT(differences(theirs, daybook.database_url(), "prism", on_purpose), testing::IsEmpty()) << run.output;

  Caller iris(daybook);
  EXPECT_EQ(iris.post("/auth/login", object("email", "iris@prism.example", "password", "prism tower 88")).status, 200);
  daybook.stop();
  expect_sound_and_rebuildable(daybook);
}

}  // namespace
}  // namespace daybook::test::prism_test
