#include "query-service/core/serve.hpp"
#include "query-service/routes/routes.hpp"
#include "query-service/routes/tables.hpp"

namespace daybook::query {
namespace {

using Spec = const ListSpec& (*)();

// Where one thing is found by a word of the path: its UUID, or the short address it has.
struct Address {
  Spec table;
  std::string_view parameter;      // of the path
  std::string_view short_column;   // key, identifier; empty: by id alone
  std::string_view what;           // "issue"
  std::string_view id_column = "id";
};
constexpr Address issue{tables::issues, "issue", "identifier", "issue"};
constexpr Address project{tables::projects, "project", "key", "project"};
constexpr Address member{tables::members, "member", "", "member", "user_id"};   // members are addressed by their user
constexpr Address label{tables::labels, "label", "", "label"};
constexpr Address agent{tables::agents, "agent", "", "agent"};
constexpr Address comment{tables::comments, "comment", "", "comment"};

std::vector<api::Parameter> waiting() {
  return {{"min_position", "Waits until the read models have reached this position.", R"({"type":"integer","minimum":0})"},
          {"wait_ms", "How long to wait for it, at most 10000.", R"({"type":"integer","minimum":0,"maximum":10000})"}};
}

Scope in_workspace(const Viewer& viewer) { return {"workspace_id", viewer.workspace.text()}; }

std::optional<pg::Result> find(const QueryContext& context, pg::Connection& connection, const Viewer& viewer, const Address& address,
                               std::string_view word) {
  const auto& spec = address.table();
  const bool by_id = text::Uuid::parse(word).has_value();
  if (!by_id && address.short_column.empty()) return std::nullopt;
  auto row = run_sql(connection, one_sql(spec, {in_workspace(viewer), {by_id ? address.id_column : address.short_column, std::string(word)}}, context.schema, false));
  if (row.empty()) return std::nullopt;
  return row;
}

int id_column(const ListSpec& spec) {
  const auto columns = columns_of(spec);
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i]->name == "id") return static_cast<int>(i);
  return 0;
}

api::Route base(std::string_view id, std::string_view path, std::string_view summary, std::string_view tag, const ListSpec& spec) {
  api::Route route{};
  route.id = id;
  route.method = "GET";
  route.path = path;
  route.summary = summary;
  route.tag = tag;
  route.permission = "workspace_read";
  route.reply = spec.row;
  return route;
}

api::Route one(const QueryContext& context, std::string_view id, std::string_view path, const Address& address) {
  auto route = base(id, path, "One of them, every field.", address.what, address.table());
  route.parameters = waiting();
  route.handler = [&context, address](api::CallPtr call, api::Respond respond) {
    serve_in_workspace(context, call, respond, [&context, address, call](pg::Connection& connection, const Viewer& viewer) {
      const auto row = find(context, connection, viewer, address, call->path_parameter(address.parameter));
      if (!row) return api::respond_problem(*call, api::not_found(std::string(address.what)));
      return one_response(address.table(), *row, *call);
    });
  };
  return route;
}

api::Route many(const QueryContext& context, std::string_view id, std::string_view path, std::string_view tag, Spec table) {
  auto route = base(id, path, "All of them in the workspace, by pages.", tag, table());
  route.many = true;
  route.parameters = list_parameters(table());
  route.handler = [&context, table](api::CallPtr call, api::Respond respond) {
    serve_in_workspace(context, call, respond, [&context, table, call](pg::Connection& connection, const Viewer& viewer) {
      return list_response(context, connection, table(), {in_workspace(viewer)}, *call);
    });
  };
  return route;
}

// What belongs to one thing: the thing is found first, so that a hidden one hides what it has.
api::Route many_of(const QueryContext& context, std::string_view id, std::string_view path, std::string_view tag, const Address& parent,
                   Spec table, std::string_view condition) {
  auto route = base(id, path, "Those that belong to it, by pages.", tag, table());
  route.many = true;
  route.parameters = list_parameters(table());
  route.handler = [&context, parent, table, condition](api::CallPtr call, api::Respond respond) {
    serve_in_workspace(context, call, respond, [&context, parent, table, condition, call](pg::Connection& connection, const Viewer& viewer) {
      const auto row = find(context, connection, viewer, parent, call->path_parameter(parent.parameter));
      if (!row) return api::respond_problem(*call, api::not_found(std::string(parent.what)));
      const auto parent_id = row->text(0, id_column(parent.table()));
      return list_response(context, connection, table(), {in_workspace(viewer), {"", parent_id, condition}}, *call);
    });
  };
  return route;
}

api::Route my_workspaces(const QueryContext& context) {
  auto route = base("listWorkspaces", "/api/v1/workspaces", "The workspaces one is a member of.", "workspace", tables::workspaces());
  route.many = true;
  route.parameters = list_parameters(tables::workspaces());
  route.handler = [&context](api::CallPtr call, api::Respond respond) {
    serve(context, call, respond, [&context, call](pg::Connection& connection, const Viewer& viewer) {
      return list_response(context, connection, tables::workspaces(),
                           {{"", viewer.user.text(), "EXISTS (SELECT FROM $schema.members m WHERE m.workspace_id = t.id AND m.user_id = $value)"}}, *call);
    });
  };
  return route;
}

api::Route workspace(const QueryContext& context) {
  auto route = base("getWorkspace", "/api/v1/workspaces/{workspace}", "A workspace one is a member of, by id or slug.", "workspace", tables::workspaces());
  route.parameters = waiting();
  route.handler = [&context](api::CallPtr call, api::Respond respond) {
    serve_in_workspace(context, call, respond, [&context, call](pg::Connection& connection, const Viewer& viewer) {
      const auto row = run_sql(connection, one_sql(tables::workspaces(), {{"id", viewer.workspace.text()}}, context.schema, false));
      return one_response(tables::workspaces(), row, *call);
    });
  };
  return route;
}

}  // namespace

std::vector<api::Route> entity_routes(const QueryContext& context) {
#define W "/api/v1/workspaces/{workspace}"
  return {
      my_workspaces(context),
      workspace(context),
      many(context, "listMembers", W "/members", "member", tables::members),
      one(context, "getMember", W "/members/{member}", member),
      many(context, "listLabels", W "/labels", "label", tables::labels),
      one(context, "getLabel", W "/labels/{label}", label),
      many(context, "listProjects", W "/projects", "project", tables::projects),
      one(context, "getProject", W "/projects/{project}", project),
      many_of(context, "listProjectActivity", W "/projects/{project}/activity", "activity", project, tables::activity, "t.project_id = $value"),
      many(context, "listIssues", W "/issues", "issue", tables::issues),
      one(context, "getIssue", W "/issues/{issue}", issue),
      many_of(context, "listIssueComments", W "/issues/{issue}/comments", "comment", issue, tables::comments, "t.issue_id = $value"),
      one(context, "getComment", W "/comments/{comment}", comment),
      many(context, "listComments", W "/comments", "comment", tables::comments),
      many_of(context, "listLabelsOfIssue", W "/issues/{issue}/labels", "label", issue, tables::labels,
              "t.id IN (SELECT l.label_id FROM $schema.issue_labels l WHERE l.issue_id = $value)"),
      many(context, "listIssueLabels", W "/issue-labels", "label", tables::issue_labels),
      many_of(context, "listIssueDependencies", W "/issues/{issue}/dependencies", "dependency", issue, tables::dependencies,
              "t.issue_id = $value OR t.depends_on_id = $value"),
      many(context, "listDependencies", W "/dependencies", "dependency", tables::dependencies),
      many_of(context, "listIssueActivity", W "/issues/{issue}/activity", "activity", issue, tables::activity, "t.issue_id = $value"),
      many(context, "listAgents", W "/agents", "agent", tables::agents),
      one(context, "getAgent", W "/agents/{agent}", agent),
      many(context, "listActivity", W "/activity", "activity", tables::activity),
  };
#undef W
}

}  // namespace daybook::query
