#include "command-service/domain/api_key/api_key.hpp"

#include <algorithm>

#include "command-service/domain/core/callers.hpp"
#include "command-service/domain/core/rules.hpp"
#include "events/api_key/scopes.hpp"

namespace daybook::domain {
namespace api_key {
namespace {

using events::Personal;
using events::api_key::Issued;

StreamId container_of(const State& state) { return events::stream_of(state.workspace_id); }

bool is_manager(const CommandContext& context) { return context.role && allowed(Permission::api_keys_manage, *context.role); }

// To members others' keys are not there.
std::optional<Rejection> refuse_strange(const State& state, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), "API key", context, facts)) return refused;
  if (context.user == state.user_id || is_manager(context)) return std::nullopt;
  return not_found("API key");
}

std::string lower(std::string digits) {
  std::transform(digits.begin(), digits.end(), digits.begin(), [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
  return digits;
}

// What the command tells by itself, its digest included where that is brought in.
Issued told_of(const Issue& command, events::UserId caller) {
  Issued issued{};
  issued.user_id = command.user_id.value_or(caller);
  issued.name = command.name.text;
  for (const auto& scope : command.permissions)
    if (std::find(issued.permissions.begin(), issued.permissions.end(), scope.text) == issued.permissions.end()) issued.permissions.push_back(scope.text);
  issued.key_hash = Personal(command.key_hash ? lower(command.key_hash->text) : command.drawn_digest);
  issued.expires_at = command.expires_at;
  return issued;
}

// Fields that only a key of another system comes with.
void check_brought_in(const Issue& command, const CommandContext& context, FieldRefusals& refusals) {
  const auto alone = [&](bool sent, std::string pointer) {
    if (sent && !command.key_hash) refusals.add(std::move(pointer), "needs-key-hash", "This is said only of a key that is brought in, with its key_hash.");
  };
  alone(command.user_id.has_value(), "/user_id");
  alone(command.last_used_at.has_value(), "/last_used_at");
  alone(command.is_active.has_value(), "/is_active");
  if (command.user_id && !is_member(context, *command.user_id))
    refusals.add("/user_id", "unknown-reference", "The user is not a member of this workspace.");
  if (command.last_used_at && *command.last_used_at > context.now)
    refusals.add("/last_used_at", "in-the-future", "What occurred cannot lie in the future.");
}

}  // namespace

Refusal Scope::rule(std::string_view words) {
  if (words.size() <= short_text_characters_max && events::api_key::is_scope(words)) return std::nullopt;
  return events::TextRefusal{"invalid", "Expected a permission such as issues:write, agents:* or *."};
}

Refusal KeyDigest::rule(std::string_view words) {
  const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
  if (words.size() == 64 && std::all_of(words.begin(), words.end(), is_digit)) return std::nullopt;
  return events::TextRefusal{"invalid", "Expected SHA-256 as 64 hexadecimal digits."};
}

Decision<Event> decide(const State& state, const Issue& command, const CommandContext& context, const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  const auto holder = person_of(context);
  if (!holder) return holder.error();
  if (command.key_hash && !(context.role && allowed(Permission::bring_in, *context.role)))
    return forbidden("Only an owner may bring in keys of another system.");
  FieldRefusals refusals;
  check_brought_in(command, context, refusals);
  if (command.permissions.empty() && !command.key_hash) refusals.add("/permissions", "required", "Say what the key may do; * is everything that its holder may.");
  if (command.permissions.size() > permissions_max) refusals.add("/permissions", "too-many", "A key can have at most 100 permissions.");
  if (command.expires_at && *command.expires_at <= context.now && !command.key_hash)
    refusals.add("/expires_at", "in-the-past", "A key that is issued now cannot have expired.");
  if (refusals.any()) return refusals.rejection();
  if (!command.key_hash && command.drawn_digest.empty())
    return invalid("", "told-alone", "A key is told once, in the reply to a request of its own: POST it to api-keys.");
  if (facts.counter(scope::live_api_keys, events::stream_of(workspace_of(context).id)) >= live_max)
    return invalid("", "too-many", "A workspace can have at most 1,000 keys: revoke those that are not used.");
  std::vector<Event> events{told_of(command, *holder)};
  if (command.last_used_at) events.push_back(events::api_key::Used{*command.last_used_at});
  if (!command.is_active.value_or(true)) events.push_back(events::api_key::Revoked{});
  return events;
}

// Whoever sends it again learns of no key, unless it is one that was brought in.
bool repeats(const Issued& first, const Issue& again, const CommandContext& context, const Facts&) {
  if (!context.user) return false;
  auto told = told_of(again, *context.user);
  if (!again.key_hash) told.key_hash = first.key_hash;
  return told == first;
}

Decision<Event> decide(const State& state, const Rename& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_strange(state, context, facts)) return *refused;
  FieldRefusals refusals;
  auto name = state.name;
  put(command.name, name, "/name", refusals);
  if (refusals.any()) return refusals.rejection();
  if (name == state.name) return std::vector<Event>{};
  return std::vector<Event>{events::api_key::Renamed{name}};
}

Decision<Event> decide(const State& state, const Revoke&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_strange(state, context, facts)) return *refused;
  if (!state.is_active) return std::vector<Event>{};
  return std::vector<Event>{events::api_key::Revoked{}};
}

Decision<Event> decide(const State& state, const RevokeOf& command, const CommandContext&, const Facts&) {
  if (state.version.value == 0 || state.user_id != command.holder || !state.is_active) return std::vector<Event>{};
  return std::vector<Event>{events::api_key::Revoked{}};
}

Decision<Event> decide(const State& state, const Use&, const CommandContext& context, const Facts&) {
  if (refuse_use(state, state.user_id, context.now)) return std::vector<Event>{};
  if (state.last_used_at && context.now - *state.last_used_at < use_noted_every) return std::vector<Event>{};
  return std::vector<Event>{events::api_key::Used{context.now}};
}

Decision<Event> decide(const State& state, const Expire&, const CommandContext& context, const Facts&) {
  if (!has_lapsed(state, context.now)) return std::vector<Event>{};
  return std::vector<Event>{events::api_key::Expired{}};
}

bool has_lapsed(const State& state, text::Instant now) {
  return state.version.value > 0 && state.is_active && state.expires_at && *state.expires_at <= now;
}

Rejection ended() { return {Rejection::Kind::unauthenticated, "key-ended", "This key was revoked or has expired.", {}, std::nullopt}; }

std::optional<Rejection> refuse_use(const State& state, events::UserId user, text::Instant now) {
  const bool good = state.version.value > 0 && state.user_id == user && state.is_active && !has_lapsed(state, now);
  if (good) return std::nullopt;
  return ended();
}

std::optional<Rejection> refuse_unscoped(const State& state, Permission permission) {
  const auto scope = scope_of(permission);
  if (scope.empty()) return forbidden("No API key does this: sign in for it.");
  if (events::api_key::covers(state.permissions, scope)) return std::nullopt;
  return Rejection{Rejection::Kind::forbidden, "missing-scope", "This key lacks the permission " + std::string(scope) + ".", {}, std::nullopt};
}

}  // namespace api_key

void effects(const api_key::State&, const events::api_key::Issued& e, const events::Envelope& event, Effects& effects) {
  const auto workspace = events::stream_of(event.workspace_id.value());
  effects.born(workspace);
  effects.claim_personal(scope::api_key, e.key_hash, "/key_hash");
  effects.count(scope::live_api_keys, workspace, +1);
}
void effects(const api_key::State& before, const events::api_key::Revoked&, const events::Envelope& event, Effects& effects) {
  if (before.is_active) effects.count(scope::live_api_keys, events::stream_of(event.workspace_id.value()), -1);
}
void effects(const api_key::State& before, const events::api_key::Expired&, const events::Envelope& event, Effects& effects) {
  if (before.is_active) effects.count(scope::live_api_keys, events::stream_of(event.workspace_id.value()), -1);
}

template const AggregateOps& aggregate_ops<ApiKey>();

}  // namespace daybook::domain
