#include "compose/daybook/holders.hpp"

namespace daybook::app {
namespace {

constexpr int readable_timeout_ms = 2000;  // how long a new key waits for the read models

api::Principal principal_of(const log::HeldSince& held) {
  api::Principal holder{};
  if (held.user) {
    holder.user = *held.user;
    holder.api_key = events::ApiKeyId{held.stream.value};
  } else {
    holder.agent = events::AgentId{held.stream.value};
    holder.agent_token = held.token.value();
  }
  return holder;
}

}  // namespace

void Holders::find(std::string digest, std::function<void(api::Holder)> then) {
  if (auto holder = known_.find(digest)) return then(std::move(holder));
  if (!thread_.post([this, digest, then] { look_up(digest, then); })) then(api::unavailable("Too many keys are looked up at once; come again in a moment."));
}

void Holders::look_up(const std::string& digest, const std::function<void(api::Holder)>& then) {
  std::optional<log::HeldSince> held;
  try {
    held = log_.find(digest);
  } catch (const pg::Error&) {
    return then(api::unavailable("Whose key this is cannot be found out now; come again in a moment."));
  }
  if (!held) return then(std::optional<api::Principal>());
  const auto holder = principal_of(*held);
  known_.keep(digest, holder);
  position_->when_reached(held->position, readable_timeout_ms, [holder, then](bool) { then(std::optional(holder)); });
}

}  // namespace daybook::app
