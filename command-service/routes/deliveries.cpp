// What a webhook was told is told again: one delivery, or what happened in a stretch of the log. The queue is no part of the log, so these
// are no commands; whoever may do it is asked as for one.
#include "command-service/domain/core/callers.hpp"
#include "command-service/domain/core/placed.hpp"
#include "command-service/domain/core/seen_facts.hpp"
#include "command-service/domain/webhook/webhook.hpp"
#include "command-service/routes/command.hpp"
#include "command-service/routes/problem.hpp"
#include "command-service/routes/routes.hpp"
#include "command-service/routes/send.hpp"

namespace daybook::routes {

struct ReplayBody {
  std::optional<text::Instant> since;
  std::optional<events::Position> from_position, to_position;
};
BOOST_DESCRIBE_STRUCT(ReplayBody, (), (since, from_position, to_position))

struct DeliveryQueued {
  std::int64_t queued = 0;
};
BOOST_DESCRIBE_STRUCT(DeliveryQueued, (), (queued))

namespace {

using delivering::Receiver;
using events::WebhookId;

constexpr int accepted_status = 202;

Result<Receiver> find(log::Settling& settling, const api::Principal& principal, const std::string& workspace, const std::string& webhook) {
  const auto context = admit_to(settling, principal, {}, workspace, domain::Permission::webhooks_manage);
  if (!context) return context.error();
  if (context->agent) return domain::not_for_agents();
  const auto id = WebhookId::parse(webhook);
  if (!id) return domain::not_found("webhook");
  const auto& state = settling.load<domain::Webhook>(events::stream_of(*id));
  const auto place = domain::workspace_of(*context).id;
  const domain::SeenFacts seen(settling, *context);
  if (state.version.value == 0 || state.workspace_id != place) return domain::not_found("webhook");
  const auto container = domain::container_in(state.project_id, state.workspace_id);
  if (auto refused = domain::refuse_gone(state, container, "webhook", *context, seen)) return std::move(*refused);
  if (!state.is_enabled) return domain::invalid("", "webhook-disabled", "The webhook is disabled: nothing is sent to it.");
  return Receiver{*id, place, state.project_id, state.events, state.born};
}

http::Response away(const api::Call& call) { return api::respond_problem(call, api::unavailable("The queue of deliveries cannot be reached; come again in a moment.")); }

// Whether it may be done is answered by the log; what is to be done goes on from there, with the reply that is given where it was done.
using Then = std::function<void(const Receiver&, http::Response, api::Respond)>;

void when_admitted(const CommandTools& tools, const api::CallPtr& call, api::Respond respond, Then then) {
  auto found = std::make_shared<Receiver>();
  log::Request request{};
  request.caller = caller_of(tools, *call);
  request.items.push_back({[found, principal = *call->principal, workspace = std::string(call->path_parameter("workspace")),
                            webhook = std::string(call->path_parameter("webhook"))](log::Settling& settling) -> Result<log::Accepted> {
                             auto one = find(settling, principal, workspace, webhook);
                             if (!one) return std::move(one.error());
                             *found = *one;
                             return log::Accepted{};
                           },
                           std::nullopt});
  const auto go_on = [found, respond, then = std::move(then)](http::Response response) {
    if (response.status != accepted_status) return respond(std::move(response));
    then(*found, std::move(response), respond);
  };
  send_request(tools, call, go_on, std::move(request), [call](const log::Outcome& outcome) {
    const auto& item = outcome.items.front();
    if (!item) return api::respond_problem(*call, problem_of(item.error()));
    http::Response response;
    response.status = accepted_status;
    return response;
  });
}

void deliver_again(const CommandTools& tools, const api::CallPtr& call, const api::Respond& respond) {
  const auto delivery = text::Uuid::parse(call->path_parameter("delivery"));
  when_admitted(tools, call, respond, [&tools, call, delivery](const Receiver& found, http::Response response, const api::Respond& then) {
    if (!delivery) return then(api::respond_problem(*call, api::not_found("delivery")));
    const auto done = [call, response = std::move(response), then](std::optional<bool> was_there) mutable {
      if (!was_there) return then(away(*call));
      if (!*was_there) return then(api::respond_problem(*call, api::not_found("delivery")));
      response.body = events::to_json(DeliveryQueued{1});
      then(std::move(response));
    };
    if (!tools.deliveries.again || !tools.deliveries.again({found.workspace, found.webhook, *delivery}, done)) then(away(*call));
  });
}

// Without either it begins with the first event.
std::optional<Rejection> refuse(const ReplayBody& body) {
  if (body.since && body.from_position) return domain::invalid("/since", "invalid", "Say where to begin once: by a time or by a position.");
  if (body.to_position && body.from_position && *body.to_position < *body.from_position)
    return domain::invalid("/to_position", "out-of-range", "The last position lies before the first.");
  return std::nullopt;
}

void replay(const CommandTools& tools, const api::CallPtr& call, const ReplayBody& body, const api::Respond& respond) {
  if (const auto refused = refuse(body)) return respond(api::respond_problem(*call, problem_of(*refused)));
  when_admitted(tools, call, respond, [&tools, call, body](const Receiver& found, http::Response response, const api::Respond& then) {
    const auto done = [call, response = std::move(response), then](std::optional<delivering::Replayed> replayed) mutable {
      if (!replayed) return then(away(*call));
      response.body = events::to_json(*replayed);
      then(std::move(response));
    };
    const delivering::Replay what{found, body.since, body.from_position, body.to_position};
    if (!tools.deliveries.replay || !tools.deliveries.replay(what, done)) then(away(*call));
  });
}

api::Route route(std::string_view id, std::string_view path, std::string_view summary) {
  api::Route route{};
  route.id = id;
  route.method = "POST";
  route.path = path;
  route.summary = summary;
  route.tag = "webhook";
  route.permission = events::word_of(domain::Permission::webhooks_manage);
  route.status = accepted_status;
  route.reply_fields = {"Daybook-Position", "Daybook-Log"};
  return route;
}

}  // namespace

std::vector<api::Route> delivery_routes(const CommandTools& tools) {
  auto one = route("replayWebhookDelivery", "/api/v1/workspaces/{workspace}/webhooks/{webhook}/deliveries/{delivery}/replay",
                   "Sends it again from its first attempt on, under the same id.");
  one.reply = &events::type_info<DeliveryQueued>();
  one.handler = [&tools](api::CallPtr call, api::Respond respond) { deliver_again(tools, call, respond); };
  auto many = route("replayWebhook", "/api/v1/workspaces/{workspace}/webhooks/{webhook}/replay",
                    "Sends what happened since a time, or in a stretch of positions, again or for the first time; a bounded part of it at a time.");
  many.body = &events::type_info<ReplayBody>();
  many.reply = &events::type_info<delivering::Replayed>();
  many.handler = api::with_body<ReplayBody>(
      [&tools](api::CallPtr call, ReplayBody body, api::Respond respond) { replay(tools, call, body, respond); });
  return {std::move(one), std::move(many)};
}

}  // namespace daybook::routes
