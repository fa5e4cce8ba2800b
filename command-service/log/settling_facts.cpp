// What commands ask about the world beside their streams: the batch's own view, then the answers, else a note of what is
// missing.
#include <algorithm>
#include <deque>
#include <set>

#include "command-service/log/settling.hpp"

namespace daybook::log {

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

// What is committed, with what the batch claimed and released since. Where the batch released so much that too little is left,
// more is asked for; behind the last key that was answered nothing is known.
std::vector<domain::HeldBy> Settling::held_beside(std::string_view scope, std::string_view prefix, std::string_view key, domain::Side side,
                                                  std::size_t most) const {
  const bool above = side == domain::Side::above;
  for (auto wanted = most;; wanted *= 2) {
    const BesideKey ask{std::string(scope), std::string(prefix), std::string(key), side, wanted};
    const auto found = answers_.besides.find(ask);
    if (found == answers_.besides.end()) {
      missing_.besides.insert(ask);
      return {};
    }
    const auto& answer = found->second;
    const bool to_the_end = answer.size() < wanted;
    std::map<std::string, StreamId> held;
    for (const auto& entry : answer) held.emplace(entry.key, entry.holder);
    const auto& changed = claims_.values();
    for (auto claim = changed.lower_bound({ask.scope, ask.prefix});
         claim != changed.end() && claim->first.scope == scope && claim->first.key.starts_with(prefix); ++claim) {
      const auto& name = claim->first.key;
      const bool beside = above ? name > key : name < key;
      const bool known = to_the_end || (above ? name <= answer.back().key : name >= answer.back().key);
      held.erase(name);
      if (claim->second && beside && known) held.emplace(name, *claim->second);
    }
    if (!to_the_end && held.size() < most) continue;
    std::vector<domain::HeldBy> nearest;
    const auto take = [&](const auto& entry) {
      if (nearest.size() < most) nearest.push_back({entry.first, entry.second});
    };
    if (above) std::for_each(held.begin(), held.end(), take);
    else std::for_each(held.rbegin(), held.rend(), take);
    return nearest;
  }
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

}  // namespace daybook::log
