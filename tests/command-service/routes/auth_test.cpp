// Registration, sessions and oneself.
#include "command-service/mailing/token.hpp"
#include "command-service/routes/auth/session.hpp"
#include "tests/command-service/routes/desk.hpp"

namespace daybook::routes::test {
namespace {

class Auth : public Desk {
 protected:
  Reply login(const std::string& password) { return send({}, "POST", "/auth/login", R"({"email":"ann@example.org","password":")" + password + R"("})"); }
  Reply refresh(const std::string& token) { return send({}, "POST", "/auth/refresh", R"({"refresh_token":")" + token + R"("})"); }
};

TEST_F(Auth, WhoeverKnowsThePasswordIsSignedIn) {
  EXPECT_EQ(login("wrong horse").code(), "invalid-credentials");
  const auto reply = login("correct horse");
  ASSERT_EQ(reply.status, 200) << reply;
  EXPECT_EQ(reply.text("/user/id"), ann.id);
  EXPECT_EQ(reply.header("Cache-Control"), "no-store");
  EXPECT_EQ(send({"", reply.text("/access_token"), ""}, "PATCH", "/me", R"({"full_name":"Ann"})").status, 200);
}

TEST_F(Auth, ARefreshTokenShownTwiceEndsItsSessionAndSaysSo) {
  const auto next = refresh(ann.refresh_token);
  ASSERT_EQ(next.status, 200) << next;
  *seconds_ahead += 60;
  EXPECT_EQ(refresh(ann.refresh_token).code(), "refresh-token-reused");
  EXPECT_EQ(refresh(next.text("/refresh_token")).code(), "invalid-refresh-token");
  EXPECT_EQ(post("/workspaces", R"({"name":"Two"})").code(), "session-ended");
}

TEST_F(Auth, ATokenThatIsNoneIsRefusedWithoutAskingTheLog) {
  const auto before = tools.appender->stats().requests;
  EXPECT_EQ(refresh("nonsense").code(), "invalid-refresh-token");
  EXPECT_EQ(tools.appender->stats().requests, before);
}

TEST_F(Auth, LoggingOutEndsTheSessionAndIsNeverRefused) {
  const auto log_out = [&](const std::string& token) { return send({}, "POST", "/auth/logout", R"({"refresh_token":")" + token + R"("})").status; };
  EXPECT_EQ(log_out("nonsense"), 204);
  EXPECT_EQ(log_out(ann.refresh_token), 204);
  EXPECT_EQ(log_out(ann.refresh_token), 204);
  EXPECT_EQ(post("/workspaces", R"({"name":"Two"})").code(), "session-ended");
}

TEST_F(Auth, ANewPasswordTakesTheOldOnesPlace) {
  const auto change = [&](const std::string& from, const std::string& to) {
    return post("/me/password", R"({"current_password":")" + from + R"(","new_password":")" + to + R"("})");
  };
  EXPECT_EQ(change("wrong horse", "battery staple").code(), "wrong-password");
  EXPECT_EQ(change("correct horse", "battery staple").status, 204);
  EXPECT_EQ(login("correct horse").code(), "invalid-credentials");
  EXPECT_EQ(login("battery staple").status, 200);
}

TEST_F(Auth, ASessionOfOnesOwnCanBeEnded) {
  EXPECT_EQ(remove("/me/sessions/nonsense").code(), "not-found");
  const auto other = login("correct horse");
  const Person elsewhere{ann.id, other.text("/access_token"), other.text("/refresh_token")};
  EXPECT_EQ(send(elsewhere, "PATCH", "/me", "{}").status, 200);
  EXPECT_EQ(remove("/me/sessions/" + read_refresh_token(elsewhere.refresh_token)->session.text()).status, 204);
  EXPECT_EQ(send(elsewhere, "PATCH", "/me", "{}").code(), "session-ended");
  EXPECT_EQ(patch("/me", "{}").status, 200);
}

// The token of the last mail that was asked for, as whoever reads the mail has it.
class AuthByMail : public Auth {
 protected:
  std::string mailed(const Person& person) {
    const auto event = log->read(events::Position{head() - 1}, 1, 1 << 20).front();
    const auto id = events::MailedTokenId::parse(json::parse(event.data).at("token_id").as_string());
    return mailing::mailed_token(*tools.keys, events::StreamId{*text::Uuid::parse(person.id)}, id.value()).text;
  }
  Reply confirm(const std::string& token) { return send({}, "POST", "/auth/verify-email", R"({"token":")" + token + R"("})"); }
};

TEST_F(AuthByMail, WhereAnAddressHasToBeConfirmedTheFirstTokensComeAfterThat) {
  tools.require_verified_email = true;
  const auto registered = send({}, "POST", "/auth/register", R"({"email":"pat@example.org","password":"correct horse"})");
  ASSERT_EQ(registered.status, 201) << registered;
  EXPECT_EQ(registered.text("/user/status"), "pending");
  EXPECT_TRUE(registered.at("/access_token").is_null());
  const Person pat{registered.text("/user/id"), "", ""};
  const auto sign_in = [&] { return send({}, "POST", "/auth/login", R"({"email":"pat@example.org","password":"correct horse"})"); };
  EXPECT_EQ(sign_in().status, 401);
  const auto token = mailed(pat);
  EXPECT_EQ(confirm("nonsense").code(), "invalid-mailed-token");
  ASSERT_EQ(confirm(token).status, 204);
  EXPECT_EQ(sign_in().text("/user/status"), "active");
}

TEST_F(AuthByMail, AMailThatIsTooOldProvesNothing) {
  ASSERT_EQ(post("/me/verification").status, 202);
  const auto token = mailed(ann);
  *seconds_ahead += 4 * 24 * 3600;
  EXPECT_EQ(confirm(token).text("/errors/0/pointer"), "/token");
}

}  // namespace
}  // namespace daybook::routes::test
