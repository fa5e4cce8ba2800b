// Webhooks are delivered: to a receiver of these tests, signed, again and again until it takes them, and to nobody else.
#include <gtest/gtest.h>

#include <set>

#include "platform/outbound/signature.hpp"
#include "platform/text/number.hpp"
#include "tests/e2e/caller.hpp"
#include "tests/e2e/receiver.hpp"

namespace daybook::test::deliveries_test {
namespace {

constexpr std::chrono::seconds limit{60};

// One installation for all of them, whose clock is moved; it goes forward from test to test.
class Delivered : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    daybook_ = std::make_unique<DaybookProcess>(
        Surroundings{.settings = "[clock]\ntest = true\n\n[webhooks]\nallowed_networks = [\"127.0.0.0/8\"]\n"});
  }
  static void TearDownTestSuite() { daybook_.reset(); }

  Delivered() : team_(*daybook_) {
    EXPECT_EQ(daybook_->run({"admin", "grant", owner().email, "--allow-unsafe-database"}).exit_code, 0);
    // The server's command line tells no position to wait for.
    EXPECT_TRUE(wait_until([&] { return owner().get("/test-clock").status == 200; }, limit));
  }

  Caller& owner() { return team_.owner; }
  Reply registered(const std::string& events) {
    auto made = owner().post(team_.in("/webhooks"), object("name", "Mirror", "url", receiver_.url(), "events", json::array{events},
                                                           "headers", json::object{{"X-Mirror", "first"}}));
    EXPECT_EQ(made.status, 201) << made;
    webhook_ = team_.in("/webhooks/" + made.id());
    return made;
  }
  Reply newest() { return owner().get(webhook_ + "/deliveries?limit=1"); }
  // Whether the newest delivery comes to stand so after that many attempts.
  bool stands(const std::string& status, std::int64_t attempts) {
    return wait_until([&] {
      const auto one = newest();
      return one.text("/data/0/status") == status && one.number("/data/0/attempts") == attempts;
    }, limit);
  }
  void advance(std::chrono::seconds time) {
    const auto moved = owner().post("/test-clock", object("advance_seconds", time.count()));
    EXPECT_EQ(moved.status, 200) << moved;
  }

  static std::unique_ptr<DaybookProcess> daybook_;
  Receiver receiver_;
  Team team_;
  std::string webhook_;
};
std::unique_ptr<DaybookProcess> Delivered::daybook_;

TEST_F(Delivered, WhatHappensIsToldAndSigned) {
  // Given a webhook for what happens to issues, and a secret that was told once
  const auto secret = registered("issue.*").text("/secret");

  // When a label and an issue are made
  ASSERT_EQ(owner().post(team_.in("/labels"), object("name", "later")).status, 201);
  const auto opened = owner().post(team_.in("/issues"), object("title", "Ship"));
  ASSERT_EQ(opened.status, 201) << opened;

  // Then the receiver is told of the issue alone, under the secret's signature
  ASSERT_TRUE(receiver_.has(1, limit));
  ASSERT_TRUE(stands("succeeded", 1)) << newest();
  const auto told = receiver_.received().front();
  const auto sent_at = text::read_number<std::int64_t>(told.header("webhook-timestamp")).value_or(0);
  EXPECT_EQ(told.header("webhook-signature"), outbound::standard_signature(secret, told.header("webhook-id"), sent_at, told.body));
  EXPECT_EQ(told.header("content-type"), "application/json");
  EXPECT_EQ(told.header("x-mirror"), "first");
  const auto body = json::parse(told.body);
  EXPECT_EQ(body.at("type").as_string(), "issue.opened");
  EXPECT_EQ(body.at("timestamp").as_string(), opened.text("/created_at"));
  EXPECT_EQ(body.at("data").at("subject").as_string(), opened.id());
  EXPECT_EQ(body.at("data").at("data").at("title").as_string(), "Ship");

  // And it says so where it is asked
  const auto row = newest();
  EXPECT_EQ(row.text("/data/0/id"), told.header("webhook-id"));
  EXPECT_EQ(row.text("/data/0/event_type"), "issue.opened");
  EXPECT_EQ(row.number("/data/0/last_status"), 204);
  EXPECT_TRUE(wait_until([&] { return owner().get(webhook_).number("/delivery_count") == 1; }, limit));
  EXPECT_EQ(owner().get(webhook_ + "/history").text("/data/0/type"), "webhook.delivery_succeeded");
  EXPECT_EQ(receiver_.received().size(), 1u);
}

TEST_F(Delivered, WhatIsNotTakenIsTriedAgainAlsoAfterARestart) {
  // Given a receiver in trouble
  registered("task_created");
  receiver_.answer(500);
  ASSERT_EQ(owner().post(team_.in("/issues"), object("title", "Ship")).status, 201);
  ASSERT_TRUE(stands("pending", 1)) << newest();
  EXPECT_EQ(newest().number("/data/0/last_status"), 500);

  // When the wait is over it is tried again
  advance(std::chrono::seconds(6));
  ASSERT_TRUE(stands("pending", 2)) << newest();

  // And after a restart, once more, when the receiver is well again
  daybook_->stop();
  daybook_->start();
  receiver_.answer(200);
  advance(std::chrono::minutes(6));
  ASSERT_TRUE(stands("succeeded", 3)) << newest();
  const auto received = receiver_.received();
  ASSERT_EQ(received.size(), 3u);
  for (const auto& one : received) EXPECT_EQ(one.header("webhook-id"), received.front().header("webhook-id"));
  EXPECT_LT(received[0].header("webhook-timestamp"), received[2].header("webhook-timestamp"));
}

TEST_F(Delivered, WhoIsGoneIsDisabledAndToldNothingUntilItIsReplayed) {
  // Given a receiver that is gone
  registered("issue.opened");
  receiver_.answer(410);
  ASSERT_EQ(owner().post(team_.in("/issues"), object("title", "One")).status, 201);

  // Then the webhook is disabled, and whoever registered it is told
  ASSERT_TRUE(wait_until([&] { return !owner().get(webhook_).at("/is_enabled").as_bool(); }, limit)) << newest();
  ASSERT_TRUE(wait_until([&] { return owner().get("/me/notifications?type=webhook_disabled").rows().size() == 1; }, limit));
  EXPECT_EQ(newest().text("/data/0/status"), "failed");
  EXPECT_EQ(owner().post(webhook_ + "/replay").code(), "webhook-disabled");
  ASSERT_EQ(owner().post(team_.in("/issues"), object("title", "Two")).status, 201);

  // When it is back and enabled, what it missed is replayed: both issues, the first under the id it had
  receiver_.answer(200);
  ASSERT_EQ(owner().post(webhook_ + "/enable").status, 200);
  ASSERT_TRUE(owner().get(webhook_).at("/is_enabled").as_bool());  // so the read models are that far
  const auto replayed = owner().post(webhook_ + "/replay", object("from_position", 1));
  ASSERT_EQ(replayed.status, 202) << replayed;
  EXPECT_EQ(replayed.number("/queued"), 2);
  EXPECT_TRUE(replayed.at("/is_complete").as_bool());
  // Two of one webhook may be under way at a time, so either comes first; the second issue also comes by itself where the webhook
  // was enabled before the deliverer had reached it.
  const std::string first(receiver_.received().front().header("webhook-id"));
  const auto replayed_ids = [&] {
    std::set<std::string> ids;
    const auto received = receiver_.received();
    for (std::size_t i = 1; i < received.size(); ++i) ids.emplace(received[i].header("webhook-id"));
    return ids;
  };
  ASSERT_TRUE(wait_until([&] { return replayed_ids().size() == 2; }, limit));
  EXPECT_TRUE(replayed_ids().contains(first));

  // And one of them alone
  ASSERT_TRUE(stands("succeeded", 1)) << newest();
  const auto before = receiver_.received().size();
  const auto again = owner().post(webhook_ + "/deliveries/" + newest().text("/data/0/id") + "/replay");
  EXPECT_EQ(again.status, 202) << again;
  ASSERT_TRUE(receiver_.has(before + 1, limit));
  EXPECT_EQ(owner().post(webhook_ + "/deliveries/01a00000-0000-7000-8000-000000000002/replay").status, 404);
}

TEST(NotDelivered, ToAddressesThatAreNotPublicUnlessTheyAreAllowed) {
  auto& daybook = DaybookProcess::shared();
  Receiver receiver;
  Team team(daybook);
  const auto webhook = team.owner.post(team.in("/webhooks"), object("name", "Inside", "url", receiver.url(), "events", json::array{"*"}));
  ASSERT_EQ(webhook.status, 201) << webhook;
  team.issue();
  Reply listed;
  ASSERT_TRUE(wait_until([&] {
    listed = team.owner.get(team.in("/webhooks/" + webhook.id() + "/deliveries?status=pending"));
    return listed.rows().size() == 1 && listed.number("/data/0/attempts") == 1;
  }, limit)) << listed;
  EXPECT_NE(listed.text("/data/0/last_error").find("not a public one"), std::string::npos) << listed;
  EXPECT_TRUE(receiver.received().empty());
}

}  // namespace
}  // namespace daybook::test::deliveries_test
