#pragma once
// An API key of a member, good in one workspace. The key comes here as a digest alone.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/api_key/state.hpp"

namespace daybook::domain {

struct ApiKey {
  using State = events::api_key::State;
  using Event = events::api_key::Event;
  static constexpr auto stream_type = events::StreamType::api_key;
};

namespace scope {
inline constexpr std::string_view api_key = "api-key";           // personal, by digest: for ever
inline constexpr std::string_view live_api_keys = "live-api-keys";  // counter, by workspace
}  // namespace scope

namespace api_key {

using events::api_key::Event;
using events::api_key::State;

inline constexpr std::int64_t live_max = 1000;        // of a workspace, those counted that expired unnoticed
inline constexpr std::size_t permissions_max = 100;   // of one key
inline constexpr std::chrono::minutes use_noted_every{1};

// issues:write, agents:*, *
struct Scope : events::Text<Scope> {
  using Text::Text;
  static constexpr std::string_view pattern = R"(^(\*|[a-z][a-z_-]*:(\*|[a-z][a-z_-]*))$)";
  static constexpr std::size_t code_points_max = short_text_characters_max;
  static Refusal rule(std::string_view words);
};
// SHA-256 of a key's text.
struct KeyDigest : events::Text<KeyDigest> {
  using Text::Text;
  static constexpr std::string_view pattern = "^[0-9A-Fa-f]{64}$";
  static Refusal rule(std::string_view words);
};

// One's own. Of another system it is brought in by its digest, with whom it is of, and when it was used last.
struct Issue {
  static constexpr std::string_view verb = "api_key.issue";
  static constexpr Permission permission = Permission::api_keys_write;
  using Birth = events::api_key::Issued;
  std::optional<events::ApiKeyId> id;
  Name name{};
  std::vector<Scope> permissions;
  std::optional<text::Instant> expires_at;
  std::optional<KeyDigest> key_hash;
  std::optional<events::UserId> user_id;
  std::optional<text::Instant> last_used_at;
  std::optional<bool> is_active;
  // Not of the body:
  std::string drawn_digest;   // of the key that its reply tells; empty where nobody is told
};
BOOST_DESCRIBE_STRUCT(Issue, (), (id, name, permissions, expires_at, key_hash, user_id, last_used_at, is_active))

struct Rename {
  static constexpr std::string_view verb = "api_key.rename";
  static constexpr Permission permission = Permission::api_keys_write;
  events::Patch<Name> name;
};
BOOST_DESCRIBE_STRUCT(Rename, (), (name))

// For good.
struct Revoke {
  static constexpr std::string_view verb = "api_key.revoke";
  static constexpr Permission permission = Permission::api_keys_write;
};
BOOST_DESCRIBE_STRUCT(Revoke, (), ())

// As every key of a person who is erased is. Part of erasing them.
struct RevokeOf {
  events::UserId holder{};
};

// Noted by the program, at most once a minute.
struct Use {};
// Notes that its time is over.
struct Expire {};

Decision<Event> decide(const State&, const Issue&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Rename&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Revoke&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RevokeOf&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Use&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Expire&, const CommandContext&, const Facts&);

bool repeats(const events::api_key::Issued& first, const Issue& again, const CommandContext&, const Facts&);

// Whether its time is over and nobody has noticed.
bool has_lapsed(const State& state, text::Instant now);
// What is said to who shows a key that is good no more.
Rejection ended();
// Of a key that is shown: it was revoked, has expired, or is not its user's.
std::optional<Rejection> refuse_use(const State& state, events::UserId user, text::Instant now);
// Of what a key may not do, whoever holds it: 403 `missing-scope`, naming the word that it lacks.
std::optional<Rejection> refuse_unscoped(const State& state, Permission permission);

}  // namespace api_key

void effects(const api_key::State&, const events::api_key::Issued&, const events::Envelope&, Effects&);
void effects(const api_key::State&, const events::api_key::Revoked&, const events::Envelope&, Effects&);
void effects(const api_key::State&, const events::api_key::Expired&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::api_key::Renamed, events::api_key::Used, events::api_key::BroughtForward> E>
void effects(const api_key::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<ApiKey>();

}  // namespace daybook::domain
