#pragma once
// The config of an AI provider: with which key, where and how a workspace, or one person, has models answer, and what they cost. Admins
// keep a workspace's; a person's own are parts of their stream (domain/user/ai_providers.hpp). There is one of a provider at a time, so
// that a run which names its provider is priced by it. Here they are kept; nothing here calls anybody.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "command-service/domain/webhook/texts.hpp"
#include "events/ai_provider/state.hpp"

namespace daybook::domain {

struct AiProvider {
  using State = events::ai_provider::State;
  using Event = events::ai_provider::Event;
  static constexpr auto stream_type = events::StreamType::ai_provider;
};

namespace scope {
inline constexpr std::string_view ai_provider = "ai-provider";          // by workspace and provider, while it is not removed
inline constexpr std::string_view own_ai_provider = "own-ai-provider";  // by config: it is somebody's own
}  // namespace scope

namespace ai_provider {

using events::Patch;
using events::ai_provider::Event;
using events::ai_provider::ModelPrice;
using events::ai_provider::State;

inline constexpr std::size_t api_key_characters_max = 4096;
inline constexpr std::size_t error_bytes_max = 4 << 10;
inline constexpr std::size_t prices_max = 500;  // of one config

// openai, anthropic, google, ollama, local and whatever else there is.
struct Provider : events::Text<Provider> {
  using Text::Text;
  static constexpr std::string_view pattern = "^[a-z][a-z0-9_-]*$";
  static constexpr std::size_t code_points_max = short_text_characters_max;
  static Refusal rule(std::string_view words);
};
// Visible ASCII characters. No refusal repeats them.
struct ApiKey : events::Text<ApiKey> {
  using Text::Text;
  static constexpr std::string_view format = "password";
  static constexpr std::size_t code_points_min = 1;
  static constexpr std::size_t code_points_max = api_key_characters_max;
  static Refusal rule(std::string_view words);
};
using Endpoint = webhook::Target;  // no name or password stands in it either
struct ErrorText : events::Text<ErrorText> {
  using Text::Text;
  static constexpr std::size_t code_points_min = 1;
  static constexpr std::size_t bytes_max = error_bytes_max;
  static Refusal rule(std::string_view words);
};

// One line of the table of prices, as it is sent: from now on, in the config's currency, unless it says so.
struct Price {
  Name model{};
  std::optional<text::Instant> effective_from;
  std::optional<Currency> currency;
  std::optional<events::Decimal> input, cache_read, cache_write, output, reasoning, unsplit;  // per million tokens
};
BOOST_DESCRIBE_STRUCT(Price, (), (model, effective_from, currency, input, cache_read, cache_write, output, reasoning, unsplit))

// What bodies say, whoever's it is.
struct Adding {
  std::optional<events::AiProviderId> id;
  Provider provider{};
  std::optional<ApiKey> api_key;          // not every provider wants one
  std::optional<Endpoint> endpoint;
  std::optional<events::Json> settings;   // {"model":"…","temperature":0.2}
  std::optional<bool> is_enabled;
  std::optional<events::Decimal> monthly_budget;
  std::optional<Currency> currency;       // of the budget and of what is spent, for good; the workspace's, unless said
};
BOOST_DESCRIBE_STRUCT(Adding, (), (id, provider, api_key, endpoint, settings, is_enabled, monthly_budget, currency))

struct Reconfiguring {
  Patch<Endpoint> endpoint;
  Patch<events::Json> settings;
  Patch<bool> is_enabled;
  Patch<events::Decimal> monthly_budget;
};
BOOST_DESCRIBE_STRUCT(Reconfiguring, (), (endpoint, settings, is_enabled, monthly_budget))

struct ReplacingCredentials {
  ApiKey api_key{};
};
BOOST_DESCRIBE_STRUCT(ReplacingCredentials, (), (api_key))

// From now on. What was in force until now stays in the table by itself, as it was; what was to come is replaced.
struct SettingPrices {
  std::vector<Price> prices;
};
BOOST_DESCRIBE_STRUCT(SettingPrices, (), (prices))

// Told by whoever tried it.
struct NotingTest {
  bool succeeded = false;
  std::optional<ErrorText> last_error;    // where it did not
};
BOOST_DESCRIBE_STRUCT(NotingTest, (), (succeeded, last_error))

// ---- of a workspace ----------------------------------------------------------------------------------------------

struct Add : Adding {
  static constexpr std::string_view verb = "ai_provider.add";
  static constexpr Permission permission = Permission::ai_providers_manage;
  using Birth = events::ai_provider::Added;
};
BOOST_DESCRIBE_STRUCT(Add, (Adding), ())

struct Reconfigure : Reconfiguring {
  static constexpr std::string_view verb = "ai_provider.reconfigure";
  static constexpr Permission permission = Permission::ai_providers_manage;
};
BOOST_DESCRIBE_STRUCT(Reconfigure, (Reconfiguring), ())

struct ReplaceCredentials : ReplacingCredentials {
  static constexpr std::string_view verb = "ai_provider.replace_credentials";
  static constexpr Permission permission = Permission::ai_providers_manage;
};
BOOST_DESCRIBE_STRUCT(ReplaceCredentials, (ReplacingCredentials), ())

struct SetPrices : SettingPrices {
  static constexpr std::string_view verb = "ai_provider.set_prices";
  static constexpr Permission permission = Permission::ai_providers_manage;
};
BOOST_DESCRIBE_STRUCT(SetPrices, (SettingPrices), ())

struct NoteTest : NotingTest {
  static constexpr std::string_view verb = "ai_provider.note_test";
  static constexpr Permission permission = Permission::ai_providers_manage;
};
BOOST_DESCRIBE_STRUCT(NoteTest, (NotingTest), ())

struct Enable {
  static constexpr std::string_view verb = "ai_provider.enable";
  static constexpr Permission permission = Permission::ai_providers_manage;
};
BOOST_DESCRIBE_STRUCT(Enable, (), ())

struct Disable {
  static constexpr std::string_view verb = "ai_provider.disable";
  static constexpr Permission permission = Permission::ai_providers_manage;
};
BOOST_DESCRIBE_STRUCT(Disable, (), ())

struct Remove {
  static constexpr std::string_view verb = "ai_provider.remove";
  static constexpr Permission permission = Permission::ai_providers_manage;
};
BOOST_DESCRIBE_STRUCT(Remove, (), ())

struct Restore {
  static constexpr std::string_view verb = "ai_provider.restore";
  static constexpr Permission permission = Permission::ai_providers_manage;
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

Decision<Event> decide(const State&, const Add&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Reconfigure&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ReplaceCredentials&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const SetPrices&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const NoteTest&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Enable&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Disable&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Remove&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);

bool repeats(const events::ai_provider::Added& first, const Add& again, const CommandContext&, const Facts&);

// The config by which runs of that provider are priced in the workspace, if there is one.
std::optional<StreamId> config_of(events::WorkspaceId workspace, std::string_view provider, const Facts& facts);

// The rules of one that is there, or is to be, whoever's it is (prices.cpp for prices_set). `currency`: where none is said.
Decision<Event> added(const Adding& command, const std::string& currency);
Decision<Event> reconfigured(const State& state, const Reconfiguring& command);
Decision<Event> credentials_replaced(const State& state, const ReplacingCredentials& command);
Decision<Event> prices_set(const State& state, const SettingPrices& command, const CommandContext& context, std::size_t most = prices_max);
Decision<Event> tested(const State& state, const NotingTest& command);
Decision<Event> switched(const State& state, bool on);
Decision<Event> removed(const State& state);
Decision<Event> restored(const State& state);
bool says_the_same(const events::ai_provider::Added& first, const Adding& again);
// There is a config of the provider, which is named there.
Rejection provider_taken(std::string pointer);

}  // namespace ai_provider

void effects(const ai_provider::State&, const events::ai_provider::Added&, const events::Envelope&, Effects&);
void effects(const ai_provider::State&, const events::ai_provider::Removed&, const events::Envelope&, Effects&);
void effects(const ai_provider::State&, const events::ai_provider::Restored&, const events::Envelope&, Effects&);
void effects(const ai_provider::State&, const events::ai_provider::BroughtForward&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::ai_provider::Reconfigured, events::ai_provider::BudgetSet, events::ai_provider::CredentialsReplaced,
                 events::ai_provider::PricesSet, events::ai_provider::Tested, events::ai_provider::Enabled, events::ai_provider::Disabled> E>
void effects(const ai_provider::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<AiProvider>();

}  // namespace daybook::domain
