#pragma once
// A webhook: where the events of a workspace or project are told to. Admins register, change, enable, delete and restore them.
// Here they are kept and checked; nothing here sends anything.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/webhook/texts.hpp"
#include "events/webhook/state.hpp"

namespace daybook::domain {

struct Webhook {
  using State = events::webhook::State;
  using Event = events::webhook::Event;
  static constexpr auto stream_type = events::StreamType::webhook;
};

namespace webhook {

using events::Patch;
using events::WebhookId;
using events::webhook::Event;
using events::webhook::Headers;
using events::webhook::Registered;
using events::webhook::State;

inline constexpr std::size_t events_max = 100;         // of one webhook
inline constexpr std::size_t headers_max = 20;         // of one webhook
inline constexpr std::size_t header_bytes_max = 4096;  // of one header's value

struct Register {
  static constexpr std::string_view verb = "webhook.register";
  static constexpr Permission permission = Permission::webhooks_manage;
  using Birth = Registered;
  std::optional<WebhookId> id;
  Name name{};
  std::optional<ProjectRef> project_id;  // left out: for the whole workspace
  Target url{};
  std::vector<EventWord> events;
  std::optional<Secret> secret;
  std::optional<Headers> headers;
  std::optional<bool> is_enabled;

  std::string drawn_secret;              // where none is sent; drawn before the command runs
};
BOOST_DESCRIBE_STRUCT(Register, (), (id, name, project_id, url, events, secret, headers, is_enabled))

struct Change {
  static constexpr std::string_view verb = "webhook.change";
  static constexpr Permission permission = Permission::webhooks_manage;
  Patch<Name> name;
  Patch<ProjectRef> project_id;
  Patch<Target> url;
  Patch<std::vector<EventWord>> events;
  Patch<Headers> headers;
  Patch<bool> is_enabled;
};
BOOST_DESCRIBE_STRUCT(Change, (), (name, project_id, url, events, headers, is_enabled))

struct RotateSecret {
  static constexpr std::string_view verb = "webhook.rotate_secret";
  static constexpr Permission permission = Permission::webhooks_manage;
  std::optional<Secret> secret;

  std::string drawn_secret;
};
BOOST_DESCRIBE_STRUCT(RotateSecret, (), (secret))

struct Enable {
  static constexpr std::string_view verb = "webhook.enable";
  static constexpr Permission permission = Permission::webhooks_manage;
};
BOOST_DESCRIBE_STRUCT(Enable, (), ())

struct Disable {
  static constexpr std::string_view verb = "webhook.disable";
  static constexpr Permission permission = Permission::webhooks_manage;
};
BOOST_DESCRIBE_STRUCT(Disable, (), ())

struct Delete {
  static constexpr std::string_view verb = "webhook.delete";
  static constexpr Permission permission = Permission::webhooks_manage;
};
BOOST_DESCRIBE_STRUCT(Delete, (), ())

struct Restore {
  static constexpr std::string_view verb = "webhook.restore";
  static constexpr Permission permission = Permission::webhooks_manage;
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

Decision<Event> decide(const State&, const Register&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Change&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RotateSecret&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Enable&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Disable&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Delete&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);

// A secret that was drawn at first does not count.
bool repeats(const events::webhook::Registered& first, const Register& again, const CommandContext&, const Facts&);

}  // namespace webhook

void effects(const webhook::State&, const events::webhook::Registered&, const events::Envelope&, Effects&);
void effects(const webhook::State&, const events::webhook::Changed&, const events::Envelope&, Effects&);
void effects(const webhook::State&, const events::webhook::Deleted&, const events::Envelope&, Effects&);
void effects(const webhook::State&, const events::webhook::Restored&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::webhook::SecretRotated, events::webhook::Enabled, events::webhook::Disabled, events::webhook::DeliverySucceeded,
                 events::webhook::DeliveryFailed, events::webhook::BroughtForward> E>
void effects(const webhook::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Webhook>();

}  // namespace daybook::domain
