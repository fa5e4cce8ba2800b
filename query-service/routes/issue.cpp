#include "projector/read_models/issue.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

constexpr std::string_view has_label =
    "EXISTS (SELECT FROM $schema.issue_labels l JOIN $schema.labels d ON d.id = l.label_id AND d.deleted_at IS NULL"
    " WHERE l.issue_id = t.id AND (l.label_id::text = $value OR lower(d.name) = lower($value)))";

constexpr std::string_view has_tag = "EXISTS (SELECT FROM json_array_elements_text(t.tags) AS tag(word) WHERE lower(tag.word) = lower($value))";
constexpr std::string_view has_skill =
    "EXISTS (SELECT FROM $schema.issue_skills s WHERE s.issue_id = t.id AND s.skill_id::text = lower($value))";
constexpr std::string_view has_watcher =
    "EXISTS (SELECT FROM $schema.issue_watchers w JOIN $schema.members m ON m.workspace_id = w.workspace_id AND m.user_id = w.user_id"
    " WHERE w.issue_id = t.id AND w.user_id::text = lower($value))";

}  // namespace

const Resource& issues() {
  static const Resource resource{
      .what = "issue",
      .title = "Issue",
      .path = "issues",
      .parameter = "issue",
      .table = "issues",
      .row = &events::type_info<projector::IssueRow>(),
      .stored = projector::table_of<projector::IssueRow>,
      .filters = {{"status", "status", "Status words, several by commas."},
                  {"priority", "priority", "none, low, medium, high, urgent, several by commas."},
                  {"type", "type", "task, story, bug, epic, feature, chore, several by commas."},
                  {"project", "project_id", "In these projects; none for those in no project."},
                  {"assignee", "assignee_id", "Assigned to these users or agents; none for unassigned."},
                  {"parent", "parent_id", "Sub-issues of these; none for top-level ones."},
                  {"epic", "epic_id", "Of these epics; none for those in no epic."},
                  {"blocked_by", "blocked_by_issue_id", "Blocked for want of these."},
                  {"execution_type", "execution_type", "serial, parallel."},
                  {"created_by", "created_by_id", "Created by these."},
                  {"sprint", "sprint_id", "In these sprints; none for those in the backlog."},
                  {"label", "id", "Carries the label, by id or name; repeat it for several, all are asked for.",
                   FilterKind::condition, has_label, true},
                  {"tag", "id", "Has the tag; repeat it for several, all are asked for.", FilterKind::condition, has_tag, true},
                  {"skill", "id", "For which the skill is suggested; repeat it for several, all are asked for.", FilterKind::condition, has_skill, true},
                  {"watcher", "id", "Watched by the user.", FilterKind::condition, has_watcher},
                  {"q", "id", "Words its title or description holds.", FilterKind::condition, has_words},
                  {"due_before", "due_at", "Due before the time.", FilterKind::until},
                  {"due_after", "due_at", "Due after the time.", FilterKind::since},
                  created_after,
                  created_before,
                  updated_after,
                  updated_before},
      .sorts = {"number", "created_at", "updated_at", "due_at", "position", "title", "status", "priority"},
      .default_sort = "number",
      .containers = {{"project_id", projects}},
      .references = {{"project", "project_id", {{"", projects}}},
                     {"parent", "parent_id", {{"", issues}}, "", true},
                     {"sprint", "sprint_id", {{"", sprints}}, "", true},
                     {"epic", "epic_id", {{"", issues}}, "", true},
                     {"blocked_by", "blocked_by_issue_id", {{"", issues}}, "", true},
                     // A member who has left is assigned nothing.
                     {"assignee", "assignee_id", {{"user", people, members}, {"agent", agents}}, "assignee_type", true},
                     {"created_by", "created_by_id", principals(), "created_by_type"}},
      .children = {{"labels", labels, "t.id IN (SELECT l.label_id FROM $schema.issue_labels l WHERE l.issue_id = $parent)"},
                   {"comments", comments, "t.issue_id = $parent"},
                   {"dependencies", dependencies, "t.issue_id = $parent OR t.depends_on_id = $parent"},
                   {"activity", activity, "t.issue_id = $parent"},
                   {"time_entries", time_entries, "t.issue_id = $parent"},
                   {"executions", executions, "t.issue_id = $parent"},
                   {"children", issues, "t.parent_id = $parent"},
                   {"issues", issues, "t.epic_id = $parent"},
                   {"progress", epic_progress, "t.epic_id = $parent"},
                   {"watchers", watchers, "t.issue_id = $parent"},
                   {"skills", suggested_skills, "t.issue_id = $parent"},
                   {"commits", commits, "t.issue_id = $parent"}},
      .short_column = "identifier"};
  return resource;
}

}  // namespace daybook::query
