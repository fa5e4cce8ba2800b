// What people prove by mail, and the lock of an account whose password is guessed at: through the door and the outbox.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"
#include "tests/e2e/outbox.hpp"

namespace daybook::test::mailed_test {
namespace {

Reply sign_in(Caller& anybody, const Caller& person, const std::string& password) {
  return anybody.post("/auth/login", object("email", person.email, "password", password));
}

TEST(Mailed, AnAddressIsConfirmedByItsMailOnce) {
  auto& daybook = DaybookProcess::shared();
  auto ann = newcomer(daybook);
  Caller anybody(daybook);
  EXPECT_FALSE(ann.get("/me").at("/email_verified").as_bool());
  ASSERT_EQ(ann.post("/me/verification").status, 202);
  const auto token = token_in(mail_to(daybook, ann.email, "Confirm your e-mail address"));
  EXPECT_EQ(anybody.post("/auth/verify-email", object("token", token + "x")).code(), "invalid-mailed-token");
  ASSERT_EQ(anybody.post("/auth/verify-email", object("token", token)).status, 204);
  EXPECT_TRUE(wait_until([&] { return ann.get("/me").at("/email_verified").as_bool(); }, mail_limit));
  const auto again = anybody.post("/auth/verify-email", object("token", token));
  EXPECT_EQ(again.status, 422);
  EXPECT_EQ(again.pointer(), "/token");
}

TEST(Mailed, APasswordThatIsForgottenIsReplacedByMailAndEverySessionEnds) {
  auto& daybook = DaybookProcess::shared();
  auto ann = newcomer(daybook);
  Caller anybody(daybook);
  // Whoever asks learns nothing about who is there
  ASSERT_EQ(anybody.post("/auth/password-reset", object("email", "nobody@" + random_name("n") + ".example")).status, 202);
  ASSERT_EQ(anybody.post("/auth/password-reset", object("email", ann.email)).status, 202);
  const auto token = token_in(mail_to(daybook, ann.email, "Set a new password"));
  const std::string fresh = "another horse battery";
  EXPECT_EQ(anybody.post("/auth/password-reset/confirm", object("token", token, "new_password", "short")).pointer(), "/new_password");
  ASSERT_EQ(anybody.post("/auth/password-reset/confirm", object("token", token, "new_password", fresh)).status, 204);
  EXPECT_EQ(anybody.post("/auth/password-reset/confirm", object("token", token, "new_password", fresh)).code(), "invalid-mailed-token");
  EXPECT_EQ(sign_in(anybody, ann, usual_password).status, 401);
  EXPECT_EQ(sign_in(anybody, ann, fresh).status, 200);
  EXPECT_EQ(anybody.post("/auth/refresh", object("refresh_token", ann.refresh_token)).status, 401);
}

TEST(Mailed, GuessingLocksTheAccountAndAMailUnlocksIt) {
  auto& daybook = DaybookProcess::shared();
  auto ann = newcomer(daybook);
  Caller anybody(daybook);
  for (int i = 0; i < 5; ++i) ASSERT_EQ(sign_in(anybody, ann, "guess " + std::to_string(i)).status, 401);
  EXPECT_FALSE(mail_to(daybook, ann.email, "Your account is locked for a while").empty());
  // The right one is answered as a wrong one is, and who is signed in stays so
  const auto right = sign_in(anybody, ann, usual_password), wrong = sign_in(anybody, ann, "guess 6");
  EXPECT_EQ(right.status, 401);
  EXPECT_EQ(right.text("/detail"), wrong.text("/detail"));
  EXPECT_EQ(ann.get("/me").status, 200);
  ASSERT_EQ(anybody.post("/auth/password-reset", object("email", ann.email)).status, 202);
  const auto token = token_in(mail_to(daybook, ann.email, "Set a new password"));
  ASSERT_EQ(anybody.post("/auth/password-reset/confirm", object("token", token, "new_password", "another horse battery")).status, 204);
  EXPECT_EQ(sign_in(anybody, ann, "another horse battery").status, 200);
}

}  // namespace
}  // namespace daybook::test::mailed_test
