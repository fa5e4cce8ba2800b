// The order of the tables, and what all areas ask of their rows.
#include <algorithm>

#include "compose/daybook/import/models/agent_factory.hpp"
#include "compose/daybook/import/models/each_model.hpp"

namespace daybook::importer::models {
namespace agent_factory {

std::string_view named(const Values& values, std::initializer_list<std::string_view> columns) {
  for (const auto column : columns)
    if (values.has(column)) return column;
  return *columns.begin();
}

std::string lower(std::string words) {
  std::transform(words.begin(), words.end(), words.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return words;
}

text::Instant last_change(Values& values, text::Instant created_at) { return std::max(created_at, values.time("updated_at").value_or(created_at)); }

std::optional<events::UserId> person(Course& course, Values& values, std::string_view column) {
  const auto id = uuid_in(course.sink, values, column, "users");
  if (!id) return std::nullopt;
  const auto found = known_person(course.sink, events::UserId{*id});
  if (!found) values.changed(column, id->text() + " is nobody who was brought: left empty");
  return found;
}

WorkspaceId tenant_of(Course& course, Values& values, std::string_view column) {
  return place_of(course.sink, values, uuid_in(course.sink, values, column, "tenants"), column);
}

namespace {

void bring_all(Source& source, Sink& sink) {
  Course course{source, sink, {}};
  bring_people(course);
  bring_agents(course);
  bring_workflows(course);
  bring_projects(course);
  bring_executions(course);
  bring_blueprints(course);
  bring_plans(course);
  bring_subscriptions(course);
  bring_usage(course);
  bring_api_keys(course);
  bring_audit(course);
  close_people(course);
}

}  // namespace
}  // namespace agent_factory

Model agent_factory_model() {
  return {"agent_factory",
          {"users", "tenants", "agents", "workflows", "projects", "executions", "blueprints", "plans", "subscriptions", "usage_records", "api_keys",
           "audit_logs"},
          agent_factory::bring_all};
}

}  // namespace daybook::importer::models
