// The streams of a batch: folded from cache and answers, and appended to, with what each event does to the side tables.
#include <algorithm>

#include "command-service/domain/core/address.hpp"
#include "command-service/log/settling.hpp"

namespace daybook::log {

using domain::Rejection;

// Carries out what one event does to the side tables, within the batch's view of them.
class Settling::Sink final : public domain::Effects {
 public:
  Sink(Settling& settling, const Envelope& event) : s_(settling), event_(event) {}

  void born(std::optional<StreamId> container) override {
    s_.references_.set(event_.stream_id, Reference{event_.stream_type, event_.workspace_id, container, false});
  }
  void moved(std::optional<StreamId> container) override {
    change([&](Reference& reference) { reference.container = container; });
  }
  void died() override {
    change([](Reference& reference) { reference.deleted = true; });
  }
  void revived() override {
    change([](Reference& reference) { reference.deleted = false; });
  }
  void restricted(bool to_some) override {
    change([&](Reference& reference) { reference.restricted = to_some; });
  }
  void owned_by(std::optional<StreamId> owner) override {
    change([&](Reference& reference) { reference.owner = owner; });
  }
  void erased() override { s_.erased_.set(event_.stream_id, true); }
  void claim(std::string_view scope, std::string_view key, std::string_view pointer) override {
    ClaimKey claim{std::string(scope), std::string(key)};
    if (s_.claimed(scope, key)) return refuse(domain::taken(scope, pointer));
    s_.claims_.set(claim, event_.stream_id);
  }
  void release(std::string_view scope, std::string_view key) override {
    s_.claims_.set({std::string(scope), std::string(key)}, std::nullopt);
  }
  void claim_personal(std::string_view scope, const events::Personal& text, std::string_view pointer) override {
    claim(scope, s_.context_.keys->lookup_key(scope, text.text), pointer);
  }
  void release_personal(std::string_view scope, const events::Personal& text) override {
    release(scope, s_.context_.keys->lookup_key(scope, text.text));
  }
  void count(std::string_view scope, StreamId key, std::int64_t delta) override {
    s_.counters_.set({std::string(scope), key}, s_.counter(scope, key) + delta);
  }
  void relate(std::string_view kind, text::Uuid from, text::Uuid to, std::string_view pointer) override {
    if (from == to || s_.reaches(kind, to, from))
      return refuse(domain::invalid(std::string(pointer), "cycle", "This would make a circle of '" + std::string(kind) + "'."));
    s_.relations_.set({std::string(kind), from, to}, true);
  }
  void unrelate(std::string_view kind, text::Uuid from, text::Uuid to) override {
    s_.relations_.set({std::string(kind), from, to}, false);
  }

  std::optional<Rejection> refusal;

 private:
  void refuse(Rejection rejection) {
    if (!refusal) refusal = std::move(rejection);
  }
  template <class Change>
  void change(Change change) {
    auto reference = s_.reference(event_.stream_id).value_or(Reference{event_.stream_type, event_.workspace_id, std::nullopt, false});
    change(reference);
    s_.references_.set(event_.stream_id, std::move(reference));
  }

  Settling& s_;
  const Envelope& event_;
};

bool Settling::is_fresh(StreamId id) const { return std::find(fresh_.begin(), fresh_.end(), id) != fresh_.end(); }

// Nothing where none is kept of this kind of thing, or it cannot be read.
std::optional<CachedStream> Settling::from_snapshot(StreamId id, const domain::AggregateOps& ops) const {
  const auto kept = answers_.snapshots.find(id);
  if (kept == answers_.snapshots.end() || !ops.snapshot || kept->second.fold != ops.snapshot->fold) return std::nullopt;
  auto state = ops.snapshot->read(kept->second.state);
  if (!state || ops.stamp(state.get()).version != kept->second.version) return std::nullopt;
  return CachedStream{&ops, std::move(state), kept->second.version, false, kept->second.version};
}

CachedStream Settling::load_erased(StreamId id, const domain::AggregateOps& ops) const {
  if (const auto* own = streams_.find(id); own != nullptr && own->ops == &ops) return *own;
  if (const auto found = loaded_.find({id, &ops}); found != loaded_.end()) return found->second;
  const auto* cached = cache_.find(id);
  if (cached != nullptr && cached->ops != &ops) cached = nullptr;
  if (cached != nullptr && !cached->stale) return loaded_[{id, &ops}] = *cached;

  CachedStream stream{&ops, cached ? cached->state : std::shared_ptr<const void>(ops.make()), cached ? cached->version : StreamVersion{}, false,
                      cached ? cached->kept : StreamVersion{}};
  if (is_fresh(id)) return loaded_[{id, &ops}] = stream;
  const auto answer = answers_.streams.find(id);
  if (answer == answers_.streams.end()) {
    missing_.streams[id] = {stream.version, !cached && ops.snapshot ? std::optional(ops.snapshot->fold) : std::nullopt};
    return loaded_[{id, &ops}] = stream;
  }
  const auto& events = answer->second;
  if (!cached && answers_.snapshots.count(id) && (events.empty() || events.front().stream_version.value != 1)) {
    if (auto kept = from_snapshot(id, ops)) {
      stream = std::move(*kept);
    } else if (ops.snapshot && answers_.snapshots.at(id).fold == ops.snapshot->fold) {
      missing_.streams[id] = StreamAsk{};  // what is kept is of no use: all events, then
      return loaded_[{id, &ops}] = stream;
    }
  }
  auto state = ops.copy(stream.state.get());
  for (const auto& event : events) {
    if (event.stream_version <= stream.version) continue;
    // Another kind of thing has this id.
    if (event.stream_type != ops.stream_type) return loaded_[{id, &ops}] = {&ops, ops.make(), StreamVersion{}, false, StreamVersion{}};
    ops.apply(state.get(), event, *context_.keys, nullptr);
    stream.version = event.stream_version;
  }
  stream.state = std::move(state);
  return loaded_[{id, &ops}] = stream;
}

std::vector<const Envelope*> Settling::history(StreamId id) const {
  std::vector<const Envelope*> events;
  const auto answer = answers_.streams.find(id);
  if (answer != answers_.streams.end())
    for (const auto& event : answer->second) events.push_back(&event);
  for (const auto& pending : pending_)
    if (pending.envelope.stream_id == id) events.push_back(&pending.envelope);
  if (!events.empty() && events.front()->stream_version == StreamVersion{1}) return events;
  missing_.streams[id] = StreamAsk{};
  return {};
}

Envelope Settling::next_envelope(StreamId id, std::optional<events::WorkspaceId> workspace, const CachedStream& stream) const {
  const auto& caller = this->caller();
  Envelope e{};
  e.position = last_position().next();
  e.event_id = context_.new_event_id();
  e.stream_id = id;
  e.stream_type = stream.ops->stream_type;
  e.stream_version = stream.version.next();
  e.workspace_id = workspace;
  e.actor_type = caller.actor_type;
  e.actor_id = caller.actor_id;
  e.via_type = caller.via_type;
  e.via_id = caller.via_id;
  e.origin = caller.origin;
  e.correlation_id = caller.correlation_id;
  e.causation_id = caller.causation_id;
  e.depth = caller.depth;
  e.recorded_at = now_;
  e.occurred_at = occurred_at();
  return e;
}

// Sealing comes at the end of the batch, where a missing key would fail all of it. One that is born in the batch is made there. That a
// key was born before is the events' word and not the table's, so that one that is lost is never replaced by another.
void Settling::require_key(const Pending& pending) const {
  if (pending.personal.empty() || pending.bears_key) return;
  const auto subject = pending.envelope.stream_id;
  const auto born_here = [&](const Pending& other) { return other.envelope.stream_id == subject && other.bears_key; };
  if (std::none_of(pending_.begin(), pending_.end(), born_here)) context_.keys->require(subject.value);
}

std::optional<Rejection> Settling::append_erased(StreamId id, std::optional<events::WorkspaceId> workspace,
                                                 const domain::AggregateOps& ops, const void* event) {
  auto stream = load_erased(id, ops);
  // To this kind of thing the id looks free; it is not when a thing of another kind has it.
  if (stream.version.value == 0 && !is_fresh(id) && reference(id))
    return domain::already_exists("/id", "This id is taken.");
  if (ops.was_erased(stream.state.get())) return domain::was_erased();
  Pending pending{next_envelope(id, workspace, stream), {}, false};
  auto encoded = ops.encode(event);
  pending.envelope.type = encoded.type;
  pending.envelope.schema_version = encoded.schema_version;
  pending.envelope.data = std::move(encoded.data);
  pending.personal = std::move(encoded.personal);
  pending.bears_key = !pending.personal.empty() && !ops.has_key(stream.state.get());
  require_key(pending);
  std::size_t size = pending.envelope.data.size();
  for (const auto& field : pending.personal) size += field.text.size();
  if (size > events::event_bytes_max) return domain::invalid("", "too-large", "One event would be larger than 4 MiB.");

  auto state = ops.copy(stream.state.get());
  Sink sink(*this, pending.envelope);
  ops.apply_decided(state.get(), event, pending.envelope, &sink);
  if (sink.refusal) return std::move(sink.refusal);
  streams_.set(id, {&ops, std::move(state), pending.envelope.stream_version, false, stream.kept});
  bytes_ += size;
  pending_.push_back(std::move(pending));
  return std::nullopt;
}

}  // namespace daybook::log
