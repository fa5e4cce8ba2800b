#pragma once
// What every part of a deployment starts from: keys that belong to the log, the log's identity, and the ring that opens
// personal fields.
#include <functional>
#include <memory>
#include <mutex>

#include "command-service/log/pg_reader.hpp"
#include "command-service/log/pg_store.hpp"
#include "compose/daybook/config.hpp"
#include "events/core/key_ring.hpp"
#include "platform/runtime/movable_clock.hpp"
#include "platform/text/instant.hpp"
#include "schemas/api/access_token.hpp"

namespace daybook::app {

text::Instant system_now();

using Clock = std::function<text::Instant()>;

struct Deployment {
  Config config;
  std::shared_ptr<const crypto::KeyFile> keys;
  events::LogIdentity identity;
  std::shared_ptr<events::KeyRing> ring;
  std::shared_ptr<api::AccessTokens> tokens;
  std::shared_ptr<pg::Connection> wrapping;   // as long as it lasts, others know under which key this process wraps data keys
  std::shared_ptr<runtime::MovableClock> test_clock = nullptr;  // where clock.test is set
  Clock clock = system_now;  // of what happens: the appender's, and of whoever asks what is due

  std::unique_ptr<events::LogReader> open_log() const;
};

// Brings the schema to this binary's version and gives a new log its identity. Refuses keys that are not the log's.
Deployment open_deployment(const Config& config);

}  // namespace daybook::app
