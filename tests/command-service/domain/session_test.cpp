#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::session_test {
namespace {

namespace happened = events::user;
using events::Personal;
using happened::RevokedBecause;

class Sessions : public Office {
 protected:
  const events::SessionId session = id_of<events::SessionId>(70);
  text::Instant later() const { return context().now + std::chrono::hours(24); }

  user::StartSession start() const {
    user::StartSession command{};
    command.session_id = session;
    command.refresh_token_hash = "A";
    command.user_agent = "curl";
    command.expires_at = later();
    command.verified_hash = "hash of ada";
    return command;
  }
  user::RefreshSession refresh(const std::string& presented, const std::string& next) const {
    return {session, presented, next, later()};
  }
  auto signed_in() {
    auto spec = user(ada);
    spec.when(start());
    return spec;
  }
};

TEST_F(Sessions, SigningInStartsASession) {
  happened::SessionStarted started{};
  started.session_id = session;
  started.refresh_token_hash = Personal("A");
  started.user_agent = Personal("curl");
  started.expires_at = later();
  user(ada).when(start()).then(started).when(start()).then_rejected("already-exists", "/id");
}

TEST_F(Sessions, APasswordChangedSinceItWasVerifiedDoesNotSignIn) {
  auto command = start();
  command.verified_hash = "older";
  user(ada).when(command).then_rejected("invalid-credentials");
}

TEST_F(Sessions, ADeletedUserDoesNotSignIn) {
  user(ada).given(happened::Deleted{}).when(start()).then_rejected("invalid-credentials");
  user(id_of<events::UserId>(99)).when(start()).then_rejected("invalid-credentials");
}

TEST_F(Sessions, ARefreshRotatesTheToken) {
  auto spec = signed_in();
  spec.when(refresh("A", "B")).then(happened::SessionRefreshed{session, Personal("B"), later()});
  spec.when(refresh("B", "C")).then(happened::SessionRefreshed{session, Personal("C"), later()});
}

TEST_F(Sessions, TheTokenBeforeIsGoodForTenSeconds) {
  auto spec = signed_in();
  spec.when(refresh("A", "B")).after(std::chrono::seconds(10)).when(refresh("A", "C"));
  spec.then(happened::SessionRefreshed{session, Personal("C"), later()});
}

TEST_F(Sessions, AReusedTokenEndsTheSessionAndIsRefused) {
  auto spec = signed_in();
  spec.when(refresh("A", "B")).after(std::chrono::seconds(11)).when(refresh("A", "C"));
  spec.then_rejected("refresh-token-reused");
  EXPECT_EQ(spec.rejection()->kind, Rejection::Kind::unauthenticated);
  ASSERT_EQ(spec.events().size(), 1u);
  EXPECT_EQ(spec.events().front(),
            happened::Event(happened::SessionRevoked{session, RevokedBecause::reuse_detected}));
  spec.when(refresh("B", "D")).then_rejected("invalid-refresh-token");
  EXPECT_TRUE(spec.events().empty());
}

TEST_F(Sessions, ATokenFromLongAgoIsReuseToo) {
  auto spec = signed_in();
  spec.when(refresh("A", "B")).when(refresh("B", "C")).when(refresh("A", "D")).then_rejected("refresh-token-reused");
}

TEST_F(Sessions, UnknownAndExpiredSessionsAreRefusedWithoutAnEvent) {
  auto spec = signed_in();
  spec.when(user::RefreshSession{id_of<events::SessionId>(71), "A", "B", later()})
      .then_rejected("invalid-refresh-token");
  spec.after(std::chrono::hours(24)).when(refresh("A", "B")).then_rejected("invalid-refresh-token");
  EXPECT_TRUE(spec.events().empty());
}

TEST_F(Sessions, LoggingOutTwiceOrWithAWrongTokenChangesNothing) {
  auto spec = signed_in();
  spec.when(user::LogOut{session, "Z"}).then_nothing();
  spec.when(user::LogOut{session, "A"}).then(happened::SessionRevoked{session, RevokedBecause::logout});
  spec.when(user::LogOut{session, "A"}).then_nothing();
  spec.when(user::LogOut{id_of<events::SessionId>(71), "A"}).then_nothing();
}

TEST_F(Sessions, OnesOwnSessionIsRevokedOnce) {
  auto spec = signed_in();
  spec.when(user::RevokeSession{session})
      .then(happened::SessionRevoked{session, RevokedBecause::revoked_by_user});
  spec.when(user::RevokeSession{session}).then_nothing();
  spec.when(user::RevokeSession{id_of<events::SessionId>(71)}).then_rejected("not-found");
}

TEST_F(Sessions, TheQuietestSessionMakesRoomForOneTooMany) {
  auto spec = user(ada);
  auto command = start();
  for (std::size_t i = 0; i < user::sessions_max; ++i) {
    command.session_id = id_of<events::SessionId>(1000 + static_cast<int>(i));
    spec.after(std::chrono::seconds(1)).when(command);
  }
  spec.when(start());
  ASSERT_EQ(spec.events().size(), 2u);
  EXPECT_EQ(spec.events().front(), happened::Event(happened::SessionRevoked{id_of<events::SessionId>(1000),
                                                                            RevokedBecause::logout}));
}

}  // namespace
}  // namespace daybook::domain::session_test
