// All operations of the platform's API.
#include "compat/platform/operation.hpp"

namespace daybook::compat {
namespace {

constexpr Field description{"description", "description"};
constexpr Field issue_status{"status", "status", Kind::text, false, issue_statuses};
constexpr Field agent_status{"status", "status", Kind::text, false, agent_statuses};
constexpr Field assignee_type{"assignee_type", "assignee_type", Kind::text, false, assignee_types};
constexpr Field assignee{"assignee_id", "assignee_id"};
constexpr Field in_project{"project_id", "project_id"};
constexpr Field runtime_mode{"runtime_mode", "runtime_mode", Kind::text, false, runtime_modes};
constexpr Field runtime_config{"runtime_config", "runtime_config", Kind::object};
constexpr Field instructions{"instructions", "instructions"};
constexpr Field tasks{"max_concurrent_tasks", "max_concurrent_tasks", Kind::number};
constexpr Field lead_type{"lead_type", "", Kind::text, false, leads};
constexpr Field email{"email", "email", Kind::text, true}, password{"password", "password", Kind::text, true};

// What every thing of theirs begins with and ours does not.
constexpr Field always(std::string_view ours, std::string_view json) { return {"", ours, Kind::text, false, {}, json}; }

std::vector<Operation> account_operations() {
  return {
      {.method = "GET", .path = "/health", .signed_in = false, .carried_by = tell_health},
      {.method = "POST", .path = "/api/v1/auth/register", .status = 201, .fields = {email, password, {"name", "username"}},
       .signed_in = false, .carried_by = sign_in},
      {.method = "POST", .path = "/api/v1/auth/login", .fields = {email, password}, .signed_in = false, .carried_by = sign_in},
      {.method = "GET", .path = "/api/v1/auth/me", .to = "/api/v1/me", .shape = user_shape},
  };
}

// {"field":"is_personal","op":"eq","value":false}: the workspace that everybody here is born with is none of the platform's.
constexpr std::string_view shared_ones = "sort=created_at&filter=%7B%22field%22%3A%22is_personal%22%2C%22op%22%3A%22eq%22%2C%22value%22%3Afalse%7D";

std::vector<Operation> workspace_operations() {
  constexpr std::string_view all = "/api/v1/workspaces", one = "/api/v1/workspaces/{workspace}";
  constexpr std::string_view members = "/api/v1/workspaces/{workspace}/members", member = "/api/v1/workspaces/{workspace}/members/{user}";
  return {
      {.method = "POST", .path = all, .shape = workspace_shape, .status = 201,
       .fields = {{"name", "name", Kind::text, true}, {"slug", "slug"}, description, always("issue_prefix", R"("ISS")")}},
      {.method = "GET", .path = all, .query = shared_ones, .shape = workspace_shape, .listed = Listed::by_pages},
      {.method = "GET", .path = one, .shape = workspace_shape},
      {.method = "PATCH", .path = one, .shape = workspace_shape, .fields = {{"name", "name"}, description, {"settings", "settings", Kind::object}}},
      {.method = "DELETE", .path = one},

      {.method = "POST", .path = members, .shape = member_shape, .status = 201,
       .fields = {{"user_id", "user_id", Kind::text, true}, {"role", "role", Kind::text, false, roles}}},
      {.method = "GET", .path = members, .query = "sort=joined_at", .shape = member_shape, .listed = Listed::whole},
      {.method = "PATCH", .path = member, .shape = member_shape, .fields = {{"role", "role", Kind::text, true, roles}}, .carried_by = change_role},
      {.method = "DELETE", .path = member},
  };
}

std::vector<Operation> project_operations() {
  constexpr std::string_view all = "/api/v1/workspaces/{workspace}/projects", one = "/api/v1/workspaces/{workspace}/projects/{project}";
  return {
      {.method = "POST", .path = all, .shape = project_shape, .status = 201,
       .fields = {{"title", "name", Kind::text, true}, description, {"icon", "emoji"}, lead_type,
                  {"lead_id", "owner_id", Kind::text, false, {}, "null"}, always("status", R"("planning")")}},
      {.method = "GET", .path = all, .query = "sort=created_at", .shape = project_shape, .listed = Listed::by_pages},
      {.method = "GET", .path = one, .shape = project_shape},
      {.method = "PATCH", .path = one, .shape = project_shape,
       .fields = {{"title", "name"}, description, {"status", "status", Kind::text, false, project_statuses}, lead_type, {"lead_id", "owner_id"}}},
      {.method = "DELETE", .path = one, .carried_by = delete_project},
      {.method = "GET", .path = "/api/v1/workspaces/{workspace}/projects/{project}/stats", .to = one, .carried_by = tell_stats},
  };
}

std::vector<Operation> issue_operations() {
  constexpr std::string_view all = "/api/v1/workspaces/{workspace}/issues", one = "/api/v1/workspaces/{workspace}/issues/{issue}";
  constexpr std::string_view comments = "/api/v1/workspaces/{workspace}/issues/{issue}/comments";
  return {
      {.method = "POST", .path = all, .shape = issue_shape, .status = 201,
       .fields = {{"title", "title", Kind::text, true}, description, in_project, issue_status,
                  {"priority", "priority", Kind::text, false, priorities, R"("none")"}, assignee_type, assignee, {"parent_issue_id", "parent_id"},
                  {"acceptance_criteria", "acceptance_criteria", Kind::lines}}},
      {.method = "GET", .path = all, .query = "sort=position", .shape = issue_shape, .listed = Listed::by_pages,
       .filters = {{"status", "status", issue_statuses}, {"project_id", "project"}, {"assignee_id", "assignee"}}},
      {.method = "GET", .path = one, .shape = issue_shape},
      {.method = "PATCH", .path = one, .shape = issue_shape,
       .fields = {{"title", "title"}, description, issue_status, {"priority", "priority", Kind::text, false, priorities}, assignee_type, assignee, in_project}},
      {.method = "DELETE", .path = one},

      {.method = "POST", .path = comments, .shape = comment_shape, .status = 201,
       .fields = {{"content", "content", Kind::text, true}, {"parent_id", "parent_id"}}},
      {.method = "GET", .path = comments, .query = "sort=created_at", .shape = comment_shape, .listed = Listed::whole},
  };
}

std::vector<Operation> link_operations() {
  constexpr std::string_view labels = "/api/v1/workspaces/{workspace}/issues/{issue}/labels";
  constexpr std::string_view label = "/api/v1/workspaces/{workspace}/issues/{issue}/labels/{label}";
  constexpr std::string_view dependencies = "/api/v1/workspaces/{workspace}/issues/{issue}/dependencies";
  return {
      {.method = "POST", .path = label},
      {.method = "DELETE", .path = label},
      {.method = "GET", .path = labels, .shape = label_shape, .listed = Listed::whole},

      {.method = "POST", .path = dependencies, .shape = dependency_shape, .status = 201,
       .fields = {{"depends_on_issue_id", "depends_on_id", Kind::text, true}, {"type", "dependency_type", Kind::text, false, dependency_types}}},
      {.method = "GET", .path = dependencies, .shape = dependency_shape, .listed = Listed::whole},
      {.method = "DELETE", .path = "/api/v1/workspaces/{workspace}/issues/{issue}/dependencies/{dependency}"},
  };
}

std::vector<Operation> agent_operations() {
  constexpr std::string_view all = "/api/v1/workspaces/{workspace}/agents", one = "/api/v1/workspaces/{workspace}/agents/{agent}";
  return {
      {.method = "POST", .path = all, .shape = agent_shape, .status = 201,
       .fields = {{"name", "name", Kind::text, true}, runtime_mode, runtime_config, instructions, tasks, always("status", R"("offline")")}},
      {.method = "GET", .path = all, .query = "sort=created_at", .shape = agent_shape, .listed = Listed::by_pages,
       .filters = {{"status", "status", agent_statuses}}},
      {.method = "GET", .path = one, .shape = agent_shape},
      {.method = "PATCH", .path = one, .shape = agent_shape,
       .fields = {{"name", "name"}, agent_status, instructions, runtime_mode, runtime_config, tasks}},
      {.method = "DELETE", .path = one},
  };
}

std::vector<Operation> label_operations() {
  constexpr std::string_view all = "/api/v1/workspaces/{workspace}/labels", one = "/api/v1/workspaces/{workspace}/labels/{label}";
  return {
      {.method = "POST", .path = all, .shape = label_shape, .status = 201,
       .fields = {{"name", "name", Kind::text, true}, {"color", "color", Kind::text, false, {}, R"("#6B7280")"}}},
      {.method = "GET", .path = all, .shape = label_shape, .listed = Listed::whole},
      {.method = "PATCH", .path = one, .shape = label_shape, .fields = {{"name", "name"}, {"color", "color"}}},
      {.method = "DELETE", .path = one},
  };
}

std::vector<Operation> activity_operations() {
  return {
      {.method = "GET", .path = "/api/v1/workspaces/{workspace}/activity", .shape = activity_shape, .listed = Listed::by_pages},
      {.method = "GET", .path = "/api/v1/workspaces/{workspace}/issues/{issue}/activity", .shape = activity_shape, .listed = Listed::by_pages},
  };
}

}  // namespace

std::span<const Operation> operations() {
  static const auto all = [] {
    std::vector<Operation> every;
    for (auto* some : {account_operations, workspace_operations, project_operations, issue_operations, link_operations, agent_operations,
                       label_operations, activity_operations})
      for (auto& operation : some()) every.push_back(std::move(operation));
    return every;
  }();
  return all;
}

}  // namespace daybook::compat
