#pragma once
// What the command routes work with. Made once by the composition root; everything in it is safe from any thread.
#include <functional>
#include <memory>

#include "command-service/delivering/filling.hpp"
#include "command-service/domain/user/user.hpp"
#include "command-service/log/appender.hpp"
#include "command-service/routes/traces.hpp"
#include "platform/crypto/password.hpp"
#include "platform/crypto/uuid_source.hpp"
#include "platform/runtime/worker_pool.hpp"
#include "schemas/api/access_token.hpp"
#include "schemas/api/api.hpp"

namespace daybook::routes {

inline constexpr std::size_t bulk_commands_max = 500;
inline constexpr std::size_t bulk_bytes_max = 8 << 20;
inline constexpr std::size_t idempotency_key_length_max = 255;
inline constexpr int hash_queue_max = 64;             // logins and registrations waiting for a hash; the rest hears "busy"

// Of which delivery of which webhook.
struct DeliveryPlace {
  events::WorkspaceId workspace{};
  events::WebhookId webhook{};
  text::Uuid delivery{};
};

// What was sent to webhooks before is sent again, on a thread of its own. False where too many wait; `then` is told nothing where the
// database was away. Unset where nothing is delivered.
struct Deliveries {
  std::function<bool(const DeliveryPlace&, std::function<void(std::optional<bool>)> then)> again;  // whether there is such a delivery
  std::function<bool(const delivering::Replay&, std::function<void(std::optional<delivering::Replayed>)> then)> replay;
};

struct CommandTools {
  std::shared_ptr<log::Appender> appender;
  std::shared_ptr<events::KeyRing> ring;
  std::shared_ptr<const crypto::KeyFile> keys;
  std::shared_ptr<api::AccessTokens> tokens;
  std::shared_ptr<runtime::WorkerPool> hashing;
  std::function<std::string(std::string_view)> hash_password = crypto::hash_password;
  std::shared_ptr<crypto::UuidV7Source> ids;
  std::function<text::Instant()> clock;
  events::LogIdentity identity;
  // In the single process a reply waits, for a while, until the read models show what was written: whoever writes and then
  // reads needs no position. Unset where the command service runs alone.
  std::function<void(events::Position, std::function<void()>)> when_readable;
  // One of several commands in a request was denied, which the reply as a whole does not say.
  std::function<void(const api::Call&, std::string_view command, std::string_view code)> on_denied;
  // What is known of a person who is to be erased. Unset where there are no read models: then nothing is.
  FindTraces find_traces;
  Deliveries deliveries;
  domain::user::LockPolicy lock;
  bool require_verified_email = false;   // a new account is of no use until its address is confirmed
  bool require_if_match = false;   // PATCH and DELETE without If-Match are refused with 428
};

}  // namespace daybook::routes
