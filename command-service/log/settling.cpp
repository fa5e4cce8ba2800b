#include "command-service/log/settling.hpp"

#include <algorithm>
#include <deque>
#include <set>

#include "command-service/domain/core/address.hpp"

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

Settling::Settling(const SettleContext& context, const Head& head, text::Instant now, StreamCache& cache, const Answers& answers)
    : context_(context), head_(head), now_(std::max(now, head.recorded_at)), cache_(cache), answers_(answers) {}

// ---- facts: the batch's own view, then the answers, else a note of what is missing --------------------------------

std::optional<StreamId> Settling::claimed(std::string_view scope, std::string_view key) const {
  const ClaimKey claim{std::string(scope), std::string(key)};
  if (const auto* own = claims_.find(claim)) return *own;
  if (const auto found = answers_.claims.find(claim); found != answers_.claims.end()) return found->second;
  missing_.claims.insert(claim);
  return std::nullopt;
}

std::optional<StreamId> Settling::claimed_personal(std::string_view scope, std::string_view text) const {
  return claimed(scope, context_.keys->lookup_key(scope, text));
}

std::optional<Reference> Settling::reference(StreamId stream) const {
  if (const auto* own = references_.find(stream)) return *own;
  if (const auto found = answers_.references.find(stream); found != answers_.references.end()) return found->second;
  missing_.references.insert(stream);
  return std::nullopt;
}

std::int64_t Settling::counter(std::string_view scope, StreamId key) const {
  const CounterKey counter{std::string(scope), key};
  if (const auto* own = counters_.find(counter)) return *own;
  if (const auto found = answers_.counters.find(counter); found != answers_.counters.end()) return found->second;
  missing_.counters.insert(counter);
  if (assumed_ == nullptr) return 0;
  const auto likely = assumed_->find(counter);
  return likely == assumed_->end() ? 0 : likely->second;
}

// Walks committed edges and the batch's own together. A node's committed edges are known once its closure was asked for;
// a node met inside another's closure needs no question of its own. A closure at its bound is not known to its end.
bool Settling::reaches(std::string_view kind, text::Uuid from, text::Uuid to) const {
  std::set<text::Uuid> seen{from};
  std::set<text::Uuid> covered;
  std::deque<text::Uuid> open{from};
  bool cut_off = false;
  std::multimap<text::Uuid, text::Uuid> edges;
  for (const auto& [edge, there] : relations_.values())
    if (there && edge.kind == kind) edges.emplace(edge.from, edge.to);
  while (!open.empty()) {
    const auto node = open.front();
    open.pop_front();
    if (node == to) return true;
    if (!covered.count(node)) {
      const ClosureKey closure{std::string(kind), node};
      const auto found = answers_.closures.find(closure);
      if (found == answers_.closures.end()) {
        missing_.closures.insert(closure);
      } else {
        covered.insert(node);
        cut_off = cut_off || found->second.size() >= closure_edges_max;
        for (const auto& edge : found->second) {
          const auto* own = relations_.find(edge);
          if (own != nullptr && !*own) continue;
          edges.emplace(edge.from, edge.to);
          covered.insert(edge.to);
        }
      }
    }
    const auto [first, last] = edges.equal_range(node);
    for (auto edge = first; edge != last; ++edge)
      if (seen.insert(edge->second).second) open.push_back(edge->second);
  }
  return cut_off;
}

// ---- streams -----------------------------------------------------------------------------------------------------

bool Settling::is_fresh(StreamId id) const { return std::find(fresh_.begin(), fresh_.end(), id) != fresh_.end(); }

CachedStream Settling::load_erased(StreamId id, const domain::AggregateOps& ops) {
  if (const auto* own = streams_.find(id); own != nullptr && own->ops == &ops) return *own;
  if (const auto found = loaded_.find({id, &ops}); found != loaded_.end()) return found->second;
  const auto* cached = cache_.find(id);
  if (cached != nullptr && cached->ops != &ops) cached = nullptr;
  if (cached != nullptr && !cached->stale) return loaded_[{id, &ops}] = *cached;

  CachedStream stream{&ops, cached ? cached->state : std::shared_ptr<const void>(ops.make()), cached ? cached->version : StreamVersion{}, false};
  if (is_fresh(id)) return loaded_[{id, &ops}] = stream;
  const auto answer = answers_.streams.find(id);
  if (answer == answers_.streams.end()) {
    missing_.streams[id] = stream.version;
    return loaded_[{id, &ops}] = stream;
  }
  auto state = ops.copy(stream.state.get());
  for (const auto& event : answer->second) {
    if (event.stream_version <= stream.version) continue;
    // Another kind of thing has this id.
    if (event.stream_type != ops.stream_type) return loaded_[{id, &ops}] = {&ops, ops.make(), StreamVersion{}, false};
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
  missing_.streams[id] = StreamVersion{};
  return {};
}

Envelope Settling::next_envelope(StreamId id, std::optional<events::WorkspaceId> workspace, const CachedStream& stream) const {
  const auto& caller = request_->caller;
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

// Sealing comes at the end of the batch, where a missing key would fail all of it. A subject's own is born there.
void Settling::require_key(const Pending& pending) const {
  const auto& event = pending.envelope;
  if (pending.personal.empty() || event.stream_version.value == 1) return;
  const auto born_here = [&](const Pending& other) {
    return other.envelope.stream_id == event.stream_id && other.envelope.stream_version.value == 1 && !other.personal.empty();
  };
  if (std::none_of(pending_.begin(), pending_.end(), born_here)) context_.keys->require(event.stream_id.value);
}

std::optional<Rejection> Settling::append_erased(StreamId id, std::optional<events::WorkspaceId> workspace,
                                                 const domain::AggregateOps& ops, const void* event) {
  auto stream = load_erased(id, ops);
  // To this kind of thing the id looks free; it is not when a thing of another kind has it.
  if (stream.version.value == 0 && !is_fresh(id) && reference(id))
    return domain::already_exists("/id", "This id is taken.");
  Pending pending{next_envelope(id, workspace, stream), {}};
  auto encoded = ops.encode(event);
  pending.envelope.type = encoded.type;
  pending.envelope.schema_version = encoded.schema_version;
  pending.envelope.data = std::move(encoded.data);
  pending.personal = std::move(encoded.personal);
  require_key(pending);
  std::size_t size = pending.envelope.data.size();
  for (const auto& field : pending.personal) size += field.text.size();
  if (size > events::event_bytes_max) return domain::invalid("", "too-large", "One event would be larger than 4 MiB.");

  auto state = ops.copy(stream.state.get());
  Sink sink(*this, pending.envelope);
  ops.apply_decided(state.get(), event, pending.envelope, &sink);
  if (sink.refusal) return std::move(sink.refusal);
  streams_.set(id, {&ops, std::move(state), pending.envelope.stream_version, false});
  bytes_ += size;
  pending_.push_back(std::move(pending));
  return std::nullopt;
}

// ---- savepoints --------------------------------------------------------------------------------------------------

Settling::Mark Settling::mark() const {
  return {pending_.size(), bytes_, streams_.mark(), claims_.mark(), references_.mark(), counters_.mark(), relations_.mark()};
}

void Settling::rollback(const Mark& mark) {
  pending_.resize(mark.events);
  bytes_ = mark.bytes;
  streams_.rollback(mark.streams);
  claims_.rollback(mark.claims);
  references_.rollback(mark.references);
  counters_.rollback(mark.counters);
  relations_.rollback(mark.relations);
}

// ---- requests ----------------------------------------------------------------------------------------------------

std::optional<Outcome> Settling::answered_before(const Request& request) {
  if (request.source) {
    const auto& key = request.source->key;
    const auto answer = answers_.sources.find(key);
    if (!sources_.count(key) && answer == answers_.sources.end()) missing_.sources.insert(key);
    const auto last = sources_.count(key) ? sources_[key] : answer != answers_.sources.end() ? answer->second : 0;
    if (request.source->seq <= last) {
      Outcome outcome{};
      outcome.already_imported = outcome.replayed = true;
      outcome.position = last_position();
      return outcome;
    }
  }
  if (!request.idempotency) return std::nullopt;
  const auto& key = request.idempotency->key;
  const RequestRecord* record = nullptr;
  if (const auto own = requests_.find(key); own != requests_.end()) record = &own->second;
  else if (const auto found = answers_.requests.find(key); found == answers_.requests.end()) missing_.requests.insert(key);
  else if (found->second) record = &*found->second;
  if (record == nullptr) return std::nullopt;

  Outcome outcome{};
  outcome.position = record->position;
  if (record->body != request.idempotency->body) {
    outcome.refused = Rejection{Rejection::Kind::invalid, "idempotency-key-reused",
                                "This Idempotency-Key was used with another body.", {}, std::nullopt};
    return outcome;
  }
  outcome.replayed = true;
  for (const auto& item : record->items) {
    if (item.rejection_code)
      outcome.items.push_back(Rejection{item.rejection_kind.value_or(Rejection::Kind::invalid), *item.rejection_code, item.rejection_detail.value_or(""), {}, std::nullopt});
    else outcome.items.push_back(Accepted{item.status, item.stream_type, item.stream, item.entity, item.version, nullptr});
  }
  return outcome;
}

const CachedStream* Settling::loaded_of(const Accepted& accepted) const {
  for (auto found = loaded_.lower_bound({accepted.stream, nullptr}); found != loaded_.end() && found->first.first == accepted.stream; ++found)
    if (found->second.ops->stream_type == accepted.stream_type) return &found->second;
  return nullptr;
}

ItemOutcome Settling::run(const Item& item) {
  occurred_at_ = item.occurred_at;
  const auto before = mark();
  auto outcome = item.execute(*this);
  const auto written = pending_.size() - before.events;
  if (outcome && (written > command_events_max || bytes_ - before.bytes > command_bytes_max))
    outcome = Rejection{Rejection::Kind::invalid, "too-many-events", "One command may write at most 2,000 events and 16 MiB.", {}, std::nullopt};
  if (!outcome) {
    rollback(before);
    return outcome;
  }
  if (outcome->state) return outcome;
  if (const auto* own = streams_.find(outcome->stream)) outcome->state = own->state;
  else if (const auto found = loaded_of(*outcome)) outcome->state = found->state;
  return outcome;
}

Outcome Settling::settle_atomic(const Request& request) {
  Outcome outcome{};
  const auto before = mark();
  for (const auto& item : request.items) {
    outcome.items.push_back(run(item));
    const bool refused = !outcome.items.back();
    const bool too_many = pending_.size() - before.events > command_events_max || bytes_ - before.bytes > command_bytes_max;
    if (!refused && !too_many) continue;
    if (too_many && !refused)
      outcome.items.back() = Rejection{Rejection::Kind::invalid, "too-many-events", "An atomic bulk may write at most 2,000 events and 16 MiB.", {}, std::nullopt};
    // A refusal for want of facts is none yet: this round is run again, and the items behind it say what they will ask.
    if (!missing_.empty()) continue;
    rollback(before);
    outcome.refused_item = outcome.items.size() - 1;
    break;
  }
  return outcome;
}

Outcome Settling::settle_each(const Request& request) {
  Outcome outcome{};
  for (const auto& item : request.items) outcome.items.push_back(run(item));
  return outcome;
}

Outcome Settling::settle(const Request& request) {
  request_ = &request;
  fresh_ = request.fresh;
  occurred_at_.reset();
  const auto before = mark();
  try {
    return settle_admitted(request);
  } catch (const std::exception& failed) {
    rollback(before);
    Outcome outcome{};
    outcome.failed = failed.what();
    outcome.position = last_position();
    return outcome;
  }
}

Outcome Settling::settle_admitted(const Request& request) {
  if (auto refusal = request.admit ? request.admit(*this) : std::nullopt) {
    Outcome outcome{};
    outcome.refused = std::move(*refusal);
    outcome.position = last_position();
    return outcome;
  }
  if (auto answered = answered_before(request)) return std::move(*answered);
  auto outcome = request.atomic ? settle_atomic(request) : settle_each(request);
  outcome.position = last_position();
  if (!outcome.refused_item) record(request, outcome);
  return outcome;
}

void Settling::record(const Request& request, const Outcome& outcome) {
  if (request.source) sources_[request.source->key] = request.source->seq;
  if (!request.idempotency) return;
  RequestRecord record{request.idempotency->body, {}, outcome.position};
  for (const auto& item : outcome.items) {
    if (item) record.items.push_back({item->status, item->stream_type, item->stream, item->entity, item->version, {}, {}, {}});
    else record.items.push_back({0, {}, {}, {}, {}, item.error().code, item.error().detail, item.error().kind});
  }
  requests_[request.idempotency->key] = std::move(record);
}

// ---- the end of the batch ----------------------------------------------------------------------------------------

bool Settling::anything_to_write() const { return !pending_.empty() || !requests_.empty() || !sources_.empty(); }

std::vector<text::Uuid> Settling::born_subjects() const {
  std::vector<text::Uuid> subjects;
  for (const auto& pending : pending_)
    if (!pending.personal.empty() && pending.envelope.stream_version.value == 1) subjects.push_back(pending.envelope.stream_id.value);
  return subjects;
}

BatchWrite Settling::finish(BatchId batch) {
  BatchWrite write{};
  write.batch_id = batch;
  write.head = head_;
  for (const auto& subject : born_subjects()) write.data_keys.push_back({subject, 1, context_.keys->born(subject)});
  for (auto& pending : pending_) {
    auto& event = pending.envelope;
    if (!pending.personal.empty()) event.personal = context_.keys->seal(event, pending.personal);
    event.leaf = events::leaf_of(context_.identity.log_id, event);
    write.head.frontier.append(event.leaf);
    write.events.push_back(std::move(event));
  }
  write.head.position = last_position();
  write.head.batch_id = batch;
  write.head.root = write.head.frontier.root();
  write.head.recorded_at = now_;
  write.claims = claims_.values();
  write.references = references_.values();
  write.counters = counters_.values();
  write.relations = relations_.values();
  write.requests = requests_;
  write.sources = sources_;
  return write;
}

void Settling::remember(StreamCache& cache) const {
  for (const auto& [key, stream] : loaded_)
    if (stream.version.value > 0 && streams_.find(key.first) == nullptr) cache.put(key.first, stream);
  for (const auto& [id, stream] : streams_.values()) cache.put(id, stream);
}

}  // namespace daybook::log
