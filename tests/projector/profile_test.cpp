// A person's own version: what it goes by, and that commands and rows mean the same by it.
#include "projector/read_models/user.hpp"
#include "tests/projector/read_models_fixture.hpp"

namespace daybook::projector::test::profile_test {
namespace {

class Profile : public ReadModels {
 protected:
  Profile() {
    user::Registered registered{};
    registered.email = Personal("ada@example.org");
    registered.username = Personal("ada");
    happens(registered);
  }
  // Onto the row, and onto the state that commands decide by.
  void happens(const user::Event& what) {
    history.user(ada, what);
    auto event = history.events().back();
    fold();
    event.position = position;
    std::visit([&](const auto& e) { evolve(state, e, event); }, what);
    stamp_event(state, event);
  }
  static user::SessionStarted session() {
    user::SessionStarted started{};
    started.session_id = id_of<SessionId>(0x190);
    started.refresh_token_hash = Personal("hash");
    return started;
  }

  user::State state{};
};

TEST_F(Profile, KeepsItsVersionWhileThePersonIsToldThingsAndSignsInAndOut) {
  const auto before = *row<UserRow>(ada);
  const auto id = id_of<NotificationId>(0x200);
  user::NotificationRaised raised{};
  raised.notification_id = id;
  for (const user::Event& what : std::initializer_list<user::Event>{
           raised, user::NotificationRead{id}, user::NotificationsRead{}, user::NotificationDismissed{id}, user::NotificationRestored{id}, session(),
           user::SessionRevoked{id_of<SessionId>(0x190), user::RevokedBecause::logout}, user::SignInFailed{}}) {
    happens(what);
    EXPECT_EQ(*row<UserRow>(ada), before) << what.index();
    EXPECT_EQ(profile_stamp(state), static_cast<const Stamp&>(before)) << what.index();
  }
  EXPECT_EQ(state.version.value, 9) << "the stream has gone on";
}

TEST_F(Profile, MovesOnWithWhatThePersonShowsWhateverCameBetween) {
  for (const user::Event& what : std::initializer_list<user::Event>{user::EmailVerified{}, user::Locked{}, user::SuperuserGranted{}, user::Deleted{}}) {
    happens(session());
    happens(what);
    EXPECT_EQ(row<UserRow>(ada)->version, state.version) << what.index();
    EXPECT_EQ(profile_stamp(state).version, state.version) << what.index();
  }
}

}  // namespace
}  // namespace daybook::projector::test::profile_test
