#include "command-service/domain/ai_provider/ai_provider.hpp"

#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::ai_provider_test {
namespace {

namespace happened = events::ai_provider;
using ai_provider::ApiKey;
using ai_provider::Provider;
using events::Decimal;
using events::Json;
using events::Personal;

const auto fresh = id_of<events::AiProviderId>(90);
const auto twin = id_of<events::AiProviderId>(91);
const std::string key = "sk-4711";
constexpr Decimal five{5'000'000'000};

class AiProviders : public Office {
 protected:
  auto config(events::AiProviderId id = fresh) { return spec<AiProvider>(id, acme).as(ada); }

  static happened::Added added(const std::string& provider = "openai") {
    happened::Added event{};
    event.provider = provider;
    event.has_api_key = true;
    event.api_key = Personal(key);
    return event;
  }
  static ai_provider::Add adding(const std::string& provider = "openai") {
    ai_provider::Add command{};
    command.provider = Provider(provider);
    command.api_key = ApiKey(key);
    return command;
  }
};

TEST_F(AiProviders, AnAdminAddsOneAndItsKeyIsNotShown) {
  config().as(max).when(adding()).then_rejected("forbidden");
  config().when(adding()).then(added());
  EXPECT_EQ(config().state().api_key, "[sealed]");
  EXPECT_EQ(config().state().currency, "USD") << "the workspace's";
  EXPECT_EQ(config().state().workspace_id, acme);
  EXPECT_TRUE(config().state().is_enabled);
  config().when(adding()).then_rejected("already-exists", "/id");
  auto keyless = adding("ollama");
  keyless.api_key.reset();
  keyless.currency = Currency("EUR");
  keyless.monthly_budget = five;
  config(twin).when(keyless);
  EXPECT_FALSE(config(twin).state().api_key);
  EXPECT_EQ(config(twin).state().currency, "EUR");
  EXPECT_EQ(config(twin).state().monthly_budget, five);
}

TEST_F(AiProviders, TheKeyNeverStandsInTheDataOfAnEvent) {
  for (const auto& event : {happened::Event(added()), happened::Event(happened::CredentialsReplaced{true, Personal(key)})}) {
    const auto encoded = events::encode(events::StreamType::ai_provider, event);
    EXPECT_EQ(encoded.data.find(key), encoded.data.npos);
    ASSERT_EQ(encoded.personal.size(), 1u);
    EXPECT_EQ(encoded.personal.front().path, "/api_key");
  }
  EXPECT_FALSE(snapshot_form<AiProvider>()) << "a state that holds a key is not kept";
}

TEST_F(AiProviders, AProviderIsOneWordAndAKeyVisibleCharacters) {
  for (const auto* word : {"openai", "anthropic", "google", "ollama", "local", "openai-2", "x_ai"}) EXPECT_FALSE(Provider::rule(word)) << word;
  for (const auto* word : {"", "OpenAI", "open ai", "2ai", "a:b"}) EXPECT_TRUE(Provider::rule(word)) << word;
  EXPECT_FALSE(ApiKey::rule("sk-abc_DEF=="));
  for (const auto& words : {std::string(), std::string("a b"), std::string("a\n"), std::string(5000, 'x')}) EXPECT_TRUE(ApiKey::rule(words));
}

TEST_F(AiProviders, AWorkspaceHasOneOfAProviderAtATime) {
  config().given(added());
  EXPECT_EQ(ai_provider::config_of(acme, "openai", world.facts), events::stream_of(fresh));
  config(twin).when(adding()).then_rejected("already-exists", "/provider");
  spec<AiProvider>(id_of<events::AiProviderId>(92), other).as(nora).when(adding()).then(added());
  config(twin).when(adding("openai-2")).then(added("openai-2"));

  // Removed, its place is free; it comes back while that is so
  config().when(ai_provider::Remove{}).then(happened::Removed{});
  EXPECT_FALSE(ai_provider::config_of(acme, "openai", world.facts));
  config().when(ai_provider::Restore{}).then(happened::Restored{});
  config().when(ai_provider::Remove{});
  const auto third = id_of<events::AiProviderId>(93);
  config(third).when(adding()).then(added());
  config().when(ai_provider::Restore{}).then_rejected("already-exists");
  EXPECT_EQ(ai_provider::config_of(acme, "openai", world.facts), events::stream_of(third));
}

TEST_F(AiProviders, SettingsAreKeptAsTheyAreSentAndWhatIsKnownOfThemIsChecked) {
  auto command = adding();
  command.settings = Json{R"({"model":"small", "temperature": 0.20,"maxTokens":4000,"topP":1,"frequencyPenalty":-2,"presencePenalty":null,"seed":7})"};
  config().when(command);
  EXPECT_EQ(config().state().settings.text, command.settings->text);
  for (const auto& [settings, code, pointer] : std::initializer_list<std::tuple<std::string, std::string, std::string>>{
           {R"({"temperature":2.5})", "out-of-range", "/settings/temperature"},
           {R"({"topP":-0.1})", "out-of-range", "/settings/topP"},
           {R"({"maxTokens":0})", "out-of-range", "/settings/maxTokens"},
           {R"({"frequencyPenalty":3})", "out-of-range", "/settings/frequencyPenalty"},
           {R"({"presencePenalty":-3})", "out-of-range", "/settings/presencePenalty"},
           {R"({"temperature":"hot"})", "wrong-type", "/settings/temperature"},
           {R"({"model":7})", "wrong-type", "/settings/model"},
           {R"([])", "wrong-type", "/settings"}}) {
    ai_provider::Reconfigure change{};
    change.settings = Json{settings};
    config().when(change).then_rejected(code, pointer);
  }
}

TEST_F(AiProviders, APatchTellsWhatItMeans) {
  config().given(added());
  ai_provider::Reconfigure change{};
  change.endpoint = ai_provider::Endpoint("https://example.org/v1");
  change.monthly_budget = five;
  change.is_enabled = false;
  config().when(change).then(happened::Reconfigured{"https://example.org/v1", Json{"{}"}}, happened::BudgetSet{five}, happened::Disabled{});
  config().when(change).then_nothing();
  config().when(ai_provider::Disable{}).then_nothing();
  config().when(ai_provider::Enable{}).then(happened::Enabled{});
  change = {};
  change.monthly_budget = events::Patch<Decimal>::cleared();
  config().when(change).then(happened::BudgetSet{});
  change.monthly_budget = Decimal{-1};
  config().when(change).then_rejected("out-of-range", "/monthly_budget");
  config().as(max).when(change).then_rejected("forbidden");
  EXPECT_TRUE(ai_provider::Endpoint::rule("https://ann:pw@example.org")) << "what is secret stands nowhere else";
}

TEST_F(AiProviders, CredentialsAreReplaced) {
  auto event = added();
  event.has_api_key = false;
  event.api_key = Personal("");
  config().given(event);
  ai_provider::ReplaceCredentials command{};
  command.api_key = ApiKey(key);
  config().when(command).then(happened::CredentialsReplaced{true, Personal(key)});
  config().when(command).then_nothing();
  EXPECT_EQ(config().state().api_key, "[sealed]");
}

TEST_F(AiProviders, ATestIsNotedWithWhatWentWrong) {
  config().given(added());
  ai_provider::NoteTest command{};
  config().when(command).then_rejected("required", "/last_error");
  command.last_error = ai_provider::ErrorText("401");
  config().when(command).then(happened::Tested{false, "401"});
  EXPECT_EQ(config().state().last_error, "401");
  EXPECT_EQ(config().state().last_tested_at, context().now);
  command.succeeded = true;
  config().when(command).then_rejected("invalid", "/last_error");
  command.last_error.reset();
  config().when(command).then(happened::Tested{true, std::nullopt});
  EXPECT_FALSE(config().state().last_error);
}

TEST_F(AiProviders, ARemovedOneTakesNothingButRestoring) {
  config().given(added());
  config().when(ai_provider::Remove{}).then(happened::Removed{});
  config().when(ai_provider::Remove{}).then_rejected("not-found");
  config().when(ai_provider::Enable{}).then_rejected("not-found");
  config().when(ai_provider::SetPrices{}).then_rejected("not-found");
  config().when(ai_provider::Restore{}).then(happened::Restored{});
  config().when(ai_provider::Restore{}).then_nothing();
}

TEST_F(AiProviders, ARepeatedAdditionIsTheSameWithTheSameKeyWhateverTheCurrencyOfTheWorkspaceIsNow) {
  auto asking = context();
  asking.workspace = &world.state<Workspace>(events::stream_of(acme));
  auto first = added();
  first.currency = "EUR";
  EXPECT_TRUE(repeats(first, adding(), asking, world.facts));
  auto again = adding();
  again.currency = Currency("USD");
  EXPECT_FALSE(repeats(first, again, asking, world.facts));
  again = adding();
  again.api_key = ApiKey("sk-other");
  EXPECT_FALSE(repeats(first, again, asking, world.facts));
}

}  // namespace
}  // namespace daybook::domain::ai_provider_test
