#include "command-service/log/memory_log.hpp"

#include <algorithm>
#include <chrono>
#include <deque>

#include "events/erasure.hpp"

namespace daybook::log {
namespace {

constexpr std::chrono::hours requests_kept{24};

template <class Map, class Key>
auto value_of(const Map& map, const Key& key) -> std::optional<typename Map::mapped_type> {
  const auto found = map.find(key);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

std::size_t bytes_of(const Envelope& event) {
  return event.data.size() + (event.personal ? event.personal->size() : 0);
}

}  // namespace

void MemoryLog::lock() {
  std::unique_lock guard(mutex_);
  changed_.wait(guard, [&] { return !locked_; });
  locked_ = true;
}

void MemoryLog::unlock() {
  {
    const std::lock_guard guard(mutex_);
    locked_ = false;
  }
  changed_.notify_all();
}

Head MemoryLog::newest_head() const {
  if (!heads_.empty()) return heads_.back();
  Head head{};
  head.root = head.frontier.root();
  return head;
}

Head MemoryLog::head() const {
  const std::lock_guard guard(mutex_);
  return newest_head();
}

std::vector<std::pair<StreamId, StreamVersion>> MemoryLog::changed_since(Position seen) const {
  const std::lock_guard guard(mutex_);
  std::map<StreamId, StreamVersion> newest;
  for (auto i = static_cast<std::size_t>(seen.value); i < events_.size(); ++i)
    newest[events_[i].stream_id] = events_[i].stream_version;
  return {newest.begin(), newest.end()};
}

// ---- questions
// ---------------------------------------------------------------------------------------------------

Answers MemoryLog::answer(const Asks& asks) const {
  const std::lock_guard guard(mutex_);
  Answers answers;
  for (const auto& [id, wanted] : asks.streams) {
    auto& events = answers.streams[id];
    auto version = wanted.after;
    if (const auto kept = snapshots_.find(id); wanted.fold && kept != snapshots_.end() && kept->second.fold == *wanted.fold) {
      answers.snapshots[id] = kept->second;
      version = std::max(version, kept->second.version);
    }
    const auto found = by_stream_.find(id);
    if (found == by_stream_.end()) continue;
    for (const auto index : found->second)
      if (events_[index].stream_version > version) events.push_back(events_[index]);
  }
  for (const auto& key : asks.claims) answers.claims[key] = value_of(claims_, key);
  answer_references(asks.references, answers);
  for (const auto& key : asks.counters) answers.counters[key] = value_of(counters_, key).value_or(0);
  for (const auto& key : asks.closures) answers.closures[key] = closure(key);
  for (const auto& key : asks.besides) answers.besides[key] = beside(key);
  for (const auto& key : asks.requests) {
    const auto found = requests_.find(key);
    answers.requests[key] = found == requests_.end() ? std::nullopt : std::optional(found->second.record);
  }
  for (const auto& key : asks.sources) answers.sources[key] = value_of(sources_, key).value_or(0);
  return answers;
}

void MemoryLog::answer_references(const std::set<StreamId>& asked, Answers& answers) const {
  std::deque<StreamId> open(asked.begin(), asked.end());
  while (!open.empty()) {
    const auto id = open.front();
    open.pop_front();
    if (answers.references.count(id)) continue;
    const auto reference = value_of(references_, id);
    answers.references[id] = reference;
    if (reference && reference->container) open.push_back(*reference->container);
    if (reference && reference->owner) open.push_back(*reference->owner);
  }
}

std::vector<Edge> MemoryLog::closure(const ClosureKey& key) const {
  std::vector<Edge> edges;
  std::set<text::Uuid> seen{key.from};
  std::deque<text::Uuid> open{key.from};
  while (!open.empty() && edges.size() < closure_edges_max) {
    const auto node = open.front();
    open.pop_front();
    for (auto edge = relations_.lower_bound({key.kind, node, text::Uuid{}});
         edge != relations_.end() && edge->kind == key.kind && edge->from == node; ++edge) {
      edges.push_back(*edge);
      if (seen.insert(edge->to).second) open.push_back(edge->to);
    }
  }
  if (edges.size() > closure_edges_max) edges.resize(closure_edges_max);
  return edges;
}

std::vector<domain::HeldBy> MemoryLog::beside(const BesideKey& asked) const {
  std::vector<domain::HeldBy> held;
  const auto fits = [&](const auto& claim) { return claim.first.scope == asked.scope && claim.first.key.starts_with(asked.prefix); };
  const ClaimKey at{asked.scope, asked.key};
  if (asked.side == domain::Side::above) {
    for (auto claim = claims_.upper_bound(at); claim != claims_.end() && fits(*claim) && held.size() < asked.most; ++claim)
      held.push_back({claim->first.key, claim->second});
    return held;
  }
  for (auto claim = claims_.lower_bound(at); claim != claims_.begin() && fits(*std::prev(claim)) && held.size() < asked.most;) {
    --claim;
    held.push_back({claim->first.key, claim->second});
  }
  return held;
}

// ---- writing
// -----------------------------------------------------------------------------------------------------

void MemoryLog::refuse_repetitions(const BatchWrite& batch) const {
  const auto refuse = [](const std::string& what) {
    throw std::logic_error("a batch met what is in the log already: " + what);
  };
  auto position = static_cast<std::int64_t>(events_.size());
  std::map<StreamId, std::int64_t> versions;
  for (const auto& event : batch.events) {
    if (event.position.value != ++position) refuse("position " + std::to_string(event.position.value));
    const auto known = by_stream_.find(event.stream_id);
    auto& version =
        versions.try_emplace(event.stream_id, known == by_stream_.end() ? 0 : known->second.size())
            .first->second;
    if (event.stream_version.value != ++version)
      refuse("version " + std::to_string(event.stream_version.value) + " of a stream");
  }
  if (batch.head.position.value != position) refuse("head " + std::to_string(batch.head.position.value));
  for (const auto& head : heads_)
    if (head.batch_id == batch.batch_id) refuse("batch " + batch.batch_id.text());
  for (const auto& [key, record] : batch.requests)
    if (requests_.count(key)) refuse("the record of a request");
  for (const auto& key : batch.data_keys)
    if (const auto known = data_keys_.find(key.subject);
        known != data_keys_.end() && known->second.count(key.version))
      refuse("a data key");
}

void MemoryLog::write(const BatchWrite& batch) {
  {
    const std::lock_guard guard(mutex_);
    std::erase_if(requests_, [&](const auto& entry) {
      return entry.second.recorded_at < batch.head.recorded_at - requests_kept;
    });
    refuse_repetitions(batch);
    for (const auto& event : batch.events) {
      by_stream_[event.stream_id].push_back(events_.size());
      events_.push_back(event);
    }
    heads_.push_back(batch.head);
    for (const auto& [id, reference] : batch.references) references_.insert_or_assign(id, reference);
    for (const auto& [key, holder] : batch.claims) {
      if (holder)
        claims_.insert_or_assign(key, *holder);
      else
        claims_.erase(key);
    }
    for (const auto& [key, value] : batch.counters) counters_[key] = value;
    for (const auto& [edge, there] : batch.relations) {
      if (there)
        relations_.insert(edge);
      else
        relations_.erase(edge);
    }
    for (const auto& [key, record] : batch.requests) requests_[key] = {record, batch.head.recorded_at};
    for (const auto& [key, seq] : batch.sources) sources_[key] = seq;
    for (const auto& [id, kept] : batch.snapshots) snapshots_.insert_or_assign(id, kept);
    for (const auto& key : batch.data_keys) data_keys_[key.subject][key.version] = key.wrapped;
    for (const auto& subject : batch.erased) {
      data_keys_.erase(subject.value);
      std::erase_if(requests_, [&](const auto& entry) { return entry.first.principal == subject.text(); });
    }
  }
  changed_.notify_all();
}

// ---- reading
// -----------------------------------------------------------------------------------------------------

bool MemoryLog::has_batch(BatchId batch) const {
  const std::lock_guard guard(mutex_);
  return std::any_of(heads_.begin(), heads_.end(), [&](const Head& head) { return head.batch_id == batch; });
}

std::vector<Envelope> MemoryLog::read(Position after, std::size_t events_max, std::size_t bytes_max) const {
  const std::lock_guard guard(mutex_);
  std::vector<Envelope> page;
  std::size_t bytes = 0;
  for (const auto& event : events_) {
    if (event.position <= after) continue;
    bytes += bytes_of(event);
    if (page.size() == events_max || (!page.empty() && bytes > bytes_max)) break;
    page.push_back(event);
  }
  return page;
}

std::vector<Envelope> MemoryLog::read_stream(StreamId stream, StreamVersion after, StreamVersion upto) const {
  const std::lock_guard guard(mutex_);
  std::vector<Envelope> events;
  const auto found = by_stream_.find(stream);
  if (found == by_stream_.end()) return events;
  for (const auto index : found->second)
    if (events_[index].stream_version > after && events_[index].stream_version <= upto)
      events.push_back(events_[index]);
  return events;
}

std::vector<StreamId> MemoryLog::subjects() const {
  const std::lock_guard guard(mutex_);
  std::vector<StreamId> subjects;
  for (const auto& [subject, versions] : data_keys_) subjects.push_back(StreamId{subject});
  return subjects;
}

void MemoryLog::tamper_keys(const std::function<void(std::map<text::Uuid, std::map<std::int64_t, std::string>>&)>& change) {
  const std::lock_guard guard(mutex_);
  change(data_keys_);
}

events::WrappedKeys MemoryLog::data_keys(std::span<const text::Uuid> subjects) const {
  const std::lock_guard guard(mutex_);
  const auto was_erased = [&](text::Uuid subject) {
    const auto found = by_stream_.find(StreamId{subject});
    return found != by_stream_.end() && events::is_erasure(events_[found->second.back()].type);
  };
  events::WrappedKeys keys;
  for (const auto& subject : subjects) {
    if (const auto found = data_keys_.find(subject); found != data_keys_.end()) keys[subject] = found->second.rbegin()->second;
    else if (was_erased(subject)) keys[subject] = std::nullopt;
  }
  return keys;
}

Position MemoryLog::wait_beyond(Position after, int timeout_ms) const {
  std::unique_lock guard(mutex_);
  changed_.wait_for(guard, std::chrono::milliseconds(timeout_ms),
                    [&] { return newest_head().position > after; });
  return newest_head().position;
}

std::optional<crypto::Digest> MemoryLog::leaf_at(Position position) const {
  const std::lock_guard guard(mutex_);
  for (const auto& event : events_)
    if (event.position == position) return event.leaf;
  return std::nullopt;
}

std::vector<Head> MemoryLog::heads(Position after, Position upto) const {
  const std::lock_guard guard(mutex_);
  std::vector<Head> some;
  for (const auto& head : heads_)
    if (head.position > after && head.position <= upto) some.push_back(head);
  return some;
}

LogExtent MemoryLog::extent() const {
  const std::lock_guard guard(mutex_);
  return {static_cast<std::int64_t>(events_.size()), events_.empty() ? Position{} : events_.back().position};
}

std::map<ClaimKey, StreamId> MemoryLog::claims() const {
  const std::lock_guard guard(mutex_);
  return claims_;
}

std::map<StreamId, Reference> MemoryLog::references() const {
  const std::lock_guard guard(mutex_);
  return references_;
}

std::map<CounterKey, std::int64_t> MemoryLog::counters() const {
  const std::lock_guard guard(mutex_);
  return counters_;
}

std::set<Edge> MemoryLog::relations() const {
  const std::lock_guard guard(mutex_);
  return relations_;
}

void MemoryLog::tamper(const std::function<void(std::vector<Envelope>&)>& change) {
  const std::lock_guard guard(mutex_);
  change(events_);
}

std::map<StreamId, Snapshot> MemoryLog::snapshots() const {
  const std::lock_guard guard(mutex_);
  return snapshots_;
}

void MemoryLog::tamper_snapshots(const std::function<void(std::map<StreamId, Snapshot>&)>& change) {
  const std::lock_guard guard(mutex_);
  change(snapshots_);
}

}  // namespace daybook::log
