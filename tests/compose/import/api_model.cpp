#include "tests/compose/import/api_model.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "platform/text/unicode.hpp"

namespace daybook::importer::testing {
namespace json = boost::json;

struct ApiModel::Arguments {
  std::string id;
  text::Instant at{};
  json::object data;

  [[nodiscard]] bool has(std::string_view name) const { return data.contains(name); }
  [[nodiscard]] std::optional<std::string> words(std::string_view name) const {
    const auto* value = data.if_contains(name);
    return value && value->is_string() ? std::optional(std::string(value->get_string())) : std::nullopt;
  }
};

namespace {

constexpr std::string_view statuses[] = {"backlog",     "todo",      "draft",          "ready",
                                         "in_progress", "in_review", "needs_approval", "blocked",
                                         "done",        "failed",    "cancelled",      "archived"};
constexpr std::string_view types[] = {"task", "story", "bug", "epic", "feature", "chore"};
constexpr std::string_view priorities[] = {"none", "low", "medium", "high", "urgent"};
constexpr std::size_t text_bytes_max = 65536;

template <class Words>
bool known(const Words& words, const std::string& word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool is_name(const std::string& words) {
  return words.find_first_not_of(' ') != words.npos && text::code_points(words) <= 255 &&
         text::printable(words);
}

bool is_text(const std::optional<std::string>& words) {
  return !words || (words->size() <= text_bytes_max && words->find('\0') == words->npos);
}

void set_status(IssueView& view, const std::string& status, text::Instant at) {
  if (status == view.status) return;
  view.status = status;
  if (status == "in_progress" && !view.started_at) view.started_at = at;
  view.completed_at = status == "done" ? std::optional(at) : std::nullopt;
}

}  // namespace

std::string ApiModel::carry(const Command& command) {
  const auto data = json::parse(command.data);
  if (!data.is_object()) return "data is no object";
  if (command.data.find("\\u0000") != std::string::npos) return "U+0000";
  const Arguments a{command.id.text(), command.occurred_at, data.get_object()};
  if (command.type == "issue.open") return open(a);
  if (command.type == "issue.change") return change(a);
  if (command.type == "issue.delete") return change_life(a, true);
  if (command.type == "issue.restore") return change_life(a, false);
  if (command.type == "issue.attach_label") return attach(a);
  if (command.type == "issue.detach_label") return detach(a);
  if (command.type == "issue.add_dependency") return join(a);
  if (command.type == "issue.remove_dependency") return part(a);
  if (command.type == "comment.post") return post(a);
  if (command.type == "comment.delete") return delete_comment(a);
  if (command.type == "label.define") return define_label(a);
  return "unknown type " + command.type;
}

std::string ApiModel::open(const Arguments& a) {
  if (issues_.contains(a.id)) return "id taken";
  auto& issue = issues_[a.id];
  issue.view.created_at = a.at;
  issue.view.status = "backlog";
  issue.view.custom_fields = "{}";
  return change(a);
}

std::string ApiModel::change(const Arguments& a) {
  auto* issue = live(a.id);
  if (!issue) return "no such issue";
  if (a.data.empty()) return "nothing to change";
  auto& view = issue->view;
  if (a.has("title")) view.title = a.words("title").value_or("");
  if (a.has("type")) view.type = a.words("type").value_or("");
  if (a.has("status")) set_status(view, a.words("status").value_or(""), a.at);
  if (a.has("priority")) view.priority = a.words("priority").value_or("");
  if (a.has("description")) view.description = a.words("description");
  if (a.has("acceptance_criteria")) view.acceptance_criteria = a.words("acceptance_criteria");
  if (const auto* minutes = a.data.if_contains("estimated_minutes"))
    view.estimated_minutes = minutes->is_int64() ? std::optional(minutes->get_int64()) : std::nullopt;
  if (const auto due = a.words("due_at"))
    view.due_at = text::parse_instant(*due);
  else if (a.has("due_at"))
    view.due_at.reset();
  if (const auto* custom = a.data.if_contains("custom_fields")) {
    if (!custom->is_object() || json::serialize(*custom).size() > text_bytes_max) return "custom_fields";
    view.custom_fields = ordered_json(json::serialize(*custom));
  }
  if (!is_name(view.title)) return "title";
  if (!known(types, view.type) || !known(statuses, view.status) || !known(priorities, view.priority))
    return "unknown word";
  if (!is_text(view.description) || !is_text(view.acceptance_criteria)) return "text";
  if (view.estimated_minutes && (*view.estimated_minutes < 0 || *view.estimated_minutes > 10'000'000))
    return "minutes";
  return a.has("parent_id") ? set_parent(*issue, a) : "";
}

std::string ApiModel::set_parent(Issue& issue, const Arguments& a) {
  const auto parent = a.words("parent_id").value_or("");
  if (!parent.empty() && !is_live(parent)) return "no such parent";
  for (auto above = parent; !above.empty(); above = issues_.at(above).parent)
    if (above == a.id) return "parents in a circle";
  issue.parent = parent;
  return "";
}

std::string ApiModel::change_life(const Arguments& a, bool deleted) {
  const auto issue = issues_.find(a.id);
  if (issue == issues_.end()) return "no such issue";
  if (issue->second.view.deleted == deleted) return deleted ? "deleted already" : "there already";
  issue->second.view.deleted = deleted;
  return "";
}

std::string ApiModel::define_label(const Arguments& a) {
  const auto name = a.words("name").value_or("");
  if (!is_name(name)) return "name";
  if (labels_.contains(a.id)) return "label id taken";
  for (const auto& [id, folded] : labels_)
    if (folded == text::fold_case(name)) return "label name taken";
  labels_[a.id] = text::fold_case(name);
  return "";
}

std::string ApiModel::attach(const Arguments& a) {
  auto* issue = live(a.id);
  const auto label = a.words("label_id").value_or("");
  if (!issue || !labels_.contains(label)) return "no such issue or label";
  return issue->labels.insert(label).second ? "" : "label attached already";
}

std::string ApiModel::detach(const Arguments& a) {
  auto* issue = live(a.id);
  if (!issue) return "no such issue";
  return issue->labels.erase(a.words("label_id").value_or("")) == 1 ? "" : "no such link";
}

std::string ApiModel::join(const Arguments& a) {
  auto* issue = live(a.id);
  const auto other = a.words("depends_on_id").value_or("");
  const auto type = a.words("dependency_type").value_or("");
  if (!issue || !is_live(other)) return "no such issue";
  if (other == a.id) return "depends on itself";
  const auto edge = dependency_words(a.id, type, other);
  for (const auto& [id, one] : issues_)
    for (const auto& [key, dependency] : one.dependencies)
      if (dependency_words(id, dependency.type, dependency.other) == edge) return "joined already";
  if (type == "blocked_by" && blocks_reach(other, a.id)) return "blocks in a circle";
  const auto id = a.words("id").value_or("");
  return issue->dependencies.try_emplace(id, Dependency{type, other}).second ? "" : "dependency id taken";
}

std::string ApiModel::part(const Arguments& a) {
  auto* issue = live(a.id);
  if (!issue) return "no such issue";
  return issue->dependencies.erase(a.words("dependency_id").value_or("")) == 1 ? "" : "no such dependency";
}

std::string ApiModel::post(const Arguments& a) {
  const auto issue = a.words("issue_id").value_or("");
  const auto content = a.words("content");
  if (!is_live(issue)) return "no such issue";
  if (!is_text(content) || !content || content->find_first_not_of(' ') == content->npos) return "content";
  return comments_.try_emplace(a.id, Comment{issue, *content, a.at, false}).second ? "" : "comment id taken";
}

std::string ApiModel::delete_comment(const Arguments& a) {
  const auto comment = comments_.find(a.id);
  if (comment == comments_.end() || comment->second.deleted || !is_live(comment->second.issue))
    return "no such comment";
  comment->second.deleted = true;
  return "";
}

ApiModel::Issue* ApiModel::live(const std::string& id) { return is_live(id) ? &issues_.at(id) : nullptr; }

bool ApiModel::is_live(const std::string& id) const {
  const auto issue = issues_.find(id);
  return issue != issues_.end() && !issue->second.view.deleted;
}

bool ApiModel::blocks_reach(const std::string& from, const std::string& to) const {
  std::vector<std::string> open{from};
  std::set<std::string> seen;
  while (!open.empty()) {
    const auto id = open.back();
    open.pop_back();
    if (id == to) return true;
    if (!seen.insert(id).second) continue;
    for (const auto& [key, dependency] : issues_.at(id).dependencies)
      if (dependency.type == "blocked_by") open.push_back(dependency.other);
  }
  return false;
}

IssueViews ApiModel::views() const {
  IssueViews views;
  for (const auto& [id, issue] : issues_) {
    auto& view = views[id] = issue.view;
    if (view.deleted) continue;
    if (is_live(issue.parent)) view.parent = issue.parent;
    for (const auto& label : issue.labels) view.labels.insert(labels_.at(label));
  }
  for (const auto& [id, issue] : issues_)
    for (const auto& [key, dependency] : issue.dependencies) {
      if (!is_live(id) || !is_live(dependency.other)) continue;
      const auto [owner, told] = dependency_words(id, dependency.type, dependency.other);
      views.at(owner).dependencies.insert(told);
    }
  for (const auto& [id, comment] : comments_)
    if (!comment.deleted && is_live(comment.issue))
      views.at(comment.issue).comments.insert({comment.at, comment.content});
  return views;
}

}  // namespace daybook::importer::testing
