#pragma once
// An integration: what connects a workspace, or one person, to a service elsewhere, with the credentials for it. Admins connect,
// reconfigure, enable, remove and restore a workspace's; a person's own are parts of their stream (domain/user/integrations.hpp).
// Here they are kept; nothing here calls anybody.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/integration/state.hpp"

namespace daybook::domain {

struct Integration {
  using State = events::integration::State;
  using Event = events::integration::Event;
  static constexpr auto stream_type = events::StreamType::integration;
};

namespace scope {
inline constexpr std::string_view own_integration = "own-integration";  // by integration: it is somebody's own
}  // namespace scope

namespace integration {

using events::integration::Event;
using events::integration::State;

inline constexpr std::size_t credentials_max = 50;  // of one integration

// The service: slack, discord, github, gitlab, google_drive and whatever else there is.
struct Service : events::Text<Service> {
  using Text::Text;
  static constexpr std::string_view pattern = "^[a-z][a-z0-9_]*$";
  static constexpr std::size_t code_points_max = short_text_characters_max;
  static Refusal rule(std::string_view words);
};

// What bodies say, whoever's it is.
struct Connecting {
  std::optional<events::IntegrationId> id;
  Service type{};
  events::Json credentials{};             // {"accessToken":"…"}
  std::optional<events::Json> settings;
  std::optional<bool> is_enabled;
};
BOOST_DESCRIBE_STRUCT(Connecting, (), (id, type, credentials, settings, is_enabled))

struct Reconfiguring {
  events::Patch<events::Json> settings;
  events::Patch<bool> is_enabled;
};
BOOST_DESCRIBE_STRUCT(Reconfiguring, (), (settings, is_enabled))

// All of them: what is not sent is gone.
struct ReplacingCredentials {
  events::Json credentials{};
};
BOOST_DESCRIBE_STRUCT(ReplacingCredentials, (), (credentials))

// Told by whoever brought both sides to the same state.
struct NotingSync {
  std::optional<text::Instant> last_sync_at;  // now, unless said
};
BOOST_DESCRIBE_STRUCT(NotingSync, (), (last_sync_at))

// ---- of a workspace ----------------------------------------------------------------------------------------------

struct Connect : Connecting {
  static constexpr std::string_view verb = "integration.connect";
  static constexpr Permission permission = Permission::integrations_manage;
  using Birth = events::integration::Connected;
};
BOOST_DESCRIBE_STRUCT(Connect, (Connecting), ())

struct Reconfigure : Reconfiguring {
  static constexpr std::string_view verb = "integration.reconfigure";
  static constexpr Permission permission = Permission::integrations_manage;
};
BOOST_DESCRIBE_STRUCT(Reconfigure, (Reconfiguring), ())

struct ReplaceCredentials : ReplacingCredentials {
  static constexpr std::string_view verb = "integration.replace_credentials";
  static constexpr Permission permission = Permission::integrations_manage;
};
BOOST_DESCRIBE_STRUCT(ReplaceCredentials, (ReplacingCredentials), ())

struct Enable {
  static constexpr std::string_view verb = "integration.enable";
  static constexpr Permission permission = Permission::integrations_manage;
};
BOOST_DESCRIBE_STRUCT(Enable, (), ())

struct Disable {
  static constexpr std::string_view verb = "integration.disable";
  static constexpr Permission permission = Permission::integrations_manage;
};
BOOST_DESCRIBE_STRUCT(Disable, (), ())

struct NoteSync : NotingSync {
  static constexpr std::string_view verb = "integration.note_sync";
  static constexpr Permission permission = Permission::integrations_manage;
};
BOOST_DESCRIBE_STRUCT(NoteSync, (NotingSync), ())

struct Remove {
  static constexpr std::string_view verb = "integration.remove";
  static constexpr Permission permission = Permission::integrations_manage;
};
BOOST_DESCRIBE_STRUCT(Remove, (), ())

struct Restore {
  static constexpr std::string_view verb = "integration.restore";
  static constexpr Permission permission = Permission::integrations_manage;
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

Decision<Event> decide(const State&, const Connect&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Reconfigure&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ReplaceCredentials&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Enable&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Disable&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const NoteSync&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Remove&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);

bool repeats(const events::integration::Connected& first, const Connect& again, const CommandContext&, const Facts&);

// The rules of one that is there, or is to be, whoever's it is.
Decision<Event> connected(const Connecting& command);
Decision<Event> reconfigured(const State& state, const Reconfiguring& command);
Decision<Event> credentials_replaced(const State& state, const ReplacingCredentials& command);
Decision<Event> switched(const State& state, bool on);
Decision<Event> synced(const State& state, const NotingSync& command, const CommandContext& context);
Decision<Event> removed(const State& state);
Decision<Event> restored(const State& state);
bool says_the_same(const events::integration::Connected& first, const Connecting& again);

}  // namespace integration

void effects(const integration::State&, const events::integration::Connected&, const events::Envelope&, Effects&);
void effects(const integration::State&, const events::integration::Removed&, const events::Envelope&, Effects&);
void effects(const integration::State&, const events::integration::Restored&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::integration::Reconfigured, events::integration::CredentialsReplaced, events::integration::Enabled,
                 events::integration::Disabled, events::integration::Synced, events::integration::BroughtForward> E>
void effects(const integration::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Integration>();

}  // namespace daybook::domain
