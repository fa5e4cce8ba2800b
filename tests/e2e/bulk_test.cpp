// Many commands in one request.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"

namespace daybook::test::bulk_test {
namespace {

class Bulk : public ::testing::Test {
 protected:
  std::size_t issues() { return team_.owner.all(team_.in("/issues")).size(); }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  // The middle one has no title.
  const std::string commands_ =
      R"("commands":[{"type":"issue.open","data":{"title":"one"}},{"type":"issue.open","data":{"title":""}},)"
      R"({"type":"issue.open","data":{"title":"three"}}])";
};

TEST_F(Bulk, AnAtomicOneIsDoneWhollyOrNotAtAll) {
  const auto refused = team_.owner.post(team_.in("/commands"), R"({"atomic":true,)" + commands_ + "}");
  EXPECT_EQ(refused.status, 422) << refused;
  EXPECT_EQ(refused.pointer().substr(0, 11), "/commands/1") << refused;
  EXPECT_EQ(issues(), 0u);

  const auto done = team_.owner.post(
      team_.in("/commands"),
      R"({"commands":[{"type":"issue.open","data":{"title":"one"}},{"type":"label.define","data":{"name":"red"}}]})");
  ASSERT_EQ(done.status, 200) << done;
  EXPECT_EQ(done.at("/items").as_array().size(), 2u);
  EXPECT_EQ(issues(), 1u);
  EXPECT_EQ(team_.owner.all(team_.in("/labels")).size(), 1u);
}

TEST_F(Bulk, OtherwiseEachIsDoneForItself) {
  const auto done = team_.owner.post(team_.in("/commands"), R"({"atomic":false,)" + commands_ + "}");
  ASSERT_EQ(done.status, 200) << done;
  EXPECT_EQ(done.number("/items/0/status"), 201);
  EXPECT_EQ(done.number("/items/1/status"), 422);
  EXPECT_FALSE(done.text("/items/1/code").empty());
  EXPECT_EQ(done.number("/items/2/status"), 201);
  EXPECT_EQ(issues(), 2u);
}

TEST_F(Bulk, OneThatIsRefusedWhileItIsCarriedOutLeavesNothingBehind) {
  // The second names an issue that is not there, which only the log can know.
  const auto refused = team_.owner.post(
      team_.in("/commands"),
      R"({"commands":[{"type":"issue.open","data":{"title":"one"}},{"type":"issue.delete","id":"ISSUE-77"}]})");
  EXPECT_EQ(refused.status, 404) << refused;
  EXPECT_EQ(issues(), 0u);
}

TEST_F(Bulk, APartOfAnImportIsTakenOnce) {
  const std::string part =
      R"({"source":{"system":"elsewhere","run":"1","seq":1},"commands":[{"type":"issue.open","data":{"title":"old"}}]})";
  const auto first = team_.owner.post(team_.in("/commands"), part);
  ASSERT_EQ(first.status, 200) << first;
  const auto again = team_.owner.post(team_.in("/commands"), part);
  ASSERT_EQ(again.status, 200) << again;
  EXPECT_EQ(again.text("/already_imported"), "true") << again;
  EXPECT_EQ(issues(), 1u);
}

TEST_F(Bulk, TheNumberOfCommandsHasALimit) {
  std::string commands;
  for (int i = 0; i < 501; ++i)
    commands += std::string(i > 0 ? "," : "") + R"({"type":"issue.open","data":{"title":"a"}})";
  const auto refused = team_.owner.post(team_.in("/commands"), R"({"commands":[)" + commands + "]}");
  EXPECT_EQ(refused.status, 422) << refused;
  EXPECT_EQ(refused.pointer(), "/commands");
  EXPECT_EQ(team_.owner.post(team_.in("/commands"), R"({"commands":[]})").status, 422);
}

}  // namespace
}  // namespace daybook::test::bulk_test
