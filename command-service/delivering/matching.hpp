#pragma once
// Which events a webhook is told of. Pure.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/core/envelope.hpp"

namespace daybook::delivering {

// What the activity of a workspace shows of an event, and where it is in the log.
struct Told {
  events::Position position{};
  events::EventId event{};
  events::WorkspaceId workspace{};
  std::optional<events::ProjectId> project;
  std::string type;
  std::string status;  // that an issue or project was brought to by it; empty of all else
};

// A webhook that is enabled and not deleted.
struct Receiver {
  events::WebhookId webhook{};
  events::WorkspaceId workspace{};
  std::optional<events::ProjectId> project;  // none: of the whole workspace
  std::vector<std::string> words;
  events::Position born{};
};

// How deliveries end is told to nobody: each would be the cause of the next.
bool may_be_told(std::string_view type);
// Whether one of its words names the event: its type, a kind (issue.*), all (*), or an older word in either spelling.
bool is_named(const std::vector<std::string>& words, const Told& event);
// Admins register webhooks and see what is private, so privacy keeps nothing from them; a project's own is told of that project alone.
bool is_for(const Receiver& receiver, const Told& event);

}  // namespace daybook::delivering
