// How a delivery ended, told to a log in memory.
#include "command-service/delivering/ending.hpp"

#include "command-service/domain/user/notifications.hpp"
#include "tests/command-service/log/appender/desk.hpp"

namespace daybook::delivering::ending_test {
namespace {

using log::test::new_id;
using log::test::one;

class EndingTest : public log::test::Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    events::webhook::Registered registered{};
    registered.name = "Mirror";
    registered.url = "https://example.org/hook";
    registered.events = {"*"};
    registered.secret = events::Personal("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    due.webhook = new_id<events::WebhookId>();
    due.workspace = place.acme;
    send(log::test::happened<domain::Webhook>(events::stream_of(due.webhook), place.acme, {registered}));
    cause = log->read(events::Position{head() - 1}, 1, 1 << 20).front();
  }
  void send(log::Execute execute) { outcome(log::test::send(*main.appender, one(std::move(execute)))); }
  void end(Outcome how, const outbound::Answer& answer) { tell_end(*main.appender, due, cause, answer, how); }
  events::webhook::State webhook() { return webhook_now(*main.appender, due.webhook); }
  std::vector<std::string> types_after(std::int64_t position) {
    std::vector<std::string> types;
    for (const auto& event : log->read(events::Position{position}, 100, 1 << 20)) types.push_back(event.type);
    return types;
  }
  using Types = std::vector<std::string>;

  Due due{};
  events::Envelope cause;
};

TEST_F(EndingTest, TheWebhookIsReadWithItsSecretOpened) {
  EXPECT_EQ(webhook().signing_secret, events::Personal("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  EXPECT_EQ(webhook().secret, "[sealed]");
}

TEST_F(EndingTest, WhatSucceededIsAnEventOfTheSystemBecauseOfWhatWasTold) {
  const auto before = head();
  end(Outcome::succeeded, {204, ""});
  const auto event = log->read(events::Position{before}, 10, 1 << 20).at(0);
  EXPECT_EQ(event.type, "webhook.delivery_succeeded");
  EXPECT_EQ(event.actor_type, events::ActorType::system);
  EXPECT_EQ(event.causation_id, cause.event_id);
  EXPECT_EQ(event.depth, cause.depth + 1);
  EXPECT_EQ(webhook().delivery_count, 1);
}

TEST_F(EndingTest, WhatFailedOnceDisablesNothing) {
  const auto before = head();
  end(Outcome::failed, {500, "it answered 500"});
  EXPECT_EQ(types_after(before), Types{"webhook.delivery_failed"});
  EXPECT_TRUE(webhook().is_enabled);
  EXPECT_TRUE(webhook().failing_since);
}

TEST_F(EndingTest, WhoIsGoneIsDisabledAndTheOwnerTold) {
  const auto before = head();
  end(Outcome::gone, {410, "it answered 410"});
  EXPECT_EQ(types_after(before), (Types{"webhook.delivery_failed", "webhook.disabled", "user.notification_raised"}));
  EXPECT_FALSE(webhook().is_enabled);
  // What was under way beside it ends as well, and disables nothing a second time.
  end(Outcome::gone, {410, "it answered 410"});
  EXPECT_EQ(types_after(before).size(), 4u);
}

TEST_F(EndingTest, AWebhookThatFailsForDaysIsDisabled) {
  const auto failed_days_ago = [this](int days) {
    auto request = one([this](log::Settling& settling) -> domain::Result<log::Accepted> {
      const auto stream = events::stream_of(due.webhook);
      settling.load<domain::Webhook>(stream);
      if (auto done = settling.append<domain::Webhook>(stream, place.acme, {events::webhook::DeliveryFailed{}}); !done) return std::move(done.error());
      return log::Accepted{200, events::StreamType::webhook, stream, stream.value, settling.load<domain::Webhook>(stream).version, nullptr};
    });
    request.items.front().occurred_at = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()) - std::chrono::days(days);
    outcome(log::test::send(*main.appender, std::move(request)));
  };
  failed_days_ago(4);
  end(Outcome::failed, {500, "it answered 500"});
  EXPECT_TRUE(webhook().is_enabled);
  end(Outcome::succeeded, {204, ""});
  failed_days_ago(6);
  const auto before = head();
  end(Outcome::failed, {500, "it answered 500"});
  EXPECT_EQ(types_after(before), (Types{"webhook.delivery_failed", "webhook.disabled", "user.notification_raised"}));
}

TEST_F(EndingTest, WhatTheLogDoesNotTakeIsTriedAgainLater) {
  main.appender->drain();
  EXPECT_THROW(end(Outcome::succeeded, {204, ""}), events::LogUnavailable);
}

}  // namespace
}  // namespace daybook::delivering::ending_test
