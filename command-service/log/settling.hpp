#pragma once
// One batch being settled: its commands run in order, each over what is committed plus what the batch has settled so far,
// each within a savepoint. Nothing here does IO: what it lacks it notes in `missing()`, and the appender runs the whole
// batch again with the answers. Lives for one round, on the appender's thread.
#include <functional>
#include <map>
#include <memory>

#include "command-service/domain/core/aggregate.hpp"
#include "command-service/log/journal.hpp"
#include "command-service/log/request.hpp"
#include "command-service/log/stream_cache.hpp"
#include "events/core/key_ring.hpp"

namespace daybook::log {

// What one process brings to every batch.
struct SettleContext {
  LogIdentity identity;
  std::shared_ptr<events::KeyRing> keys;
  std::function<events::EventId()> new_event_id;
};

class Settling final : public domain::Facts {
 public:
  Settling(const SettleContext& context, const Head& head, text::Instant now, StreamCache& cache, const Answers& answers);

  // ---- what a command sees ----
  // The clock of the batch, never behind the log's last: it becomes recorded_at.
  text::Instant now() const { return now_; }
  // The time its sender claims for the command, or now.
  text::Instant occurred_at() const { return occurred_at_.value_or(now_); }
  const Caller& caller() const { return caller_ != nullptr ? *caller_ : request_->caller; }

  // The stream as it stands; a default state (version 0) where nothing has happened.
  template <class A>
  const typename A::State& load(StreamId id) {
    return *static_cast<const typename A::State*>(load_erased(id, domain::aggregate_ops<A>()).state.get());
  }
  // Appends in order; refused where a claim is taken or a relation would close a cycle.
  template <class A>
  [[nodiscard]] domain::Result<void> append(StreamId id, std::optional<events::WorkspaceId> workspace,
                                            const std::vector<typename A::Event>& decided) {
    for (const auto& event : decided) {
      if (auto refusal = append_erased(id, workspace, domain::aggregate_ops<A>(), &event)) return std::move(*refusal);
    }
    return {};
  }

  // The first event E of a stream that `is_it` says yes to, and the stream as it stood after it and `more` further events.
  // Nothing where there is none, or where the stream's beginning is not known yet and is asked for.
  template <class A, class E>
  struct Birth {
    E event;
    std::shared_ptr<const typename A::State> state;
  };
  template <class A, class E, class Is>
  std::optional<Birth<A, E>> birth(StreamId id, Is is_it, int more = 0) const {
    auto state = std::make_shared<typename A::State>();
    std::optional<E> born;
    for (const auto* envelope : history(id)) {
      if (!born && envelope->type == E::type) {
        E event{};
        events::decode_event(events::event_type<E>(A::stream_type), *envelope, *context_.keys, &event);
        if (is_it(event)) born = std::move(event);
      }
      domain::aggregate_ops<A>().apply(state.get(), *envelope, *context_.keys, nullptr);
      if (born && more-- == 0) return Birth<A, E>{std::move(*born), std::move(state)};
    }
    return std::nullopt;
  }

  std::optional<StreamId> claimed(std::string_view scope, std::string_view key) const override;
  std::optional<StreamId> claimed_personal(std::string_view scope, std::string_view text) const override;
  std::vector<domain::HeldBy> held_beside(std::string_view scope, std::string_view prefix, std::string_view key, domain::Side side,
                                          std::size_t most) const override;
  std::optional<Reference> reference(StreamId stream) const override;
  std::int64_t counter(std::string_view scope, StreamId key) const override;
  bool reaches(std::string_view kind, text::Uuid from, text::Uuid to) const override;
  const void* folded(const domain::AggregateOps& aggregate, StreamId stream) const override { return load_erased(stream, aggregate).state.get(); }

  // ---- what the appender does with it ----
  // Where counters probably stand, for a settling that only finds out what to ask: keys made from their numbers are then
  // asked for in the same trip. The counters themselves are asked for all the same. To outlive the settling.
  void assume(const std::map<CounterKey, std::int64_t>& counters) { assumed_ = &counters; }
  // Whatever a request throws fails it alone: what it did is rolled back, its neighbours stand.
  Outcome settle(const Request& request);
  const Asks& missing() const { return missing_; }
  std::size_t bytes() const { return bytes_; }
  bool anything_to_write() const;
  // Seals personal fields, computes leaves and the new head. The settling is spent afterwards.
  BatchWrite finish(BatchId batch);
  // States of the streams this batch loaded or wrote, for the cache.
  void remember(StreamCache& cache) const;
 private:
  class Sink;
  struct Pending {
    Envelope envelope;
    std::vector<events::PlainField> personal;
    bool bears_key = false;  // the first of its stream that seals something
  };
  struct Mark {
    std::size_t events, bytes;
    std::size_t streams, claims, references, counters, relations, erased;
  };

  // Every event of the stream, those of this batch included; empty while its beginning is asked for.
  std::vector<const Envelope*> history(StreamId id) const;
  std::optional<CachedStream> from_snapshot(StreamId id, const domain::AggregateOps& ops) const;
  void keep(StreamId id, const CachedStream& stream, BatchWrite& write);
  CachedStream load_erased(StreamId id, const domain::AggregateOps& ops) const;
  std::optional<domain::Rejection> append_erased(StreamId id, std::optional<events::WorkspaceId> workspace,
                                                 const domain::AggregateOps& ops, const void* event);
  Envelope next_envelope(StreamId id, std::optional<events::WorkspaceId> workspace, const CachedStream& stream) const;
  std::vector<text::Uuid> born_subjects() const;
  Mark mark() const;
  void rollback(const Mark& mark);
  Outcome settle_admitted(const Request& request);
  void require_key(const Pending& pending) const;
  std::optional<Outcome> answered_before(const Request& request);
  const CachedStream* loaded_of(const Accepted& accepted) const;
  ItemOutcome run(const Item& item);
  Outcome settle_atomic(const Request& request);
  Outcome settle_each(const Request& request);
  void record(const Request& request, const Outcome& outcome);
  bool is_fresh(StreamId id) const;
  Position last_position() const { return Position{head_.position.value + static_cast<std::int64_t>(pending_.size())}; }

  const SettleContext& context_;
  const Head& head_;
  text::Instant now_;
  StreamCache& cache_;
  const Answers& answers_;
  mutable Asks missing_;
  const std::map<CounterKey, std::int64_t>* assumed_{};

  const Request* request_{};
  const Caller* caller_{};   // of the item that runs, where it has one of its own
  std::optional<text::Instant> occurred_at_;
  std::vector<Pending> pending_;
  std::size_t bytes_ = 0;
  // As before the batch. By kind too: whoever sends a project's id where an issue's belongs sees no issue.
  mutable std::map<std::pair<StreamId, const domain::AggregateOps*>, CachedStream> loaded_;
  Journal<StreamId, CachedStream> streams_;            // as changed by the batch
  Journal<ClaimKey, std::optional<StreamId>> claims_;
  Journal<StreamId, Reference> references_;
  Journal<CounterKey, std::int64_t> counters_;
  Journal<Edge, bool> relations_;
  Journal<StreamId, bool> erased_;
  std::map<RequestKey, RequestRecord> requests_;
  std::map<SourceKey, std::int64_t> sources_;
  std::vector<StreamId> fresh_;
  std::map<StreamId, StreamVersion> kept_;             // snapshots that this batch writes
};

}  // namespace daybook::log
