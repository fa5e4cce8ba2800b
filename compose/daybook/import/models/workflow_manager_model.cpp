// The order of the tables, and what all areas ask of their rows.
#include <algorithm>
#include <charconv>

#include "compose/daybook/import/models/each_model.hpp"
#include "compose/daybook/import/models/workflow_manager.hpp"

namespace daybook::importer::models {
namespace workflow_manager {

std::optional<std::int64_t> number_in_words(const std::string& words) {
  std::int64_t number = 0;
  const auto* end = words.data() + words.size();
  const auto read = std::from_chars(words.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end || number < 0 || number > events::numbered_id_max) return std::nullopt;
  return number;
}

std::optional<events::UserId> person(Course& course, std::int64_t number) {
  if (number < 0 || number > events::numbered_id_max) return std::nullopt;
  return known_person(course.sink, events::UserId{events::numbered_id(Table::workflow_manager_users, number)});
}

std::optional<events::UserId> person(Course& course, Values& values, std::string_view column) {
  const auto words = values.filled(column);
  if (!words) return std::nullopt;
  const auto number = number_in_words(*words);
  const auto found = number ? person(course, *number) : std::nullopt;
  if (!found) values.changed(column, "'" + *words + "' is nobody who was brought: left empty");
  return found;
}

events::UserId needed_person(Course& course, Values& values, std::string_view column) {
  const auto number = values.integer(column);
  const auto found = number ? person(course, *number) : std::nullopt;
  if (!found) values.leave_out(column, "the person was left out or is not there");
  return found.value_or(events::UserId{});
}

WorkspaceId team_or_home(Course& course, Values& values, std::string_view team_column, const events::UserId& person) {
  if (const auto team = number_ref(values, Table::workflow_manager_teams, team_column)) return place_of(course.sink, values, team, team_column);
  const auto home = course.homes.find(person);
  if (home == course.homes.end()) values.leave_out(team_column, "it is in no team, and its person has no workspace of their own");
  return home == course.homes.end() ? WorkspaceId{} : home->second;
}

std::optional<events::execution::Usage> tokens_in(Values& values, std::string_view column) {
  const auto value = values.json(column);
  if (!value || value->text == "null") return std::nullopt;
  const auto members = members_of(*value);
  events::execution::Usage usage{};
  if (members) {
    usage.input = integer_member(*members, {"promptTokens", "prompt_tokens"});
    usage.output = integer_member(*members, {"completionTokens", "completion_tokens"});
    const auto all = integer_member(*members, {"totalTokens", "total_tokens"});
    const auto rest = all.value_or(0) - usage.input.value_or(0) - usage.output.value_or(0);
    if (all && rest > 0) usage.unsplit = rest;
  }
  if (events::execution::tokens_of(usage)) return usage;
  if (value->text != "{}") values.changed(column, "no count of tokens is in it: left empty");
  return std::nullopt;
}

text::Instant last_change(Values& values, std::string_view column, text::Instant created_at) {
  return std::max(created_at, values.time(column).value_or(created_at));
}

std::string_view either(const Values& values, std::string_view snake, std::string_view camel) { return values.has(snake) ? snake : camel; }

namespace {

// Search is made of what was brought.
void pass_over_search(Course& course) {
  constexpr std::string_view table = "search_indexes";
  if (!course.source.has(table)) return;
  course.sink.report().of(table).read += course.source.count(table);
  course.sink.report().note({FindingKind::changed, std::string(table), "", "", "not brought: what is searched is made anew of what was brought"});
}

void bring_all(Source& source, Sink& sink) {
  Course course{source, sink, {}, {}, {}, {}};
  bring_users(course);
  bring_teams(course);
  bring_skills(course);
  bring_templates(course);
  bring_projects(course);
  bring_tasks(course);
  bring_executions(course);
  bring_comments(course);
  bring_time_entries(course);
  bring_automations(course);
  bring_webhooks(course);
  bring_integrations(course);
  bring_ai_providers(course);
  bring_notifications(course);
  bring_activities(course);
  close_tasks(course);
  close_projects(course);
  close_teams(course);
  pass_over_search(course);
}

}  // namespace
}  // namespace workflow_manager

Model workflow_manager_model() {
  return {"workflow_manager",
          {"users", "teams", "team_members", "skills", "skill_tags", "templates", "template_tasks", "projects", "project_members",
           "tasks", "task_watchers", "task_suggested_skills", "task_executions", "comments", "time_entries", "automations", "webhooks",
           "integrations", "ai_provider_configs", "notifications", "activities", "search_indexes"},
          workflow_manager::bring_all};
}

}  // namespace daybook::importer::models
