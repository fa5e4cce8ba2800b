#include "command-service/domain/core/permission.hpp"

namespace daybook::domain {
namespace {

struct Row {
  Permission permission;
  bool viewer, member, admin, owner;
};

// Viewers read; members work; admins manage what is below an owner; what ends or hands over a workspace is an
// owner's.
constexpr Row table[] = {
    {Permission::workspace_read, true, true, true, true},
    {Permission::workspace_manage, false, false, true, true},
    {Permission::workspace_delete, false, false, false, true},
    {Permission::workspace_restore, false, false, false, true},
    {Permission::ownership_transfer, false, false, false, true},
    {Permission::workspace_leave, true, true, true, true},
    {Permission::members_manage, false, false, true, true},
    {Permission::projects_write, false, true, true, true},
    {Permission::projects_manage, false, false, true, true},
    {Permission::issues_write, false, true, true, true},
    {Permission::comments_write, false, true, true, true},
    {Permission::comments_moderate, false, false, true, true},
    {Permission::labels_write, false, true, true, true},
    {Permission::labels_manage, false, false, true, true},
    {Permission::agents_write, false, true, true, true},
    {Permission::bring_in, false, false, false, true},
    {Permission::documents_write, false, true, true, true},
    {Permission::time_write, false, true, true, true},
    {Permission::time_manage, false, false, true, true},
    {Permission::issues_watch, true, true, true, true},
    {Permission::sprints_write, false, true, true, true},
    {Permission::skills_write, false, true, true, true},
    {Permission::skills_manage, false, false, true, true},
    {Permission::templates_write, false, true, true, true},
    {Permission::templates_manage, false, false, true, true},
    {Permission::automations_manage, false, false, true, true},
    {Permission::webhooks_manage, false, false, true, true},
    {Permission::integrations_manage, false, false, true, true},
    {Permission::executions_write, false, true, true, true},
    {Permission::workflows_write, false, true, true, true},
    {Permission::blueprints_write, false, true, true, true},
    {Permission::blueprints_manage, false, false, true, true},
    {Permission::ai_providers_manage, false, false, true, true},
    {Permission::api_keys_write, false, true, true, true},
    {Permission::api_keys_manage, false, false, true, true},
    {Permission::billing_manage, false, false, false, true},
    {Permission::audit_read, false, false, true, true},
};

using Permissions = boost::describe::describe_enumerators<Permission>;

constexpr bool table_is_in_order() {
  if (std::size(table) != boost::mp11::mp_size<Permissions>::value) return false;
  for (std::size_t i = 0; i < std::size(table); ++i)
    if (table[i].permission != static_cast<Permission>(i)) return false;
  return true;
}
static_assert(table_is_in_order(), "one row for each permission, in the order of the enumeration");

std::string least_role(Permission permission) {
  for (const auto role : {MemberRole::viewer, MemberRole::member, MemberRole::admin})
    if (allowed(permission, role)) return std::string(events::word_of(role));
  return "owner";
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
  if (!context.user) return not_found("workspace");
  const auto role = authorize(workspace, *context.user, permission);
  if (!role) return role.error();
  context.workspace = &workspace;
  context.role = *role;
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
