// Superusers are made on the server and nowhere else; what they may do is there at once.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"

namespace daybook::test {
namespace {

class Superusers : public ::testing::Test {
 protected:
  RunResult admin(const std::string& what, const std::string& email) { return daybook_.run({"admin", what, email, "--allow-unsafe-database"}); }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
};

TEST_F(Superusers, AreMadeAndUnmadeWhileItIsServed) {
  const auto skill = owner_.post(team_.in("/skills"), object("name", "a", "description", "a", "prompt", "a", "category", "a")).id();
  const auto made_official = [&] { return owner_.post(team_.in("/skills/" + skill + "/make-official")); };
  EXPECT_EQ(made_official().status, 403);
  const auto granted = admin("grant", owner_.email);
  EXPECT_EQ(granted.exit_code, 0) << granted.output;
  EXPECT_NE(granted.output.find("is a superuser from now on"), std::string::npos) << granted.output;
  const auto again = admin("grant", owner_.email);
  EXPECT_EQ(again.exit_code, 0) << again.output;
  EXPECT_NE(again.output.find("already"), std::string::npos) << again.output;
  const auto official = made_official();
  ASSERT_EQ(official.status, 200) << official;
  EXPECT_TRUE(official.at("/is_official").as_bool());
  EXPECT_EQ(owner_.get(team_.in("/skills?official=true")).rows().size(), 1u);
  const auto revoked = admin("revoke", owner_.email);
  EXPECT_EQ(revoked.exit_code, 0) << revoked.output;
  EXPECT_EQ(made_official().status, 403);
}

TEST_F(Superusers, MakeListedThingsOfOtherWorkspacesOfficial) {
  const auto id = owner_.post(team_.in("/templates"), object("name", "a", "description", "a", "category", "a", "project_structure",
                                                             json::object{{"tasks", json::array{}}}))
                      .id();
  Team others(daybook_, "Others");
  ASSERT_EQ(admin("grant", others.owner.email).exit_code, 0);
  const auto there = others.in("/templates/" + id + "/make-official");
  EXPECT_EQ(others.owner.post(there).status, 404);
  ASSERT_EQ(owner_.post(team_.in("/templates/" + id + "/list")).status, 200);
  EXPECT_EQ(others.owner.post(there).status, 200);
  EXPECT_TRUE(owner_.get(team_.in("/templates/" + id)).at("/is_official").as_bool());
  ASSERT_EQ(admin("revoke", others.owner.email).exit_code, 0);
}

TEST_F(Superusers, OnlyWhoIsRegisteredBecomesOne) {
  const auto nobody = admin("grant", "nobody-" + random_name("x") + "@example.org");
  EXPECT_EQ(nobody.exit_code, 1) << nobody.output;
  EXPECT_NE(nobody.output.find("Nobody is registered"), std::string::npos) << nobody.output;
  const auto no_address = admin("grant", "ann");
  EXPECT_EQ(no_address.exit_code, 1) << no_address.output;
}

}  // namespace
}  // namespace daybook::test
