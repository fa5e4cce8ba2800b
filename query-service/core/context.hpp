#pragma once
// What the query routes work with. Made once by the composition root; everything in it is safe from any thread.
#include <functional>
#include <memory>
#include <string>

#include "events/log_proofs.hpp"
#include "platform/postgres/pool.hpp"
#include "platform/runtime/worker_pool.hpp"
#include "projector/core/state_reader.hpp"
#include "query-service/core/cursor.hpp"
#include "query-service/core/live_streams.hpp"
#include "query-service/core/stored_point.hpp"
#include "schemas/api/api.hpp"
#include "schemas/api/event_ticket.hpp"

namespace daybook::query {

inline constexpr int wait_ms_default = 2000;
inline constexpr int wait_ms_max = 10000;
inline constexpr int heartbeat_ms_default = 15000;
inline constexpr std::size_t query_queue_max = 1024;  // requests waiting for a worker
inline constexpr std::chrono::milliseconds lease_timeout{2000};
inline constexpr std::size_t contents_bytes_max = std::size_t{16} << 20;  // remembered

// How far the read models are, and a way to be told when they have reached a position.
class ReadPosition {
 public:
  virtual ~ReadPosition() = default;
  virtual events::Position current() const = 0;
  // Calls back once: true when the position is reached, false when the time ran out. From any thread.
  virtual void when_reached(events::Position position, int timeout_ms, std::function<void(bool)> then) = 0;
  // Calls back whenever the position has grown, until the returned handle is dropped.
  virtual std::shared_ptr<void> on_growth(std::function<void(events::Position)> then) = 0;
};

// The state store, as far as this process may read it.
class StateSource {
 public:
  virtual ~StateSource() = default;
  // Nothing while there is none, or while it may lack what the read tables have.
  virtual std::optional<projector::StateView> view() = 0;
  // Whether taking a view can mean waiting for more than an instant: then workers take it, and no I/O thread.
  virtual bool can_wait() const = 0;
  // How far it is, which may be a little less than the read tables are.
  virtual ReadPosition& position() = 0;
};

// The body of a reply and what names it.
struct Content {
  std::string etag, body;
};
// Of things as they are, by what was asked for.
using Contents = MomentMemory<std::shared_ptr<const Content>>;

// Somebody takes a list as a file.
struct ExportReport {
  std::optional<events::WorkspaceId> workspace;  // none: of all
  api::Principal who;
  std::string_view operation;
  std::string_view format;
};

struct QueryContext {
  std::shared_ptr<pg::Pool> postgres;  // sessions in UTC
  std::shared_ptr<runtime::WorkerPool> workers;
  std::shared_ptr<ReadPosition> position;
  std::shared_ptr<StateSource> state;  // null: PostgreSQL answers everything
  std::shared_ptr<Standings> standings = std::make_shared<Standings>();
  std::shared_ptr<Contents> contents = std::make_shared<Contents>(contents_bytes_max);
  events::LogIdentity identity;
  std::string schema;  // of the generation that is served: read_g7
  std::shared_ptr<Cursors> cursors;
  // A reader of the log; live events share one.
  std::function<std::unique_ptr<events::LogReader>()> open_log;
  std::function<std::unique_ptr<events::LogProofs>()> open_proofs;
  std::shared_ptr<const api::EventTickets> tickets;
  std::shared_ptr<LiveStreams> streams = std::make_shared<LiveStreams>();   // drained before the server is
  int heartbeat_ms = heartbeat_ms_default;   // of live streams
  // Sees to it that the log will tell of an export, before it begins. Throws pg::Error.
  std::function<void(pg::Connection&, const ExportReport&)> report_export;
  // Runs something on a timer thread.
  std::function<void(int delay_ms, std::function<void()>)> after;
};

// The log and its epoch, as replies name it.
std::string log_name(const events::LogIdentity& identity);
// 410: a position, cursor or log that is not this one's.
api::Problem log_replaced(const events::LogIdentity& identity);

}  // namespace daybook::query
