// Users, the tenants they are at home in, and what they are there.
#include <algorithm>

#include "command-service/domain/user/user.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "compose/daybook/import/models/agent_factory.hpp"
#include "events/plan/limits.hpp"

namespace daybook::importer::models::agent_factory {
namespace {

using domain::User;
using domain::Workspace;
using events::workspace::MemberRole;
namespace us = events::user;
namespace ws = events::workspace;

events::UserId own_id(Course& course, Values& values) { return events::UserId{own_uuid(course.sink, values)}; }

NewPerson person_of(Course& course, Values& values) {
  NewPerson person{};
  person.id = own_id(course, values);
  person.email = values.required_text("email");
  person.username = values.filled("username").value_or(person.email.substr(0, person.email.rfind('@')));
  person.full_name = values.filled("full_name");
  person.password_hash = values.filled(named(values, {"hashed_password", "password_hash"}));
  person.is_superuser = values.boolean("is_superuser").value_or(false);
  if (!values.boolean("is_active").value_or(true)) person.status = us::Status::inactive;
  person.created_at = values.required_time("created_at");
  person.updated_at = last_change(values, person.created_at);
  return person;
}

std::vector<std::string> roles_in(Values& values) {
  auto roles = values.texts("roles").value_or(std::vector<std::string>{});
  for (auto& role : roles) role = lower(std::move(role));
  return roles;
}

bool has(const std::vector<std::string>& roles, std::string_view role) { return std::find(roles.begin(), roles.end(), role) != roles.end(); }

MemberRole role_of(const std::vector<std::string>& roles) {
  if (has(roles, "admin") || has(roles, "owner")) return MemberRole::admin;
  return roles == std::vector<std::string>{"viewer"} ? MemberRole::viewer : MemberRole::member;
}

// Who owns a tenant: its first superuser, else its first admin; else whoever imports, and where they are not named, its first user.
struct Candidate {
  events::UserId user{};
  int weight = 0;
};
std::unordered_map<text::Uuid, Candidate> owners(Course& course) {
  std::unordered_map<text::Uuid, Candidate> found;
  course.source.read("users", {"created_at", "id"}, [&](const SourceRow& row) {
    Values values("users", row);
    const auto tenant = uuid_in(course.sink, values, "tenant_id", "tenants");
    const auto here = known_person(course.sink, own_id(course, values));
    if (!tenant || !here) return;
    const int weight = values.boolean("is_superuser").value_or(false) ? 2 : role_of(roles_in(values)) == MemberRole::admin ? 1 : 0;
    const auto [first, is_new] = found.emplace(*tenant, Candidate{*here, weight});
    if (!is_new && weight > first->second.weight) first->second = {*here, weight};
  });
  if (course.sink.importer()) std::erase_if(found, [](const auto& candidate) { return candidate.second.weight == 0; });
  return found;
}

// What it does not name is not to be had: said as it stands, since that is what it means here too.
std::optional<events::Json> quota_in(Values& values) {
  const auto quota = values.json("resource_quota");
  if (!quota || quota->text == "null") return std::nullopt;
  if (events::plan::limits_in_quota(*quota)) return quota;
  values.changed("resource_quota", "no object of whole numbers from -1: left empty");
  return std::nullopt;
}

NewWorkspace tenant_in(Course& course, Values& values, events::UserId owner) {
  NewWorkspace tenant{};
  tenant.id = WorkspaceId{own_uuid(course.sink, values)};
  tenant.name = values.required_text("name");
  tenant.slug = values.filled("slug");
  tenant.owner = owner;
  const auto settings = values.json("settings");
  if (settings && members_of(*settings)) tenant.settings = settings;
  const auto plan = values.word("plan", ws::PlanType::free, {{"basic", "free"}, {"professional", "pro"}});
  if (plan != ws::PlanType::free) tenant.more.push_back(ws::PlanChanged{plan, std::nullopt, std::nullopt});
  if (auto quota = quota_in(values)) tenant.more.push_back(ws::QuotaChanged{std::move(quota)});
  if (!values.boolean("is_active").value_or(true)) tenant.more.push_back(ws::Suspended{std::nullopt});
  tenant.created_at = values.required_time("created_at");
  tenant.updated_at = last_change(values, tenant.created_at);
  return tenant;
}

// A list of names, or an object of names that are true or false.
std::optional<events::Json> permissions_in(Values& values) {
  const auto sent = values.json("permissions");
  if (!sent || sent->text == "null") return std::nullopt;
  Members granted;
  if (const auto names = items_of(*sent)) {
    for (const auto& name : *names)
      if (const auto words = text_of(name)) granted.emplace(*words, events::Json{"true"});
  } else if (const auto members = members_of(*sent)) {
    granted = *members;
  } else {
    values.changed("permissions", "neither a list nor an object: left empty");
  }
  return granted.empty() ? std::nullopt : std::optional(object_of(granted));
}

void bring_membership(Course& course, Values& values, const std::unordered_map<text::Uuid, Candidate>& owners) {
  const auto theirs = own_id(course, values);
  const auto here = known_person(course.sink, theirs);
  const auto tenant = uuid_in(course.sink, values, "tenant_id", "tenants");
  if (!here || !tenant || !course.sink.places().has(*tenant)) return;
  course.tenants.emplace(*here, WorkspaceId{*tenant});
  const auto roles = roles_in(values);
  const auto owner = owners.find(*tenant);
  const bool is_owner = owner != owners.end() && owner->second.user == *here;
  const events::MemberId id{course.sink.named("membership of " + theirs.text())};
  const auto created_at = values.required_time("created_at");
  const auto at = last_change(values, created_at);
  std::vector<ws::Event> more;
  if (!roles.empty()) more.push_back(ws::MemberRolesChanged{id, *here, roles});
  if (auto permissions = permissions_in(values)) more.push_back(ws::MemberPermissionsChanged{id, *here, std::move(*permissions)});

  // It is no row of its own there: it is told as the end of the user's.
  const auto stream = events::StreamId{*tenant};
  const auto role = is_owner ? MemberRole::owner : role_of(roles);
  Row row(values);
  row.closing(events::stream_of(*here)).needs(stream, "tenant_id").there_when([stream, user = *here](log::Settling& settling) {
    return ws::find_member(settling.load<Workspace>(stream), user) != nullptr;
  });
  row.say<Workspace>(stream, WorkspaceId{*tenant}, created_at, user_actor(*here), {ws::MemberJoined{id, *here, role}});
  if (!more.empty()) row.say<Workspace>(stream, WorkspaceId{*tenant}, at, nobody(), std::move(more));
  course.sink.bring(std::move(row));
}

// Somebody who was here before stays at home where they are.
void bring_home(Course& course, Values& values) {
  const auto theirs = own_id(course, values);
  const auto here = known_person(course.sink, theirs);
  const auto tenant = uuid_in(course.sink, values, "tenant_id", "tenants");
  if (!here || course.sink.people().was_here(theirs)) return;
  if (!tenant || !course.sink.places().has(*tenant)) {
    if (tenant) course.sink.report().note({FindingKind::changed, values.table(), values.key(), "tenant_id", "the tenant was left out or is not there"});
    return;
  }
  const auto stream = events::stream_of(*here);
  const auto at = last_change(values, values.required_time("created_at"));
  Row row(values);
  row.closing(stream).say<User>(stream, std::nullopt, at, user_actor(*here), {us::HomeWorkspaceChanged{WorkspaceId{*tenant}}});
  course.sink.bring(std::move(row));
}

void bring_tenant(Course& course, Values& values, const std::unordered_map<text::Uuid, Candidate>& owners) {
  const auto id = uuid_in(course.sink, values, "id", "tenants");
  const auto owner = id ? owners.find(*id) : owners.end();
  const bool is_led = owner != owners.end();
  auto tenant = tenant_in(course, values, is_led ? owner->second.user : course.sink.importer().value_or(events::UserId{}));
  tenant.owner_joins = !is_led;
  bring_workspace(course.sink, values, std::move(tenant));
}

}  // namespace

void bring_people(Course& course) {
  find_people(course.source, course.sink, "users", "email", [&](Values& values) { return own_id(course, values); });
  read_all(course.source, "users", [&](Values& values) { bring_person(course.sink, values, person_of(course, values)); });
  if (!course.source.has("users") || !course.source.has("tenants")) return;
  const auto owned_by = owners(course);
  read_all(course.source, "tenants", [&](Values& values) { bring_tenant(course, values, owned_by); });
  // Of both, what was there before this import is known before what follows is told.
  course.sink.ask([](log::Settling&) {});
  read_all(course.source, "users", [&](Values& values) { bring_membership(course, values, owned_by); });
  read_all(course.source, "users", [&](Values& values) { bring_home(course, values); });
}

// Members came in, and subscriptions began, after a tenant changed last.
void close_people(Course& course) {
  read_all(course.source, "tenants", [&](Values& values) {
    const WorkspaceId tenant{own_uuid(course.sink, values)};
    const auto at = last_change(values, values.required_time("created_at"));
    Row end(values);
    end.closing(events::stream_of(tenant)).say<Workspace>(events::stream_of(tenant), tenant, at, nobody(), {ws::BroughtForward{}});
    course.sink.bring(std::move(end));
  });
}

}  // namespace daybook::importer::models::agent_factory
