#pragma once
// Agent Factory: ids are texts, UUIDs as a rule; columns in snake_case. Some of its databases have older names for a few columns: where
// several are listed, the first that is there counts. One file an area.
#include <unordered_map>

#include "compose/daybook/import/models/pieces.hpp"
#include "compose/daybook/import/models/things.hpp"

namespace daybook::importer::models::agent_factory {

using events::WorkspaceId;

// One import on its way through the tables.
struct Course {
  Source& source;
  Sink& sink;
  std::unordered_map<events::UserId, WorkspaceId> tenants;   // where people are at home, by who they are here
};

std::string_view named(const Values& values, std::initializer_list<std::string_view> columns);
std::string lower(std::string words);
// When it changed last; it was not before it was made.
text::Instant last_change(Values& values, text::Instant created_at);

std::optional<events::UserId> person(Course& course, Values& values, std::string_view column);
// The tenant a row names. Without one that was brought, the row is left out.
WorkspaceId tenant_of(Course& course, Values& values, std::string_view column = "tenant_id");

// ---- people ----
void bring_people(Course& course);       // users, tenants, who is in which
void close_people(Course& course);
// ---- work ----
void bring_agents(Course& course);
void bring_workflows(Course& course);
void bring_projects(Course& course);
void bring_executions(Course& course);
// ---- market ----
void bring_blueprints(Course& course);
void bring_plans(Course& course);
void bring_subscriptions(Course& course);
void bring_usage(Course& course);
// ---- records ----
void bring_api_keys(Course& course);
void bring_audit(Course& course);

}  // namespace daybook::importer::models::agent_factory
