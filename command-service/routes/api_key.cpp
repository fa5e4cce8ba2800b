// Commands about an API key. The key is told in the reply of the command that made it, and never again.
#include "command-service/domain/api_key/api_key.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"
#include "schemas/api/bearer_keys.hpp"

namespace daybook::routes {
namespace {

struct IssuedKey : events::api_key::Fields {
  std::optional<std::string> key;
};
BOOST_DESCRIBE_STRUCT(IssuedKey, (events::api_key::Fields), (key))

bool is_of(const events::api_key::State& key, std::string_view digest) {
  return key.key_hash.state == events::Personal::State::open && key.key_hash.text == digest;
}

View with_key() {
  auto view = fields_of<events::api_key::State, events::api_key::Fields>();
  view.type = &events::type_info<IssuedKey>();
  return view;
}

}  // namespace

std::vector<Command> api_key_commands() {
  using namespace domain::api_key;
  using domain::ApiKey;
  auto the_key = by_id<events::ApiKeyId>("api_key");
  the_key.what = "API key";
  const auto view = fields_of<State, events::api_key::Fields>();
  return {
      tells<ApiKey, Issue, is_of>("key", api::api_key_prefix, creates<ApiKey, Issue>({"POST /api-keys"}, with_key())),
      changes<ApiKey, Rename>(the_key, {"PATCH /api-keys/{api_key}"}, view),
      removes<ApiKey, Revoke>(the_key, {"DELETE /api-keys/{api_key}"}, view),
  };
}

}  // namespace daybook::routes
