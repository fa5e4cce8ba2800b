// What stands beside the work: automations, webhooks, what was told to people and what was noted of them.
#include "command-service/domain/automation/automation.hpp"
#include "command-service/domain/core/address.hpp"
#include "command-service/domain/user/user.hpp"
#include "command-service/domain/webhook/webhook.hpp"
#include "compose/daybook/import/models/workflow_manager.hpp"
#include "platform/crypto/random.hpp"

namespace daybook::importer::models::workflow_manager {
namespace {

using domain::Automation;
using domain::User;
using domain::Webhook;
namespace au = events::automation;
namespace us = events::user;
namespace wh = events::webhook;

// The project that a row names, and where that lies; nothing where it names none.
struct InProject {
  std::optional<events::ProjectId> project;
  std::optional<WorkspaceId> workspace;
};
InProject project_of(Course& course, Values& values, std::string_view column) {
  const auto project = number_ref(values, Table::workflow_manager_projects, column);
  if (!project) return {};
  return {events::ProjectId{*project}, place_of(course.sink, values, project, column)};
}

WorkspaceId home_of(Course& course, Values& values, std::string_view column, const events::UserId& user) {
  const auto home = course.homes.find(user);
  if (home == course.homes.end()) values.leave_out(column, "the person has no workspace of their own");
  return home == course.homes.end() ? WorkspaceId{} : home->second;
}

// ---- automations -----------------------------------------------------------------------------------------------------

// Kept as they were sent: theirs are words that are understood here.
void bring_automation(Course& course, Values& values) {
  const events::AutomationId id{own_number(values, Table::workflow_manager_automations)};
  const auto stream = events::stream_of(id);
  const auto maker = needed_person(course, values, "createdBy");
  const auto in = project_of(course, values, "projectId");
  const auto workspace = in.workspace ? *in.workspace : home_of(course, values, "projectId", maker);
  au::Defined defined{};
  defined.name = values.required_text("name");
  defined.description = values.filled("description");
  defined.project_id = in.project;
  defined.trigger = object_in(values, "trigger");
  defined.actions = list_in(values, "actions");
  defined.is_enabled = values.boolean("isEnabled").value_or(true);
  const auto created_at = values.required_time("createdAt");
  const auto updated_at = last_change(values, "updatedAt", created_at);
  au::BroughtForward forward{values.time("lastRunAt"), std::nullopt};
  if (const auto runs = values.integer("runCount").value_or(0); runs > 0) forward.run_count = runs;
  Row row(values);
  row.stream(stream)
      .say<Automation>(stream, workspace, created_at, user_actor(maker), {std::move(defined)})
      .say<Automation>(stream, workspace, updated_at, nobody(), {forward});
  course.sink.bring(std::move(row));
}

// ---- webhooks --------------------------------------------------------------------------------------------------------

std::optional<wh::Headers> headers_in(Values& values) {
  const auto members = members_of(object_in(values, "headers"));
  if (!members || members->empty()) return std::nullopt;
  wh::Headers headers;
  for (const auto& [name, value] : *members) headers.emplace(name, text_of(value).value_or(value.text));
  return headers;
}

// Nothing is ever sent without a signature.
events::Personal secret_in(Values& values) {
  constexpr std::size_t drawn_characters = 32;
  if (auto secret = values.filled("secret")) return events::Personal(std::move(*secret));
  values.changed("secret", "it had none: one was drawn, which can be rotated");
  return events::Personal(crypto::random_lower_alnum(drawn_characters));
}

// Of no project it is for a whole workspace, and nothing says which: the first team, where there is one.
WorkspaceId for_all(Course& course, Values& values) {
  if (course.teams.empty()) values.leave_out("projectId", "it is of no project, and there is no team that it could be of");
  else if (course.teams.size() > 1) values.changed("projectId", "it is of no project: it is the first team's from now on");
  return course.teams.empty() ? WorkspaceId{} : course.teams.front();
}

void bring_webhook(Course& course, Values& values) {
  const events::WebhookId id{own_number(values, Table::workflow_manager_webhooks)};
  const auto stream = events::stream_of(id);
  const auto in = project_of(course, values, "projectId");
  const auto workspace = in.workspace ? *in.workspace : for_all(course, values);
  wh::Registered registered{};
  registered.name = values.required_text("name");
  registered.project_id = in.project;
  registered.url = values.required_text("url");
  registered.events = values.texts("events").value_or(std::vector<std::string>{});
  registered.headers = headers_in(values);
  registered.is_enabled = values.boolean("isEnabled").value_or(true);
  registered.secret = secret_in(values);
  const auto created_at = values.required_time("createdAt");
  const auto updated_at = last_change(values, "updatedAt", created_at);
  wh::BroughtForward forward{values.time("lastTriggeredAt"), std::nullopt};
  if (const auto failures = values.integer("failureCount").value_or(0); failures > 0) forward.failure_count = failures;
  Row row(values);
  row.stream(stream)
      .say<Webhook>(stream, workspace, created_at, nobody(), {std::move(registered)})
      .say<Webhook>(stream, workspace, updated_at, nobody(), {forward});
  course.sink.bring(std::move(row));
}

// ---- notifications -----------------------------------------------------------------------------------------------------

void bring_notification(Course& course, Values& values) {
  const events::NotificationId id{own_number(values, Table::workflow_manager_notifications)};
  const auto user = needed_person(course, values, "userId");
  const auto in = project_of(course, values, "relatedProjectId");
  const auto task = number_ref(values, Table::workflow_manager_tasks, "relatedTaskId");
  const auto task_place = task ? std::optional(place_of(course.sink, values, task, "relatedTaskId")) : std::nullopt;
  us::NotificationRaised raised{};
  raised.notification_id = id;
  raised.workspace_id = task_place ? *task_place : in.workspace ? *in.workspace : home_of(course, values, "userId", user);
  raised.notification_type = values.word("type", us::NotificationType::task_updated, {{"due_date_approaching", "due_date_reminder"}, {"mention", "mentioned"}});
  raised.title = values.required_text("title");
  raised.content = values.text_or("content", "");
  raised.related_project_id = in.project;
  if (task) raised.related_issue_id = events::IssueId{*task};
  raised.action_url = values.filled("actionUrl");
  const auto created_at = values.required_time("createdAt");
  const auto read_at = values.time("readAt");
  const bool is_read = values.boolean("isRead").value_or(false) || read_at;
  const auto updated_at = last_change(values, "updatedAt", created_at);
  const auto stream = events::stream_of(user);
  Row row(values);
  row.needs(stream, "userId").in(raised.workspace_id);
  row.there_when([id](log::Settling& settling) { return settling.claimed(domain::scope::notification_cause, id.text()).has_value(); });
  row.say<User>(stream, std::nullopt, created_at, nobody(), {std::move(raised)});
  if (is_read) row.say<User>(stream, std::nullopt, read_at.value_or(updated_at), user_actor(user), {us::NotificationRead{id}});
  course.sink.bring(std::move(row));
}

// ---- activities --------------------------------------------------------------------------------------------------------

// Whatever their word says happened, it happened to the task, else the project, else the person.
void bring_entry(Course& course, Values& values) {
  Noted noted{};
  noted.id = own_number(values, Table::workflow_manager_activities);
  const auto user = needed_person(course, values, "userId");
  const auto in = project_of(course, values, "projectId");
  const auto task = number_ref(values, Table::workflow_manager_tasks, "taskId");
  const auto task_place = task ? std::optional(place_of(course.sink, values, task, "taskId")) : std::nullopt;
  noted.workspace = task_place ? task_place : in.workspace ? in.workspace : std::optional(home_of(course, values, "userId", user));
  noted.entity_type = task ? "issue" : in.project ? "project" : "user";
  noted.entity_id = task ? *task : in.project ? in.project->value : user.value;
  noted.action = values.required_text("type");
  noted.actor = user_actor(user);
  noted.project_id = in.project;
  if (task) noted.issue_id = events::IssueId{*task};
  noted.details = values.json("metadata");
  noted.changes = values.json("changes");
  noted.at = values.required_time("createdAt");
  bring_activity(course.sink, values, std::move(noted));
}

}  // namespace

void bring_automations(Course& course) {
  read_all(course.source, "automations", [&](Values& values) { bring_automation(course, values); });
}
void bring_webhooks(Course& course) {
  read_all(course.source, "webhooks", [&](Values& values) { bring_webhook(course, values); });
}
void bring_notifications(Course& course) {
  read_all(course.source, "notifications", [&](Values& values) { bring_notification(course, values); });
}
void bring_activities(Course& course) {
  read_all(course.source, "activities", [&](Values& values) { bring_entry(course, values); });
}

}  // namespace daybook::importer::models::workflow_manager
