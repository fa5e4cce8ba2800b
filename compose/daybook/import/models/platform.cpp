// The platform model: people, workspaces, members, projects, agents, labels, and what was noted. Issues and what hangs on them stand in
// platform_issues.cpp.
#include "compose/daybook/import/models/platform.hpp"

#include "command-service/domain/agent/agent.hpp"
#include "command-service/domain/project/project.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "compose/daybook/import/models/each_model.hpp"
#include "compose/daybook/import/models/things.hpp"

namespace daybook::importer::models {
namespace platform {
namespace {

namespace workspace = events::workspace;
using workspace::MemberRole;

const WordPairs agent_words{{"running", "working"}, {"inactive", "offline"}, {"failed", "error"}};

events::UserId user_of(Sink& sink, Values& values) { return events::UserId{own_uuid(sink, values)}; }

events::WorkspaceId workspace_in(Sink& sink, Values& values) {
  const auto id = uuid_in(sink, values, "workspace_id", "workspaces");
  if (!id) values.leave_out("workspace_id", "nothing stands there: it would lie nowhere");
  return events::WorkspaceId{id.value_or(text::Uuid{})};
}

void bring_users(Source& source, Sink& sink) {
  find_people(source, sink, "users", "email", [&](Values& values) { return user_of(sink, values); });
  source.read("users", {"created_at", "id"}, [&](const SourceRow& row) {
    Values values("users", row);
    NewPerson person{};
    person.id = user_of(sink, values);
    person.email = values.required_text("email");
    person.username = values.text_or("name", "");
    person.password_hash = values.filled("password_hash");
    person.created_at = values.required_time("created_at");
    person.updated_at = values.time("updated_at").value_or(person.created_at);
    bring_person(sink, values, std::move(person));
  });
}

// Who owns each workspace: its first owner, where it has none its first admin.
std::map<text::Uuid, events::UserId> owners(Source& source, Sink& sink) {
  std::map<text::Uuid, events::UserId> found;
  for (const auto wanted : {MemberRole::owner, MemberRole::admin})
    source.read("members", {"created_at", "id"}, [&](const SourceRow& row) {
      Values values("members", row);
      const auto place = uuid_in(sink, values, "workspace_id", "workspaces");
      const auto user = uuid_in(sink, values, "user_id", "users");
      if (!place || !user || values.word("role", MemberRole::member) != wanted) return;
      if (sink.people().is_known(events::UserId{*user})) found.try_emplace(*place, sink.people().here(events::UserId{*user}));
    });
  return found;
}

void bring_workspaces(Source& source, Sink& sink, const std::map<text::Uuid, events::UserId>& owners) {
  source.read("workspaces", {"created_at", "id"}, [&](const SourceRow& row) {
    Values values("workspaces", row);
    NewWorkspace place{};
    place.id = events::WorkspaceId{own_uuid(sink, values)};
    place.name = values.required_text("name");
    place.slug = values.filled("slug");
    place.description = values.text("description");
    place.settings = values.json("settings");
    place.issue_prefix = values.text_or("issue_prefix", "ISSUE");
    const auto owner = owners.find(place.id.value);
    place.owner_joins = owner == owners.end();
    place.owner = owner == owners.end() ? sink.importer().value_or(events::UserId{}) : owner->second;
    place.created_at = values.required_time("created_at");
    place.updated_at = values.time("updated_at").value_or(place.created_at);
    bring_workspace(sink, values, std::move(place));
  });
}

void bring_members(Source& source, Sink& sink, const std::map<text::Uuid, events::UserId>& owners) {
  source.read("members", {"created_at", "id"}, [&](const SourceRow& row) {
    Values values("members", row);
    NewMember member{};
    member.id = events::MemberId{own_uuid(sink, values)};
    member.workspace = workspace_in(sink, values);
    const auto user = uuid_in(sink, values, "user_id", "users");
    if (!user) values.leave_out("user_id", "nothing stands there: nobody would be a member");
    member.user = sink.people().here(events::UserId{user.value_or(text::Uuid{})});
    member.role = values.word("role", MemberRole::member);
    const auto owner = owners.find(member.workspace.value);
    if (owner != owners.end() && owner->second == member.user && member.role != MemberRole::owner) {
      values.changed("role", "nobody else owns the workspace: they do");
      member.role = MemberRole::owner;
    }
    member.created_at = values.required_time("created_at");
    member.updated_at = values.time("updated_at").value_or(member.created_at);
    bring_member(sink, values, std::move(member));
  });
}

void bring_projects(Source& source, Sink& sink) {
  source.read("projects", {"created_at", "id"}, [&](const SourceRow& row) {
    Values values("projects", row);
    const events::ProjectId id{own_uuid(sink, values)};
    const auto place = workspace_in(sink, values);
    events::project::Created created{};
    created.name = values.required_text("name");
    created.description = values.text("description");
    created.settings = values.json("settings");
    const auto at = values.required_time("created_at");
    const auto updated_at = values.time("updated_at").value_or(at);
    const auto stream = events::stream_of(id);
    Row brought(values);
    brought.stream(stream).in(place).needs(place, "workspace_id");
    brought.say(at, nobody(), [id, place, created](log::Settling& settling, Told& told) -> domain::Result<void> {
      auto keyed = created;
      keyed.key = free_project_key(place, id, std::nullopt, created.name, settling, told);
      return settling.append<domain::Project>(events::stream_of(id), place, {keyed});
    });
    brought.say<domain::Project>(stream, place, updated_at, nobody(), {events::project::BroughtForward{}});
    sink.bring(std::move(brought));
  });
}

void bring_agents(Source& source, Sink& sink) {
  source.read("agents", {"created_at", "id"}, [&](const SourceRow& row) {
    Values values("agents", row);
    const auto stream = events::StreamId{own_uuid(sink, values)};
    const auto place = workspace_in(sink, values);
    events::agent::Registered agent{};
    agent.name = values.required_text("name");
    agent.description = values.text("description");
    agent.config = values.json("config");
    agent.status = values.word("status", events::agent::Status::idle, agent_words);
    const auto at = values.required_time("created_at");
    Row brought(values);
    brought.stream(stream).needs(place, "workspace_id").say<domain::Agent>(stream, place, at, nobody(), {agent});
    brought.say<domain::Agent>(stream, place, values.time("updated_at").value_or(at), nobody(), {events::agent::BroughtForward{}});
    sink.bring(std::move(brought));
  });
}

void bring_labels(Source& source, Sink& sink) {
  source.read("issue_labels", {"created_at", "id"}, [&](const SourceRow& row) {
    Values values("issue_labels", row);
    const events::LabelId id{own_uuid(sink, values)};
    const auto place = workspace_in(sink, values);
    const auto name = values.required_text("name");
    const auto color = values.text_or("color", "#000000");
    const auto description = values.text("description");
    const auto at = values.required_time("created_at");
    const auto updated_at = values.time("updated_at").value_or(at);
    const auto stream = events::stream_of(place);
    Row brought(values);
    brought.needs(place, "workspace_id").there_when([stream, id](log::Settling& settling) {
      return workspace::find_part(settling.load<domain::Workspace>(stream), id) != nullptr;
    });
    brought.say<domain::Workspace>(stream, place, at, nobody(), {workspace::LabelDefined{id, name, color, description}});
    // As it was, said once more, tells when it was last changed.
    if (updated_at != at) brought.say<domain::Workspace>(stream, place, updated_at, nobody(), {workspace::LabelChanged{id, name, color, description}});
    if (sink.bring(std::move(brought))) sink.places().put(id.value, place);
  });
}

void bring_activity_logs(Source& source, Sink& sink) {
  source.read("activity_logs", {"created_at", "id"}, [&](const SourceRow& row) {
    Values values("activity_logs", row);
    Noted noted{};
    noted.id = own_uuid(sink, values);
    noted.workspace = workspace_in(sink, values);
    noted.entity_type = values.text_or("entity_type", "");
    noted.entity_id = uuid_in(sink, values, "entity_id", noted.entity_type + "s");
    noted.action = values.text_or("action", "");
    noted.actor = actor_in(sink, values, "actor_id");
    noted.details = values.json("details");
    noted.at = values.required_time("created_at");
    if (noted.entity_id && noted.entity_type == "issue") noted.issue_id = events::IssueId{*noted.entity_id};
    if (noted.entity_id && noted.entity_type == "project") noted.project_id = events::ProjectId{*noted.entity_id};
    bring_activity(sink, values, std::move(noted));
  });
}

void bring_all(Source& source, Sink& sink) {
  if (source.has("users")) bring_users(source, sink);
  const auto owner_of = source.has("members") ? owners(source, sink) : std::map<text::Uuid, events::UserId>{};
  if (source.has("workspaces")) bring_workspaces(source, sink, owner_of);
  if (source.has("members")) bring_members(source, sink, owner_of);
  if (source.has("projects")) bring_projects(source, sink);
  if (source.has("agents")) bring_agents(source, sink);
  if (source.has("issue_labels")) bring_labels(source, sink);
  bring_work(source, sink);
  if (source.has("activity_logs")) bring_activity_logs(source, sink);
}

}  // namespace
}  // namespace platform

Model platform_model() {
  return {"platform",
          {"users", "workspaces", "members", "projects", "agents", "issue_labels", "issues", "comments", "issue_label_links",
           "issue_dependencies", "activity_logs"},
          platform::bring_all};
}

}  // namespace daybook::importer::models
