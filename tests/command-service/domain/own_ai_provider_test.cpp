// Configs of AI providers of a person's own: the rules are a workspace's (ai_provider_test.cpp, prices_test.cpp); here is what being a
// person's makes of them.
#include "command-service/domain/user/ai_providers.hpp"

#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::own_ai_provider_test {
namespace {

namespace happened = events::user;
using events::Decimal;
using events::Json;
using events::Personal;

const auto fresh = id_of<events::AiProviderId>(90);
const auto twin = id_of<events::AiProviderId>(91);

class OwnAiProviders : public Office {
 protected:
  static happened::AiProviderAdded added(events::AiProviderId id = fresh, const std::string& provider = "openai") {
    happened::AiProviderAdded event{};
    event.ai_provider_id = id;
    event.provider = provider;
    event.has_api_key = true;
    event.api_key = Personal("sk-1");
    return event;
  }
  static user::AddAiProvider adding(events::AiProviderId id = fresh, const std::string& provider = "openai") {
    user::AddAiProvider command{};
    command.id = id;
    command.provider = ai_provider::Provider(provider);
    command.api_key = ai_provider::ApiKey("sk-1");
    return command;
  }
  template <class C>
  static C about(events::AiProviderId id) {
    C command{};
    command.ai_provider_id = id;
    return command;
  }
  const events::ai_provider::State& state() { return *find_part(world.state<User>(events::stream_of(max)), fresh); }
};

TEST_F(OwnAiProviders, AnybodyAddsOneAndItIsTheirs) {
  user(max).when(adding()).then(added());
  EXPECT_EQ(state().user_id, max);
  EXPECT_FALSE(state().workspace_id);
  EXPECT_EQ(state().api_key, "[sealed]");
  EXPECT_EQ(state().sealed_api_key.text, "sk-1");
  EXPECT_FALSE(ai_provider::config_of(acme, "openai", world.facts)) << "no run of a workspace is priced by it";
}

TEST_F(OwnAiProviders, FollowTheRulesOfAWorkspaces) {
  user(max).given(added());
  auto reconfigure = about<user::ReconfigureAiProvider>(fresh);
  reconfigure.settings = Json{R"({"temperature":1})"};
  reconfigure.monthly_budget = Decimal{1};
  user(max).when(reconfigure).then(happened::AiProviderReconfigured{fresh, std::nullopt, Json{R"({"temperature":1})"}}, happened::AiProviderBudgetSet{fresh, Decimal{1}});
  reconfigure.settings = Json{R"({"temperature":9})"};
  user(max).when(reconfigure).then_rejected("out-of-range", "/settings/temperature");
  auto replace = about<user::ReplaceAiProviderCredentials>(fresh);
  replace.api_key = ai_provider::ApiKey("sk-2");
  user(max).when(replace).then(happened::AiProviderCredentialsReplaced{fresh, true, Personal("sk-2")}).when(replace).then_nothing();
  auto test = about<user::NoteAiProviderTest>(fresh);
  test.succeeded = true;
  user(max).when(test).then(happened::AiProviderTested{fresh, true, std::nullopt});
  user(max).when(about<user::DisableAiProvider>(fresh)).then(happened::AiProviderDisabled{fresh});
  user(max).when(about<user::EnableAiProvider>(fresh)).then(happened::AiProviderEnabled{fresh});
}

TEST_F(OwnAiProviders, HaveAFewPricesOfTheirOwn) {
  user(max).given(added());
  auto command = about<user::SetAiProviderPrices>(fresh);
  ai_provider::Price price{};
  price.model = Name("small");
  price.output = Decimal{3};
  command.prices.push_back(price);
  user(max).when(command);
  EXPECT_EQ(price_in_force(state(), "small", context().now)->output, Decimal{3});
  command.prices.assign(user::own_prices_max + 1, price);
  user(max).when(command).then_rejected("too-many", "/prices");
}

TEST_F(OwnAiProviders, APersonHasOneOfAProviderAtATime) {
  user(max).given(added());
  user(max).when(adding(twin)).then_rejected("already-exists", "/provider");
  user(olga).when(adding(twin)).then(added(twin));
  user(max).when(about<user::RemoveAiProvider>(fresh)).then(happened::AiProviderRemoved{fresh});
  user(max).when(about<user::RestoreAiProvider>(fresh)).then(happened::AiProviderRestored{fresh});
  user(max).when(about<user::RemoveAiProvider>(fresh));
  const auto third = id_of<events::AiProviderId>(92);
  user(max).when(adding(third)).then(added(third));
  user(max).when(about<user::RestoreAiProvider>(fresh)).then_rejected("already-exists");
}

TEST_F(OwnAiProviders, AnIdStandsForOneThing) {
  user(max).given(added());
  user(max).when(adding(fresh, "ollama")).then_rejected("already-exists", "/id");
  user(olga).when(adding()).then_rejected("already-exists", "/id");
  ai_provider::Add in_workspace{};
  in_workspace.id = fresh;
  in_workspace.provider = ai_provider::Provider("local");
  spec<AiProvider>(fresh, acme).as(ada).when(in_workspace).then_rejected("already-exists", "/id");
  in_workspace.id = twin;
  spec<AiProvider>(twin, acme).as(ada).when(in_workspace);
  user(olga).when(adding(twin)).then_rejected("already-exists", "/id");
}

TEST_F(OwnAiProviders, AreNobodyElsesAndGoneWithTheirPerson) {
  user(max).given(added());
  user(olga).when(about<user::RemoveAiProvider>(fresh)).then_rejected("not-found");
  user(max).given(happened::Deleted{});
  user(max).when(about<user::EnableAiProvider>(fresh)).then_rejected("not-found");
  user(max).when(adding(twin)).then_rejected("not-found");
}

TEST_F(OwnAiProviders, AreFewAndNoneIsLarge) {
  for (std::size_t i = 0; i < user::ai_providers_max; ++i)
    user(max).given(added(id_of<events::AiProviderId>(200 + static_cast<int>(i)), "p" + std::to_string(i)));
  user(max).when(adding()).then_rejected("too-many");
  auto command = adding();
  command.settings = Json{R"({"a":")" + std::string(user::provider_settings_bytes_max, 'x') + "\"}"};
  user(olga).when(command).then_rejected("too-long", "/settings");
}

TEST_F(OwnAiProviders, ARepeatedAdditionIsTheSameWithTheSameKey) {
  EXPECT_TRUE(repeats(added(), adding(), context(), world.facts));
  auto again = adding();
  again.api_key.reset();
  EXPECT_FALSE(repeats(added(), again, context(), world.facts));
}

}  // namespace
}  // namespace daybook::domain::own_ai_provider_test
