#include "command-service/domain/core/permission.hpp"

#include "command-service/domain/core/callers.hpp"

namespace daybook::domain {
namespace {

struct Row {
  Permission permission;
  bool viewer, member, admin, owner;
  bool agent;
  std::string_view scope;  // of API keys; empty: none of them
};

// Viewers read; members work; admins manage what is below an owner; what ends or hands over a workspace is an
// owner's. Agents read as viewers do, and write where their work is. A key neither makes keys nor ends
// or hands over anything of its holder's: no workspace, no membership.
constexpr Row table[] = {
    {Permission::workspace_read, true, true, true, true, true, "workspace:read"},
    {Permission::workspace_manage, false, false, true, true, false, "workspace:manage"},
    {Permission::workspace_delete, false, false, false, true, false, ""},
    {Permission::workspace_restore, false, false, false, true, false, ""},
    {Permission::ownership_transfer, false, false, false, true, false, ""},
    {Permission::workspace_leave, true, true, true, true, false, ""},
    {Permission::members_manage, false, false, true, true, false, "members:manage"},
    {Permission::projects_write, false, true, true, true, false, "projects:write"},
    {Permission::projects_manage, false, false, true, true, false, "projects:manage"},
    {Permission::issues_write, false, true, true, true, true, "issues:write"},
    {Permission::comments_write, false, true, true, true, true, "comments:write"},
    {Permission::comments_moderate, false, false, true, true, false, "comments:manage"},
    {Permission::labels_write, false, true, true, true, false, "labels:write"},
    {Permission::labels_manage, false, false, true, true, false, "labels:manage"},
    {Permission::agents_write, false, true, true, true, false, "agents:write"},
    {Permission::bring_in, false, false, false, true, false, "workspace:import"},
    {Permission::documents_write, false, true, true, true, false, "documents:write"},
    {Permission::time_write, false, true, true, true, false, "time-entries:write"},
    {Permission::time_manage, false, false, true, true, false, "time-entries:manage"},
    {Permission::issues_watch, true, true, true, true, false, "issues:watch"},
    {Permission::sprints_write, false, true, true, true, false, "sprints:write"},
    {Permission::skills_write, false, true, true, true, false, "skills:write"},
    {Permission::skills_manage, false, false, true, true, false, "skills:manage"},
    {Permission::templates_write, false, true, true, true, false, "templates:write"},
    {Permission::templates_manage, false, false, true, true, false, "templates:manage"},
    {Permission::automations_manage, false, false, true, true, false, "automations:manage"},
    {Permission::webhooks_manage, false, false, true, true, false, "webhooks:manage"},
    {Permission::integrations_manage, false, false, true, true, false, "integrations:manage"},
    {Permission::executions_write, false, true, true, true, true, "executions:write"},
    {Permission::workflows_write, false, true, true, true, false, "workflows:write"},
    {Permission::blueprints_write, false, true, true, true, false, "blueprints:write"},
    {Permission::blueprints_manage, false, false, true, true, false, "blueprints:manage"},
    {Permission::ai_providers_manage, false, false, true, true, false, "ai-providers:manage"},
    {Permission::api_keys_write, false, true, true, true, false, ""},
    {Permission::api_keys_manage, false, false, true, true, false, ""},
    {Permission::billing_manage, false, false, false, true, false, "subscription:manage"},
    {Permission::audit_read, false, false, true, true, false, "audit:read"},
};

using Permissions = boost::describe::describe_enumerators<Permission>;

constexpr bool table_is_in_order() {
  if (std::size(table) != boost::mp11::mp_size<Permissions>::value) return false;
  for (std::size_t i = 0; i < std::size(table); ++i)
    if (table[i].permission != static_cast<Permission>(i)) return false;
  return true;
}
static_assert(table_is_in_order(), "one row for each permission, in the order of the enumeration");

constexpr bool whoever_is_above_may_as_much() {
  for (const auto& row : table)
    if ((row.viewer && !row.member) || (row.member && !row.admin) || (row.admin && !row.owner)) return false;
  return true;
}
static_assert(whoever_is_above_may_as_much(), "what a role may, the one above it may");

std::string least_role(Permission permission) {
  for (const auto role : {MemberRole::viewer, MemberRole::member, MemberRole::admin})
    if (allowed(permission, role)) return std::string(events::word_of(role));
  return "owner";
}

// A suspended workspace can be read and left.
bool works_while_suspended(Permission permission) {
  return permission == Permission::workspace_read || permission == Permission::workspace_leave;
}

}  // namespace

bool allowed(Permission permission, MemberRole role) {
  const auto& row = table[static_cast<std::size_t>(permission)];
  switch (role) {
    case MemberRole::viewer:
      return row.viewer;
    case MemberRole::member:
      return row.member;
    case MemberRole::admin:
      return row.admin;
    case MemberRole::owner:
      return row.owner;
  }
  return false;
}

bool allowed_to_agents(Permission permission) { return table[static_cast<std::size_t>(permission)].agent; }

std::string_view scope_of(Permission permission) { return table[static_cast<std::size_t>(permission)].scope; }

Result<MemberRole> authorize(const events::workspace::State& workspace, events::UserId user,
                             Permission permission) {
  const bool hidden = workspace.deleted_at && permission != Permission::workspace_restore;
  const auto* member =
      workspace.version.value == 0 || hidden ? nullptr : events::workspace::find_member(workspace, user);
  if (member == nullptr) return not_found("workspace");
  if (allowed(permission, member->role)) return member->role;
  return forbidden("This takes the role " + least_role(permission) + " in the workspace; yours is " +
                   std::string(events::word_of(member->role)) + ".");
}

Result<CommandContext> admit(CommandContext context, const events::workspace::State& workspace,
                             Permission permission) {
  if (context.agent) return admit_agent(std::move(context), workspace, permission);
  if (!context.user) return not_found("workspace");
  const auto role = authorize(workspace, *context.user, permission);
  if (!role) return role.error();
  if (workspace.suspended_at && !works_while_suspended(permission))
    return Rejection{Rejection::Kind::forbidden, "suspended", "This workspace is suspended: it can only be read.", {}, std::nullopt};
  context.workspace = &workspace;
  context.role = *role;
  return context;
}

Result<CommandContext> admit_agent(CommandContext context, const events::workspace::State& workspace, Permission permission) {
  if (workspace.version.value == 0 || workspace.deleted_at) return not_found("workspace");
  if (!allowed_to_agents(permission)) return not_for_agents();
  context.workspace = &workspace;
  return context;
}

std::optional<Rejection> check_occurred_at(const CommandContext& context) {
  if (!context.occurred_at) return std::nullopt;
  if (!context.role || !allowed(Permission::bring_in, *context.role))
    return forbidden("Only an owner may say when something occurred.");
  if (*context.occurred_at > context.now)
    return invalid("/occurred_at", "in-the-future", "What occurred cannot lie in the future.");
  return std::nullopt;
}

bool is_at_least(const CommandContext& context, MemberRole role) {
  return context.role && *context.role >= role;
}

}  // namespace daybook::domain
