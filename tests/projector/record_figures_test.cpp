// The figures of automations and webhooks against a plain model, however runs and deliveries of several follow each other, and in
// batches of whatever size; and that nothing sealed comes into a row or the activity.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>

#include "platform/text/base64.hpp"
#include "projector/read_models/ai_provider.hpp"
#include "projector/read_models/automation.hpp"
#include "projector/read_models/integration.hpp"
#include "projector/read_models/webhook.hpp"
#include "tests/projector/folded_story.hpp"
#include "tests/projector/read_models_fixture.hpp"

namespace daybook::projector::test::record_figures_test {
namespace {

namespace au = events::automation;
namespace wh = events::webhook;
namespace in = events::integration;

constexpr int things_in_a_run = 3;
const auto lab = id_of<WorkspaceId>(0x100);
AutomationId automation_of(int n) { return id_of<AutomationId>(0x200 + n); }
WebhookId webhook_of(int n) { return id_of<WebhookId>(0x300 + n); }

// What the figures of one automation and one webhook should be, kept as people would.
struct Model {
  std::int64_t runs = 0, failed_runs = 0, deliveries = 0, failed_deliveries = 0;
  std::optional<std::string> last_error;
  std::optional<text::Instant> last_run, last_delivery, failing_since;
};

class Story : public FoldedStory {
 public:
  Story() {
    for (int n = 0; n < things_in_a_run; ++n) {
      history_.automation(lab, automation_of(n), au::Defined{});
      history_.webhook(lab, webhook_of(n), wh::Registered{});
    }
  }

  void step(int n, int what) {
    auto& model = models_[n];
    switch (what) {
      case 0:
        model.last_run = run(n, au::Ran{{}, 1});
        ++model.runs;
        return model.last_error.reset();
      case 1:
        model.last_run = run(n, au::RunFailed{{}, 0, "no " + std::to_string(n)});
        ++model.runs;
        ++model.failed_runs;
        model.last_error = "no " + std::to_string(n);
        return;
      case 2:
        model.last_delivery = deliver(n, wh::DeliverySucceeded{{}, 200});
        ++model.deliveries;
        return model.failing_since.reset();
      case 3:
        model.last_delivery = deliver(n, wh::DeliveryFailed{{}, {}, "nobody there"});
        ++model.deliveries;
        ++model.failed_deliveries;
        if (!model.failing_since) model.failing_since = model.last_delivery;
        return;
      case 4:
        deliver(n, wh::Disabled{});
        deliver(n, wh::Enabled{});
        return model.failing_since.reset();
      default:  // changes no figure
        run(n, au::Changed{});
        deliver(n, wh::SecretRotated{});
    }
  }

  void expect_as_modelled() {
    auto overlay = database_.batch();
    const StateStore store(overlay);
    for (int n = 0; n < things_in_a_run; ++n) {
      const auto& model = models_[n];
      const auto automation = store.get<AutomationRow>(automation_of(n).value).value();
      RC_ASSERT(automation.run_count == model.runs);
      RC_ASSERT(automation.failure_count == model.failed_runs);
      RC_ASSERT(automation.last_run_at == model.last_run);
      RC_ASSERT(automation.last_error == model.last_error);
      const auto webhook = store.get<WebhookRow>(webhook_of(n).value).value();
      RC_ASSERT(webhook.delivery_count == model.deliveries);
      RC_ASSERT(webhook.failure_count == model.failed_deliveries);
      RC_ASSERT(webhook.last_triggered_at == model.last_delivery);
      RC_ASSERT(webhook.failing_since == model.failing_since);
    }
  }

 private:
  text::Instant run(int n, const au::Event& event) {
    history_.automation(lab, automation_of(n), event);
    return history_.events().back().occurred_at;
  }
  text::Instant deliver(int n, const wh::Event& event) {
    history_.webhook(lab, webhook_of(n), event);
    return history_.events().back().occurred_at;
  }

  Model models_[things_in_a_run];
};

TEST(RecordFigures, AreThoseOfAPlainModelHoweverTheirEventsFollowEachOther) {
  const bool holds = rc::check([] {
    Story story;
    const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, things_in_a_run), rc::gen::inRange(0, 6)));
    for (const auto& [thing, what] : steps) story.step(thing, what);
    story.fold(static_cast<std::size_t>(*rc::gen::inRange(1, 12)));
    story.expect_as_modelled();
  });
  EXPECT_TRUE(holds);
}

TEST_F(ReadModels, SecretsAndCredentialsComeIntoNoRow) {
  open_workspace();
  const auto hook = id_of<WebhookId>(0x150);
  const auto chat = id_of<IntegrationId>(0x151);
  wh::Registered registered{};
  registered.name = "Mirror";
  registered.secret = Personal("whsec_planted");
  history.webhook(space, hook, registered);
  in::Connected connected{};
  connected.integration_type = "slack";
  connected.credential_names = {"accessToken"};
  connected.credentials = Personal(R"({"accessToken":"xoxb-planted"})");
  history.integration(space, chat, connected);
  fold();
  EXPECT_EQ(row<WebhookRow>(hook)->secret, "[sealed]");
  EXPECT_EQ(row<IntegrationRow>(chat)->credentials.text, R"({"accessToken":"[sealed]"})");
  history.webhook(space, hook, wh::SecretRotated{Personal("whsec_planted too")});
  history.integration(space, chat, in::CredentialsReplaced{{"apiKey"}, Personal(R"({"apiKey":"planted"})")});
  fold();
  EXPECT_EQ(row<WebhookRow>(hook)->secret, "[sealed]");
  EXPECT_EQ(newest().changes.text, R"({"credentials":[{"accessToken":"[sealed]"},{"apiKey":"[sealed]"}]})");
  EXPECT_EQ(newest().details.text, R"({"credential_names":["apiKey"]})");
  for (auto at = database.seek(""); at.valid(); at.next()) {
    EXPECT_EQ(at.value().find("planted"), at.value().npos);
    EXPECT_EQ(at.value().find(text::hex_encode("planted")), at.value().npos) << "as the test seals it";
  }
}

TEST_F(ReadModels, AnIntegrationOfOnesOwnIsARowOfItsPersonAlone) {
  open_workspace();
  const auto chat = id_of<IntegrationId>(0x151);
  const auto whose = id_of<UserId>(0x152);
  history.user(whose, events::user::Registered{});
  events::user::IntegrationConnected connected{};
  connected.integration_id = chat;
  connected.integration_type = "slack";
  connected.credential_names = {"accessToken"};
  connected.credentials = Personal(R"({"accessToken":"xoxb-planted"})");
  history.user(whose, connected);
  history.user(whose, events::user::IntegrationDisabled{chat});
  fold();
  const auto first = row<IntegrationRow>(chat);
  EXPECT_EQ(first->user_id, whose);
  EXPECT_FALSE(first->workspace_id);
  EXPECT_FALSE(first->is_enabled);
  EXPECT_EQ(first->credentials.text, R"({"accessToken":"[sealed]"})");
  history.user(whose, events::user::IntegrationCredentialsReplaced{chat, {"apiKey"}, Personal(R"({"apiKey":"planted"})")});
  history.user(whose, events::user::ProfileChanged{});
  history.user(whose, events::user::IntegrationRemoved{chat});
  fold();
  const auto second = row<IntegrationRow>(chat);
  EXPECT_EQ(second->credentials.text, R"({"apiKey":"[sealed]"})");
  EXPECT_EQ(second->created_at, first->created_at);
  EXPECT_EQ(second->version.value, first->version.value + 3) << "the version its person was at when it last changed";
  EXPECT_TRUE(second->deleted_at);
  for (auto at = database.seek(""); at.valid(); at.next()) EXPECT_EQ(at.value().find(text::hex_encode("planted")), at.value().npos);
}

TEST_F(ReadModels, ATableOfPricesIsToldOfByItsSizeAndAKeyStaysSealed) {
  open_workspace();
  const auto config = id_of<AiProviderId>(0x153);
  events::ai_provider::Added added{};
  added.provider = "openai";
  added.has_api_key = true;
  added.api_key = Personal("sk-planted");
  history.ai_provider(space, config, added);
  fold();
  events::ai_provider::PricesSet set{};
  set.prices.emplace_back().model = "small";
  history.ai_provider(space, config, set);
  fold();
  EXPECT_EQ(row<AiProviderRow>(config)->api_key, "[sealed]");
  EXPECT_EQ(row<AiProviderRow>(config)->prices, set.prices);
  EXPECT_EQ(newest().details.text, R"({"prices":1})");
  EXPECT_EQ(newest().changes.text, "{}");
}

TEST_F(ReadModels, AutomationsAndWebhooksAreToldOfInTheirProjectsFeed) {
  open_workspace();
  au::Defined defined{};
  defined.project_id = apollo;
  history.automation(space, id_of<AutomationId>(0x150), defined);
  wh::Registered registered{};
  registered.project_id = apollo;
  history.webhook(space, id_of<WebhookId>(0x151), registered);
  fold();
  EXPECT_EQ(feed("by_project", apollo.value), (Strings{"webhook.registered", "automation.defined"}));
}

}  // namespace
}  // namespace daybook::projector::test::record_figures_test
