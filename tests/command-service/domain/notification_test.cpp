// What a person is told, and what they do with it.
#include "command-service/domain/user/notifications.hpp"

#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::notification_test {
namespace {

namespace happened = events::user;
using user::NotificationType;

const auto cause = id_of<events::EventId>(500).value;

class Notifications : public Office {
 protected:
  // The system, in the workspace.
  testing::DeciderSpec<User> told(events::UserId to) {
    auto spec = this->user(to);
    spec.context().user.reset();
    spec.context().workspace = &world.state<Workspace>(events::stream_of(acme));
    return spec;
  }
  // That the issue was assigned to the person, by Olga.
  user::Notify assigned_to(events::UserId to, text::Uuid because = cause) const {
    user::Notify command{};
    command.what.notification_id = user::notification_of(to, NotificationType::task_assigned, because);
    command.what.workspace_id = acme;
    command.what.notification_type = NotificationType::task_assigned;
    command.what.title = "ABC-1 is assigned to you";
    command.what.related_issue_id = first;
    command.what.caused_by_type = events::ActorType::user;
    command.what.caused_by_id = events::PrincipalId{olga.value};
    return command;
  }
  user::Notify of_type(events::UserId to, NotificationType type) const {
    auto command = assigned_to(to);
    command.what.notification_type = type;
    command.what.notification_id = user::notification_of(to, type, cause);
    return command;
  }
  void prefers(events::UserId who, const std::string& json) {
    happened::ProfileChanged profile{};
    profile.username = events::Personal(who.text());
    profile.preferences = events::Json{json};
    this->user(who).given(profile);
  }
  const events::NotificationId maxs = user::notification_of(max, NotificationType::task_assigned, cause);
};

TEST_F(Notifications, ACauseTellsAPersonOnceHoweverOftenItIsTried) {
  auto spec = told(max);
  spec.when(assigned_to(max)).then(assigned_to(max).what).when(assigned_to(max)).then_nothing();
  const auto another = id_of<events::EventId>(501).value;
  spec.when(assigned_to(max, another)).then(assigned_to(max, another).what);
  told(ada).when(assigned_to(ada)).then(assigned_to(ada).what);
}

TEST_F(Notifications, AreAlsoRaisedOnceWhenDismissed) {
  told(max).when(assigned_to(max)).when(user::DismissNotification{maxs}).when(assigned_to(max)).then_nothing();
}

TEST_F(Notifications, NobodyIsToldOfWhatTheyDidThemselves) { told(olga).when(assigned_to(olga)).then_nothing(); }

TEST_F(Notifications, PreferencesSayOfWhatSomebodyIsNotTold) {
  prefers(max, R"({"theme":"dark","notifications":{"email":true,"mentions":false}})");
  told(max).when(of_type(max, NotificationType::mentioned)).then_nothing();
  told(max).when(of_type(max, NotificationType::comment_reply)).then_nothing();
  told(max).when(of_type(max, NotificationType::task_assigned)).then(of_type(max, NotificationType::task_assigned).what);
  prefers(ada, R"({"notifications":{"assignments":false,"mentions":true}})");
  told(ada).when(of_type(ada, NotificationType::task_assigned)).then_nothing();
  told(ada).when(of_type(ada, NotificationType::project_invite)).then_nothing();
  told(ada).when(of_type(ada, NotificationType::mentioned)).then(of_type(ada, NotificationType::mentioned).what);
  told(ada).when(of_type(ada, NotificationType::task_updated)).then(of_type(ada, NotificationType::task_updated).what);
}

TEST_F(Notifications, RemindersAreAWishOfTheirOwn) {
  prefers(max, R"({"notifications":{"assignments":false}})");
  told(max).when(of_type(max, NotificationType::due_date_reminder)).then(of_type(max, NotificationType::due_date_reminder).what);
  prefers(ada, R"({"notifications":{"reminders":false}})");
  told(ada).when(of_type(ada, NotificationType::due_date_reminder)).then_nothing();
  told(ada).when(of_type(ada, NotificationType::task_assigned)).then(of_type(ada, NotificationType::task_assigned).what);
}

TEST_F(Notifications, PreferencesOfAnotherFormSayNothing) {
  for (const auto* words : {R"({"notifications":7})", R"({"notifications":{"assignments":"no"}})", R"({"notifications":null})", R"({})"}) {
    prefers(max, words);
    const auto id = id_of<events::EventId>(510 + static_cast<int>(std::string(words).size())).value;
    told(max).when(assigned_to(max, id)).then(assigned_to(max, id).what);
  }
}

TEST_F(Notifications, WhoIsNoMemberIsNotTold) {
  told(nora).when(assigned_to(nora)).then_nothing();
  workspace().as(max).when(workspace::Leave{});
  told(max).when(assigned_to(max)).then_nothing();
}

TEST_F(Notifications, WhatIsHiddenIsNotToldOf) {
  issue(first).given(events::issue::Moved{payments});
  project(payments).as(max).given(events::project::VisibilityChanged{events::project::Visibility::private_});
  told(vic).when(assigned_to(vic)).then_nothing();
  told(max).when(assigned_to(max)).then(assigned_to(max).what);
  told(ada).when(assigned_to(ada)).then(assigned_to(ada).what);
  issue(first).given(events::issue::Deleted{});
  const auto later = id_of<events::EventId>(502).value;
  told(max).when(assigned_to(max, later)).then_nothing();
}

TEST_F(Notifications, WhoIsDeletedIsNotTold) {
  this->user(max).given(happened::Deleted{});
  told(max).when(assigned_to(max)).then_nothing();
}

TEST_F(Notifications, AreReadOnceByOneself) {
  told(max).when(assigned_to(max));
  this->user(max).when(user::ReadNotification{maxs}).then(happened::NotificationRead{maxs}).when(user::ReadNotification{maxs}).then_nothing();
  this->user(ada).when(user::ReadNotification{maxs}).then_rejected("not-found");
  this->user(ada).when(user::DismissNotification{maxs}).then_rejected("not-found");
  this->user(ada).when(user::RestoreNotification{maxs}).then_rejected("not-found");
  this->user(max).when(user::ReadNotification{id_of<events::NotificationId>(1)}).then_rejected("not-found");
}

TEST_F(Notifications, ReadingAllReadsWhatIsThereAndNothingLater) {
  this->user(max).when(user::ReadNotifications{}).then_nothing();
  told(max).when(assigned_to(max));
  this->user(max).when(user::ReadNotifications{}).then(happened::NotificationsRead{}).when(user::ReadNotifications{}).then_nothing();
  this->user(max).when(user::ReadNotification{maxs}).then_nothing();
  const auto later = id_of<events::EventId>(503).value;
  const auto another = user::notification_of(max, NotificationType::task_assigned, later);
  told(max).when(assigned_to(max, later));
  this->user(max).when(user::ReadNotification{another}).then(happened::NotificationRead{another});
}

TEST_F(Notifications, AreDismissedAndRestored) {
  told(max).when(assigned_to(max));
  auto spec = this->user(max);
  spec.when(user::RestoreNotification{maxs}).then_nothing();
  spec.when(user::DismissNotification{maxs}).then(happened::NotificationDismissed{maxs});
  spec.when(user::DismissNotification{maxs}).then_rejected("not-found");
  spec.when(user::ReadNotification{maxs}).then_rejected("not-found");
  spec.when(user::RestoreNotification{maxs}).then(happened::NotificationRestored{maxs}).when(user::RestoreNotification{maxs}).then_nothing();
  spec.when(user::DismissNotification{maxs}).then(happened::NotificationDismissed{maxs});
}

TEST_F(Notifications, TheStateDoesNotGrowWithThem) {
  auto spec = told(max);
  spec.when(assigned_to(max, id_of<events::EventId>(600).value));
  const auto before = events::to_json(spec.state()).size();
  for (int n = 601; n < 700; ++n) spec.when(assigned_to(max, id_of<events::EventId>(n).value));
  EXPECT_LE(events::to_json(spec.state()).size(), before + 16);
}

}  // namespace
}  // namespace daybook::domain::notification_test
