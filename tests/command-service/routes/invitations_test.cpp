// Invitations over the routes, with a clock that a week can be put on.
#include "command-service/mailing/token.hpp"
#include "tests/command-service/routes/desk.hpp"
#include "tests/support/support.hpp"

namespace daybook::routes::test {
namespace {

constexpr std::int64_t minute_s = 60, week_s = 7 * 24 * 60 * minute_s;

class Invitations : public Desk {
 protected:
  Reply invite(const std::string& address, const std::string& more = "") {
    return post(in("/invitations"), R"({"email":")" + address + R"(")" + more + "}");
  }
  // What the last mail of the invitation holds, as whoever reads the mail has it.
  std::string mailed(const std::string& invitation) {
    const events::StreamId stream{*text::Uuid::parse(invitation)};
    std::string token;
    for (const auto& event : log->read_stream(stream, events::StreamVersion{}, events::StreamVersion{100})) {
      const auto data = json::parse(event.data).as_object();
      const auto* id = data.if_contains("token_id");
      if (id) token = mailing::mailed_token(*tools.keys, stream, events::MailedTokenId::parse(id->as_string()).value()).text;
    }
    return token;
  }
  Reply accept(const Person& who, const std::string& token) { return send(who, "POST", "/invitations/" + token + "/accept"); }
  std::vector<std::string> types() {
    std::vector<std::string> types;
    for (const auto& event : log->read(events::Position{}, 1000, 8 << 20)) types.push_back(event.type);
    return types;
  }
  // Access tokens are shorter than a week.
  Person back_after(std::int64_t seconds, const std::string& name) {
    *seconds_ahead += seconds;
    const auto reply = send({}, "POST", "/auth/login", R"({"email":")" + name + R"(@example.org","password":"correct horse"})");
    EXPECT_EQ(reply.status, 200) << reply;
    return {reply.text("/user/id"), reply.text("/access_token"), reply.text("/refresh_token")};
  }
};

TEST_F(Invitations, AnAcceptanceIsOneAppendOverThreeStreams) {
  const auto eve = sign_up("eve");
  const auto sent = invite("EVE@example.org", R"(,"role":"viewer")");
  ASSERT_EQ(sent.status, 201) << sent;
  EXPECT_EQ(sent.header("Location"), "/api/v1" + in("/invitations/") + sent.id());
  EXPECT_EQ(sent.text("/email"), "EVE@example.org");
  const auto accepted = accept(eve, mailed(sent.id()));
  ASSERT_EQ(accepted.status, 200) << accepted;
  EXPECT_EQ(accepted.text("/role"), "viewer");
  EXPECT_EQ(accepted.header("Cache-Control"), "no-store");
  const auto all = types();
  ASSERT_GE(all.size(), 3u);
  EXPECT_EQ(std::vector(all.end() - 3, all.end()), (std::vector<std::string>{"user.email_verified", "workspace.member_joined", "invitation.accepted"}));
}

TEST_F(Invitations, AfterSendingItAgainTheOldTokenIsOfNoUse) {
  const auto eve = sign_up("eve");
  const auto sent = invite("eve@example.org");
  const auto old = mailed(sent.id());
  *seconds_ahead += minute_s;
  const auto again = post(in("/invitations/" + sent.id() + "/resend"));
  ASSERT_EQ(again.status, 200) << again;
  EXPECT_EQ(again.number("/sent_count"), 2);
  EXPECT_EQ(accept(eve, old).code(), "invalid-mailed-token");
  EXPECT_EQ(accept(eve, mailed(sent.id())).status, 200);
}

TEST_F(Invitations, AfterAWeekItIsRefusedAndThatIsWrittenDown) {
  sign_up("eve");
  const auto sent = invite("eve@example.org");
  const auto eve = back_after(week_s, "eve");
  const auto refused = accept(eve, mailed(sent.id()));
  EXPECT_EQ(refused.status, 422) << refused;
  EXPECT_EQ(refused.code(), "invalid-mailed-token");
  EXPECT_TRUE(daybook::test::wait_until([&] { return types().back() == "invitation.expired"; }));
  EXPECT_EQ(accept(eve, mailed(sent.id())).code(), "invalid-mailed-token");
}

TEST_F(Invitations, OneThatLapsedEndsBySendingAnother) {
  const auto first = invite("eve@example.org");
  EXPECT_EQ(invite("eve@example.org").code(), "already-exists");
  ann = back_after(week_s, "ann");
  const auto second = invite("eve@example.org");
  ASSERT_EQ(second.status, 201) << second;
  EXPECT_NE(second.id(), first.id());
  const auto all = types();
  EXPECT_EQ(std::vector(all.end() - 2, all.end()), (std::vector<std::string>{"invitation.expired", "invitation.sent"}));
}

TEST_F(Invitations, TheTokenFollowsFromTheIdThatItsSenderChose) {
  const auto eve = sign_up("eve");
  const std::string body = R"({"id":"0190a1b2-c3d4-7e5f-8a9b-000000000001","email":"eve@example.org"})";
  const auto sent = post(in("/invitations"), body);
  ASSERT_EQ(sent.status, 201) << sent;
  const auto repeated = post(in("/invitations"), body);
  EXPECT_EQ(repeated.status, 201) << repeated;
  EXPECT_EQ(repeated.raw, sent.raw);
  EXPECT_EQ(accept(eve, mailed(sent.id())).status, 200);
}

TEST_F(Invitations, AnIdOfSomethingElseIsNoInvitation) {
  EXPECT_EQ(post(in("/invitations/" + crew + "/resend")).code(), "not-found");
  EXPECT_EQ(post(in("/invitations/nonsense/resend")).code(), "not-found");
  EXPECT_EQ(post(in("/invitations/nonsense/revoke")).code(), "not-found");
}

}  // namespace
}  // namespace daybook::routes::test
