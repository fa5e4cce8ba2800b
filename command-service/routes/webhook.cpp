// Commands about a webhook. Its secret is told in the reply of the command that made it, and never again.
#include "command-service/domain/webhook/webhook.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"
#include "platform/crypto/random.hpp"
#include "platform/text/base64.hpp"

namespace daybook::routes {
namespace {

using domain::Webhook;
using domain::webhook::Register;
using WebhookFields = events::webhook::Fields;
using WebhookState = events::webhook::State;

constexpr std::size_t drawn_secret_bytes = 32;

// Before the command runs, for it may run several times.
template <class C>
Command draws_secret(Command command) {
  command.ops.make = []() -> std::shared_ptr<void> {
    auto made = std::make_shared<C>();
    made->drawn_secret = std::string(domain::webhook::secret_prefix) + text::base64_encode(crypto::random_bytes(drawn_secret_bytes));
    return made;
  };
  return command;
}

View with_secret() {
  return {&events::type_info<WebhookFields>(), [](const void* erased, text::Uuid) {
            const auto& state = *static_cast<const WebhookState*>(erased);
            WebhookFields shown = state;
            if (state.signing_secret.state == events::Personal::State::open) shown.secret = state.signing_secret.text;
            return events::to_json_with_nulls(shown);
          }};
}

// Whoever repeats a registration by its id learns what was registered, and no secret: it may have been another's.
Command tells_secret_once(Command command) {
  command.ops.repeated = [](log::Settling& settling, StreamId stream, WorkspaceId workspace, const void* sent,
                            const domain::CommandContext& context) {
    auto first = declare::repeated<Webhook, Register>(settling, stream, workspace, sent, context);
    if (!first || !*first) return first;
    auto shown = std::make_shared<WebhookState>(*static_cast<const WebhookState*>((*first)->state.get()));
    shown->signing_secret = {};
    shown->signing_secret.state = events::Personal::State::sealed;
    (*first)->state = std::move(shown);
    return first;
  };
  return command;
}

}  // namespace

std::vector<Command> webhook_commands() {
  using namespace domain::webhook;
  const auto the_webhook = by_id<events::WebhookId>("webhook");
  const auto view = fields_of<WebhookState, WebhookFields>();
  return {
      tells_secret_once(draws_secret<Register>(creates<Webhook, Register>({"POST /webhooks"}, with_secret()))),
      draws_secret<RotateSecret>(changes<Webhook, RotateSecret>(the_webhook, {"POST /webhooks/{webhook}/rotate-secret"}, with_secret())),
      changes<Webhook, Change>(the_webhook, {"PATCH /webhooks/{webhook}"}, view),
      removes<Webhook, Delete>(the_webhook, {"DELETE /webhooks/{webhook}"}, view),
      changes<Webhook, Restore>(the_webhook, {"POST /webhooks/{webhook}/restore"}, view),
      changes<Webhook, Enable>(the_webhook, {"POST /webhooks/{webhook}/enable"}, view),
      changes<Webhook, Disable>(the_webhook, {"POST /webhooks/{webhook}/disable"}, view),
  };
}

}  // namespace daybook::routes
