#pragma once
// Who may do what: the one table. A command names its permission (`Command::permission`); the frame admits
// the caller before it decides. Finer rules, such as "only the author", are the aggregate's own and look at
// context.role.
#include "command-service/domain/core/context.hpp"

namespace daybook::domain {

using events::workspace::MemberRole;

BOOST_DEFINE_ENUM_CLASS(Permission, workspace_read, workspace_manage, workspace_delete, workspace_restore,
                        ownership_transfer, workspace_leave, members_manage, projects_write, projects_manage,
                        issues_write, comments_write, comments_moderate, labels_write, labels_manage,
                        agents_write, bring_in,
                        documents_write,
                        time_write, time_manage,
                        issues_watch,
                        sprints_write,
                        skills_write, skills_manage,
                        templates_write, templates_manage,
                        automations_manage,
                        webhooks_manage,
                        integrations_manage,
                        executions_write,
                        workflows_write,
                        blueprints_write,
                        blueprints_manage,
                        ai_providers_manage,
                        api_keys_write,
                        api_keys_manage,
                        billing_manage,
                        audit_read)

bool allowed(Permission permission, MemberRole role);

// The user's role, if the workspace exists, is not deleted (but for workspace_restore), has the user as a
// member and the role suffices. To everybody else the workspace does not exist: not found, never forbidden.
Result<MemberRole> authorize(const events::workspace::State& workspace, events::UserId user,
                             Permission permission);

// The context as it stands within the workspace, once the caller may do what the permission names.
Result<CommandContext> admit(CommandContext context, const events::workspace::State& workspace,
                             Permission permission);

// A claimed time needs the permission bring_in and lies not in the future (RFC 3339 `occurred_at`, against
// context.now).
std::optional<Rejection> check_occurred_at(const CommandContext& context);

// Whether the caller is at least that in the workspace.
bool is_at_least(const CommandContext& context, MemberRole role);

}  // namespace daybook::domain
