// Projects with who is in them, and what they came to.
#include "command-service/domain/project/project.hpp"
#include "compose/daybook/import/models/workflow_manager.hpp"
#include "events/core/decimal.hpp"

namespace daybook::importer::models::workflow_manager {
namespace {

using domain::Project;
using events::ProjectId;
namespace pr = events::project;

bool is_archived_by_word(Values& values) { return values.text("status") == "archived"; }

pr::Created created(Course& course, Values& values, events::UserId owner) {
  pr::Created project{};
  project.name = values.required_text("title");
  project.description = values.filled("description");
  project.color = values.filled("color");
  project.emoji = values.filled("emoji");
  project.status = values.word("status", pr::Status::active, {{"planned", "planning"}, {"in_progress", "active"}, {"archived", "active"}});
  project.owner_id = owner;
  project.main_prompt = values.filled("mainPrompt");
  project.cover_image = values.filled("coverImage");
  project.git_repository = values.filled("gitRepository");
  project.ai_provider = values.filled("aiProvider");
  const auto made_of = if_brought(course.sink, values, number_ref(values, Table::workflow_manager_templates, "templateId"), "templateId");
  if (made_of) project.template_id = events::EntityId{*made_of};
  project.estimated_hours = values.real("estimatedHours");
  return project;
}

void bring_project(Course& course, Values& values) {
  const ProjectId id{own_number(values, Table::workflow_manager_projects)};
  const auto stream = events::stream_of(id);
  const auto owner = needed_person(course, values, "ownerId");
  const auto workspace = team_or_home(course, values, "teamId", owner);
  auto project = created(course, values, owner);
  const auto created_at = values.required_time("createdAt");
  const auto updated_at = last_change(values, "updatedAt", created_at);
  const auto archived_at = values.time("archivedAt").value_or(updated_at);
  const bool is_archived = values.boolean("isArchived").value_or(false) || is_archived_by_word(values);
  const bool is_favorite = values.boolean("isFavorite").value_or(false);
  Row row(values);
  row.stream(stream).in(workspace);
  const auto by = user_actor(owner);
  row.say(created_at, by, [project = std::move(project), stream, workspace, id](log::Settling& settling, Told& told) {
    auto named = project;
    named.key = free_project_key(workspace, id, std::nullopt, project.name, settling, told);
    return settling.append<Project>(stream, workspace, {std::move(named)});
  });
  if (is_favorite) {
    const events::ProjectStarId star{course.sink.named("star of the owner of " + id.text())};
    row.say<Project>(stream, workspace, created_at, by, {pr::Starred{star, owner}});
  }
  if (is_archived) row.say<Project>(stream, workspace, archived_at, by, {pr::Archived{}});
  course.sink.bring(std::move(row));
}

void bring_member(Course& course, Values& values) {
  const events::ProjectMemberId id{own_number(values, Table::workflow_manager_project_members)};
  const auto column = either(values, "project_id", "projectId");
  const auto project = number_ref(values, Table::workflow_manager_projects, column);
  const auto workspace = place_of(course.sink, values, project, column);
  const auto user = needed_person(course, values, either(values, "user_id", "userId"));
  const auto role = values.word("role", pr::MemberRole::member, {{"owner", "admin"}, {"viewer", "member"}});
  const auto joined_at = values.time(either(values, "joined_at", "joinedAt")).value_or(values.required_time(either(values, "created_at", "createdAt")));
  const events::StreamId stream{project.value_or(text::Uuid{})};
  Row row(values);
  row.needs(stream, column)
      .there_when([stream, user](log::Settling& settling) { return pr::find_part(settling.load<Project>(stream), user) != nullptr; })
      .say<Project>(stream, workspace, joined_at, user_actor(user), {pr::MemberAdded{id, user, role}});
  course.sink.bring(std::move(row));
}

// Hours are shown with two digits, and brought as exactly.
std::int64_t seconds_of(events::Decimal hours) {
  constexpr std::int64_t seconds_per_hour = 3600, nanos = 1'000'000'000;
  const auto whole = hours.nanos / nanos, rest = hours.nanos % nanos;
  return whole * seconds_per_hour + (rest * seconds_per_hour + nanos / 2) / nanos;
}

void close_project(Course& course, Values& values) {
  const ProjectId id{own_number(values, Table::workflow_manager_projects)};
  const auto stream = events::stream_of(id);
  const auto& tasks = course.projects[id.value];
  const auto at = last_change(values, "updatedAt", values.required_time("createdAt"));
  pr::BroughtForward forward{};
  if (const auto hours = values.decimal("actualHours")) forward.worked_seconds = difference(seconds_of(*hours), tasks.seconds);
  if (const auto cost = values.decimal("totalCost")) forward.cost = difference(*cost, tasks.cost);
  if (forward.cost) forward.currency = usual_currency;
  const auto workspace = course.sink.places().of(id.value).value_or(WorkspaceId{});
  Row end(values);
  end.closing(stream).say<Project>(stream, workspace, at, nobody(), {forward});
  course.sink.bring(std::move(end));
}

}  // namespace

void bring_projects(Course& course) {
  read_all(course.source, "projects", [&](Values& values) {
    bring_project(course, values);
  });
  read_all(course.source, "project_members", [&](Values& values) {
    bring_member(course, values);
  });
}

void close_projects(Course& course) {
  read_all(course.source, "projects", [&](Values& values) {
    close_project(course, values);
  });
}

}  // namespace daybook::importer::models::workflow_manager
