// Which webhook is told of what.
#include "command-service/delivering/matching.hpp"

#include <gtest/gtest.h>

#include "tests/command-service/log/appender/commands.hpp"

namespace daybook::delivering::matching_test {
namespace {

using log::test::new_id;

Told event_of(std::string type, std::string status = "") {
  Told event{};
  event.type = std::move(type);
  event.status = std::move(status);
  return event;
}

bool named(const std::string& word, const Told& event) { return is_named({word}, event); }

TEST(Matching, AnEventIsNamedByItsTypeItsKindOrAll) {
  const auto opened = event_of("issue.opened");
  EXPECT_TRUE(named("issue.opened", opened));
  EXPECT_TRUE(named("issue.*", opened));
  EXPECT_TRUE(named("*", opened));
  EXPECT_TRUE(is_named({"comment.posted", "issue.opened"}, opened));
  EXPECT_FALSE(named("issue.edited", opened));
  EXPECT_FALSE(named("comment.*", opened));
  EXPECT_FALSE(named("template.*", event_of("template_rating.given"))) << "a kind ends at the full stop";
  EXPECT_FALSE(is_named({}, opened));
}

TEST(Matching, OlderWordsNameWhatTheyMeantInEitherSpelling) {
  for (const auto* word : {"task_created", "task.created"}) EXPECT_TRUE(named(word, event_of("issue.opened"))) << word;
  const auto done = event_of("issue.status_changed", "done"), begun = event_of("issue.status_changed", "in_progress");
  EXPECT_TRUE(named("task_completed", done));
  EXPECT_TRUE(named("task.completed", done));
  EXPECT_FALSE(named("task_completed", begun));
  EXPECT_TRUE(named("task_updated", begun));
  EXPECT_TRUE(named("task_updated", event_of("issue.edited")));
  EXPECT_FALSE(named("task_updated", done)) << "that is said by task_completed";
  EXPECT_FALSE(named("task_updated", event_of("issue.opened")));
  EXPECT_TRUE(named("project_created", event_of("project.created")));
  EXPECT_TRUE(named("project_completed", event_of("project.status_changed", "completed")));
  EXPECT_FALSE(named("project_completed", event_of("project.status_changed", "active")));
  EXPECT_TRUE(named("comment_created", event_of("comment.posted")));
}

TEST(Matching, HowDeliveriesEndIsToldToNobody) {
  EXPECT_FALSE(may_be_told("webhook.delivery_succeeded"));
  EXPECT_FALSE(may_be_told("webhook.delivery_failed"));
  EXPECT_TRUE(may_be_told("webhook.disabled"));
}

TEST(Matching, AProjectsWebhookIsToldOfThatProjectAlone) {
  auto event = event_of("issue.opened");
  event.workspace = new_id<events::WorkspaceId>();
  event.project = new_id<events::ProjectId>();
  Receiver receiver{new_id<events::WebhookId>(), event.workspace, std::nullopt, {"*"}, {}};
  EXPECT_TRUE(is_for(receiver, event));
  receiver.project = event.project;
  EXPECT_TRUE(is_for(receiver, event));
  receiver.project = new_id<events::ProjectId>();
  EXPECT_FALSE(is_for(receiver, event));
  receiver.project.reset();
  receiver.workspace = new_id<events::WorkspaceId>();
  EXPECT_FALSE(is_for(receiver, event)) << "another workspace's";
}

}  // namespace
}  // namespace daybook::delivering::matching_test
