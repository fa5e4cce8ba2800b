#pragma once
// What the appender is asked to do, and what came of it.
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "command-service/domain/core/decision.hpp"
#include "command-service/log/store.hpp"

namespace daybook::log {

class Settling;

// On whose behalf events are written.
struct Caller {
  events::ActorType actor_type = events::ActorType::system;
  std::optional<events::PrincipalId> actor_id;
  events::ViaType via_type = events::ViaType::none;
  std::optional<text::Uuid> via_id;
  events::Origin origin = events::Origin::command;
  events::CorrelationId correlation_id{};
  std::optional<events::EventId> causation_id;
  std::int64_t depth = 0;
};

// A command that was accepted: the thing it is about, and its stream as it stands after the command.
struct Accepted {
  int status = 200;                         // 201 for a new thing, 204 for one that went away
  events::StreamType stream_type{};
  StreamId stream{};
  text::Uuid entity{};                      // the stream's own id, or that of a label, member, link in it
  StreamVersion version{};                  // of the entity, as its ETag says
  std::shared_ptr<const void> state;        // of the stream; filled by settle unless the command knows better
};

// A command, ready to run: pure over what Settling shows it, so it may run several times before its batch is written.
using Execute = std::function<domain::Result<Accepted>(Settling&)>;

struct Item {
  Execute execute;
  std::optional<text::Instant> occurred_at; // only with the import permission
  std::optional<Caller> caller = std::nullopt;  // on whose behalf, where it is another than the request's
};

struct Idempotency {
  RequestKey key;
  crypto::Digest body{};
};

// A part of an import: a run's parts are written in order of `seq`, each once.
struct ImportSource {
  SourceKey key;
  std::int64_t seq = 0;
};

struct Request {
  Caller caller;
  // Whether the caller may ask at all; runs before anything else is answered, records of earlier requests included.
  std::function<std::optional<domain::Rejection>(Settling&)> admit;
  std::vector<Item> items;
  bool atomic = true;                       // all items or none; otherwise each for itself
  std::optional<Idempotency> idempotency;
  std::optional<ImportSource> source;
  // Ids this process has just drawn: no stream can have them yet, so nobody looks for it.
  std::vector<StreamId> fresh;
};

using ItemOutcome = domain::Result<Accepted>;

struct Outcome {
  std::vector<ItemOutcome> items;           // one an item; of a refused atomic request only the refused one counts
  std::optional<std::size_t> refused_item;  // of an atomic request: nothing of it was written
  std::optional<domain::Rejection> refused; // the request as a whole: idempotency key reused or in flight
  std::optional<std::string> failed;        // it could not be run: a stream that cannot be read, a key that is missing
  bool replayed = false;                    // answered from the record of an earlier, equal request
  bool already_imported = false;            // a part of an import that the log holds
  Position position{};                      // of its last event; the log's head where it wrote none
};

inline constexpr std::size_t command_events_max = 2000;
inline constexpr std::size_t command_bytes_max = 16 << 20;
inline constexpr std::size_t batch_bytes_max = 32 << 20;
inline constexpr std::size_t batch_requests_max = 512;
inline constexpr std::size_t queue_requests_max = 4096;
inline constexpr std::int64_t snapshot_interval_events = 1000;   // a longer tail is folded once, then kept with the rest
inline constexpr std::size_t snapshot_bytes_max = 16 << 20;
inline constexpr int settle_rounds_max = 64;   // each round learns at least one answer it lacked
inline constexpr std::size_t remembered_counters_max = 10000;   // by one appender, to guess with

}  // namespace daybook::log
