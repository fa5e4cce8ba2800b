#include "compose/daybook/import/edges.hpp"

#include <algorithm>
#include <utility>

#include "compose/daybook/import/report.hpp"

namespace daybook::importer {
namespace {

std::string words_of(const Edge& edge) {
  switch (edge.kind) {
    case Statement::Kind::parent:
      return edge.from + " below " + edge.to;
    case Statement::Kind::blocked_by:
      return edge.from + " blocked by " + edge.to;
    case Statement::Kind::related:
      return edge.from + " related to " + edge.to;
  }
  return {};
}

Edge reversed(const Edge& edge) { return {edge.kind, edge.to, edge.from}; }

}  // namespace

Edge normalised(Edge edge) {
  if (edge.kind == Statement::Kind::related && edge.to < edge.from) std::swap(edge.from, edge.to);
  return edge;
}

std::vector<Edge> EdgeBook::state(const std::string& from, const std::vector<Statement>& statements,
                                  std::int64_t line) {
  std::vector<Edge> gone;
  std::vector<Edge> now;
  for (const auto& [kind, target] : statements) now.push_back({kind, from, target});
  auto& before = stated_by_[from];
  for (const auto& edge : before) {
    if (std::find(now.begin(), now.end(), edge) != now.end()) continue;
    const auto found = stated_.find(edge);
    const auto stated = found->second;
    stated_.erase(found);
    withdraw(edge, stated, gone);
  }
  for (const auto& edge : now) {
    const auto [place, is_new] = stated_.try_emplace(edge, Stated{last_number_ + 1, line, false, false});
    if (is_new) ready_[++last_number_] = edge;
  }
  before = std::move(now);
  return gone;
}

void EdgeBook::withdraw(const Edge& edge, const Stated& stated, std::vector<Edge>& gone) {
  ready_.erase(stated.number);
  circling_.erase(stated.number);
  for (const auto& end : {edge.from, edge.to})
    if (const auto waiting = waiting_for_.find(end); waiting != waiting_for_.end())
      waiting->second.erase(stated.number);
  if (!stated.joined) {
    if (!stated.circle_told) report_.left_out(reason::edge_withdrawn, stated.line, words_of(edge));
    return;
  }
  // The other side may say the same; then the edge stays.
  const auto other = stated_.find(reversed(edge));
  if (edge.kind == Statement::Kind::related && other != stated_.end() && other->second.joined) return;
  const auto made = joined_.find(normalised(edge));
  gone.push_back(made->second);
  joined_.erase(made);
  take(edge);
}

void EdgeBook::arrived(const std::string& id) {
  const auto waiting = waiting_for_.find(id);
  if (waiting == waiting_for_.end()) return;
  ready_.merge(waiting->second);
  waiting_for_.erase(waiting);
}

std::vector<Join> EdgeBook::settle() {
  std::vector<Join> joins;
  for (const auto& [number, edge] : std::exchange(ready_, {})) {
    auto& stated = stated_.at(edge);
    if (!present_(edge.from))
      waiting_for_[edge.from][number] = edge;
    else if (!present_(edge.to))
      waiting_for_[edge.to][number] = edge;
    else if (try_join(edge, stated))
      joins.push_back({edge, stated.line});
  }
  return joins;
}

bool EdgeBook::try_join(const Edge& edge, Stated& stated) {
  if (joined_.contains(normalised(edge))) {
    stated.joined = true;
    report_.left_out(reason::edge_twice, stated.line, words_of(edge));
    return false;
  }
  if (closes_circle(edge)) {
    pass_over(edge, stated);
    return false;
  }
  stated.joined = true;
  joined_[normalised(edge)] = edge;
  put(edge);
  return true;
}

void EdgeBook::pass_over(const Edge& edge, Stated& stated) {
  circling_[stated.number] = edge;
  if (std::exchange(stated.circle_told, true)) return;
  const auto why = edge.kind == Statement::Kind::parent ? reason::parent_circle : reason::edge_circle;
  report_.left_out(why, stated.line, words_of(edge));
}

bool EdgeBook::closes_circle(const Edge& edge) const {
  if (edge.kind == Statement::Kind::related) return false;
  if (edge.kind == Statement::Kind::parent) {
    for (auto above = parents_.find(edge.to); above != parents_.end(); above = parents_.find(above->second))
      if (above->second == edge.from) return true;
    return false;
  }
  std::vector<std::string> open{edge.to};
  std::unordered_set<std::string> seen;
  while (!open.empty()) {
    const auto id = std::move(open.back());
    open.pop_back();
    if (id == edge.from) return true;
    if (!seen.insert(id).second) continue;
    if (const auto found = blockers_.find(id); found != blockers_.end())
      open.insert(open.end(), found->second.begin(), found->second.end());
  }
  return false;
}

void EdgeBook::put(const Edge& edge) {
  if (edge.kind == Statement::Kind::parent) parents_[edge.from] = edge.to;
  if (edge.kind == Statement::Kind::blocked_by) blockers_[edge.from].insert(edge.to);
}

void EdgeBook::take(const Edge& edge) {
  if (edge.kind == Statement::Kind::related) return;
  if (edge.kind == Statement::Kind::parent) parents_.erase(edge.from);
  if (edge.kind == Statement::Kind::blocked_by) blockers_[edge.from].erase(edge.to);
  ready_.merge(std::exchange(circling_, {}));
}

void EdgeBook::finish(const std::function<bool(const std::string&)>& ever_came) {
  for (const auto& [id, waiting] : waiting_for_)
    for (const auto& [number, edge] : waiting) {
      const bool came = ever_came(edge.from) && ever_came(edge.to);
      report_.left_out(came ? reason::edge_apart : reason::edge_dangling, stated_.at(edge).line,
                       words_of(edge));
    }
}

}  // namespace daybook::importer
