#include "command-service/domain/ai_provider/ai_provider.hpp"

#include <algorithm>

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/switched.hpp"
#include "command-service/domain/core/whose.hpp"
#include "command-service/domain/execution/budget.hpp"

namespace daybook::domain {
namespace ai_provider {

// What a model is told how to answer; other members are kept as they are sent.
struct KnownSettings {
  std::optional<Name> model;
  std::optional<double> temperature;
  std::optional<std::int64_t> maxTokens;
  std::optional<double> topP;
  std::optional<double> frequencyPenalty;
  std::optional<double> presencePenalty;
};
BOOST_DESCRIBE_STRUCT(KnownSettings, (), (model, temperature, maxTokens, topP, frequencyPenalty, presencePenalty))

namespace {

using events::ai_provider::Added;
using events::ai_provider::BudgetSet;
using events::ai_provider::CredentialsReplaced;
using events::ai_provider::Disabled;
using events::ai_provider::Enabled;
using events::ai_provider::Reconfigured;

constexpr std::string_view what = "AI provider";
constexpr std::int64_t tokens_max = 100'000'000;  // of one answer

void check_between(std::optional<double> value, int least, int most, std::string pointer, FieldRefusals& refusals) {
  if (!value || (*value >= least && *value <= most)) return;
  refusals.add(std::move(pointer), "out-of-range", "Expected a number from " + std::to_string(least) + " to " + std::to_string(most) + ".");
}

void check_settings(const events::Json& settings, FieldRefusals& refusals) {
  KnownSettings known;
  const auto read = events::from_json(settings.text, known, events::Reading::lenient);
  for (const auto& error : read.errors) refusals.add("/settings" + error.pointer, error.code, error.detail);
  if (!read) return;
  check_between(known.temperature, 0, 2, "/settings/temperature", refusals);
  check_range(known.maxTokens, 1, tokens_max, "/settings/maxTokens", refusals);
  check_between(known.topP, 0, 1, "/settings/topP", refusals);
  check_between(known.frequencyPenalty, -2, 2, "/settings/frequencyPenalty", refusals);
  check_between(known.presencePenalty, -2, 2, "/settings/presencePenalty", refusals);
}

void check_budget(const std::optional<events::Decimal>& budget, FieldRefusals& refusals) {
  if (budget && budget->nanos < 0) refusals.add("/monthly_budget", "out-of-range", "Expected a number from 0.");
}

Added added_by(const Adding& command, const std::string& currency) {
  auto added = told<Added, &Adding::api_key>(command);
  if (!command.currency) added.currency = currency;
  added.has_api_key = command.api_key.has_value();
  if (command.api_key) added.api_key = events::Personal(command.api_key->text);
  return added;
}

}  // namespace

Refusal Provider::rule(std::string_view words) {
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto fits = [&](char c) { return is_lower(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
  if (!words.empty() && words.size() <= short_text_characters_max && is_lower(words.front()) && std::all_of(words.begin(), words.end(), fits))
    return std::nullopt;
  return events::TextRefusal{"invalid", "Expected the word of a provider, such as openai or ollama."};
}

Refusal ApiKey::rule(std::string_view words) {
  if (words.empty()) return events::TextRefusal{"blank", "This must not be blank."};
  if (words.size() > api_key_characters_max) return events::TextRefusal{"too-long", "At most 4096 characters."};
  if (std::all_of(words.begin(), words.end(), [](char c) { return c > ' ' && c <= '~'; })) return std::nullopt;
  return events::TextRefusal{"invalid", "Expected visible ASCII characters."};
}

Refusal ErrorText::rule(std::string_view words) {
  if (auto refused = Content::rule(words)) return refused;
  if (words.size() > error_bytes_max) return events::TextRefusal{"too-long", "At most 4 KiB."};
  return std::nullopt;
}

Rejection provider_taken(std::string pointer) {
  return already_exists(std::move(pointer), "There is a config of this provider already: change that one, or remove it first.");
}

std::optional<StreamId> config_of(events::WorkspaceId workspace, std::string_view provider, const Facts& facts) {
  return facts.claimed(scope::ai_provider, key_in(workspace, provider));
}

Decision<Event> added(const Adding& command, const std::string& currency) {
  FieldRefusals refusals;
  auto added = added_by(command, currency);
  check_settings(added.settings, refusals);
  check_budget(added.monthly_budget, refusals);
  if (refusals.any()) return refusals.rejection();
  return std::vector<Event>{std::move(added)};
}

bool says_the_same(const Added& first, const Adding& again) { return added_by(again, first.currency) == first; }

Decision<Event> reconfigured(const State& state, const Reconfiguring& command) {
  FieldRefusals refusals;
  auto after = state;
  put_all(command, after, refusals);
  check_settings(after.settings, refusals);
  check_budget(after.monthly_budget, refusals);
  if (refusals.any()) return refusals.rejection();
  std::vector<Event> changes;
  add_changes<Reconfigured, BudgetSet>(state, after, changes);
  for (auto& change : domain::switched<Enabled, Disabled, Event>(state.is_enabled, after.is_enabled)) changes.push_back(std::move(change));
  return changes;
}

Decision<Event> credentials_replaced(const State& state, const ReplacingCredentials& command) {
  CredentialsReplaced replaced{true, events::Personal(command.api_key.text)};
  if (state.api_key && replaced.api_key == state.sealed_api_key) return std::vector<Event>{};
  return std::vector<Event>{std::move(replaced)};
}

Decision<Event> tested(const State&, const NotingTest& command) {
  if (command.succeeded && command.last_error) return invalid("/last_error", "invalid", "What has succeeded has no error.");
  if (!command.succeeded && !command.last_error) return invalid("/last_error", "required", "Say what went wrong.");
  return std::vector<Event>{events::ai_provider::Tested{command.succeeded, plain(command.last_error)}};
}

Decision<Event> switched(const State& state, bool on) { return domain::switched<Enabled, Disabled, Event>(state.is_enabled, on); }

Decision<Event> removed(const State&) { return std::vector<Event>{events::ai_provider::Removed{}}; }

Decision<Event> restored(const State& state) {
  if (!state.deleted_at) return std::vector<Event>{};
  return std::vector<Event>{events::ai_provider::Restored{}};
}

// ---- of a workspace ----------------------------------------------------------------------------------------------

// An id that is somebody's own config's would be shown in its place.
Decision<Event> decide(const State& state, const Add& command, const CommandContext& context, const Facts& facts) {
  const bool is_own = command.id && facts.claimed(scope::own_ai_provider, command.id->text()).has_value();
  if (state.version.value > 0 || is_own) return id_taken();
  if (config_of(workspace_of(context).id, command.provider.text, facts)) return provider_taken("/provider");
  return added(command, workspace_of(context).currency);
}

bool repeats(const Added& first, const Add& again, const CommandContext&, const Facts&) { return says_the_same(first, again); }

Decision<Event> decide(const State& state, const Reconfigure& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone_here(state, what, context, facts)) return *refused;
  return reconfigured(state, command);
}

Decision<Event> decide(const State& state, const ReplaceCredentials& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone_here(state, what, context, facts)) return *refused;
  return credentials_replaced(state, command);
}

Decision<Event> decide(const State& state, const SetPrices& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone_here(state, what, context, facts)) return *refused;
  return prices_set(state, command, context);
}

Decision<Event> decide(const State& state, const NoteTest& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone_here(state, what, context, facts)) return *refused;
  return tested(state, command);
}

Decision<Event> decide(const State& state, const Enable&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone_here(state, what, context, facts)) return *refused;
  return switched(state, true);
}

Decision<Event> decide(const State& state, const Disable&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone_here(state, what, context, facts)) return *refused;
  return switched(state, false);
}

Decision<Event> decide(const State& state, const Remove&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone_here(state, what, context, facts)) return *refused;
  return removed(state);
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden_here(state, what, context, facts)) return *refused;
  if (state.deleted_at && config_of(workspace_of(context).id, state.provider, facts)) return provider_taken("");
  return restored(state);
}

}  // namespace ai_provider

void effects(const ai_provider::State&, const events::ai_provider::Added& e, const events::Envelope& event, Effects& effects) {
  const auto workspace = event.workspace_id.value();
  effects.born(events::stream_of(workspace));
  effects.claim(scope::ai_provider, key_in(workspace, e.provider), "/provider");
}
void effects(const ai_provider::State& before, const events::ai_provider::Removed&, const events::Envelope& event, Effects& effects) {
  effects.died();
  effects.release(scope::ai_provider, key_in(event.workspace_id.value(), before.provider));
}
void effects(const ai_provider::State& before, const events::ai_provider::Restored&, const events::Envelope& event, Effects& effects) {
  effects.revived();
  effects.claim(scope::ai_provider, key_in(event.workspace_id.value(), before.provider), "");
}
// It is said to be what was spent lately, so it counts in the month in which it is recorded.
void effects(const ai_provider::State& before, const events::ai_provider::BroughtForward& e, const events::Envelope& event, Effects& effects) {
  if (!e.current_spend) return;
  execution::count_brought(event.workspace_id.value(), {e.current_spend->nanos, before.currency, event.recorded_at, {}, {}, before.id}, effects);
}

template const AggregateOps& aggregate_ops<AiProvider>();

}  // namespace daybook::domain
