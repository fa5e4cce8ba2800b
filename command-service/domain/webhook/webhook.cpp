#include "command-service/domain/webhook/webhook.hpp"

#include <algorithm>

#include "command-service/domain/core/placed.hpp"
#include "command-service/domain/core/switched.hpp"

namespace daybook::domain {
namespace webhook {
namespace {

using events::webhook::Changed;
using events::webhook::Disabled;
using events::webhook::Enabled;

StreamId container_of(const State& state) { return container_in(state.project_id, state.workspace_id); }

std::optional<Rejection> refuse_change(const State& state, const CommandContext& context, const Facts& facts) {
  return refuse_gone(state, container_of(state), "webhook", context, facts);
}

// Each once, in the order they were named.
std::vector<std::string> distinct(const std::vector<EventWord>& named) {
  std::vector<std::string> words;
  for (const auto& word : named)
    if (std::find(words.begin(), words.end(), word.text) == words.end()) words.push_back(word.text);
  return words;
}

void check_events(const std::vector<std::string>& words, FieldRefusals& refusals) {
  if (words.size() > events_max) refusals.add("/events", "too-many", "A webhook can have at most 100 events.");
}

// ---- headers (RFC 9110 §5) ---------------------------------------------------------------------------------------

bool is_token(std::string_view name) {
  const auto fits = [](char c) {
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return alphanumeric || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  };
  return !name.empty() && name.size() <= short_text_characters_max && std::all_of(name.begin(), name.end(), fits);
}

std::string lower(std::string_view name) {
  std::string out(name);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// What a delivery says by itself, or the connection needs.
bool is_reserved(const std::string& name) {
  constexpr std::string_view words[] = {"host", "connection", "content-length", "content-type", "content-encoding", "transfer-encoding",
                                        "te", "trailer", "upgrade", "expect", "x-webhook-signature-256"};
  return name.starts_with("webhook-") || std::find(std::begin(words), std::end(words), name) != std::end(words);
}

bool is_value(std::string_view value) {
  const auto fits = [](char c) { return c == '\t' || (c >= ' ' && c <= '~'); };
  return value.size() <= header_bytes_max && std::all_of(value.begin(), value.end(), fits);
}

std::string step(std::string_view key) {
  std::string out = "/";
  for (const char c : key) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return out;
}

void check_headers(const std::optional<Headers>& headers, FieldRefusals& refusals) {
  if (!headers) return;
  if (headers->size() > headers_max) refusals.add("/headers", "too-many", "A webhook can have at most 20 headers.");
  std::vector<std::string> seen;
  for (const auto& [name, value] : *headers) {
    const auto at = "/headers" + step(name);
    const auto small = lower(name);
    if (!is_token(name)) refusals.add(at, "invalid", "This is not the name of a header.");
    else if (is_reserved(small)) refusals.add(at, "invalid", "This header is set by the delivery itself.");
    else if (std::find(seen.begin(), seen.end(), small) != seen.end()) refusals.add(at, "already-exists", "This header stands here twice.");
    if (!is_value(value)) refusals.add(at, "invalid", "Expected one line of at most 4096 visible ASCII characters and spaces.");
    seen.push_back(small);
  }
}

// All that the command tells by itself, but for the secret.
Registered registered_by(const Register& command) {
  auto registered = told<Registered, &Register::project_id, &Register::events, &Register::secret>(command);
  registered.events = distinct(command.events);
  return registered;
}

events::Personal chosen(const std::optional<Secret>& sent, const std::string& drawn) { return events::Personal(sent ? sent->text : drawn); }

}  // namespace

Decision<Event> decide(const State& state, const Register& command, const CommandContext& context, const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  FieldRefusals refusals;
  auto registered = registered_by(command);
  registered.project_id = project_named(command.project_id, std::nullopt, context, facts, refusals);
  check_events(registered.events, refusals);
  check_headers(registered.headers, refusals);
  if (refusals.any()) return refusals.rejection();
  registered.secret = chosen(command.secret, command.drawn_secret);
  return std::vector<Event>{std::move(registered)};
}

bool repeats(const Registered& first, const Register& again, const CommandContext& context, const Facts& facts) {
  auto registered = registered_by(again);
  registered.project_id = first.project_id;
  registered.secret = again.secret ? events::Personal(again.secret->text) : first.secret;
  return registered == first && names_project(again.project_id, first.project_id, context, facts);
}

Decision<Event> decide(const State& state, const Change& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  FieldRefusals refusals;
  auto after = state;
  put_all<&Change::project_id, &Change::events>(command, after, refusals);
  if (command.project_id.sent) after.project_id = project_named(command.project_id.value, state.project_id, context, facts, refusals);
  if (command.events.sent && !command.events.value) refusals.add("/events", "required", "This field cannot be cleared.");
  if (command.events.value) after.events = distinct(*command.events.value);
  check_events(after.events, refusals);
  check_headers(after.headers, refusals);
  if (refusals.any()) return refusals.rejection();
  std::vector<Event> changes;
  add_changes<Changed>(state, after, changes);
  for (auto& change : switched<Enabled, Disabled, Event>(state.is_enabled, after.is_enabled)) changes.push_back(std::move(change));
  return changes;
}

Decision<Event> decide(const State& state, const RotateSecret& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  auto secret = chosen(command.secret, command.drawn_secret);
  if (secret == state.signing_secret) return std::vector<Event>{};
  return std::vector<Event>{events::webhook::SecretRotated{std::move(secret)}};
}

Decision<Event> decide(const State& state, const Enable&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return switched<Enabled, Disabled, Event>(state.is_enabled, true);
}

Decision<Event> decide(const State& state, const Disable&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return switched<Enabled, Disabled, Event>(state.is_enabled, false);
}

Decision<Event> decide(const State& state, const Delete&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return std::vector<Event>{events::webhook::Deleted{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), "webhook", context, facts)) return *refused;
  if (!state.deleted_at) return std::vector<Event>{};
  return std::vector<Event>{events::webhook::Restored{}};
}

}  // namespace webhook

void effects(const webhook::State&, const events::webhook::Registered& e, const events::Envelope& event, Effects& effects) {
  effects.born(container_in(e.project_id, event.workspace_id.value()));
}
void effects(const webhook::State& before, const events::webhook::Changed& e, const events::Envelope&, Effects& effects) {
  if (e.project_id != before.project_id) effects.moved(container_in(e.project_id, before.workspace_id));
}
void effects(const webhook::State&, const events::webhook::Deleted&, const events::Envelope&, Effects& effects) { effects.died(); }
void effects(const webhook::State&, const events::webhook::Restored&, const events::Envelope&, Effects& effects) { effects.revived(); }

template const AggregateOps& aggregate_ops<Webhook>();

}  // namespace daybook::domain
