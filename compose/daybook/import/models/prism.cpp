// The prism model: people, organizations, their members, projects.
#include "compose/daybook/import/models/prism.hpp"

#include <set>

#include "command-service/domain/project/project.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "compose/daybook/import/models/each_model.hpp"

namespace daybook::importer::models {
namespace prism {

std::optional<events::UserId> user_in(Sink& sink, Values& values, std::string_view column) {
  return person_in(sink, values, column, [&](const std::string& words) { return std::optional(events::UserId{uuid_of(sink, "users", words)}); });
}

Project project_in(Sink& sink, Values& values) {
  const auto id = number_ref(values, Table::prism_projects, "project_id");
  const auto place = id ? sink.places().of(*id) : std::nullopt;
  if (!place) values.leave_out("project_id", "no project that was brought");
  return {events::ProjectId{id.value_or(text::Uuid{})}, place.value_or(events::WorkspaceId{})};
}

std::optional<text::Instant> deleted_at(Values& values) { return values.time("deleted_at"); }

namespace {

namespace project = events::project;
using events::workspace::MemberRole;

const WordPairs user_status_words{{"suspended", "inactive"}, {"disabled", "inactive"}, {"locked", "inactive"}, {"pending_verification", "pending"}};
const WordPairs role_words{{"user", "member"}, {"editor", "member"}, {"developer", "member"}, {"guest", "viewer"}, {"administrator", "admin"}};
const WordPairs project_status_words{{"planned", "planning"}, {"draft", "planning"}, {"paused", "on_hold"}, {"archived", "active"}, {"canceled", "cancelled"}};

void bring_users(Source& source, Sink& sink) {
  find_people(source, sink, "users", "email", [&](Values& values) { return events::UserId{own_uuid(sink, values)}; });
  source.read("users", {"created_at", "id"}, [&](const SourceRow& row) {
    Values values("users", row);
    NewPerson person{};
    person.id = events::UserId{own_uuid(sink, values)};
    person.email = values.required_text("email");
    person.username = values.text_or("username", "");
    person.password_hash = values.filled("password_hash");
    person.full_name = values.filled("full_name");
    person.status = values.word("status", events::user::Status::active, user_status_words);
    person.email_verified = values.boolean("email_verified").value_or(false);
    person.created_at = values.required_time("created_at");
    person.updated_at = values.time("updated_at").value_or(person.created_at);
    person.deleted_at = prism::deleted_at(values);
    bring_person(sink, values, std::move(person));
  });
}

// Owner of each organization, and whether a row of members is theirs.
struct Owner {
  events::UserId user{};
  bool has_row = false;
};
using Owners = std::map<text::Uuid, Owner>;

Owners owners(Source& source, Sink& sink) {
  Owners found;
  source.read("organizations", {"id"}, [&](const SourceRow& row) {
    Values values("organizations", row);
    const auto id = own_number(values, Table::prism_organizations);
    const auto owner = user_in(sink, values, "owner_id");
    if (const auto user = owner ? owner : sink.importer()) found[id] = {*user, false};
  });
  if (!source.has("organization_members")) return found;
  source.read("organization_members", {"id"}, [&](const SourceRow& row) {
    Values values("organization_members", row);
    const auto of = number_ref(values, Table::prism_organizations, "organization_id");
    const auto user = user_in(sink, values, "user_id");
    const auto place = of ? found.find(*of) : found.end();
    if (place != found.end() && user == place->second.user) place->second.has_row = true;
  });
  return found;
}

void bring_organizations(Source& source, Sink& sink, const Owners& owners) {
  source.read("organizations", {"id"}, [&](const SourceRow& row) {
    Values values("organizations", row);
    NewWorkspace place{};
    place.id = events::WorkspaceId{own_number(values, Table::prism_organizations)};
    place.name = values.required_text("name");
    place.slug = values.filled("slug");
    place.settings = values.json("settings");
    if (const auto owner = owners.find(place.id.value); owner != owners.end()) {
      place.owner = owner->second.user;
      place.owner_joins = !owner->second.has_row;
    }
    place.created_at = values.required_time("created_at");
    place.updated_at = values.time("updated_at").value_or(place.created_at);
    bring_workspace(sink, values, std::move(place));
  });
}

void bring_members(Source& source, Sink& sink, const Owners& owners) {
  source.read("organization_members", {"id"}, [&](const SourceRow& row) {
    Values values("organization_members", row);
    NewMember member{};
    member.id = events::MemberId{own_number(values, Table::prism_organization_members)};
    member.workspace = events::WorkspaceId{number_ref(values, Table::prism_organizations, "organization_id").value_or(text::Uuid{})};
    member.user = user_in(sink, values, "user_id").value_or(events::UserId{});
    member.role = values.word("role", MemberRole::member, role_words);
    const auto owner = owners.find(member.workspace.value);
    if (owner != owners.end() && owner->second.user == member.user) member.role = MemberRole::owner;
    member.created_at = values.required_time("joined_at");
    member.updated_at = member.created_at;
    bring_member(sink, values, std::move(member));
  });
}

void bring_projects(Source& source, Sink& sink) {
  source.read("projects", {"id"}, [&](const SourceRow& row) {
    Values values("projects", row);
    const events::ProjectId id{own_number(values, Table::prism_projects)};
    const events::WorkspaceId place{number_ref(values, Table::prism_organizations, "organization_id").value_or(text::Uuid{})};
    const auto key = values.filled("key");
    project::Created created{};
    created.name = values.required_text("name");
    created.description = values.text("description");
    created.status = values.word("status", project::Status::active, project_status_words);
    if (values.filled("status") == "archived") created.is_archived = true;
    created.owner_id = user_in(sink, values, "owner_id");
    created.start_date = values.date("start_date");
    created.end_date = values.date("end_date");
    const auto at = values.required_time("created_at");
    const auto updated_at = values.time("updated_at").value_or(at);
    const auto stream = events::stream_of(id);
    const auto by = user_actor(created.owner_id);
    Row brought(values);
    brought.stream(stream).in(place).needs(place, "organization_id");
    brought.say(at, by, [id, place, created, key](log::Settling& settling, Told& told) -> domain::Result<void> {
      auto keyed = created;
      keyed.key = free_project_key(place, id, key, created.name, settling, told);
      return settling.append<domain::Project>(events::stream_of(id), place, {keyed});
    });
    if (const auto gone = prism::deleted_at(values)) brought.say<domain::Project>(stream, place, *gone, by, {project::Deleted{}});
    brought.say<domain::Project>(stream, place, updated_at, by, {project::BroughtForward{}});
    sink.bring(std::move(brought));
  });
}

// Sessions are signed-in browsers there, not here: nobody could use what is left of them.
void leave_out_sessions(Source& source, Sink& sink) {
  const auto count = source.count("user_sessions");
  auto& counts = sink.report().of("user_sessions");
  counts.read += count;
  counts.left_out += count;
  if (count > 0) sink.report().note({FindingKind::left_out, "user_sessions", "", "", "sessions end with the system they were begun in: everybody signs in anew"});
}

void bring_all(Source& source, Sink& sink) {
  if (source.has("users")) bring_users(source, sink);
  if (source.has("organizations")) {
    const auto owner_of = owners(source, sink);
    bring_organizations(source, sink, owner_of);
    if (source.has("organization_members")) bring_members(source, sink, owner_of);
  }
  if (source.has("projects")) bring_projects(source, sink);
  bring_planned(source, sink);
  bring_written(source, sink);
  if (source.has("user_sessions")) leave_out_sessions(source, sink);
}

}  // namespace
}  // namespace prism

Model prism_model() {
  return {"prism",
          {"users", "organizations", "organization_members", "projects", "sprints", "epics", "stories", "documents", "ai_generations",
           "user_sessions"},
          prism::bring_all};
}

}  // namespace daybook::importer::models
