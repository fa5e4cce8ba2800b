#pragma once
// Things that are switched on and off and have `is_enabled`: automations, webhooks, integrations.
#include <vector>

namespace daybook::domain {

// The event of switching it, or none where it stands so already.
template <class Enabled, class Disabled, class Event>
std::vector<Event> switched(bool is_enabled, bool on) {
  if (is_enabled == on) return {};
  if (on) return {Enabled{}};
  return {Disabled{}};
}

}  // namespace daybook::domain
