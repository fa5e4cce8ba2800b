#include <boost/json.hpp>

#include "compose/daybook/import/api_client.hpp"
#include "compose/daybook/import/comparison.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::importer {
namespace json = boost::json;
namespace {

std::optional<std::string> text_in(const json::object& row, std::string_view name) {
  const auto* value = row.if_contains(name);
  return value && value->is_string() ? std::optional(std::string(value->get_string())) : std::nullopt;
}

std::string word_in(const json::object& row, std::string_view name) {
  return text_in(row, name).value_or("");
}

std::optional<text::Instant> time_in(const json::object& row, std::string_view name) {
  const auto words = text_in(row, name);
  return words ? text::parse_instant(*words) : std::nullopt;
}

IssueView view_of_row(const json::object& row) {
  IssueView view;
  view.title = word_in(row, "title");
  view.type = word_in(row, "type");
  view.status = word_in(row, "status");
  view.priority = word_in(row, "priority");
  view.description = text_in(row, "description");
  view.acceptance_criteria = text_in(row, "acceptance_criteria");
  if (const auto* minutes = row.if_contains("estimated_minutes"); minutes && minutes->is_int64())
    view.estimated_minutes = minutes->get_int64();
  view.due_at = time_in(row, "due_at");
  if (const auto* custom = row.if_contains("custom_fields"))
    view.custom_fields = ordered_json(json::serialize(*custom));
  view.deleted = time_in(row, "deleted_at").has_value();
  view.created_at = time_in(row, "created_at").value_or(text::Instant{});
  view.started_at = time_in(row, "started_at");
  view.completed_at = time_in(row, "completed_at");
  if (!view.deleted) view.parent = text_in(row, "parent_id");
  return view;
}

/// Reads a workspace through the query API. Lives for one reading.
class Walk {
 public:
  Walk(const ApiAddress& address, const text::Uuid& workspace)
      : address_(address), client_(address.url), path_("/api/v1/workspaces/" + workspace.text()) {}

  std::string read(std::int64_t position) {
    // The lists are read after the read models have reached the position.
    const auto wait = "min_position=" + std::to_string(position) + "&wait_ms=10000";
    rows("/issues?deleted=include&" + wait,
         [&](const json::object& row) { views_[word_in(row, "id")] = view_of_row(row); });
    rows("/labels", [&](const json::object& row) {
      labels_[word_in(row, "id")] = text::fold_case(word_in(row, "name"));
    });
    rows("/issue-labels", [&](const json::object& row) {
      if (auto* view = live(word_in(row, "issue_id"))) view->labels.insert(labels_[word_in(row, "label_id")]);
    });
    rows("/dependencies", [&](const json::object& row) {
      const auto [owner, told] = dependency_words(word_in(row, "issue_id"), word_in(row, "dependency_type"),
                                                  word_in(row, "depends_on_id"));
      if (auto* view = live(owner)) view->dependencies.insert(told);
    });
    rows("/comments", [&](const json::object& row) {
      auto* view = live(word_in(row, "issue_id"));
      if (view)
        view->comments.insert(
            {time_in(row, "created_at").value_or(text::Instant{}), word_in(row, "content")});
    });
    return trouble_;
  }

  IssueViews take() { return std::move(views_); }

 private:
  void rows(const std::string& list, const std::function<void(const json::object&)>& each) {
    if (!trouble_.empty()) return;
    trouble_ = walk_list(client_, address_, path_ + list, [&](std::string_view entry) {
      const auto row = json::parse(json::string_view(entry.data(), entry.size()));
      if (row.is_object()) each(row.get_object());
    });
  }

  IssueView* live(const std::string& id) {
    const auto found = views_.find(id);
    return found == views_.end() || found->second.deleted ? nullptr : &found->second;
  }

  const ApiAddress& address_;
  http::Client client_;
  std::string path_;
  IssueViews views_;
  std::map<std::string, std::string> labels_;
  std::string trouble_;
};

}  // namespace

FoundIssues read_issues(const ApiAddress& address, const text::Uuid& workspace, std::int64_t position) {
  Walk walk(address, workspace);
  FoundIssues found;
  found.trouble = walk.read(position);
  found.issues = walk.take();
  return found;
}

ComparisonResult compare_import(const ApiAddress& address, const std::string& file,
                                const text::Uuid& workspace, std::int64_t position) {
  ComparisonResult result;
  ChangeLog log(file);
  Replay replay;
  for (const auto& change : log) replay.add(change);
  replay.finish();
  result.trouble = log.error();
  if (!result.trouble.empty()) return result;
  const auto expected = expected_issues(replay, workspace);
  const auto found = read_issues(address, workspace, position);
  result.trouble = found.trouble;
  if (!result.trouble.empty()) return result;
  result.issues = expected.size();
  result.differences = differences(expected, found.issues);
  return result;
}

}  // namespace daybook::importer
