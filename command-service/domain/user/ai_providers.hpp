#pragma once
// Configs of AI providers of a person's own: by the rules of a workspace's, for nobody but them, and gone with them. They are parts of
// the person's state, which is at hand with every request of theirs: so there are few, and none is large.
#include "command-service/domain/ai_provider/ai_provider.hpp"
#include "command-service/domain/user/user.hpp"

namespace daybook::domain::user {

inline constexpr std::size_t ai_providers_max = 10;            // of one person, removed ones too: they can be restored
inline constexpr std::size_t own_prices_max = 50;              // of one config
inline constexpr std::size_t provider_settings_bytes_max = 16 << 10;

struct AddAiProvider : ai_provider::Adding {
  static constexpr std::string_view verb = "my_ai_provider.add";
  using Birth = events::user::AiProviderAdded;
  static constexpr auto birth_id = &Birth::ai_provider_id;
};
BOOST_DESCRIBE_STRUCT(AddAiProvider, (ai_provider::Adding), ())

// One of them, named by the path.
struct OfAiProvider {
  events::AiProviderId ai_provider_id{};
  static constexpr auto part = &OfAiProvider::ai_provider_id;
};

struct ReconfigureAiProvider : OfAiProvider, ai_provider::Reconfiguring {
  static constexpr std::string_view verb = "my_ai_provider.reconfigure";
};
BOOST_DESCRIBE_STRUCT(ReconfigureAiProvider, (ai_provider::Reconfiguring), ())

struct ReplaceAiProviderCredentials : OfAiProvider, ai_provider::ReplacingCredentials {
  static constexpr std::string_view verb = "my_ai_provider.replace_credentials";
};
BOOST_DESCRIBE_STRUCT(ReplaceAiProviderCredentials, (ai_provider::ReplacingCredentials), ())

struct SetAiProviderPrices : OfAiProvider, ai_provider::SettingPrices {
  static constexpr std::string_view verb = "my_ai_provider.set_prices";
};
BOOST_DESCRIBE_STRUCT(SetAiProviderPrices, (ai_provider::SettingPrices), ())

struct NoteAiProviderTest : OfAiProvider, ai_provider::NotingTest {
  static constexpr std::string_view verb = "my_ai_provider.note_test";
};
BOOST_DESCRIBE_STRUCT(NoteAiProviderTest, (ai_provider::NotingTest), ())

struct EnableAiProvider : OfAiProvider {
  static constexpr std::string_view verb = "my_ai_provider.enable";
};
BOOST_DESCRIBE_STRUCT(EnableAiProvider, (), ())

struct DisableAiProvider : OfAiProvider {
  static constexpr std::string_view verb = "my_ai_provider.disable";
};
BOOST_DESCRIBE_STRUCT(DisableAiProvider, (), ())

struct RemoveAiProvider : OfAiProvider {
  static constexpr std::string_view verb = "my_ai_provider.remove";
};
BOOST_DESCRIBE_STRUCT(RemoveAiProvider, (), ())

struct RestoreAiProvider : OfAiProvider {
  static constexpr std::string_view verb = "my_ai_provider.restore";
};
BOOST_DESCRIBE_STRUCT(RestoreAiProvider, (), ())

Decision<Event> decide(const State&, const AddAiProvider&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ReconfigureAiProvider&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ReplaceAiProviderCredentials&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const SetAiProviderPrices&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const NoteAiProviderTest&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const EnableAiProvider&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const DisableAiProvider&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RemoveAiProvider&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RestoreAiProvider&, const CommandContext&, const Facts&);

bool repeats(const events::user::AiProviderAdded& first, const AddAiProvider& again, const CommandContext&, const Facts&);

}  // namespace daybook::domain::user
