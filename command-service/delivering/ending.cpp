#include "command-service/delivering/ending.hpp"

#include <algorithm>

#include "command-service/domain/user/notifications.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "command-service/reactors/rule.hpp"

namespace daybook::delivering {
namespace {

using domain::Result;
using domain::Webhook;
using events::user::NotificationRaised;
using events::user::NotificationType;
using events::webhook::DeliveryFailed;
using events::webhook::DeliverySucceeded;

log::Outcome settled(log::Appender& appender, log::Request request) {
  auto reply = appender.submit_and_wait(std::move(request));
  if (const auto* away = std::get_if<log::Unavailable>(&reply)) throw events::LogUnavailable(away->reason);
  auto outcome = std::get<log::Outcome>(std::move(reply));
  if (outcome.failed) throw std::runtime_error(*outcome.failed);
  return outcome;
}

events::UserId person_to_tell(const events::webhook::State& webhook, const events::workspace::State& workspace) {
  if (webhook.created_by_type != events::ActorType::user || !webhook.created_by_id) return workspace.owner_id;
  const events::UserId creator{webhook.created_by_id->value};
  return events::workspace::find_member(workspace, creator) == nullptr ? workspace.owner_id : creator;
}

domain::user::Notify notice(const Due& due, const events::webhook::State& webhook, events::UserId to, events::EventId cause) {
  domain::user::Notify command{};
  auto& what = command.what;
  what.notification_id = domain::user::notification_of(to, NotificationType::webhook_disabled, cause.value);
  what.notification_type = NotificationType::webhook_disabled;
  what.workspace_id = due.workspace;
  what.title = "A webhook was disabled";
  what.content = webhook.name + " could not be delivered to. What it missed can be replayed once it is enabled again.";
  what.action_url = "/workspaces/" + due.workspace.text() + "/webhooks/" + due.webhook.text();
  what.caused_by_type = events::ActorType::system;
  return command;
}

log::Accepted accepted(log::Settling& settling, events::StreamId stream) {
  return {200, events::StreamType::webhook, stream, stream.value, settling.load<Webhook>(stream).version, nullptr};
}

// Every stream is loaded before the first is written.
Result<log::Accepted> fail(log::Settling& settling, const Due& due, events::EventId cause, const DeliveryFailed& failed, bool is_gone) {
  const auto stream = events::stream_of(due.webhook);
  const auto webhook = settling.load<Webhook>(stream);
  const auto& workspace = settling.load<domain::Workspace>(events::stream_of(due.workspace));
  const auto person = events::stream_of(person_to_tell(webhook, workspace));
  auto context = reactors::system_context(settling);
  context.workspace = &workspace;
  const auto& user = settling.load<domain::User>(person);
  const auto told = decide(user, notice(due, webhook, events::UserId{person.value}, cause), context, settling);
  const bool ends = webhook.is_enabled && (is_gone || is_given_up(webhook.failing_since, settling.now()));
  std::vector<Webhook::Event> changes{failed};
  if (ends) changes.push_back(events::webhook::Disabled{});
  if (auto done = settling.append<Webhook>(stream, due.workspace, changes); !done) return std::move(done.error());
  if (ends && told)
    if (auto done = settling.append<domain::User>(person, std::nullopt, *told); !done) return std::move(done.error());
  return accepted(settling, stream);
}

Result<log::Accepted> succeed(log::Settling& settling, const Due& due, const DeliverySucceeded& succeeded) {
  const auto stream = events::stream_of(due.webhook);
  settling.load<Webhook>(stream);
  if (auto done = settling.append<Webhook>(stream, due.workspace, {succeeded}); !done) return std::move(done.error());
  return accepted(settling, stream);
}

}  // namespace

events::webhook::State webhook_now(log::Appender& appender, events::WebhookId webhook) {
  auto state = std::make_shared<events::webhook::State>();
  log::Request request{};
  request.caller.origin = events::Origin::reactor;
  request.items.push_back({[state, stream = events::stream_of(webhook)](log::Settling& settling) -> Result<log::Accepted> {
                             *state = settling.load<Webhook>(stream);
                             return accepted(settling, stream);
                           },
                           std::nullopt});
  settled(appender, std::move(request));
  return std::move(*state);
}

void tell_end(log::Appender& appender, const Due& due, const events::Envelope& cause, const outbound::Answer& answer, Outcome outcome) {
  const auto status = answer.status == 0 ? std::nullopt : std::optional(answer.status);
  log::Request request{};
  request.caller.origin = events::Origin::reactor;
  request.caller.correlation_id = cause.correlation_id;
  request.caller.causation_id = cause.event_id;
  request.caller.depth = std::min(cause.depth + 1, events::chain_depth_max);
  if (outcome == Outcome::succeeded) {
    request.items.push_back({[due, event = DeliverySucceeded{cause.event_id, status}](log::Settling& settling) { return succeed(settling, due, event); }, std::nullopt});
  } else {
    request.items.push_back({[due, id = cause.event_id, event = DeliveryFailed{cause.event_id, status, answer.error}, is_gone = outcome == Outcome::gone](
                                 log::Settling& settling) { return fail(settling, due, id, event, is_gone); },
                             std::nullopt});
  }
  settled(appender, std::move(request));
}

}  // namespace daybook::delivering
