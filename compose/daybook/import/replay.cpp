#include "compose/daybook/import/replay.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace daybook::importer {

bool Record::is_tombstone() const {
  const auto status = fields.find("status");
  return status != fields.end() && status->second == "\"tombstone\"";
}

void Replay::add(const Change& change) {
  if (group_ && *group_ != change.at) settle();
  group_ = change.at;
  const bool is_new = !records_.contains(change.id);
  if (is_new && change.op == Operation::removed) return;
  auto& record = records_[change.id];
  if (change.op == Operation::created) record.fields.clear();
  for (const auto& [name, value] : change.set) record.fields[name] = value;
  if (!is_new)
    for (const auto& name : change.unset) record.fields.erase(name);
  record.removed = change.op == Operation::removed;
  if (!record.removed) record.by = change.by;

  const auto reading = read_record(change.id, record.by, record.fields);
  if (is_new) record.opened_at = reading.created_at ? std::min(*reading.created_at, change.at) : change.at;
  if (reading.status && *reading.status != record.status)
    move_status(record, *reading.status, is_new ? record.opened_at : change.at);
  see_comments(record, reading.comments, change.at);
  restate(change.id, reading.statements);
}

void Replay::restate(const std::string& from, const std::vector<Statement>& statements) {
  std::set<Edge> now;
  for (const auto& statement : statements) now.insert({from, statement.kind, statement.target});
  for (auto before = stated_.lower_bound({from, Statement::Kind::parent, ""});
       before != stated_.end() && before->first.from == from;) {
    if (now.contains(before->first)) {
      ++before;
      continue;
    }
    edges_.erase(before->first);
    before = stated_.erase(before);
  }
  for (const auto& statement : statements) {
    const Edge edge{from, statement.kind, statement.target};
    if (!stated_.contains(edge)) stated_[edge] = ++statements_;
  }
}

void Replay::see_comments(Record& record, const std::vector<CommentText>& comments, text::Instant at) const {
  const auto before = std::exchange(record.comments_seen, {});
  for (const auto& comment : comments) {
    const auto seen = before.find(comment);
    record.comments_seen.emplace(comment, seen == before.end() ? at : seen->second);
  }
}

void Replay::finish() { settle(); }

void Replay::move_status(Record& record, std::string_view status, text::Instant at) const {
  record.status = status;
  if (status == "in_progress" && !record.started_at) record.started_at = at;
  record.completed_at = status == "done" ? std::optional(at) : std::nullopt;
}

bool Replay::is_there(const std::string& id) const {
  const auto record = records_.find(id);
  return record != records_.end() && !record->second.is_deleted();
}

bool Replay::reaches(Statement::Kind kind, const std::string& from, const std::string& to) const {
  std::vector<std::string> open{from};
  std::set<std::string> seen;
  while (!open.empty()) {
    const auto id = open.back();
    open.pop_back();
    if (id == to) return true;
    if (!seen.insert(id).second) continue;
    for (auto edge = edges_.lower_bound({id, kind, ""});
         edge != edges_.end() && edge->from == id && edge->kind == kind; ++edge)
      open.push_back(edge->to);
  }
  return false;
}

void Replay::settle() {
  std::vector<std::pair<std::int64_t, Edge>> waiting;
  for (const auto& [edge, since] : stated_)
    if (!edges_.contains(edge)) waiting.emplace_back(since, edge);
  std::sort(waiting.begin(), waiting.end());
  for (const auto& [since, edge] : waiting) {
    if (!is_there(edge.from) || !is_there(edge.to)) continue;
    const bool ordered = edge.kind != Statement::Kind::related;
    if (!ordered || !reaches(edge.kind, edge.to, edge.from)) edges_.insert(edge);
  }
}

}  // namespace daybook::importer
