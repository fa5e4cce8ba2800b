// Configs of AI providers, of a workspace and of one's own: what is sealed never comes back, and what was in force stays.
#include <gtest/gtest.h>

#include "platform/crypto/uuid_source.hpp"
#include "tests/e2e/things.hpp"

namespace daybook::test::ai_providers_test {
namespace {

class AiProviders : public ::testing::Test {
 protected:
  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
};

TEST_F(AiProviders, AConfigIsKeptWithItsKeySealed) {
  const auto made = owner_.post(team_.in("/ai-providers"), R"({"provider":"openai","api_key":"sk-planted","endpoint":"https://example.org/v1",
    "settings":{"model":"small","temperature":0.2,"maxTokens":4000},"monthly_budget":250.50})");
  ASSERT_EQ(made.status, 201) << made;
  const auto path = team_.in("/ai-providers/" + made.id());
  const auto shown = owner_.get(path);
  EXPECT_EQ(shown.text("/api_key"), "[sealed]");
  EXPECT_EQ(shown.text("/settings/model"), "small");
  EXPECT_EQ(shown.number("/settings/maxTokens"), 4000);
  EXPECT_NE(shown.raw.find(R"("monthly_budget":250.5)"), shown.raw.npos) << shown;
  EXPECT_NE(shown.raw.find(R"("current_spend":0)"), shown.raw.npos) << shown;
  EXPECT_EQ(shown.text("/currency"), "USD");
  EXPECT_EQ(owner_.post(team_.in("/ai-providers"), object("provider", "openai")).status, 409);

  ASSERT_EQ(owner_.patch(path, R"({"endpoint":null,"monthly_budget":null,"is_enabled":false})").status, 200);
  EXPECT_EQ(owner_.post(path + "/note-test", object("succeeded", false, "last_error", "401 from the provider")).text("/last_error"), "401 from the provider");
  EXPECT_EQ(owner_.post(path + "/replace-credentials", object("api_key", "sk-next")).text("/api_key"), "[sealed]");
  EXPECT_EQ(owner_.post(path + "/enable").status, 200);
  EXPECT_EQ(owner_.all(team_.in("/ai-providers?provider=openai&enabled=true")).size(), 1u);
  EXPECT_EQ(owner_.get(team_.in("/activity?entity=" + made.id())).rows().size(), 7u);
  EXPECT_TRUE(owner_.get(team_.in("/search?q=openai")).rows().empty());
  ASSERT_EQ(owner_.remove(path).status, 204);
  const auto second = owner_.post(team_.in("/ai-providers"), object("provider", "openai"));
  ASSERT_EQ(second.status, 201) << second;
  EXPECT_EQ(owner_.post(path + "/restore").status, 409);
  ASSERT_EQ(owner_.remove(team_.in("/ai-providers/" + second.id())).status, 204);
  EXPECT_EQ(owner_.post(path + "/restore").status, 200);
}

TEST_F(AiProviders, PricesHoldFromNowOnAndWhatWasInForceStays) {
  const auto path = team_.in("/ai-providers/" + owner_.post(team_.in("/ai-providers"), object("provider", "local")).id());
  const auto set = owner_.post(path + "/set-prices", R"({"prices":[{"model":"small","effective_from":"2026-01-01T00:00:00Z","input":0.15,"cache_read":0.075,"output":0.6}]})");
  ASSERT_EQ(set.status, 200) << set;
  const auto again = owner_.post(path + "/set-prices", R"({"prices":[{"model":"small","effective_from":"2026-02-01T00:00:00Z","input":0.1}]})");
  EXPECT_EQ(again.status, 422) << again;
  EXPECT_EQ(again.pointer(), "/prices/0/effective_from");
  ASSERT_EQ(owner_.post(path + "/set-prices", R"({"prices":[{"model":"small","input":0.1}]})").status, 200);
  const auto shown = owner_.get(path);
  ASSERT_EQ(shown.at("/prices").as_array().size(), 2u) << shown;
  EXPECT_NE(shown.raw.find(R"("cache_read":0.075)"), shown.raw.npos) << shown;
  EXPECT_EQ(json::serialize(owner_.get(path + "/history").at("/data/0/details")), R"({"prices":2})");
}

TEST_F(AiProviders, OnesOwnIsThereForNobodyElse) {
  const auto id = crypto::UuidV7Source().next().text();
  const auto body = R"({"provider":"anthropic","api_key":"sk-own","id":")" + id + "\"}";
  const auto made = owner_.post("/me/ai-providers", body);
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_EQ(owner_.post("/me/ai-providers", body).raw, made.raw);
  const auto path = "/me/ai-providers/" + id;
  ASSERT_EQ(owner_.post(path + "/set-prices", R"({"prices":[{"model":"large","output":15}]})").status, 200);
  EXPECT_EQ(owner_.get(path).text("/prices/0/model"), "large");
  EXPECT_EQ(owner_.get(path).text("/api_key"), "[sealed]");
  EXPECT_TRUE(owner_.get(team_.in("/ai-providers?deleted=include")).rows().empty());
  auto admin = team_.joined_by(daybook_, "admin");
  EXPECT_EQ(admin.get(path).status, 404);
  EXPECT_EQ(admin.get(team_.in("/ai-providers/" + id)).status, 404);
  EXPECT_EQ(admin.post(team_.in("/ai-providers"), body).status, 409) << "the id is taken";
  ASSERT_EQ(owner_.remove(path).status, 204);
  EXPECT_TRUE(owner_.get("/me/ai-providers").rows().empty());
  EXPECT_EQ(owner_.post(path + "/restore").status, 200);
}

}  // namespace
}  // namespace daybook::test::ai_providers_test
