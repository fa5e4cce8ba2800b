// What a mail proves, and the lock.
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::mailed_test {
namespace {

namespace happened = events::user;
using events::MailedTokenId;
using events::Personal;

class Mailed : public Office {
 protected:
  const MailedTokenId token = id_of<MailedTokenId>(80), other = id_of<MailedTokenId>(81);
  text::Instant now() const { return context().now; }
  text::Instant later() const { return now() + std::chrono::hours(1); }
  user::RequestVerification ask() const { return {token, "hash", later()}; }
  user::RequestPasswordReset ask_reset() const { return {token, "hash", later()}; }
  happened::SessionStarted session() const {
    happened::SessionStarted started{};
    started.session_id = id_of<events::SessionId>(70);
    started.expires_at = later();
    return started;
  }
  static happened::SessionRevoked ended() {
    return {id_of<events::SessionId>(70), happened::RevokedBecause::password_changed};
  }
  happened::SessionStarted signed_in() const {
    happened::SessionStarted started{};
    started.session_id = id_of<events::SessionId>(71);
    started.expires_at = later();
    return started;
  }
  user::StartSession sign_in() const {
    user::StartSession start{};
    start.session_id = id_of<events::SessionId>(71);
    start.expires_at = later();
    start.verified_hash = "hash of ada";
    return start;
  }
};

TEST_F(Mailed, AnAddressIsConfirmedByWhatItsMailHoldsOnce) {
  auto spec = user(ada);
  spec.when(ask()).then(happened::VerificationRequested{token, Personal("hash"), later()});
  spec.when(user::VerifyEmail{token, "hash"}).then(happened::EmailVerified{});
  spec.when(user::VerifyEmail{token, "hash"}).then_rejected("invalid-mailed-token", "/token");
  spec.when(ask()).then_nothing();
}

TEST_F(Mailed, AnotherTokenAnotherSecretOrOneThatExpiredConfirmsNothing) {
  user(ada).when(user::VerifyEmail{token, "hash"}).then_rejected("invalid-mailed-token", "/token");
  user(ada).when(ask());
  user(ada).when(user::VerifyEmail{other, "hash"}).then_rejected("invalid-mailed-token", "/token");
  user(ada).when(user::VerifyEmail{token, "guessed"}).then_rejected("invalid-mailed-token", "/token");
  user(max).given(happened::VerificationRequested{token, Personal("hash"), now()});
  user(max).when(user::VerifyEmail{token, "hash"}).then_rejected("invalid-mailed-token", "/token");
}

TEST_F(Mailed, AChangedAddressVoidsTheMailToTheOldOne) {
  auto spec = user(ada);
  spec.when(ask());
  spec.given(happened::EmailChanged{Personal("ada@elsewhere.example")});
  spec.when(user::VerifyEmail{token, "hash"}).then_rejected("invalid-mailed-token", "/token");
}

TEST_F(Mailed, WhoAsksAgainAtOnceGetsNoSecondMail) {
  auto spec = user(ada);
  spec.when(ask());
  spec.when(user::RequestVerification{other, "another", later()}).then_nothing();
}

TEST_F(Mailed, ANewPasswordByMailEndsEverySessionAndTheLock) {
  auto spec = user(ada);
  spec.given(session());
  spec.given(happened::Locked{later()});
  spec.when(ask_reset()).then(happened::PasswordResetRequested{token, Personal("hash"), later()});
  spec.when(user::ResetPassword{token, "hash", "new hash"})
      .then(happened::PasswordChanged{Personal("new hash")}, happened::EmailVerified{}, happened::Unlocked{}, ended());
  spec.when(user::ResetPassword{token, "hash", "newer hash"}).then_rejected("invalid-mailed-token", "/token");
}

TEST_F(Mailed, WhoIsDeletedGetsNoMail) {
  user(ada).given(happened::Deleted{});
  user(ada).when(ask_reset()).then_nothing();
  user(ada).when(ask()).then_rejected("not-found");
  user(id_of<events::UserId>(99)).when(ask_reset()).then_nothing();
}

TEST_F(Mailed, WhoWaitedForTheMailIsActiveAfterIt) {
  auto pending = registered("pat");
  pending.status = happened::Status::pending;
  const auto pat = id_of<events::UserId>(6);
  auto spec = user(pat);
  spec.given(pending);
  auto start = sign_in();
  start.verified_hash = "hash of pat";
  spec.when(start).then_rejected("invalid-credentials");
  spec.when(ask());
  spec.when(user::VerifyEmail{token, "hash"}).then(happened::EmailVerified{}, happened::Activated{});
  spec.when(start).then(signed_in());
}

TEST_F(Mailed, TheFifthWrongPasswordLocksTheAccountForAnHour) {
  auto spec = user(ada);
  for (int i = 0; i < 4; ++i) spec.when(user::FailSignIn{}).then(happened::SignInFailed{});
  spec.when(user::FailSignIn{}).then(happened::Locked{now() + std::chrono::hours(1)});
  // Then the right one does not help, and no further failure is written
  spec.when(sign_in()).then_rejected("invalid-credentials");
  spec.when(user::FailSignIn{}).then_nothing();
}

TEST_F(Mailed, ARightPasswordInBetweenStartsTheCountAnew) {
  auto spec = user(ada);
  for (int i = 0; i < 4; ++i) spec.when(user::FailSignIn{});
  spec.when(sign_in());
  spec.when(user::FailSignIn{}).then(happened::SignInFailed{});
}

TEST_F(Mailed, ALockEndsByItself) {
  user(ada).given(happened::Locked{now()});
  user(ada).when(sign_in()).then(signed_in());
}

}  // namespace
}  // namespace daybook::domain::mailed_test
