#include "command-service/log/settling.hpp"

#include <algorithm>

namespace daybook::log {

using domain::Rejection;

Settling::Settling(const SettleContext& context, const Head& head, text::Instant now, StreamCache& cache, const Answers& answers)
    : context_(context), head_(head), now_(std::max(now, head.recorded_at)), cache_(cache), answers_(answers) {}

// ---- savepoints --------------------------------------------------------------------------------------------------

Settling::Mark Settling::mark() const {
  return {pending_.size(), bytes_, streams_.mark(), claims_.mark(), references_.mark(), counters_.mark(), relations_.mark(), erased_.mark()};
}

void Settling::rollback(const Mark& mark) {
  pending_.resize(mark.events);
  bytes_ = mark.bytes;
  streams_.rollback(mark.streams);
  claims_.rollback(mark.claims);
  references_.rollback(mark.references);
  counters_.rollback(mark.counters);
  relations_.rollback(mark.relations);
  erased_.rollback(mark.erased);
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
  caller_ = item.caller ? &*item.caller : nullptr;
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
  caller_ = nullptr;
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
    if (pending.bears_key) subjects.push_back(pending.envelope.stream_id.value);
  return subjects;
}

// So that whoever loads the stream next need not fold its first events again.
void Settling::keep(StreamId id, const CachedStream& stream, BatchWrite& write) {
  if (!stream.ops->snapshot || stream.version.value - stream.kept.value < snapshot_interval_events) return;
  auto state = stream.ops->snapshot->write(stream.state.get());
  if (state.size() > snapshot_bytes_max) return;
  write.snapshots[id] = {stream.ops->snapshot->fold, stream.version, std::move(state)};
  kept_[id] = stream.version;
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
  for (const auto& [subject, erased] : erased_.values()) write.erased.push_back(subject);
  for (const auto& [id, stream] : streams_.values()) keep(id, stream, write);
  for (const auto& [key, stream] : loaded_)
    if (streams_.find(key.first) == nullptr) keep(key.first, stream, write);
  return write;
}

void Settling::remember(StreamCache& cache) const {
  const auto put = [&](StreamId id, CachedStream stream) {
    if (const auto kept = kept_.find(id); kept != kept_.end()) stream.kept = kept->second;
    cache.put(id, std::move(stream));
  };
  for (const auto& [key, stream] : loaded_)
    if (stream.version.value > 0 && streams_.find(key.first) == nullptr) put(key.first, stream);
  for (const auto& [id, stream] : streams_.values()) put(id, stream);
}

}  // namespace daybook::log
