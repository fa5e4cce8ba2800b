// Users with the workspace of their own, teams and who is in them.
#include <algorithm>

#include "command-service/domain/user/user.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "compose/daybook/import/models/workflow_manager.hpp"

namespace daybook::importer::models::workflow_manager {
namespace {

using domain::User;
using domain::Workspace;
using events::workspace::MemberRole;
namespace ws = events::workspace;

constexpr std::size_t asked_at_once_max = 500;   // people, of whose homes the log is asked

const WordPairs member_roles{{"administrator", "admin"}, {"guest", "viewer"}};

// Its editor says `autoSave` where ours says `auto_save`, and so on.
events::Json renamed(const events::Json& object, std::initializer_list<WordPair> names) {
  const auto members = members_of(object);
  if (!members) return object;
  Members out;
  for (const auto& [name, value] : *members) {
    auto ours = name;
    for (const auto& pair : names)
      if (pair.theirs == name) ours = pair.ours;
    out.emplace(std::move(ours), value);
  }
  return out == *members ? object : object_of(out);
}

std::optional<events::Json> preferences_in(Values& values) {
  const auto sent = object_in(values, "preferences");
  auto ours = renamed(sent, {{"defaultAI", "default_ai"}, {"defaultAi", "default_ai"}});
  auto members = members_of(ours);
  if (!members || members->empty()) return std::nullopt;
  if (const auto editor = members->find("editor"); editor != members->end()) {
    auto theirs = renamed(editor->second, {{"autoSave", "auto_save"}, {"fontSize", "font_size"}, {"keyBindings", "key_bindings"}});
    if (theirs == editor->second) return ours;
    editor->second = std::move(theirs);
    ours = object_of(*members);
  }
  return ours;
}

NewPerson person_of(Values& values) {
  NewPerson person{};
  person.id = events::UserId{own_number(values, Table::workflow_manager_users)};
  person.email = values.required_text("email");
  person.username = person.email.substr(0, person.email.rfind('@'));
  person.full_name = values.filled("name");
  person.google_id = values.filled("googleId");
  person.avatar = values.filled("avatar");
  person.role = values.word("role", events::user::Role::member, {{"owner", "admin"}});
  person.preferences = preferences_in(values);
  person.timezone = values.filled("timezone");
  person.locale = values.filled("locale");
  person.onboarding_completed = values.boolean("onboardingCompleted");
  person.last_active_at = values.time("lastActiveAt");
  person.created_at = values.required_time("createdAt");
  person.updated_at = last_change(values, "updatedAt", person.created_at);
  return person;
}

// In a dry run nobody is there yet, and has the home that they would be born with.
void find_homes(Course& course, const std::vector<events::UserId>& people) {
  for (std::size_t from = 0; from < people.size(); from += asked_at_once_max) {
    const auto to = std::min(people.size(), from + asked_at_once_max);
    course.sink.ask([&](log::Settling& settling) {
      for (auto i = from; i < to; ++i) {
        const auto& user = settling.load<User>(events::stream_of(people[i]));
        course.homes[people[i]] = user.version.value > 0 ? user.home_workspace_id : WorkspaceId{course.sink.named("home of " + people[i].text())};
      }
    });
    for (auto i = from; i < to; ++i) course.sink.places().put(course.homes[people[i]].value, course.homes[people[i]]);
  }
}

// A membership that may make somebody the owner of their team.
struct Lead {
  std::int64_t member = 0;
  events::UserId user{};
  bool is_admin = false;
};

// Of each team the admin whose membership has the lowest id; where nobody is one, whoever imports owns it, and where they are not
// named, the first of its members.
std::unordered_map<text::Uuid, Lead> leads(Course& course) {
  std::unordered_map<text::Uuid, Lead> first;
  read_all(course.source, "team_members", [&](Values& values) {
    const auto team = number_ref(values, Table::workflow_manager_teams, either(values, "team_id", "teamId"));
    const auto member = values.integer("id");
    const auto user = person(course, values, either(values, "user_id", "userId"));
    if (!team || !member || !user) return;
    const auto role = values.word("role", MemberRole::member, member_roles);
    const Lead lead{*member, *user, role == MemberRole::admin || role == MemberRole::owner};
    const auto [found, is_new] = first.emplace(*team, lead);
    if (!is_new && lead.is_admin && !found->second.is_admin) found->second = lead;
  });
  if (course.sink.importer()) std::erase_if(first, [](const auto& lead) { return !lead.second.is_admin; });
  return first;
}

// The address that bills go to is sealed as any person's is. What else a command would refuse, a budget that is no amount, stays as it was.
std::optional<ws::BillingChanged> billing_in(Values& values) {
  auto members = members_of(object_in(values, "billingInfo"));
  if (!members || members->empty()) return std::nullopt;
  const auto address = text_member(*members, {ws::billing_email_member});
  if (members->count(ws::billing_email_member) == 0) return ws::BillingChanged{values.json("billingInfo"), std::nullopt};
  if (!address || domain::Email::rule(*address)) {
    if (member(*members, {ws::billing_email_member}) != nullptr) values.changed("billingInfo", "billingEmail is left out: no e-mail address");
    members->erase(ws::billing_email_member);
  }
  domain::FieldRefusals not_asked;
  return domain::workspace::billing_said(object_of(*members), false, not_asked);
}

NewWorkspace team_of(Values& values, events::UserId owner, bool owner_joins) {
  NewWorkspace team{};
  team.id = WorkspaceId{own_number(values, Table::workflow_manager_teams)};
  team.name = values.required_text("name");
  team.slug = values.filled("slug");
  team.description = values.filled("description");
  const auto settings = object_in(values, "settings");
  if (settings.text != "{}") team.settings = settings;
  team.owner = owner;
  team.owner_joins = owner_joins;
  const auto plan = values.word("plan", ws::PlanType::free, {{"team", "pro"}, {"business", "pro"}});
  if (plan != ws::PlanType::free) team.more.push_back(ws::PlanChanged{plan, std::nullopt, std::nullopt});
  if (auto billing = billing_in(values)) team.more.push_back(std::move(*billing));
  team.created_at = values.required_time("createdAt");
  team.updated_at = last_change(values, "updatedAt", team.created_at);
  return team;
}

void bring_members(Course& course, const std::unordered_map<text::Uuid, Lead>& owners) {
  read_all(course.source, "team_members", [&](Values& values) {
    NewMember member{};
    member.id = events::MemberId{own_number(values, Table::workflow_manager_team_members)};
    const auto team_column = either(values, "team_id", "teamId");
    const auto team = number_ref(values, Table::workflow_manager_teams, team_column);
    member.workspace = place_of(course.sink, values, team, team_column);
    member.user = needed_person(course, values, either(values, "user_id", "userId"));
    member.role = values.word("role", MemberRole::member, member_roles);
    const auto owner = team ? owners.find(*team) : owners.end();
    if (owner != owners.end() && values.integer("id") == owner->second.member) member.role = MemberRole::owner;
    else if (member.role == MemberRole::owner) member.role = MemberRole::admin;
    auto permissions = object_in(values, "permissions");
    if (permissions.text != "{}") member.more.push_back(ws::MemberPermissionsChanged{member.id, member.user, std::move(permissions)});
    member.created_at = values.time(either(values, "joined_at", "joinedAt")).value_or(values.required_time(either(values, "created_at", "createdAt")));
    member.updated_at = last_change(values, either(values, "updated_at", "updatedAt"), member.created_at);
    bring_member(course.sink, values, std::move(member));
  });
}

}  // namespace

void bring_users(Course& course) {
  find_people(course.source, course.sink, "users", "email",
              [](Values& values) { return events::UserId{own_number(values, Table::workflow_manager_users)}; });
  std::vector<events::UserId> people;
  read_all(course.source, "users", [&](Values& values) {
    auto person = person_of(values);
    const auto theirs = person.id;
    bring_person(course.sink, values, std::move(person));
    if (const auto here = known_person(course.sink, theirs)) people.push_back(*here);
  });
  find_homes(course, people);
}

void bring_teams(Course& course) {
  if (!course.source.has("teams")) return;
  const auto owners = leads(course);
  read_all(course.source, "teams", [&](Values& values) {
    const auto team = own_number(values, Table::workflow_manager_teams);
    const auto owner = owners.find(team);
    const bool is_led = owner != owners.end();
    const auto otherwise = course.sink.importer().value_or(events::UserId{});
    bring_workspace(course.sink, values, team_of(values, is_led ? owner->second.user : otherwise, !is_led));
    if (course.sink.places().has(team)) course.teams.push_back(WorkspaceId{team});
  });
  bring_members(course, owners);
}

// Members came in after the team changed last.
void close_teams(Course& course) {
  read_all(course.source, "teams", [&](Values& values) {
    const WorkspaceId team{own_number(values, Table::workflow_manager_teams)};
    const auto at = last_change(values, "updatedAt", values.required_time("createdAt"));
    Row end(values);
    end.closing(events::stream_of(team)).say<Workspace>(events::stream_of(team), team, at, nobody(), {ws::BroughtForward{}});
    course.sink.bring(std::move(end));
  });
}

}  // namespace daybook::importer::models::workflow_manager
