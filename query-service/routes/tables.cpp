#include "query-service/routes/tables.hpp"

#include "projector/read_models/rows.hpp"

namespace daybook::query::tables {
namespace {

using projector::ActivityRow;
using K = FilterKind;

constexpr SortKey created{"created_at", "created_at", "timestamptz"};
constexpr SortKey updated{"updated_at", "updated_at", "timestamptz"};
constexpr SortKey name{"name", "name", "text", false, true};

constexpr Filter created_after{"created_after", "created_at", K::since, "Only those created after the time."};
constexpr Filter created_before{"created_before", "created_at", K::until, "Only those created before the time."};
constexpr Filter updated_after{"updated_after", "updated_at", K::since, "Only those changed after the time."};
constexpr Filter updated_before{"updated_before", "updated_at", K::until, "Only those changed before the time."};

// What is gone reads as null: a deleted project or parent, a member who has left.
constexpr std::string_view live_project = "SELECT p.id FROM $schema.projects p WHERE p.id = t.project_id AND p.deleted_at IS NULL";
constexpr std::string_view live_parent =
    "SELECT p.id FROM $schema.issues p WHERE p.id = t.parent_id AND p.deleted_at IS NULL AND (p.project_id IS NULL OR EXISTS "
    "(SELECT FROM $schema.projects pp WHERE pp.id = p.project_id AND pp.deleted_at IS NULL))";
constexpr std::string_view live_assignee =
    "CASE WHEN t.assignee_type = 'user' THEN (SELECT m.user_id FROM $schema.members m WHERE m.workspace_id = t.workspace_id AND m.user_id = t.assignee_id) "
    "ELSE (SELECT a.id FROM $schema.agents a WHERE a.id = t.assignee_id AND a.deleted_at IS NULL) END";
constexpr std::string_view live_assignee_type =
    "CASE WHEN t.assignee_type = 'user' THEN (SELECT t.assignee_type FROM $schema.members m WHERE m.workspace_id = t.workspace_id AND m.user_id = t.assignee_id) "
    "ELSE (SELECT t.assignee_type FROM $schema.agents a WHERE a.id = t.assignee_id AND a.deleted_at IS NULL) END";

}  // namespace

const ListSpec& workspaces() {
  static const ListSpec spec{"workspaces", &events::type_info<projector::WorkspaceRow>(), {created_after, created_before}, {name, created, updated}, "name", {}, {}, true};
  return spec;
}

const ListSpec& members() {
  static const ListSpec spec{"members", &events::type_info<projector::MemberRow>(),
                             {{"role", "role", K::words, "owner, admin, member, viewer, several by commas."}, {"user", "user_id", K::id, "Of these users."}},
                             {{"joined_at", "joined_at", "timestamptz"}, created, updated}, "joined_at", {}, {}, false};
  return spec;
}

const ListSpec& labels() {
  static const ListSpec spec{"labels", &events::type_info<projector::LabelRow>(), {{"name", "name", K::text, "Of exactly this name."}}, {name, created, updated}, "name", {}, {}, true};
  return spec;
}

const ListSpec& projects() {
  static const ListSpec spec{"projects", &events::type_info<projector::ProjectRow>(),
                             {{"status", "status", K::words, "planning, active, on_hold, completed, cancelled, several by commas."},
                              {"owner", "owner_id", K::id, "Owned by these users; none for unowned."}, created_after, created_before, updated_after, updated_before},
                             {name, {"key", "key", "text", false, true}, created, updated}, "name", {}, {}, true};
  return spec;
}

const ListSpec& issues() {
  static const ListSpec spec{
      "issues", &events::type_info<projector::IssueRow>(),
      {{"status", "status", K::words, "Status words, several by commas."},
       {"priority", "priority", K::words, "none, low, medium, high, urgent, several by commas."},
       {"type", "type", K::words, "task, story, bug, epic, feature, chore, several by commas."},
       {"project", "project_id", K::id, "In these projects; none for those in no project."},
       {"assignee", "assignee_id", K::id, "Assigned to these users or agents; none for unassigned."},
       {"parent", "parent_id", K::id, "Sub-issues of these; none for top-level ones."},
       {"created_by", "created_by_id", K::id, "Created by these."},
       {"label", "id", K::label, "Carries the label, by id or name; repeat it for several, all are asked for."},
       {"q", "id", K::full_text, "Words its title or description holds."},
       {"due_before", "due_at", K::until, "Due before the time."},
       {"due_after", "due_at", K::since, "Due after the time."},
       created_after, created_before, updated_after, updated_before},
      {{"number", "number", "bigint"}, created, updated, {"due_at", "due_at", "timestamptz", true}, {"position", "position", "bigint"},
       {"title", "title", "text", false, true}, {"status", "status", "text", false, true}, {"priority", "priority", "text", false, true}},
      "number", {{"project_id", "projects"}},
      {{"parent_id", live_parent}, {"assignee_id", live_assignee}, {"assignee_type", live_assignee_type}}, true};
  return spec;
}

const ListSpec& issue_labels() {
  static const ListSpec spec{"issue_labels", &events::type_info<projector::IssueLabelRow>(),
                             {{"issue", "issue_id", K::id, "On these issues."}, {"label_id", "label_id", K::id, "Of these labels."}}, {created}, "created_at",
                             {{"issue_id", "issues"}, {"label_id", "labels"}}, {}, false};
  return spec;
}

const ListSpec& dependencies() {
  static const ListSpec spec{"dependencies", &events::type_info<projector::DependencyRow>(),
                             {{"issue", "issue_id", K::id, "Written on these issues."}, {"type", "dependency_type", K::words, "blocks, blocked_by, related."}}, {created}, "created_at",
                             {{"issue_id", "issues"}, {"depends_on_id", "issues"}}, {}, false};
  return spec;
}

const ListSpec& comments() {
  static const ListSpec spec{"comments", &events::type_info<projector::CommentRow>(),
                             {{"issue", "issue_id", K::id, "On these issues."}, {"author", "author_id", K::id, "By these."}, created_after, created_before},
                             {created, updated}, "created_at", {{"issue_id", "issues"}}, {}, true};
  return spec;
}

const ListSpec& agents() {
  static const ListSpec spec{"agents", &events::type_info<projector::AgentRow>(),
                             {{"status", "status", K::words, "idle, active, working, busy, blocked, error, offline, several by commas."}, {"owner", "owner_id", K::id, "Owned by these users."}},
                             {name, created, updated}, "created_at", {}, {}, true};
  return spec;
}

const ListSpec& activity() {
  static const ListSpec spec{"activity", &events::type_info<ActivityRow>(),
                             {{"type", "type", K::text, "Of exactly this event type."}, {"entity_type", "entity_type", K::text, "About things of this kind."},
                              {"entity", "entity_id", K::id, "About these things."}, {"actor", "actor_id", K::id, "By these."},
                              {"project", "project_id", K::id, "In these projects."}, {"issue", "issue_id", K::id, "On these issues."}, created_after, created_before},
                             {{"position", "position", "bigint"}, created}, "-position", {{"project_id", "projects"}}, {}, false};
  return spec;
}

}  // namespace daybook::query::tables
