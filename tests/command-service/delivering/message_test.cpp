// What is sent, and how a receiver knows it.
#include "command-service/delivering/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/outbound/signature.hpp"
#include "platform/text/uuid.hpp"

namespace daybook::delivering::message_test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

const text::Uuid delivery = text::Uuid::parse("0193fc00-0000-4000-8000-000000000001").value();
constexpr text::Instant now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + std::chrono::milliseconds(1500);
constexpr std::int64_t now_s = 1772323201;

events::Envelope an_event() {
  events::Envelope event{};
  event.position = events::Position{7};
  event.type = "issue.opened";
  event.workspace_id = events::WorkspaceId{delivery};
  event.recorded_at = event.occurred_at = now;
  event.data = R"({"title":"Ship"})";
  event.personal = R"([{"path":"/name"}])";
  return event;
}

events::webhook::State a_webhook(const std::string& secret) {
  events::webhook::State webhook{};
  webhook.url = "https://example.org/hook";
  webhook.headers = events::webhook::Headers{{"X-Mirror", "first"}};
  webhook.signing_secret = events::Personal(secret);
  return webhook;
}

TEST(Message, TellsTheEventAsLiveStreamsDoWithoutWhatIsPersonal) {
  const auto body = body_of({}, an_event());
  EXPECT_TRUE(events::check_json(body));
  EXPECT_THAT(body, testing::StartsWith(R"({"type":"issue.opened","timestamp":"2026-03-01T00:00:01.500000Z","workspace_id":")"));
  EXPECT_THAT(body, HasSubstr(R"("specversion":"1.0")"));
  EXPECT_THAT(body, HasSubstr(R"("position":7)"));
  EXPECT_THAT(body, HasSubstr(R"("data":{"title":"Ship"}})"));
  EXPECT_THAT(body, Not(HasSubstr("path")));
}

TEST(Message, LeavesOutTheDataOfWhatWouldBeTooLarge) {
  auto event = an_event();
  event.data = "\"" + std::string(body_bytes_max, 'x') + "\"";
  const auto body = body_of({}, event);
  EXPECT_LT(body.size(), 2000u);
  EXPECT_THAT(body, HasSubstr(R"("data":null}})"));
}

TEST(Message, IsSignedWithTheSecretAndCarriesTheWebhooksHeaders) {
  const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const auto post = post_of(a_webhook(secret), delivery, now, "{}");
  EXPECT_EQ(post.url, "https://example.org/hook");
  EXPECT_THAT(post.headers, Contains(Pair("X-Mirror", "first")));
  EXPECT_THAT(post.headers, Contains(Pair("webhook-id", delivery.text())));
  EXPECT_THAT(post.headers, Contains(Pair("webhook-timestamp", std::to_string(now_s))));
  EXPECT_THAT(post.headers, Contains(Pair("webhook-signature", outbound::standard_signature(secret, delivery.text(), now_s, "{}"))));
  EXPECT_THAT(post.headers, Not(Contains(Pair(std::string(outbound::older_signature_header), testing::_))));
}

TEST(Message, IsSignedInTheOlderWayTooForASecretThatWasBroughtAlong) {
  const std::string secret = "an older secret of ours";
  const auto post = post_of(a_webhook(secret), delivery, now, "{}");
  EXPECT_THAT(post.headers, Contains(Pair(std::string(outbound::older_signature_header), outbound::older_signature(secret, "{}"))));
}

}  // namespace
}  // namespace daybook::delivering::message_test
