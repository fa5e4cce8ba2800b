#include "command-service/domain/integration/integration.hpp"

#include <algorithm>
#include <map>

#include "command-service/domain/core/switched.hpp"
#include "command-service/domain/core/whose.hpp"

namespace daybook::domain {
namespace integration {
namespace {

using events::integration::Connected;
using events::integration::CredentialsReplaced;
using events::integration::Disabled;
using events::integration::Enabled;

constexpr std::string_view what = "integration";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }

// Names are shown, so nothing else is taken for one.
bool is_name(std::string_view word) {
  const auto fits = [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-'; };
  return !word.empty() && word.size() <= short_text_characters_max && is_letter(word.front()) && std::all_of(word.begin(), word.end(), fits);
}

// The names in `credentials`, which is known to be well-formed. No refusal repeats what stands there.
std::vector<std::string> names_in(const events::Json& credentials, FieldRefusals& refusals) {
  std::map<std::string, events::Json> members;
  if (!events::from_json(credentials.text, members, events::Reading::lenient)) {
    refusals.add("/credentials", "wrong-type", "Expected an object.");
    return {};
  }
  if (members.size() > credentials_max) refusals.add("/credentials", "too-many", "An integration can have at most 50 credentials.");
  std::vector<std::string> names;
  for (const auto& [name, value] : members) names.push_back(name);
  if (!std::all_of(names.begin(), names.end(), is_name))
    refusals.add("/credentials", "invalid", "A credential's name has letters, digits, _ and -, a letter first, at most 64 in all.");
  return names;
}

Connected connected_by(const Connecting& command, FieldRefusals& refusals) {
  auto connected = told<Connected, &Connecting::type, &Connecting::credentials>(command);
  connected.integration_type = command.type.text;
  connected.credential_names = names_in(command.credentials, refusals);
  connected.credentials = events::Personal(command.credentials.text);
  check_object(connected.settings, "/settings", refusals);
  return connected;
}

}  // namespace

Refusal Service::rule(std::string_view words) {
  const auto fits = [](char c) { return is_lower(c) || is_digit(c) || c == '_'; };
  if (!words.empty() && words.size() <= short_text_characters_max && is_lower(words.front()) && std::all_of(words.begin(), words.end(), fits))
    return std::nullopt;
  return events::TextRefusal{"invalid", "Expected the word of a service, such as slack or google_drive."};
}

Decision<Event> connected(const Connecting& command) {
  FieldRefusals refusals;
  auto connected = connected_by(command, refusals);
  if (refusals.any()) return refusals.rejection();
  return std::vector<Event>{std::move(connected)};
}

bool says_the_same(const Connected& first, const Connecting& again) {
  FieldRefusals refusals;
  return connected_by(again, refusals) == first;
}

Decision<Event> reconfigured(const State& state, const Reconfiguring& command) {
  FieldRefusals refusals;
  auto after = state;
  put_all(command, after, refusals);
  check_object(after.settings, "/settings", refusals);
  if (refusals.any()) return refusals.rejection();
  std::vector<Event> changes;
  add_changes<events::integration::Reconfigured>(state, after, changes);
  for (auto& change : domain::switched<Enabled, Disabled, Event>(state.is_enabled, after.is_enabled)) changes.push_back(std::move(change));
  return changes;
}

Decision<Event> credentials_replaced(const State& state, const ReplacingCredentials& command) {
  FieldRefusals refusals;
  CredentialsReplaced replaced{names_in(command.credentials, refusals), events::Personal(command.credentials.text)};
  if (refusals.any()) return refusals.rejection();
  if (replaced.credentials == state.sealed_credentials) return std::vector<Event>{};
  return std::vector<Event>{std::move(replaced)};
}

Decision<Event> switched(const State& state, bool on) { return domain::switched<Enabled, Disabled, Event>(state.is_enabled, on); }

Decision<Event> synced(const State& state, const NotingSync& command, const CommandContext& context) {
  const auto at = command.last_sync_at.value_or(context.occurred_at.value_or(context.now));
  if (at > context.now) return invalid("/last_sync_at", "in-the-future", "What occurred cannot lie in the future.");
  if (state.last_sync_at == at) return std::vector<Event>{};
  return std::vector<Event>{events::integration::Synced{at}};
}

Decision<Event> removed(const State&) { return std::vector<Event>{events::integration::Removed{}}; }

Decision<Event> restored(const State& state) {
  if (!state.deleted_at) return std::vector<Event>{};
  return std::vector<Event>{events::integration::Restored{}};
}

// ---- of a workspace ----------------------------------------------------------------------------------------------

// An id that is somebody's own integration's would be shown in its place.
Decision<Event> decide(const State& state, const Connect& command, const CommandContext&, const Facts& facts) {
  const bool is_own = command.id && facts.claimed(scope::own_integration, command.id->text()).has_value();
  if (state.version.value > 0 || is_own) return id_taken();
  return connected(command);
}

bool repeats(const Connected& first, const Connect& again, const CommandContext&, const Facts&) { return says_the_same(first, again); }

Decision<Event> decide(const State& state, const Reconfigure& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone_here(state, what, context, facts)) return *refused;
  return reconfigured(state, command);
}

Decision<Event> decide(const State& state, const ReplaceCredentials& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone_here(state, what, context, facts)) return *refused;
  return credentials_replaced(state, command);
}

Decision<Event> decide(const State& state, const Enable&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone_here(state, what, context, facts)) return *refused;
  return switched(state, true);
}

Decision<Event> decide(const State& state, const Disable&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone_here(state, what, context, facts)) return *refused;
  return switched(state, false);
}

Decision<Event> decide(const State& state, const NoteSync& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone_here(state, what, context, facts)) return *refused;
  return synced(state, command, context);
}

Decision<Event> decide(const State& state, const Remove&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone_here(state, what, context, facts)) return *refused;
  return removed(state);
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden_here(state, what, context, facts)) return *refused;
  return restored(state);
}

}  // namespace integration

void effects(const integration::State&, const events::integration::Connected&, const events::Envelope& event, Effects& effects) {
  effects.born(events::stream_of(event.workspace_id.value()));
}
void effects(const integration::State&, const events::integration::Removed&, const events::Envelope&, Effects& effects) { effects.died(); }
void effects(const integration::State&, const events::integration::Restored&, const events::Envelope&, Effects& effects) { effects.revived(); }

template const AggregateOps& aggregate_ops<Integration>();

}  // namespace daybook::domain
