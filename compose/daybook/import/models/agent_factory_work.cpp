// Agents, workflows, projects, and what was run.
#include <algorithm>

#include "command-service/domain/agent/agent.hpp"
#include "command-service/domain/execution/execution.hpp"
#include "command-service/domain/project/project.hpp"
#include "command-service/domain/workflow/workflow.hpp"
#include "compose/daybook/import/models/agent_factory.hpp"
#include "events/core/json.hpp"

namespace daybook::importer::models::agent_factory {
namespace {

using domain::Agent;
using domain::Execution;
using domain::Project;
using domain::Workflow;
namespace ag = events::agent;
namespace ex = events::execution;
namespace pr = events::project;
namespace wf = events::workflow;

// What was written as a text in place of JSON is kept as the text that it is.
std::optional<events::Json> json_or_text(Values& values, std::string_view column) {
  const auto words = values.text(column);
  if (!words) return std::nullopt;
  if (events::check_json(*words)) return events::Json{*words};
  return events::Json{events::to_json(*words)};
}

std::optional<ex::Payload> payload_in(Values& values, std::string_view column) {
  const auto value = json_or_text(values, column);
  if (!value) return std::nullopt;
  ex::Payload payload{};
  payload.text = value->text;
  return payload;
}

void bring_agent(Course& course, Values& values) {
  const events::AgentId id{own_uuid(course.sink, values)};
  const auto stream = events::stream_of(id);
  const auto tenant = tenant_of(course, values);
  const auto maker = person(course, values, named(values, {"created_by", "user_id"}));
  ag::Registered agent{};
  agent.name = values.required_text("name");
  agent.description = values.filled("description");
  agent.instructions = values.filled("instructions");
  agent.model = values.filled("model");
  agent.config = values.json("config");
  agent.status = values.word("status", ag::Status::idle, {{"inactive", "offline"}, {"running", "working"}});
  agent.owner_id = maker;
  const auto created_at = values.required_time("created_at");
  const auto updated_at = last_change(values, created_at);
  Row row(values);
  row.stream(stream)
      .needs(tenant, "tenant_id")
      .say<Agent>(stream, tenant, created_at, user_actor(maker), {std::move(agent)})
      .say<Agent>(stream, tenant, updated_at, nobody(), {ag::BroughtForward{}});
  course.sink.bring(std::move(row));
}

void bring_workflow(Course& course, Values& values) {
  const events::WorkflowId id{own_uuid(course.sink, values)};
  const auto stream = events::stream_of(id);
  const auto tenant = tenant_of(course, values);
  const auto maker = person(course, values, named(values, {"created_by", "user_id"}));
  wf::Defined defined{};
  defined.name = values.required_text("name");
  defined.description = values.filled("description");
  defined.definition.text = object_in(values, named(values, {"definition", "config"})).text;
  const auto created_at = values.required_time("created_at");
  const auto updated_at = last_change(values, created_at);
  Row row(values);
  row.stream(stream)
      .needs(tenant, "tenant_id")
      .say<Workflow>(stream, tenant, created_at, user_actor(maker), {std::move(defined)})
      .say<Workflow>(stream, tenant, updated_at, nobody(), {wf::BroughtForward{}});
  course.sink.bring(std::move(row));
}

void bring_project(Course& course, Values& values) {
  const events::ProjectId id{own_uuid(course.sink, values)};
  const auto stream = events::stream_of(id);
  const auto tenant = tenant_of(course, values);
  const auto maker = person(course, values, named(values, {"created_by", "user_id"}));
  pr::Created project{};
  project.name = values.required_text("name");
  project.description = values.filled("description");
  project.project_type = values.filled("project_type");
  const auto config = values.json("config");
  if (config && config->text != "null") project.settings = config;
  project.owner_id = maker;
  const bool is_active = values.boolean("is_active").value_or(true);
  const auto created_at = values.required_time("created_at");
  const auto updated_at = last_change(values, created_at);
  Row row(values);
  row.stream(stream).needs(tenant, "tenant_id").in(tenant);
  row.say(created_at, user_actor(maker), [project = std::move(project), stream, tenant, id](log::Settling& settling, Told& told) {
    auto keyed = project;
    keyed.key = free_project_key(tenant, id, std::nullopt, project.name, settling, told);
    return settling.append<Project>(stream, tenant, {std::move(keyed)});
  });
  if (!is_active) row.say<Project>(stream, tenant, updated_at, nobody(), {pr::Archived{}});
  row.say<Project>(stream, tenant, updated_at, nobody(), {pr::BroughtForward{}});
  course.sink.bring(std::move(row));
}

ex::Requested requested(Course& course, Values& values) {
  ex::Requested run{};
  run.execution_type = values.word(named(values, {"execution_type", "type"}), ex::ExecutionType::agent,
                                   {{"agent_run", "agent"}, {"agent_execution", "agent"}, {"workflow_run", "workflow"}, {"workflow_execution", "workflow"}});
  const auto table = run.execution_type == ex::ExecutionType::workflow ? "workflows" : "agents";
  const auto resource = uuid_in(course.sink, values, named(values, {"resource_id", "entity_id"}), table);
  if (resource) run.resource_id = events::EntityId{*resource};
  // An agent that is run runs itself: a run that still waits is for it alone.
  if (resource && run.execution_type == ex::ExecutionType::agent && course.sink.places().has(*resource)) run.agent_id = events::AgentId{*resource};
  run.lease_seconds = domain::execution::lease_seconds_default;
  run.max_attempts = domain::execution::attempts_default;
  run.input_data = payload_in(values, "input_data");
  return run;
}

ex::BroughtForward ended(Values& values, text::Instant began_at) {
  ex::BroughtForward forward{};
  forward.status = values.word("status", ex::Status::pending,
                               {{"success", "completed"}, {"succeeded", "completed"}, {"error", "failed"}, {"timeout", "failed"}, {"canceled", "cancelled"}});
  if (*forward.status != ex::Status::pending) forward.started_at = values.time("started_at").value_or(began_at);
  forward.completed_at = values.time("completed_at");
  forward.execution_time = values.decimal("execution_time");
  forward.output_data = payload_in(values, named(values, {"output_data", "result"}));
  forward.error = values.filled("error");
  return forward;
}

void bring_execution(Course& course, Values& values) {
  const events::ExecutionId id{own_uuid(course.sink, values)};
  const auto stream = events::stream_of(id);
  const auto tenant = tenant_of(course, values);
  const auto maker = person(course, values, named(values, {"created_by", "user_id"}));
  auto run = requested(course, values);
  const auto created_at = values.required_time("created_at");
  const auto forward = ended(values, created_at);
  const auto changed_at = std::max(forward.completed_at.value_or(created_at), last_change(values, created_at));
  Row row(values);
  row.stream(stream)
      .needs(tenant, "tenant_id")
      .say<Execution>(stream, tenant, created_at, user_actor(maker), {std::move(run)})
      .say<Execution>(stream, tenant, changed_at, nobody(), {forward});
  course.sink.bring(std::move(row));
}

}  // namespace

void bring_agents(Course& course) {
  read_all(course.source, "agents", [&](Values& values) { bring_agent(course, values); });
}
void bring_workflows(Course& course) {
  read_all(course.source, "workflows", [&](Values& values) { bring_workflow(course, values); });
}
void bring_projects(Course& course) {
  read_all(course.source, "projects", [&](Values& values) { bring_project(course, values); });
}
void bring_executions(Course& course) {
  read_all(course.source, "executions", [&](Values& values) { bring_execution(course, values); });
}

}  // namespace daybook::importer::models::agent_factory
