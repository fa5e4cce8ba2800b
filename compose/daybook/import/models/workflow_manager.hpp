#pragma once
// AI Workflow Manager: integer keys, columns in camelCase, but for the tables that its documents only name. One file an area; each takes
// the tables in which nothing lies that another one before it needs.
#include <unordered_map>
#include <unordered_set>

#include "compose/daybook/import/models/pieces.hpp"
#include "compose/daybook/import/models/things.hpp"

namespace daybook::importer::models::workflow_manager {

using Table = events::NumberedTable;
using events::WorkspaceId;

// What the entries and runs of a task say by themselves, and all of it that is brought forward: what lies in a project adds up to it.
struct Figures {
  std::int64_t seconds = 0;
  events::execution::Usage tokens{};
  events::Decimal cost{};
};

// One import on its way through the tables.
struct Course {
  Source& source;
  Sink& sink;
  std::unordered_map<events::UserId, WorkspaceId> homes;      // the personal workspaces, by who people are here
  std::unordered_map<text::Uuid, Figures> tasks, projects;
  std::vector<WorkspaceId> teams;                             // in the order of their numbers
};

// ---- ids in lists and columns ----
std::optional<std::int64_t> number_in_words(const std::string& words);
std::optional<events::UserId> person(Course& course, std::int64_t number);
std::optional<events::UserId> person(Course& course, Values& values, std::string_view column);
// Who has to be there: without them the row is left out.
events::UserId needed_person(Course& course, Values& values, std::string_view column);
// The workspace of the team, else that of the person's own.
WorkspaceId team_or_home(Course& course, Values& values, std::string_view team_column, const events::UserId& person);
// {"promptTokens":…,"completionTokens":…,"totalTokens":…}; what is in the total alone is of no known kind.
std::optional<events::execution::Usage> tokens_in(Values& values, std::string_view column);
// When it changed last; it was not before it was made.
text::Instant last_change(Values& values, std::string_view column, text::Instant created_at);
// Columns of the tables that are only named, as the documents write them or as the other tables do.
std::string_view either(const Values& values, std::string_view snake, std::string_view camel);

// ---- people ----
void bring_users(Course& course);
void bring_teams(Course& course);        // with their members
void close_teams(Course& course);
// ---- market ----
void bring_skills(Course& course);
void bring_templates(Course& course);
// ---- work ----
void bring_projects(Course& course);     // with their members
void bring_tasks(Course& course);        // with watchers and suggested skills
void bring_executions(Course& course);
void bring_comments(Course& course);
void bring_time_entries(Course& course);
void close_tasks(Course& course);
void close_projects(Course& course);
// ---- records ----
void bring_automations(Course& course);
void bring_webhooks(Course& course);
void bring_integrations(Course& course);
void bring_ai_providers(Course& course);
void bring_notifications(Course& course);
void bring_activities(Course& course);

}  // namespace daybook::importer::models::workflow_manager
