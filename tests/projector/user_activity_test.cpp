// When people were last active: by the minute, the newest wins, and only what people did counts.
#include "projector/read_models/user.hpp"
#include "projector/read_models/user_activity.hpp"
#include "tests/projector/read_models_fixture.hpp"

namespace daybook::projector::test::user_activity_test {
namespace {

text::Instant at(std::string_view time) { return *text::parse_instant("2026-03-01T" + std::string(time) + "Z"); }

class UserActivity : public ReadModels {
 protected:
  Envelope done_by(UserId who, text::Instant when) {
    Envelope e{};
    e.actor_type = ActorType::user;
    e.actor_id = PrincipalId{who.value};
    e.recorded_at = when;
    return e;
  }
  void note(const Envelope& e) {
    auto overlay = database.batch();
    StateStore store(overlay);
    note_user_activity(e, store);
    database.commit(overlay);
  }
  std::optional<text::Instant> last_active(UserId who) {
    const auto found = row<UserActivityRow>(who);
    return found ? std::optional(found->last_active_at) : std::nullopt;
  }
};

TEST_F(UserActivity, IsToldByTheMinute) {
  note(done_by(ada, at("10:00:59")));
  EXPECT_EQ(last_active(ada), at("10:00:00"));
  EXPECT_FALSE(last_active(max));
}

TEST_F(UserActivity, IsTheNewestInWhateverOrderItComes) {
  note(done_by(ada, at("10:05:00")));
  note(done_by(ada, at("10:02:00")));
  EXPECT_EQ(last_active(ada), at("10:05:00"));
}

TEST_F(UserActivity, IsOfPeopleWhoDidSomethingThemselves) {
  auto by_agent = done_by(ada, at("10:00:00"));
  by_agent.actor_type = ActorType::agent;
  auto imported = done_by(ada, at("10:00:00"));
  imported.origin = Origin::import;
  auto nobodys = done_by(ada, at("10:00:00"));
  nobodys.actor_id.reset();
  for (const auto& e : {by_agent, imported, nobodys}) note(e);
  EXPECT_FALSE(last_active(ada));
}

TEST_F(UserActivity, LeavesThePersonsVersionAlone) {
  user::Registered registered{};
  registered.email = Personal("ada@example.org");
  registered.username = Personal("ada");
  history.user(ada, registered);
  fold();
  const auto before = *row<UserRow>(ada);
  history.act_as(ada);
  open_workspace();
  fold();
  EXPECT_TRUE(last_active(ada));
  EXPECT_EQ(*row<UserRow>(ada), before);
}

}  // namespace
}  // namespace daybook::projector::test::user_activity_test
