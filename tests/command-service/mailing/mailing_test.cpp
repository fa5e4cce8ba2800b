// Which letters go out because of which events, over a log in memory.
#include "command-service/domain/invitation/invitation.hpp"
#include "command-service/mailing/letters.hpp"
#include "command-service/mailing/rules.hpp"
#include "command-service/mailing/token.hpp"
#include "command-service/reactors/reactor.hpp"
#include "tests/command-service/log/appender/desk.hpp"

namespace daybook::mailing {
namespace {

using events::MailedTokenId;
using log::test::Desk;
using log::test::new_id;
using log::test::one;

// Takes every mail, or is as it is told to be.
struct Post final : mail::Mailer {
  void send(const mail::Mail& mail) override {
    if (away) throw mail::Unavailable("the mail server: away");
    if (refuses) throw mail::Refused("the mail server: no (550)");
    sent.push_back(mail);
  }
  std::vector<mail::Mail> sent;
  bool away = false, refuses = false;
};

struct Nothing final : reactors::ReadModels {
  events::Position position() override { return {}; }
  std::vector<events::IssueId> issues_assigned_to(events::UserId, events::WorkspaceId, events::IssueId, std::size_t) override { return {}; }
  bool is_watched(events::IssueId) override { return false; }
  std::vector<reactors::Due> upcoming(const reactors::Upcoming&, const reactors::Due&, text::Instant, std::size_t) override { return {}; }
};

class Mailing : public Desk {
 protected:
  // What the last command of Olga's wrote.
  template <class C>
  events::Envelope after(C command) {
    const auto stream = events::stream_of(place.olga);
    outcome(log::test::send(*main.appender, one([=](log::Settling& settling) -> domain::Result<log::Accepted> {
      domain::CommandContext context{};
      context.now = settling.now();
      auto decided = decide(settling.load<domain::User>(stream), command, context, settling);
      if (!decided) return std::move(decided.error());
      if (auto done = settling.append<domain::User>(stream, std::nullopt, *decided); !done) return std::move(done.error());
      return log::Accepted{200, events::StreamType::user, stream, stream.value, settling.load<domain::User>(stream).version, nullptr};
    })));
    return log->read(events::Position{head() - 1}, 1, 1 << 20).front();
  }
  template <class C>
  events::Envelope after_asking(MailedTokenId id) {
    C command{};
    command.token_id = id;
    command.token_hash = token(id).hash();
    command.expires_at = log::test::appender_options().clock() + std::chrono::hours(1);
    return after(command);
  }
  crypto::OpaqueToken token(MailedTokenId id) const { return mailed_token(*log::test::test_keys(), events::stream_of(place.olga), id); }
  void react(const events::Envelope& cause) {
    reactors::Reactions(mail_rules({post, log::test::test_keys(), "https://work.example", [this](const std::string& why) { refusal = why; }}), *main.appender, read,
                        [](const std::string& defect) { ADD_FAILURE() << defect; })
        .react(cause);
  }

  std::shared_ptr<Post> post = std::make_shared<Post>();
  Nothing read;
  std::string refusal;
};

TEST_F(Mailing, WhoAsksToConfirmAnAddressGetsTheTokenAndTheLogHasItsHashAlone) {
  const MailedTokenId id = new_id<MailedTokenId>();
  const auto cause = after_asking<domain::user::RequestVerification>(id);
  react(cause);
  ASSERT_EQ(post->sent.size(), 1u);
  const auto& mail = post->sent.front();
  EXPECT_EQ(mail.to, "olga@example.org");
  EXPECT_EQ(mail.id, cause.event_id.text());
  EXPECT_NE(mail.text.find("https://work.example/verify-email?token=" + token(id).text), mail.text.npos) << mail.text;
  EXPECT_EQ(cause.data.find(token(id).text), std::string::npos);
  // What it holds is what confirms
  const auto shown = crypto::OpaqueToken::read(token(id).text);
  ASSERT_TRUE(shown);
  EXPECT_EQ(after(domain::user::VerifyEmail{MailedTokenId{shown->id}, shown->hash()}).type, "user.email_verified");
}

TEST_F(Mailing, ATokenThatWasUsedOrReplacedNeedsNoMail) {
  const MailedTokenId id = new_id<MailedTokenId>();
  const auto cause = after_asking<domain::user::RequestVerification>(id);
  after(domain::user::VerifyEmail{id, token(id).hash()});
  react(cause);
  EXPECT_TRUE(post->sent.empty());
}

TEST_F(Mailing, APasswordResetAndALockAreTold) {
  react(after_asking<domain::user::RequestPasswordReset>(new_id<MailedTokenId>()));
  react(after(domain::user::FailSignIn{{1, std::chrono::hours(1)}}));
  ASSERT_EQ(post->sent.size(), 2u);
  EXPECT_EQ(post->sent[0].subject, "Set a new password");
  EXPECT_EQ(post->sent[1].subject, "Your account is locked for a while");
}

TEST_F(Mailing, AServerThatIsAwayIsTriedAgainAndOneThatRefusesIsNot) {
  const auto cause = after_asking<domain::user::RequestVerification>(new_id<MailedTokenId>());
  post->away = true;
  EXPECT_THROW(react(cause), mail::Unavailable);
  post->away = false;
  post->refuses = true;
  react(cause);
  EXPECT_EQ(refusal, "the mail for event " + std::to_string(cause.position.value) + " was refused: the mail server: no (550)");
  EXPECT_EQ(refusal.find("olga"), std::string::npos);
}

// An invitation into Olga's workspace, and what its events make of the mail.
class Inviting : public Mailing {
 protected:
  events::Envelope after_appending(std::vector<events::invitation::Event> events) {
    outcome(log::test::send(*main.appender, one(log::test::happened<domain::Invitation>(events::stream_of(invitation), place.acme, std::move(events)))));
    return log->read(events::Position{head() - 1}, 1, 1 << 20).front();
  }
  template <class E>
  E mailed(MailedTokenId id, E event = {}) const {
    event.token_id = id;
    event.token_hash = events::Personal(token_of(id).hash());
    event.expires_at = *text::parse_instant("2026-11-24T14:09:29Z");
    return event;
  }
  events::invitation::Sent sent(MailedTokenId id) const {
    events::invitation::Sent event{};
    event.email = events::Personal("eve@example.org");
    event.role = events::workspace::MemberRole::viewer;
    return mailed(id, event);
  }
  crypto::OpaqueToken token_of(MailedTokenId id) const { return mailed_token(*log::test::test_keys(), events::stream_of(invitation), id); }

  const events::InvitationId invitation = new_id<events::InvitationId>();
  const MailedTokenId first = new_id<MailedTokenId>(), second = new_id<MailedTokenId>();
};

TEST_F(Inviting, WhoeverIsInvitedIsToldWhereAndAsWhatAndTheLogHasNeitherAddressNorToken) {
  const auto cause = after_appending({sent(first)});
  react(cause);
  ASSERT_EQ(post->sent.size(), 1u);
  const auto& mail = post->sent.front();
  EXPECT_EQ(mail.to, "eve@example.org");
  EXPECT_EQ(mail.subject, "You are invited to Acme");
  EXPECT_NE(mail.text.find("as viewer"), mail.text.npos) << mail.text;
  EXPECT_NE(mail.text.find("https://work.example/invitation?token=" + token_of(first).text), mail.text.npos) << mail.text;
  for (const auto& secret : {std::string("eve@example.org"), token_of(first).text, token_of(first).hash()})
    EXPECT_EQ((cause.data + cause.personal.value_or("")).find(secret), std::string::npos);
}

TEST_F(Inviting, OnlyTheLastTokenIsMailedAndOnlyWhileItIsOpen) {
  const auto before = after_appending({sent(first)});
  const auto after = after_appending({mailed<events::invitation::Resent>(second)});
  react(before);
  EXPECT_TRUE(post->sent.empty());
  react(after);
  ASSERT_EQ(post->sent.size(), 1u);
  EXPECT_NE(post->sent.front().text.find(token_of(second).text), std::string::npos);
  after_appending({events::invitation::Revoked{}});
  react(after);
  EXPECT_EQ(post->sent.size(), 1u);
}

TEST_F(Inviting, IntoADeletedWorkspaceNobodyIsInvited) {
  const auto cause = after_appending({sent(first)});
  outcome(log::test::send(*main.appender, one(log::test::happened<domain::Workspace>(events::stream_of(place.acme), place.acme, {events::workspace::Deleted{}}))));
  react(cause);
  EXPECT_TRUE(post->sent.empty());
}

TEST(MailedToken, IsAnothersForAnotherKeyPersonOrId) {
  const auto& keys = *log::test::test_keys();
  const auto other_keys = std::get<crypto::KeyFile>(crypto::KeyFile::create(daybook::test::TempDir() / "keys", text::Instant{}));
  const auto olga = new_id<events::StreamId>(), max = new_id<events::StreamId>();
  const auto id = new_id<MailedTokenId>();
  EXPECT_EQ(mailed_token(keys, olga, id).text, mailed_token(keys, olga, id).text);
  EXPECT_NE(mailed_token(keys, olga, id).hash(), mailed_token(other_keys, olga, id).hash());
  EXPECT_NE(mailed_token(keys, olga, id).text.substr(43), mailed_token(keys, max, id).text.substr(43));
  EXPECT_NE(mailed_token(keys, olga, id).text.substr(43), mailed_token(keys, olga, new_id<MailedTokenId>()).text.substr(43));
}

TEST(Letters, WithoutPagesNameTheCallAlone) {
  const auto letter = verification_letter({"", "verify-email", "POST /api/v1/auth/verify-email"}, "TOKEN", *text::parse_instant("2026-11-24T14:09:29Z"));
  EXPECT_EQ(letter.text.find("http"), std::string::npos);
  EXPECT_NE(letter.text.find("POST /api/v1/auth/verify-email with the token\n\nTOKEN"), std::string::npos) << letter.text;
  EXPECT_NE(letter.text.find("until 2026-11-24 14:09 UTC"), std::string::npos) << letter.text;
}

}  // namespace
}  // namespace daybook::mailing
