#pragma once
// Everything that can be read: one line each. A name here is a function in a file of its own beside this one.
#include "query-service/core/resource.hpp"

// clang-format off
#define DAYBOOK_RESOURCES(each) \
  each(workspaces) \
  each(members) \
  each(labels) \
  each(projects) \
  each(issues) \
  each(label_links) \
  each(dependencies) \
  each(comments) \
  each(reactions) \
  each(notifications) \
  each(agents) \
  each(activity) \
  each(audit_entries) \
  each(search) \
  each(plans) \
  each(named_plans) \
  each(workspace_billing) \
  each(subscriptions) \
  each(subscription_periods) \
  each(usage_records) \
  each(invitations) \
  each(people) \
  each(oneself) \
  each(accounts) \
  each(users) \
  each(documents) \
  each(executions) \
  each(automations) \
  each(webhooks) \
  each(webhook_deliveries) \
  each(api_keys) \
  each(integrations) \
  each(my_integrations) \
  each(ai_providers) \
  each(my_ai_providers) \
  each(document_versions) \
  each(skills) \
  each(listed_skills) \
  each(skill_versions) \
  each(templates) \
  each(listed_templates) \
  each(workflows) \
  each(workflow_versions) \
  each(blueprints) \
  each(listed_blueprints) \
  each(blueprint_versions) \
  each(listed_blueprint_versions) \
  each(blueprint_reviews) \
  each(blueprint_purchases) \
  each(template_ratings) \
  each(suggested_skills) \
  each(skill_reviews) \
  each(time_entries) \
  each(costs) \
  each(sprints) \
  each(sprint_days) \
  each(watchers) \
  each(commits) \
  each(epic_progress) \
  each(project_members) \
  each(sessions)
// clang-format on

namespace daybook::query {

#define DAYBOOK_DECLARE(name) const Resource& name();
DAYBOOK_RESOURCES(DAYBOOK_DECLARE)
#undef DAYBOOK_DECLARE

const std::vector<ResourceOf>& all_resources();

}  // namespace daybook::query
