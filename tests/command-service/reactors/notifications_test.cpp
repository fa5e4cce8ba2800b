// Who is told of what, over a log in memory.
#include <gmock/gmock.h>

#include <map>

#include "command-service/domain/comment/comment.hpp"
#include "command-service/domain/project/project.hpp"
#include "command-service/domain/user/notifications.hpp"
#include "command-service/reactors/reactor.hpp"
#include "tests/command-service/log/appender/desk.hpp"

namespace daybook::reactors {
namespace {

using events::UserId;
using log::test::Desk;
using log::test::new_id;
using log::test::one;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class EverythingIsWatched final : public ReadModels {
 public:
  events::Position position() override { return {}; }
  std::vector<events::IssueId> issues_assigned_to(UserId, events::WorkspaceId, events::IssueId, std::size_t) override { return {}; }
  bool is_watched(events::IssueId) override { return true; }
  std::vector<Due> upcoming(const Upcoming&, const Due&, text::Instant, std::size_t) override { return {}; }
};

class NotificationsTest : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    for (const auto& [user, name] : {std::pair{max, "max"}, std::pair{ada, "ada"}, std::pair{nora, "nora"}}) send(log::test::register_user(user, name));
    for (const auto user : {max, ada}) {
      domain::workspace::AddMember add{};
      add.user_id = user;
      send(log::test::command_on<domain::Workspace>(place, events::stream_of(place.acme), add));
    }
    send(log::test::open_issue(place, issue, "First light"));
    react_to_all();
    told_so_far_.clear();
  }

  void send(log::Execute execute) { send_as(place.olga, std::move(execute)); }
  void send_as(UserId actor, log::Execute execute) {
    auto request = one(std::move(execute));
    request.caller.actor_type = events::ActorType::user;
    request.caller.actor_id = events::PrincipalId{actor.value};
    const auto reply = log::test::send(*main.appender, std::move(request));
    ASSERT_TRUE(reply.items.front()) << reply.items.front().error().detail;
  }
  // By Olga, on the issue.
  template <class C>
  void on_issue(C command) { send(log::test::command_on<domain::Issue>(place, events::stream_of(issue), command)); }
  void set_status(events::issue::Status status) {
    domain::issue::Change change{};
    change.status = status;
    on_issue(change);
  }
  void assign(UserId to) {
    domain::issue::Assign command{};
    command.assignee_id = events::PrincipalId{to.value};
    on_issue(command);
  }
  void watches(UserId user, bool notify = true) {
    send(log::test::happened<domain::Issue>(events::stream_of(issue), place.acme,
                                            {events::issue::Watched{new_id<events::WatcherId>(), user, notify}}));
  }
  events::CommentId says(const std::string& words, std::vector<UserId> mentions = {}, std::optional<events::CommentId> parent = {}) {
    const auto id = new_id<events::CommentId>();
    domain::comment::Post command{};
    command.issue_id = domain::IssueRef(issue);
    command.content = domain::Content(words);
    command.mentions = std::move(mentions);
    command.parent_id = parent;
    send(log::test::command_on<domain::Comment>(place, events::stream_of(id), command));
    return id;
  }

  // Shows the rules every event so far, as after a crash before the first position was stored; what was raised by that.
  void react_to_all() {
    Reactions reactions(notification_rules(), *main.appender, read_, [](const std::string& why) { FAIL() << why; });
    for (const auto& event : log->read(events::Position{0}, 10'000, 1 << 24))
      if (std::find(reactions.causes().begin(), reactions.causes().end(), event.type) != reactions.causes().end()) reactions.react(event);
    for (const auto& event : log->read(events::Position{seen_}, 10'000, 1 << 24)) {
      seen_ = event.position.value;
      if (event.type != events::user::NotificationRaised::type) continue;
      EXPECT_EQ(event.origin, events::Origin::reactor);
      EXPECT_FALSE(event.workspace_id);
      const auto raised = event_of<domain::User, events::user::NotificationRaised>(event);
      told_so_far_[UserId{event.stream_id.value}].push_back(std::string(events::word_of(raised.notification_type)) + ": " + raised.title);
    }
  }
  // What the person was told since the last question; all is shown twice.
  std::vector<std::string> told(UserId user) {
    react_to_all();
    react_to_all();
    return std::exchange(told_so_far_[user], {});
  }

  const UserId max = new_id<UserId>(), ada = new_id<UserId>(), nora = new_id<UserId>();
  const events::IssueId issue = new_id<events::IssueId>();

 private:
  EverythingIsWatched read_;
  std::int64_t seen_ = 0;
  std::map<UserId, std::vector<std::string>> told_so_far_;
};

TEST_F(NotificationsTest, WhoIsAssignedIsToldOnceAndNobodyElse) {
  assign(max);
  EXPECT_THAT(told(max), ElementsAre("task_assigned: ABC-1 is assigned to you"));
  EXPECT_THAT(told(ada), IsEmpty());
  EXPECT_THAT(told(place.olga), IsEmpty());
}

TEST_F(NotificationsTest, WhoAssignsThemselvesIsNotTold) {
  assign(place.olga);
  EXPECT_THAT(told(place.olga), IsEmpty());
}

TEST_F(NotificationsTest, WhoIsMentionedIsToldOnceForACommentHoweverOftenItIsEdited) {
  const auto id = says("Hello", {max});
  EXPECT_THAT(told(max), ElementsAre("mentioned: You are mentioned on ABC-1"));
  domain::comment::Edit edit{};
  edit.content = domain::Content("Hello both");
  edit.mentions = std::vector{max, ada};
  send(log::test::command_on<domain::Comment>(place, events::stream_of(id), edit));
  EXPECT_THAT(told(ada), ElementsAre("mentioned: You are mentioned on ABC-1"));
  EXPECT_THAT(told(max), IsEmpty());
}

TEST_F(NotificationsTest, WhoIsAnsweredIsToldOnceEvenWhenMentionedAndWatching) {
  watches(max);
  // Given a comment of Max's
  const auto parent = new_id<events::CommentId>();
  events::comment::Posted posted{};
  posted.issue_id = issue;
  posted.content = "What now?";
  send_as(max, log::test::happened<domain::Comment>(events::stream_of(parent), place.acme, {posted}));
  EXPECT_THAT(told(max), IsEmpty()) << "his own";
  // When it is answered
  says("This.", {}, parent);
  EXPECT_THAT(told(max), ElementsAre("comment_reply: Your comment on ABC-1 was answered"));
  says("And this.", {max}, parent);
  EXPECT_THAT(told(max), ElementsAre("mentioned: You are mentioned on ABC-1"));
  says("Something else.");
  EXPECT_THAT(told(max), ElementsAre("task_updated: ABC-1 has a new comment"));
}

TEST_F(NotificationsTest, WatchersAreToldOfChangesIfTheyWishAndNotOfEarlierOnes) {
  set_status(events::issue::Status::todo);
  watches(max);
  watches(ada, false);
  watches(nora);  // no member
  EXPECT_THAT(told(max), IsEmpty());
  set_status(events::issue::Status::in_progress);
  EXPECT_THAT(told(max), ElementsAre("task_updated: ABC-1 is now in progress"));
  EXPECT_THAT(told(ada), IsEmpty());
  EXPECT_THAT(told(nora), IsEmpty());
}

TEST_F(NotificationsTest, WhatIsDoneIsToldToWhoHadItAndWhoWatched) {
  assign(max);
  watches(ada);
  static_cast<void>(told(max));
  static_cast<void>(told(ada));
  set_status(events::issue::Status::done);
  EXPECT_THAT(told(max), ElementsAre("task_completed: ABC-1 is done"));
  EXPECT_THAT(told(ada), ElementsAre("task_completed: ABC-1 is done"));
  EXPECT_THAT(told(place.olga), IsEmpty());
}

TEST_F(NotificationsTest, WhoHasItAndWhoWatchesItAreRemindedOnceForEachDueDate) {
  assign(max);
  watches(ada);
  watches(nora);  // no member
  static_cast<void>(told(max));
  static_cast<void>(told(ada));
  const auto due = [&](const char* when) {
    send(log::test::happened<domain::Issue>(events::stream_of(issue), place.acme, {events::issue::DueApproached{text::parse_instant(when).value()}}));
  };
  due("2030-01-02T03:04:05Z");
  EXPECT_THAT(told(max), ElementsAre("due_date_reminder: ABC-1 is due 2030-01-02 03:04 UTC"));
  EXPECT_THAT(told(ada), ElementsAre("due_date_reminder: ABC-1 is due 2030-01-02 03:04 UTC"));
  EXPECT_THAT(told(nora), IsEmpty());
  EXPECT_THAT(told(place.olga), IsEmpty());
  // Another one, and back
  due("2030-02-02T03:04:05Z");
  EXPECT_THAT(told(max), ElementsAre("due_date_reminder: ABC-1 is due 2030-02-02 03:04 UTC"));
  due("2030-01-02T03:04:05Z");
  EXPECT_THAT(told(max), IsEmpty());
}

TEST_F(NotificationsTest, WhoIsTakenIntoAProjectIsTold) {
  const auto project = new_id<events::ProjectId>();
  domain::project::Create create{};
  create.name = domain::Name("Payments");
  send(log::test::command_on<domain::Project>(place, events::stream_of(project), create));
  domain::project::AddMember add{};
  add.user_id = max;
  send(log::test::command_on<domain::Project>(place, events::stream_of(project), add));
  const auto lines = told(max);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_THAT(lines.front(), ::testing::StartsWith("project_invite: You are a member of project "));
}

TEST_F(NotificationsTest, OfWhatWasBroughtInNobodyIsTold) {
  assign(max);
  auto cause = stream_of(issue).back();
  cause.origin = events::Origin::import;
  EverythingIsWatched read;
  const auto before = head();
  Reactions(notification_rules(), *main.appender, read, nullptr).react(cause);
  EXPECT_EQ(head(), before);
}

}  // namespace
}  // namespace daybook::reactors
