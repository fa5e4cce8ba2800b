#include "compose/daybook/deployment.hpp"

#include "platform/postgres/migrations.hpp"

namespace daybook::app {
namespace {

// Wrapped keys over a connection of their own, so that appender and projector never share one. Reading them commits
// nothing, so a server that may lose commits is no reason to refuse: the appender's store judges that.
events::KeyRing::Source key_source(const Config& config) {
  struct Shared {
    std::mutex mutex;
    std::unique_ptr<log::PgStore> store;
  };
  auto shared = std::make_shared<Shared>();
  return [shared, config](std::span<const text::Uuid> subjects) {
    const std::lock_guard lock(shared->mutex);
    try {
      if (!shared->store) shared->store = std::make_unique<log::PgStore>(config.database_url, log::PgStoreOptions{true});
      return shared->store->data_keys(subjects);
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
  Deployment deployment{config, load_keys(config), {}, nullptr, nullptr};
  try {
    log::PgStore::migrate(config.database_url);
    deployment.identity = log::PgStore::initialise(config.database_url, deployment.keys->fingerprint());
  } catch (const pg::MigrationRefused& refused) {
    throw Refusal(refused.what(), exit_newer_data);
  }
  if (deployment.identity.key_fingerprint != deployment.keys->fingerprint())
    throw Refusal("The key file " + config.keys + " does not belong to this log; name the right one with DAYBOOK_KEYS.", exit_failed);
  deployment.ring = std::make_shared<events::KeyRing>(deployment.identity.log_id, deployment.keys, key_source(config));
  deployment.tokens = std::make_shared<api::AccessTokens>(deployment.keys, system_now);
  return deployment;
}

}  // namespace daybook::app
