#pragma once
// Facts in plain maps, and the effects that fill them: what the log's tables are to the appender, without a
// log. For tests of decisions; one thread.
#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "command-service/domain/core/decision.hpp"
#include "command-service/domain/core/facts.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::testing {

class MemoryFacts final : public domain::Facts {
 public:
  using StreamId = events::StreamId;

  std::optional<StreamId> claimed(std::string_view scope, std::string_view key) const override {
    const auto found = claims.find({std::string(scope), std::string(key)});
    return found == claims.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<StreamId> claimed_personal(std::string_view scope, std::string_view text) const override {
    return claimed(scope, text::fold_case(text));
  }
  std::vector<domain::HeldBy> held_beside(std::string_view scope, std::string_view prefix, std::string_view key, domain::Side side,
                                          std::size_t most) const override {
    std::vector<domain::HeldBy> held;
    for (const auto& [claim, holder] : claims) {
      const bool beside = side == domain::Side::below ? claim.second < key : claim.second > key;
      if (claim.first == scope && claim.second.starts_with(prefix) && beside) held.push_back({claim.second, holder});
    }
    if (side == domain::Side::below) std::reverse(held.begin(), held.end());
    if (held.size() > most) held.resize(most);
    return held;
  }
  std::optional<domain::Reference> reference(StreamId stream) const override {
    const auto found = references.find(stream);
    return found == references.end() ? std::nullopt : std::optional(found->second);
  }
  std::int64_t counter(std::string_view scope, StreamId key) const override {
    const auto found = counters.find({std::string(scope), key});
    return found == counters.end() ? 0 : found->second;
  }
  bool reaches(std::string_view kind, text::Uuid from, text::Uuid to) const override {
    std::set<text::Uuid> seen;
    return reaches(kind, from, to, seen);
  }

  const void* folded(const domain::AggregateOps& aggregate, StreamId stream) const override { return folded_streams(aggregate, stream); }

  // Set by whoever holds the streams.
  std::function<const void*(const domain::AggregateOps&, StreamId)> folded_streams;
  std::map<std::pair<std::string, std::string>, StreamId> claims;
  std::map<StreamId, domain::Reference> references;
  std::map<std::pair<std::string, StreamId>, std::int64_t> counters;
  std::set<std::tuple<std::string, text::Uuid, text::Uuid>> relations;

 private:
  bool reaches(std::string_view kind, text::Uuid from, text::Uuid to, std::set<text::Uuid>& seen) const {
    if (from == to) return true;
    if (!seen.insert(from).second) return false;
    for (const auto& [edge_kind, edge_from, edge_to] : relations)
      if (edge_kind == kind && edge_from == from && reaches(kind, edge_to, to, seen)) return true;
    return false;
  }
};

// Carries out one event's effects on the maps, as the appender does.
class MemoryEffects final : public domain::Effects {
 public:
  MemoryEffects(MemoryFacts& facts, const events::Envelope& event) : facts_(facts), event_(event) {}

  void born(std::optional<events::StreamId> container) override {
    facts_.references[event_.stream_id] = {event_.stream_type, event_.workspace_id, container, false};
  }
  void moved(std::optional<events::StreamId> container) override {
    facts_.references.at(event_.stream_id).container = container;
  }
  void died() override { facts_.references.at(event_.stream_id).deleted = true; }
  void revived() override { facts_.references.at(event_.stream_id).deleted = false; }
  void restricted(bool to_some) override { facts_.references.at(event_.stream_id).restricted = to_some; }
  void owned_by(std::optional<events::StreamId> owner) override { facts_.references.at(event_.stream_id).owner = owner; }
  void claim(std::string_view scope, std::string_view key, std::string_view pointer) override {
    const bool free =
        facts_.claims.emplace(std::pair{std::string(scope), std::string(key)}, event_.stream_id).second;
    if (!free) refuse(domain::already_exists(std::string(pointer), "taken"));
  }
  void release(std::string_view scope, std::string_view key) override {
    facts_.claims.erase({std::string(scope), std::string(key)});
  }
  void claim_personal(std::string_view scope, const events::Personal& text,
                      std::string_view pointer) override {
    claim(scope, text::fold_case(text.text), pointer);
  }
  void release_personal(std::string_view scope, const events::Personal& text) override {
    release(scope, text::fold_case(text.text));
  }
  void count(std::string_view scope, events::StreamId key, std::int64_t delta) override {
    facts_.counters[{std::string(scope), key}] += delta;
  }
  void relate(std::string_view kind, text::Uuid from, text::Uuid to, std::string_view pointer) override {
    if (facts_.reaches(kind, to, from))
      return refuse(domain::invalid(std::string(pointer), "cycle", "circle"));
    facts_.relations.insert({std::string(kind), from, to});
  }
  void unrelate(std::string_view kind, text::Uuid from, text::Uuid to) override {
    facts_.relations.erase({std::string(kind), from, to});
  }

  std::optional<domain::Rejection> refusal;

 private:
  void refuse(domain::Rejection rejection) {
    if (!refusal) refusal = std::move(rejection);
  }
  MemoryFacts& facts_;
  const events::Envelope& event_;
};

}  // namespace daybook::testing
