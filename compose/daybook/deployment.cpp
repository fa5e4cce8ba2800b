#include "compose/daybook/deployment.hpp"

#include "command-service/log/rewrap.hpp"
#include "compose/daybook/test_clock.hpp"
#include "events/core/wrapped_key.hpp"
#include "platform/postgres/migrations.hpp"

namespace daybook::app {
namespace {

std::shared_ptr<const crypto::KeyFile> newer_keys(const Config& config) {
  try {
    return load_keys(config);
  } catch (const Refusal& refused) {
    throw events::KeysUnavailable(refused.what());
  }
}

// The keys of the file, held so that the current one does not go while this process wraps under it: between reading and holding it
// may have gone.
std::shared_ptr<const crypto::KeyFile> hold_keys(const Config& config, std::shared_ptr<pg::Connection>& wrapping) {
  const auto current = [](const crypto::KeyFile& keys) { return keys.current(crypto::KeyPurpose::key_encryption).id; };
  auto keys = load_keys(config);
  for (;;) {
    wrapping = std::make_shared<pg::Connection>(config.database_url);
    log::hold_wrapping_key(*wrapping, current(*keys));
    auto again = load_keys(config);
    if (current(*again) == current(*keys)) return again;
    keys = std::move(again);
  }
}

// Wrapped keys over a connection of their own, so that appender and projector never share one. Reading them commits
// nothing, so a server that may lose commits is no reason to refuse: the appender's store judges that.
// A key that is wrapped under a key which came into the file since is handed on under the one that this process began with: a rotation
// needs nobody to start again, before the old key goes.
events::KeyRing::Source key_source(const Config& config, std::shared_ptr<const crypto::KeyFile> keys) {
  struct Shared {
    std::mutex mutex;
    std::unique_ptr<log::PgStore> store;
  };
  auto shared = std::make_shared<Shared>();
  return [shared, config, keys = std::move(keys)](std::span<const text::Uuid> subjects) {
    const std::lock_guard lock(shared->mutex);
    try {
      if (!shared->store) shared->store = std::make_unique<log::PgStore>(config.database_url, log::PgStoreOptions{true});
      auto wrapped = shared->store->data_keys(subjects);
      for (auto& [subject, key] : wrapped)
        if (key && keys->find(crypto::KeyPurpose::key_encryption, events::wrapping_key_of(*key, subject)) == nullptr)
          key = events::rewrapped(*key, subject, *newer_keys(config), *keys);
      return wrapped;
    } catch (const log::StoreUnavailable& away) {
      throw events::KeysUnavailable(away.what());
    }
  };
}

}  // namespace

text::Instant system_now() { return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()); }

std::unique_ptr<events::LogReader> Deployment::open_log() const { return std::make_unique<log::PgReader>(config.database_url); }

Deployment open_deployment(const Config& config) {
  if (config.database_url.empty()) throw Refusal("DATABASE_URL is not set; ./up starts a database of its own and sets it.", exit_failed);
  Deployment deployment{config, load_keys(config), {}, nullptr, nullptr, nullptr};
  try {
    log::PgStore::migrate(config.database_url);
    deployment.identity = log::PgStore::initialise(config.database_url, deployment.keys->fingerprint());
  } catch (const pg::MigrationRefused& refused) {
    throw Refusal(refused.what(), exit_newer_data);
  }
  if (deployment.identity.key_fingerprint != deployment.keys->fingerprint())
    throw Refusal(config.keys_inline.empty() ? "The key file " + config.keys + " does not belong to this log; name the right one with DAYBOOK_KEYS."
                                             : "The keys of DAYBOOK_KEYS_INLINE do not belong to this log.",
                  exit_failed);
  deployment.keys = hold_keys(config, deployment.wrapping);
  deployment.ring = std::make_shared<events::KeyRing>(deployment.identity.log_id, deployment.keys, key_source(config, deployment.keys));
  deployment.test_clock = open_test_clock(config);
  if (deployment.test_clock) deployment.clock = [clock = deployment.test_clock] { return clock->now(); };
  deployment.tokens = std::make_shared<api::AccessTokens>(deployment.keys, system_now);
  return deployment;
}

}  // namespace daybook::app
