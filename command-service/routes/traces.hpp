#pragma once
// What the read models know of a person beside the person's own stream, for erasing them: what goes with them, and where others
// wrote of them.
#include <functional>
#include <vector>

#include "events/core/event_type.hpp"

namespace daybook::routes {

inline constexpr std::size_t traces_max = 500;     // invitations, keys: each makes an event or two of the one command
inline constexpr std::size_t mentions_max = 200;   // told in one reply

// A thing whose words name the person; `link` is where it is read.
struct Mention {
  std::string type;
  events::EntityId id{};
  events::WorkspaceId workspace_id{};
  std::string link;
};
BOOST_DESCRIBE_STRUCT(Mention, (), (type, id, workspace_id, link))

struct Traces {
  std::vector<events::InvitationId> invitations;   // that went to them, or that they accepted
  std::vector<events::ApiKeyId> api_keys;          // that still act as them
  std::vector<Mention> mentions;                   // the newest first
  bool more_mentions = false;
};

// Asks the read tables, so not on an I/O thread. Throws where they cannot be asked.
using FindTraces = std::function<Traces(events::UserId)>;

}  // namespace daybook::routes
