// Sessions: what begins them, what ends them.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"

namespace daybook::test::sign_in_test {
namespace {

class SignIn : public ::testing::Test {
 protected:
  DaybookProcess& daybook_ = DaybookProcess::shared();
  // A session that has ended carries out no command any more.
  static int try_to_act(Caller& person) { return person.patch("/me", "{}").status; }
};

TEST_F(SignIn, EveryFailureLooksTheSame) {
  const auto ann = newcomer(daybook_);
  Caller nobody(daybook_);
  const auto wrong = nobody.post("/auth/login", object("email", ann.email, "password", "not the password"));
  const auto unknown = nobody.post(
      "/auth/login", object("email", random_name("x") + "@example.org", "password", usual_password));
  EXPECT_EQ(wrong.status, 401) << wrong;
  EXPECT_EQ(unknown.status, 401) << unknown;
  EXPECT_EQ(wrong.code(), unknown.code());
  EXPECT_EQ(wrong.text("/detail"), unknown.text("/detail"));
}

TEST_F(SignIn, AnAddressIsRegisteredOnceWhateverItsCase) {
  auto ann = newcomer(daybook_);
  auto shouted = ann.email;
  for (auto& c : shouted) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  const auto again =
      Caller(daybook_).post("/auth/register", object("email", shouted, "password", usual_password));
  EXPECT_EQ(again.status, 409) << again;
  EXPECT_EQ(again.pointer(), "/email");
}

TEST_F(SignIn, RefreshingReplacesTheTokenAndReuseOfAnOldOneEndsTheSession) {
  // Given a session whose token was replaced twice
  auto ann = newcomer(daybook_);
  const auto second = ann.post("/auth/refresh", object("refresh_token", ann.refresh_token));
  ASSERT_EQ(second.status, 200) << second;
  EXPECT_NE(second.text("/refresh_token"), ann.refresh_token);
  EXPECT_EQ(second.header("Cache-Control"), "no-store");
  const auto third = ann.post("/auth/refresh", object("refresh_token", second.text("/refresh_token")));
  ASSERT_EQ(third.status, 200) << third;
  ann.token = third.text("/access_token");
  ASSERT_EQ(try_to_act(ann), 200);

  // When somebody shows the first one, then none is good any more
  EXPECT_EQ(ann.post("/auth/refresh", object("refresh_token", ann.refresh_token)).status, 401);
  EXPECT_EQ(ann.post("/auth/refresh", object("refresh_token", third.text("/refresh_token"))).status, 401);
  EXPECT_EQ(try_to_act(ann), 401);
}

TEST_F(SignIn, ARefreshWhoseReplyWasLostMayBeRepeatedAtOnce) {
  auto ann = newcomer(daybook_);
  ASSERT_EQ(ann.post("/auth/refresh", object("refresh_token", ann.refresh_token)).status, 200);
  const auto again = ann.post("/auth/refresh", object("refresh_token", ann.refresh_token));
  ASSERT_EQ(again.status, 200) << again;
  ann.token = again.text("/access_token");
  EXPECT_EQ(try_to_act(ann), 200);
}

TEST_F(SignIn, LoggingOutEndsTheSessionAlone) {
  auto ann = newcomer(daybook_);
  auto elsewhere = signed_in_again(daybook_, ann);
  Caller door(daybook_);
  EXPECT_EQ(door.post("/auth/logout", object("refresh_token", ann.refresh_token)).status, 204);
  EXPECT_EQ(door.post("/auth/refresh", object("refresh_token", ann.refresh_token)).status, 401);
  EXPECT_EQ(try_to_act(ann), 401);
  EXPECT_EQ(try_to_act(elsewhere), 200);
}

TEST_F(SignIn, ANewPasswordEndsEveryOtherSession) {
  // Given two sessions
  auto ann = newcomer(daybook_);
  auto elsewhere = signed_in_again(daybook_, ann);
  const auto wrong = ann.post("/me/password", object("current_password", "not the password", "new_password",
                                                     "another horse battery"));
  EXPECT_EQ(wrong.status, 422) << wrong;
  EXPECT_EQ(wrong.pointer(), "/current_password");
  ASSERT_EQ(try_to_act(elsewhere), 200);

  // When one of them changes the password
  const auto changed = ann.post(
      "/me/password", object("current_password", usual_password, "new_password", "another horse battery"));
  ASSERT_EQ(changed.status, 204) << changed;

  // Then only that one goes on, and the old password is worth nothing
  EXPECT_EQ(try_to_act(ann), 200);
  EXPECT_EQ(try_to_act(elsewhere), 401);
  Caller door(daybook_);
  EXPECT_EQ(door.post("/auth/login", object("email", ann.email, "password", usual_password)).status, 401);
  signed_in_again(daybook_, ann, "another horse battery");
}

}  // namespace
}  // namespace daybook::test::sign_in_test
