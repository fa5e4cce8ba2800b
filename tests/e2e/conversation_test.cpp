// The whole way of a first user, once over the log alone and once over Kafka where there is one.
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/e2e/caller.hpp"

namespace daybook::test::conversation_test {
namespace {

void hold_a_conversation(DaybookProcess& daybook) {
  // Given somebody with a workspace and an issue in it
  auto ann = newcomer(daybook);
  const auto workspace = ann.post("/workspaces", object("name", "Rocket Lab"));
  ASSERT_EQ(workspace.status, 201) << workspace;
  EXPECT_EQ(workspace.header("Location"), "/api/v1/workspaces/" + workspace.id());
  const auto in = "/workspaces/" + workspace.id();
  const auto opened =
      ann.post(in + "/issues", object("title", "First light", "description", "Point the telescope at Vega."));
  ASSERT_EQ(opened.status, 201) << opened;
  EXPECT_FALSE(opened.header("ETag").empty());
  ASSERT_GT(opened.position(), workspace.position());

  // When they read, then they find it by its address, in the activity, by its words, and themselves
  const auto read = ann.get(in + "/issues/" + opened.text("/identifier"));
  EXPECT_EQ(read.status, 200) << read;
  EXPECT_EQ(read.id(), opened.id());
  EXPECT_EQ(read.text("/title"), "First light");
  EXPECT_EQ(read.text("/created_by_id"), ann.user_id);
  EXPECT_GE(read.position(), opened.position());

  const auto activity = ann.get(in + "/activity");
  EXPECT_EQ(activity.text("/data/0/type"), "issue.opened") << activity;
  EXPECT_EQ(activity.text("/data/0/entity_id"), opened.id());
  EXPECT_EQ(activity.text("/data/0/actor_id"), ann.user_id);

  const auto found = ann.get(in + "/search?q=telescope");
  ASSERT_EQ(found.rows().size(), 1u) << found;
  EXPECT_EQ(found.text("/data/0/issue_id"), opened.id());
  EXPECT_EQ(ann.get(in + "/search?q=submarine").rows().size(), 0u);

  const auto me = ann.get("/me");
  EXPECT_EQ(me.text("/email"), ann.email) << me;
  EXPECT_EQ(ann.all("/workspaces").size(), 2u) << "their personal one and the new one";
}

TEST(Conversation, RegisterOpenReadSearchOverTheLogAlone) { hold_a_conversation(DaybookProcess::shared()); }

TEST(Conversation, RegisterOpenReadSearchOverKafka) {
  const char* brokers = std::getenv("DAYBOOK_TEST_KAFKA_BROKERS");
  if (brokers == nullptr || *brokers == '\0')
    GTEST_SKIP() << "no Kafka: DAYBOOK_TEST_KAFKA_BROKERS is not set";
  DaybookProcess daybook{brokers};
  hold_a_conversation(daybook);
  daybook.stop();
  expect_sound_and_rebuildable(daybook);
}

}  // namespace
}  // namespace daybook::test::conversation_test
