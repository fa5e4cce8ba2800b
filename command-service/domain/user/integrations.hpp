#pragma once
// Integrations of a person's own: by the rules of a workspace's, for nobody but them, and gone with them. They are parts of the
// person's state, which is at hand with every request of theirs: so there are few, and none is large.
#include "command-service/domain/integration/integration.hpp"
#include "command-service/domain/user/user.hpp"

namespace daybook::domain::user {

inline constexpr std::size_t integrations_max = 20;             // of one person, removed ones too: they can be restored
inline constexpr std::size_t integration_bytes_max = 16 << 10;  // of credentials, and of settings

struct ConnectIntegration : integration::Connecting {
  static constexpr std::string_view verb = "my_integration.connect";
  using Birth = events::user::IntegrationConnected;
  static constexpr auto birth_id = &Birth::integration_id;
};
BOOST_DESCRIBE_STRUCT(ConnectIntegration, (integration::Connecting), ())

// One of them, named by the path.
struct OfIntegration {
  events::IntegrationId integration_id{};
  static constexpr auto part = &OfIntegration::integration_id;
};

struct ReconfigureIntegration : OfIntegration, integration::Reconfiguring {
  static constexpr std::string_view verb = "my_integration.reconfigure";
};
BOOST_DESCRIBE_STRUCT(ReconfigureIntegration, (integration::Reconfiguring), ())

struct ReplaceIntegrationCredentials : OfIntegration, integration::ReplacingCredentials {
  static constexpr std::string_view verb = "my_integration.replace_credentials";
};
BOOST_DESCRIBE_STRUCT(ReplaceIntegrationCredentials, (integration::ReplacingCredentials), ())

struct EnableIntegration : OfIntegration {
  static constexpr std::string_view verb = "my_integration.enable";
};
BOOST_DESCRIBE_STRUCT(EnableIntegration, (), ())

struct DisableIntegration : OfIntegration {
  static constexpr std::string_view verb = "my_integration.disable";
};
BOOST_DESCRIBE_STRUCT(DisableIntegration, (), ())

struct NoteIntegrationSync : OfIntegration, integration::NotingSync {
  static constexpr std::string_view verb = "my_integration.note_sync";
};
BOOST_DESCRIBE_STRUCT(NoteIntegrationSync, (integration::NotingSync), ())

struct RemoveIntegration : OfIntegration {
  static constexpr std::string_view verb = "my_integration.remove";
};
BOOST_DESCRIBE_STRUCT(RemoveIntegration, (), ())

struct RestoreIntegration : OfIntegration {
  static constexpr std::string_view verb = "my_integration.restore";
};
BOOST_DESCRIBE_STRUCT(RestoreIntegration, (), ())

Decision<Event> decide(const State&, const ConnectIntegration&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ReconfigureIntegration&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ReplaceIntegrationCredentials&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const EnableIntegration&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const DisableIntegration&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const NoteIntegrationSync&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RemoveIntegration&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RestoreIntegration&, const CommandContext&, const Facts&);

bool repeats(const events::user::IntegrationConnected& first, const ConnectIntegration& again, const CommandContext&, const Facts&);

}  // namespace daybook::domain::user
