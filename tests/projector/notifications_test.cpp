// What people were told, against a plain model, however raising, reading, reading all, dismissing and restoring follow each other.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "projector/read_models/notification.hpp"
#include "tests/projector/folded_story.hpp"
#include "tests/support/support.hpp"

namespace daybook::projector::test::notifications_test {
namespace {

using namespace events;
using Event = events::user::Event;

constexpr int people_in_a_run = 2;

// One notification as its person would remember it.
struct Told {
  NotificationId id{};
  bool read = false, dismissed = false;
};

class Story : public FoldedStory {
 public:
  Story() {
    for (int n = 0; n < people_in_a_run; ++n) happen(n, events::user::Registered{});
  }

  void step(int person, int what, std::size_t which) {
    auto& told = told_[person];
    if (what == 0) {
      const auto id = id_of<NotificationId>(0x1000 + ++raised_);
      told.push_back({id});
      return happen(person, raised(id));
    }
    if (what == 1) {
      for (auto& each : told) each.read = true;
      return happen(person, events::user::NotificationsRead{});
    }
    if (told.empty()) return;
    auto& one = told[which % told.size()];
    if (what == 2) {
      one.read = true;
      return happen(person, events::user::NotificationRead{one.id});
    }
    one.dismissed = what == 3;
    happen(person, one.dismissed ? Event(events::user::NotificationDismissed{one.id}) : Event(events::user::NotificationRestored{one.id}));
  }

  void expect_as_modelled() {
    auto overlay = database_.batch();
    const StateStore store(overlay);
    for (int n = 0; n < people_in_a_run; ++n) {
      std::size_t unread = 0;
      for (const auto& told : told_[n]) {
        const auto row = store.get<NotificationRow>(told.id.value).value();
        RC_ASSERT(row.user_id == person(n));
        RC_ASSERT(row.is_read == told.read);
        RC_ASSERT(row.read_at.has_value() == told.read);
        RC_ASSERT(row.deleted_at.has_value() == told.dismissed);
        unread += told.read ? 0 : 1;
      }
      // Those that reading all would find, dismissed ones too.
      RC_ASSERT(store.each<NotificationRow>("unread", index_part(person(n).value)).size() == unread);
    }
  }
  // What GET /me shows: neither read nor dismissed.
  std::size_t unread(int n) {
    auto overlay = database_.batch();
    const auto rows = StateStore(overlay).each<NotificationRow>("unread", index_part(person(n).value));
    return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [](const auto& row) { return !row.deleted_at; }));
  }
  std::size_t unread_in_model(int n) const {
    return static_cast<std::size_t>(std::count_if(told_[n].begin(), told_[n].end(), [](const auto& told) { return !told.read && !told.dismissed; }));
  }

 private:
  static UserId person(int n) { return id_of<UserId>(n + 1); }
  static events::user::NotificationRaised raised(NotificationId id) {
    events::user::NotificationRaised event{};
    event.notification_id = id;
    event.workspace_id = space;
    event.title = "Something happened";
    return event;
  }
  void happen(int n, const Event& event) { history_.user(person(n), event); }

  std::vector<Told> told_[people_in_a_run];
  int raised_ = 0;
};

TEST(Notifications, AreThoseOfAPlainModelHoweverTheirEventsFollowEachOther) {
  const bool holds = rc::check([] {
    Story run;
    const auto steps = *rc::gen::container<std::vector<std::tuple<int, int, std::size_t>>>(rc::gen::tuple(
        rc::gen::inRange(0, people_in_a_run), rc::gen::weightedElement<int>({{4, 0}, {1, 1}, {3, 2}, {3, 3}, {3, 4}}), rc::gen::inRange<std::size_t>(0, 50)));
    for (const auto& [person, what, which] : steps) run.step(person, what, which);
    run.fold(static_cast<std::size_t>(*rc::gen::inRange(1, 12)));
    run.expect_as_modelled();
    for (int n = 0; n < people_in_a_run; ++n) RC_ASSERT(run.unread(n) == run.unread_in_model(n));
  });
  EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace daybook::projector::test::notifications_test
