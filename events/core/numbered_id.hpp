#pragma once
// Ids of things that had a number where they came from. The number stands in the UUID itself, under the code of its table, so that
// the two translate into each other without asking anybody: bytes 0 to 5 are the number, 6 to 8 version 8 (RFC 9562 §5.8) with the
// code between its bits, 9 to 15 the word `daybook`.
#include <cstdint>
#include <optional>

#include "platform/text/uuid.hpp"

namespace daybook::events {

// Storage format: a code is never given to another table. Codes of one model stand together.
enum class NumberedTable : std::uint16_t {
  workflow_manager_users = 1,
  workflow_manager_teams = 2,
  workflow_manager_projects = 3,
  workflow_manager_tasks = 4,
  workflow_manager_task_executions = 5,
  workflow_manager_skills = 6,
  workflow_manager_comments = 7,
  workflow_manager_time_entries = 8,
  workflow_manager_templates = 9,
  workflow_manager_notifications = 10,
  workflow_manager_activities = 11,
  workflow_manager_automations = 12,
  workflow_manager_webhooks = 13,
  workflow_manager_integrations = 14,
  workflow_manager_search_indexes = 15,
  workflow_manager_team_members = 16,
  workflow_manager_project_members = 17,
  workflow_manager_task_watchers = 18,
  workflow_manager_task_suggested_skills = 19,
  workflow_manager_template_tasks = 20,
  workflow_manager_skill_tags = 21,
  workflow_manager_ai_provider_configs = 22,
  agent_factory_audit_logs = 33,
  prism_organizations = 49,
  prism_organization_members = 50,
  prism_projects = 51,
  prism_documents = 52,
  prism_stories = 53,
  prism_sprints = 54,
  prism_ai_generations = 55,
  prism_epics = 56,
};

// Greatest number that an id can hold. What Daybook numbers by itself begins above it.
inline constexpr std::int64_t numbered_id_max = 1'000'000'000'000 - 1;

// The number is 0 to numbered_id_max.
text::Uuid numbered_id(NumberedTable table, std::int64_t number);

// Nothing where the id was not made of a number of this table.
std::optional<std::int64_t> number_in(NumberedTable table, const text::Uuid& id);

}  // namespace daybook::events
