#pragma once
// Applies the log to the state store and the read tables. A batch is written to the read tables in one transaction with a
// compare-and-set of their checkpoint, and only then to the state store, so the state store is never ahead; after a crash
// between the two the state store alone catches up. An event that cannot be applied parks its scope (read_models/parked.hpp)
// in the same batch, and the others go on. Used by one thread, which applies; meanwhile the batch before is written and the
// next one is read, each on a thread of its own.
#include <atomic>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "events/core/event_type.hpp"
#include "platform/postgres/connection.hpp"
#include "platform/rocksdb/database.hpp"
#include "projector/core/checkpoint.hpp"
#include "projector/core/generations.hpp"
#include "projector/core/state_store.hpp"
#include "projector/parking.hpp"
#include "projector/progress.hpp"
#include "projector/read_ahead.hpp"
#include "projector/source.hpp"

namespace daybook::projector {

inline constexpr int poll_timeout_ms = 200;
inline constexpr int retry_interval_ms = 500;
inline constexpr std::size_t overlap_events_min = 256;   // of a batch that is written while the next one is applied
inline constexpr std::int64_t bulk_events_min = 20000;
inline constexpr std::size_t bulk_write_buffer_bytes = std::size_t{256} << 20;   // of the state store, where it is not logged

// The projector cannot go on by itself: the data is of another log, the stores disagree, or an event is of a type or version
// that this program does not know. A sentence for the operator.
struct Stopped : std::runtime_error { using std::runtime_error::runtime_error; };

struct Options {
  std::string database_url;
  std::filesystem::path folder;     // of the state stores; the generation's is below it
  int generation = current_generation;
  bool logged = true;               // the state store outlives the process with each batch; else it is behind after a crash and catches up
  std::int64_t bulk_events = bulk_events_min;   // so many before an empty start are loaded before the read tables get indexes
  // Brings every row up to date that an event changes; what it throws, other than for a broken store, is a defect.
  std::function<void(const events::Envelope&, StateStore&)> apply = projector::apply;
  // Told of each scope that was parked, once both stores have it; on a thread of the projector's.
  std::function<void(const ParkedRow&)> on_parked = [](const ParkedRow&) {};
  // A batch is in both stores, and how long that took; on the thread that writes.
  std::function<void(std::size_t events, std::chrono::steady_clock::duration)> on_batch = [](std::size_t, std::chrono::steady_clock::duration) {};
};

struct ProjectorStats {
  std::uint64_t events = 0, batches = 0, retries = 0;
  std::size_t parked_scopes = 0;
  std::size_t read_ahead = 0;   // batches read and not yet begun
};

class Projector {
 public:
  Projector(Options options, std::unique_ptr<Source> source, std::shared_ptr<events::LogReader> log,
            std::shared_ptr<events::PersonalOpener> opener, std::shared_ptr<Progress> progress);
  ~Projector();

  // Projects until told to stop, over outages. Throws Stopped.
  void run(std::stop_token stop);
  // Projects up to a position and returns, for rebuilds.
  void project_to(events::Position upto, const std::function<void(events::Position)>& tell);
  // Catches up with the read tables, then applies what was held of one parked scope, or of all of them. What fails again stays
  // parked, further on.
  void redrive(std::optional<text::Uuid> scope);
  // After redrive or project_to.
  std::vector<ParkedRow> parked() const { return parked_in(*store_); }

  // Of the state store; like the digest, while nothing is being projected.
  events::Position position() const { return checkpoint_.position; }
  ProjectorStats stats() const;
  // The state store, for point reads in the single process.
  const rocks::Database& state_store() const { return *store_; }
  // Whether nobody else writes the read models and the state store has all that the read tables have, but for a batch on its
  // way. From any thread.
  bool is_current() const { return current_; }
  // Digest over every row of the read models in the state store, by table and id; none while a scope is parked.
  std::optional<std::string> digest() const;

  // Builds the read tables anew as a copy of the state store, whatever they hold; what is shown of people is read from the log.
  void rebuild_read_tables();

  // Deletes a generation's read tables and state store; false where a projector writes them.
  static bool drop(const Options& options);

 private:
  // Where a batch goes: into both stores; into both, of which the read tables may have some of its rows; into the state store
  // alone, where the read tables have it already.
  enum class Into { both, both_again, state_store };
  // A batch after apply, on its way there.
  struct Work {
    Work(rocks::Batch changed, const Changes* before) : overlay(std::move(changed)), rows(overlay, before) {}
    rocks::Batch overlay;
    StateStore rows;
    std::vector<events::Envelope> people;   // events that hold what `people` shows
    std::vector<ParkedRow> parked;          // by this batch
    std::size_t parked_scopes = 0;          // after it
    std::size_t events = 0;
    Into into = Into::both;
    events::Position before{};
    Checkpoint after;
  };

  void connect();
  void open();
  void check_identity(std::initializer_list<const Checkpoint*> stands);
  void make_indexes_when_near();
  bool step(int timeout_ms);
  void project(std::vector<events::Envelope> batch);
  std::shared_ptr<Work> applied(std::vector<events::Envelope> batch, Into into, const Changes* before);
  std::vector<ParkedRow> apply_all(const std::vector<events::Envelope>& batch, StateStore& rows);
  void level_parked();
  void drive(const ParkedRow& from, events::Position upto, const std::optional<ParkedRow>& then, Into into);
  void settle();
  void abandon();
  void write(Work& work);
  void write_read_tables(const Work& work);
  void write_parked(const Work& work);
  void move_checkpoint(events::Position before, const Checkpoint& next);
  void copy_table(const Table& table);
  void copy_people();
  static bool shows_person(const events::Envelope& event);
  bool concerns_people(const events::Envelope& event) const;
  void open_people(const std::vector<events::Envelope>& batch);
  Checkpoint read_tables_checkpoint();
  Checkpoint checkpoint_after(const events::Envelope& last) const;

  Options options_;
  std::unique_ptr<ReadAhead> source_;
  std::shared_ptr<events::LogReader> log_;
  std::shared_ptr<events::PersonalOpener> opener_;
  std::shared_ptr<Progress> progress_;
  events::LogIdentity identity_;
  std::optional<rocks::Database> store_;
  std::optional<pg::Connection> connection_;
  Checkpoint checkpoint_;           // of the state store
  Checkpoint tables_;               // of the read tables when they were opened
  events::Position applied_{};      // the last event of the work that was begun
  Parking parking_;                 // as after the work that was begun
  std::optional<events::Position> indexes_wait_until_;
  std::shared_ptr<Work> pending_;   // what writing_ writes
  std::future<void> writing_;       // touches connection_, checkpoint_ and the stores until it is fetched
  std::atomic<std::uint64_t> events_{0}, batches_{0}, retries_{0};
  std::atomic<std::size_t> parked_scopes_{0};
  std::atomic<bool> current_{false};
};

}  // namespace daybook::projector
