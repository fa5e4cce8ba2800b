#include "projector/read_models/rows.hpp"

namespace daybook::projector {
namespace {

// Each sort key of a list has an index: the scope, the key, the id; texts in C collation, a key that may be unset with the
// flag that puts the unset ones last in either direction (query-service/core/sql.cpp). Unique keys do without the id.
template <class Row>
Table table(std::uint8_t tag, std::string_view name, std::vector<StoreIndex> store, std::vector<std::string_view> read) {
  return {tag, name, &events::type_info<Row>(), std::move(store), std::move(read)};
}

}  // namespace

template <> const Table& table_of<UserRow>() { static const auto t = table<UserRow>(1, "users", {}, {}); return t; }
template <> const Table& table_of<WorkspaceRow>() { static const auto t = table<WorkspaceRow>(2, "workspaces", {}, {"slug"}); return t; }
template <> const Table& table_of<MemberRow>() {
  static const auto t = table<MemberRow>(3, "members", {{"by_workspace", {"workspace_id"}}}, {"workspace_id, user_id", "user_id", "workspace_id, joined_at, id", "workspace_id, created_at, id", "workspace_id, updated_at, id"});
  return t;
}
template <> const Table& table_of<LabelRow>() {
  static const auto t = table<LabelRow>(4, "labels", {{"by_workspace", {"workspace_id"}}}, {"workspace_id, name COLLATE \"C\", id", "workspace_id, created_at, id", "workspace_id, updated_at, id"});
  return t;
}
template <> const Table& table_of<ProjectRow>() {
  static const auto t = table<ProjectRow>(5, "projects", {{"by_workspace", {"workspace_id"}}}, {"workspace_id, key COLLATE \"C\", id", "workspace_id, key", "workspace_id, name COLLATE \"C\", id", "workspace_id, created_at, id",
                                            "workspace_id, updated_at, id"});
  return t;
}
template <> const Table& table_of<IssueRow>() {
  static const auto t = table<IssueRow>(6, "issues", {},
                                        {"workspace_id, number", "workspace_id, identifier", "workspace_id, updated_at, id", "workspace_id, created_at, id",
                                         "workspace_id, position, id", "workspace_id, title COLLATE \"C\", id", "workspace_id, status COLLATE \"C\", id",
                                         "workspace_id, priority COLLATE \"C\", id", "workspace_id, ((due_at IS NULL)::int), due_at, id",
                                         "workspace_id, ((due_at IS NOT NULL)::int), due_at, id", "project_id", "assignee_id", "parent_id"});
  return t;
}
template <> const Table& table_of<IssueLabelRow>() {
  static const auto t = table<IssueLabelRow>(7, "issue_labels", {{"by_issue", {"issue_id"}}}, {"issue_id", "label_id", "workspace_id, created_at, id"});
  return t;
}
template <> const Table& table_of<DependencyRow>() {
  static const auto t = table<DependencyRow>(8, "dependencies", {{"by_issue", {"issue_id"}}}, {"issue_id", "depends_on_id", "workspace_id, created_at, id"});
  return t;
}
template <> const Table& table_of<CommentRow>() {
  static const auto t = table<CommentRow>(9, "comments", {{"by_issue", {"issue_id"}}}, {"issue_id, created_at, id", "workspace_id, created_at, id", "workspace_id, updated_at, id"});
  return t;
}
template <> const Table& table_of<AgentRow>() {
  static const auto t = table<AgentRow>(10, "agents", {{"by_workspace", {"workspace_id"}}}, {"workspace_id, name COLLATE \"C\", id", "workspace_id, created_at, id", "workspace_id, updated_at, id"});
  return t;
}
template <> const Table& table_of<ActivityRow>() {
  static const auto t = table<ActivityRow>(11, "activity",
                                           {{"by_workspace", {"workspace_id"}}, {"by_project", {"project_id"}}, {"by_entity", {"entity_id"}}, {"by_actor", {"actor_id"}}},
                                           {"workspace_id, position", "project_id, position", "issue_id, position", "entity_id, position", "actor_id, position"});
  return t;
}
template <> const Table& table_of<SearchRow>() {
  static const auto t = table<SearchRow>(12, "search", {}, {"USING gin (tsv)", "workspace_id"});
  return t;
}
template <> const Table& table_of<SessionRow>() { static const auto t = table<SessionRow>(13, "sessions", {}, {"user_id, created_at, id"}); return t; }
template <> const Table& table_of<FormerAddressRow>() {
  static const auto t = table<FormerAddressRow>(14, "former_addresses", {}, {"word, kind, workspace_id"});
  return t;
}

const std::vector<const Table*>& all_tables() {
  static const std::vector<const Table*> all{
      &table_of<UserRow>(), &table_of<WorkspaceRow>(), &table_of<MemberRow>(), &table_of<LabelRow>(), &table_of<ProjectRow>(),
      &table_of<IssueRow>(), &table_of<IssueLabelRow>(), &table_of<DependencyRow>(), &table_of<CommentRow>(), &table_of<AgentRow>(),
      &table_of<ActivityRow>(), &table_of<SearchRow>(), &table_of<SessionRow>(), &table_of<FormerAddressRow>()};
  return all;
}

}  // namespace daybook::projector
