#include "compose/daybook/import/compare.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "compose/daybook/import/ids.hpp"

namespace daybook::importer {
namespace json = boost::json;
namespace {

json::value ordered(const json::value& value) {
  if (value.is_array()) {
    json::array out;
    for (const auto& entry : value.get_array()) out.push_back(ordered(entry));
    return out;
  }
  // jsonb writes 2.0 and 2e0 as it likes; what is whole is compared as whole.
  if (value.is_double() && std::abs(value.get_double()) < 1e15 &&
      std::trunc(value.get_double()) == value.get_double())
    return static_cast<std::int64_t>(value.get_double());
  if (!value.is_object()) return value;
  std::map<std::string, const json::value*> members;
  for (const auto& [name, entry] : value.get_object()) members[std::string(name)] = &entry;
  json::object out;
  for (const auto& [name, entry] : members) out[name] = ordered(*entry);
  return out;
}

std::string words(const std::string& value) { return value; }
std::string words(bool value) { return value ? "yes" : "no"; }
std::string words(std::int64_t value) { return std::to_string(value); }
std::string words(text::Instant value) { return text::format_instant(value); }
std::string words(const std::pair<text::Instant, std::string>& comment) {
  return text::format_instant(comment.first) + " " + comment.second;
}
template <class T>
std::string words(const std::optional<T>& value) {
  return value ? words(*value) : "(none)";
}
template <class Many>
std::string words_of_many(const Many& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : " | ") + words(value);
  return out.empty() ? "(none)" : out;
}
std::string words(const std::set<std::string>& values) { return words_of_many(values); }
std::string words(const std::multiset<std::pair<text::Instant, std::string>>& values) {
  return words_of_many(values);
}

/// Collects the differences of one issue.
class Comparison {
 public:
  Comparison(const std::string& issue, std::vector<Difference>& out) : issue_(issue), out_(out) {}

  template <class T>
  void field(std::string_view name, const T& expected, const T& found) {
    if (!(expected == found)) out_.push_back({issue_, std::string(name), words(expected), words(found)});
  }

 private:
  const std::string& issue_;
  std::vector<Difference>& out_;
};

void compare_one(const std::string& id, const IssueView& expected, const IssueView& found,
                 std::vector<Difference>& out) {
  Comparison comparison(id, out);
  comparison.field("title", expected.title, found.title);
  comparison.field("type", expected.type, found.type);
  comparison.field("status", expected.status, found.status);
  comparison.field("priority", expected.priority, found.priority);
  comparison.field("description", expected.description, found.description);
  comparison.field("acceptance_criteria", expected.acceptance_criteria, found.acceptance_criteria);
  comparison.field("estimated_minutes", expected.estimated_minutes, found.estimated_minutes);
  comparison.field("due_at", expected.due_at, found.due_at);
  comparison.field("custom_fields", expected.custom_fields, found.custom_fields);
  comparison.field("deleted", expected.deleted, found.deleted);
  comparison.field("created_at", expected.created_at, found.created_at);
  comparison.field("started_at", expected.started_at, found.started_at);
  comparison.field("completed_at", expected.completed_at, found.completed_at);
  comparison.field("parent", expected.parent, found.parent);
  comparison.field("labels", expected.labels, found.labels);
  comparison.field("dependencies", expected.dependencies, found.dependencies);
  comparison.field("comments", expected.comments, found.comments);
}

IssueView view_of_record(const std::string& id, const Record& record) {
  const auto reading = read_record(id, record.by, record.fields);
  IssueView view;
  view.title = reading.title;
  view.type = reading.type;
  view.status = record.status;
  view.priority = reading.priority;
  view.description = reading.description;
  view.acceptance_criteria = reading.acceptance_criteria;
  view.estimated_minutes = reading.estimated_minutes;
  view.due_at = reading.due_at;
  view.custom_fields = ordered_json(reading.custom_fields);
  view.deleted = record.is_deleted();
  view.created_at = record.opened_at;
  view.started_at = record.started_at;
  view.completed_at = record.completed_at;
  return view;
}

// A comment has its own time, but never one after the change that brought it.
void add_belongings(const Record& record, const Reading& reading, IssueView& view) {
  for (const auto& label : reading.labels) view.labels.insert(label.folded);
  for (const auto& comment : reading.comments) {
    const auto at = record.comments_seen.at(comment);
    const auto own = text::parse_instant(comment.created_at);
    view.comments.insert({own ? std::min(*own, at) : at, comment.text});
  }
}

}  // namespace

std::string ordered_json(std::string_view text) {
  return json::serialize(ordered(json::parse(json::string_view(text.data(), text.size()))));
}

std::pair<std::string, std::string> dependency_words(const std::string& issue, const std::string& type,
                                                     const std::string& depends_on) {
  if (type == "blocked_by") return {issue, "blocked_by " + depends_on};
  if (type == "blocks") return {depends_on, "blocked_by " + issue};
  return {std::min(issue, depends_on), "related " + std::max(issue, depends_on)};
}

IssueViews expected_issues(const Replay& replay, const text::Uuid& workspace) {
  IssueViews views;
  const auto id_of = [&](const std::string& record) { return issue_id(workspace, record).text(); };
  for (const auto& [id, record] : replay.records()) {
    auto view = view_of_record(id, record);
    if (!view.deleted) add_belongings(record, read_record(id, record.by, record.fields), view);
    views[id_of(id)] = std::move(view);
  }
  for (const auto& edge : replay.edges()) {
    const auto from = id_of(edge.from);
    const auto to = id_of(edge.to);
    if (views.at(from).deleted || views.at(to).deleted) continue;
    if (edge.kind == Statement::Kind::parent) {
      views.at(from).parent = to;
      continue;
    }
    const auto type = edge.kind == Statement::Kind::blocked_by ? "blocked_by" : "related";
    const auto [owner, told] = dependency_words(from, type, to);
    views.at(owner).dependencies.insert(told);
  }
  return views;
}

std::vector<Difference> differences(const IssueViews& expected, const IssueViews& found) {
  std::vector<Difference> out;
  for (const auto& [id, view] : expected) {
    const auto other = found.find(id);
    if (other == found.end())
      out.push_back({id, "", "an issue", "(none)"});
    else
      compare_one(id, view, other->second, out);
  }
  for (const auto& [id, view] : found)
    if (!expected.contains(id)) out.push_back({id, "", "(none)", "an issue"});
  return out;
}

}  // namespace daybook::importer
