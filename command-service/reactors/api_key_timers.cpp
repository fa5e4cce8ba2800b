// API keys whose time is over. They are of no use from that moment on; this says so.
#include "command-service/domain/api_key/api_key.hpp"
#include "command-service/reactors/rules.hpp"

namespace daybook::reactors {

Timer lapsed_api_keys() {
  return timer_over("lapsed_api_keys", {{"api_keys", "expires_at", "is_active"}}, [](const Due& due) {
    return item<domain::ApiKey>(due.workspace, events::stream_of(events::ApiKeyId{due.id}), domain::api_key::Expire{});
  });
}

}  // namespace daybook::reactors
