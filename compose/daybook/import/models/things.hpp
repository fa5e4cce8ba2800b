#pragma once
// What every model has: people, workspaces with their members, ids, rows of activity. How those become rows of changes.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compose/daybook/import/models/run.hpp"
#include "events/issue/events.hpp"
#include "events/user/events.hpp"
#include "events/workspace/events.hpp"

namespace daybook::importer::models {

// ---- ids ----
// A UUID is kept as it is. Any other text becomes the id that follows from system, table and text; that is noted where `is_own` (a row's own key).
text::Uuid uuid_of(Sink& sink, std::string_view table, std::string_view words);
std::optional<text::Uuid> uuid_in(Sink& sink, Values& values, std::string_view column, std::string_view table_meant);
text::Uuid own_uuid(Sink& sink, Values& values, std::string_view column = "id");
// Of integer keys; 0 or more. `own_number` leaves the row out where there is none.
text::Uuid own_number(Values& values, events::NumberedTable table, std::string_view column = "id");
std::optional<text::Uuid> number_ref(Values& values, events::NumberedTable table, std::string_view column);
// What makes a taken name another's: hexadecimal digits that follow from the whole id, since ids of numbers all end alike.
std::string spare_of(const text::Uuid& id, std::size_t characters);

// ---- people ----
struct NewPerson {
  events::UserId id{};
  std::string email, username;
  std::optional<std::string> full_name, password_hash, avatar, google_id;
  std::optional<events::Json> preferences;
  std::optional<std::string> timezone, locale;
  std::optional<bool> onboarding_completed;
  events::user::Status status = events::user::Status::active;
  events::user::Role role = events::user::Role::member;
  bool email_verified = false, is_superuser = false;
  std::optional<text::Instant> last_active_at, deleted_at;
  text::Instant created_at{}, updated_at{};
};
// Reads everybody first and asks who is here already by their address; then `bring_person` for each, which reports who was.
void find_people(Source& source, Sink& sink, std::string_view table, std::string_view email_column,
                 const std::function<events::UserId(Values&)>& id_of);
void bring_person(Sink& sink, Values& values, NewPerson person);
// Somebody whom the source knows, as who they are here. Whoever is not among the people brought is nobody, noted.
std::optional<events::UserId> person_in(Sink& sink, Values& values, std::string_view column,
                                        const std::function<std::optional<events::UserId>(const std::string&)>& id_of);

// Whoever did something there: a person as who they are here, an agent that was brought, anybody else by their id alone.
Actor actor_in(Sink& sink, Values& values, std::string_view column);

// ---- workspaces ----
struct NewWorkspace {
  events::WorkspaceId id{};
  std::string name;
  std::optional<std::string> slug;                 // made from the name where there is none
  std::optional<std::string> description;
  std::optional<events::Json> settings;
  std::string issue_prefix = "ISSUE";
  events::UserId owner{};                          // as who they are here
  bool owner_joins = true;                         // false where a member's row of theirs says so
  std::vector<events::workspace::Event> more;      // in the owner's name at updated_at: plan, quota, billing, suspension, deletion last
  text::Instant created_at{}, updated_at{};
};
void bring_workspace(Sink& sink, Values& values, NewWorkspace workspace);

struct NewMember {
  events::MemberId id{};
  events::WorkspaceId workspace{};
  events::UserId user{};
  events::workspace::MemberRole role = events::workspace::MemberRole::member;
  std::vector<events::workspace::Event> more;      // roles, permissions
  text::Instant created_at{}, updated_at{};
};
// Two people of the source may be one here: their second membership is left out.
void bring_member(Sink& sink, Values& values, NewMember member);

// ---- projects and issues ----
// The first of a key's forms that is free in the workspace: as it was, else made from the name; noted where it had another.
std::string free_project_key(events::WorkspaceId workspace, events::ProjectId project, const std::optional<std::string>& wanted,
                             const std::string& name, log::Settling& settling, Told& told);
// Its number where it had one and that is not given yet, else the next; identifier and place follow from it.
void number_issue(events::WorkspaceId workspace, const std::optional<std::int64_t>& wanted, events::issue::Opened& opened, log::Settling& settling,
                  Told& told);
// Opens an issue, numbered as it is written, and says what it lies in; the caller adds what else it needs.
void open_issue(Row& row, events::IssueId id, events::WorkspaceId workspace, events::issue::Opened opened,
                const std::optional<std::int64_t>& number, text::Instant at, Actor by);

// ---- what was noted there ----
struct Noted {
  text::Uuid id{};
  std::optional<events::WorkspaceId> workspace;
  std::string entity_type, action;
  std::optional<text::Uuid> entity_id;
  std::string type;                                // of the event as their words have it; the action where empty
  Actor actor;
  std::optional<events::ProjectId> project_id;
  std::optional<events::IssueId> issue_id;
  std::optional<events::Json> details, changes;
  text::Instant at{};
};
void bring_activity(Sink& sink, Values& values, Noted noted);
// One entry in each workspace that anything was brought into: how many rows of which table.
void bring_summary(Sink& sink, events::WorkspaceId workspace, const std::map<std::string, std::int64_t>& counts);

}  // namespace daybook::importer::models
