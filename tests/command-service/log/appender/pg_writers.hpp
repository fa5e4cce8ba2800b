#pragma once
// Appenders over PostgreSQL, what they were told, and whether the log they left is whole.
#include <gtest/gtest.h>

#include "command-service/log/pg_audit.hpp"
#include "command-service/log/pg_store.hpp"
#include "tests/command-service/log/appender/commands.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::log::test {

// Wrapped keys over a connection of their own, one question at a time, as a service would ask for them.
inline events::KeyRing::Source key_source(const std::string& url) {
  struct Shared {
    std::mutex mutex;
    std::unique_ptr<PgStore> store;
  };
  auto shared = std::make_shared<Shared>();
  return [shared, url](std::span<const text::Uuid> subjects) {
    const std::lock_guard lock(shared->mutex);
    try {
      if (!shared->store) shared->store = std::make_unique<PgStore>(url, PgStoreOptions{.allow_unsafe = true});
      return shared->store->data_keys(subjects);
    } catch (const StoreUnavailable& away) {
      throw events::KeysUnavailable(away.what());
    }
  };
}

// One process that appends. Its keys come from `key_url`, which nobody disturbs.
struct Writer {
  Writer(const std::string& url, std::shared_ptr<const crypto::KeyFile> keys, const std::string& key_url) {
    auto store = std::make_unique<PgStore>(url, PgStoreOptions{.allow_unsafe = true});
    ring = std::make_shared<events::KeyRing>(store->identity().log_id, std::move(keys), key_source(key_url));
    appender = std::make_unique<Appender>(std::move(store), ring, appender_options());
  }
  Writer(const std::string& url, std::shared_ptr<const crypto::KeyFile> keys) : Writer(url, std::move(keys), url) {}
  std::shared_ptr<events::KeyRing> ring;
  std::unique_ptr<Appender> appender;
};

inline void expect_positions_without_a_gap(const std::string& url) {
  pg::Connection admin(url);
  const auto counted = admin.exec(
      "SELECT count(*), max(position), (SELECT max(position) FROM log.heads),"
      " (SELECT count(*) FROM (SELECT FROM log.events GROUP BY stream_id"
      "  HAVING max(stream_version) <> count(*) OR min(stream_version) <> 1) AS holed) FROM log.events");
  EXPECT_EQ(counted.text(0, 0), counted.text(0, 1));
  EXPECT_EQ(counted.text(0, 0), counted.text(0, 2));
  EXPECT_EQ(counted.text(0, 3), "0");
  EXPECT_EQ(std::to_string(PgStore(url, {.allow_unsafe = true}).head().position.value), counted.text(0, 0));
}

// Leaves, roots, versions and every side table against their fold.
inline void expect_sound(const std::string& url, std::shared_ptr<const crypto::KeyFile> keys) {
  expect_positions_without_a_gap(url);
  PgAuditSnapshot snapshot(url);
  const auto ring = std::make_shared<events::KeyRing>(snapshot.identity().log_id, std::move(keys), key_source(url));
  const auto report = verify(snapshot, snapshot, audit_options(ring));
  EXPECT_TRUE(report.sound()) << report.why;
  EXPECT_TRUE(report.unchecked_scopes.empty());
  for (const auto& finding : report.side_findings) ADD_FAILURE() << finding;
}

}  // namespace daybook::log::test
