// People come first, since everything else is in somebody's name.
#include <set>

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/user/user.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "compose/daybook/import/models/things.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::importer::models {
namespace {

namespace user = events::user;
using events::Personal;

constexpr std::size_t people_asked_max = 200;   // in one question
constexpr std::size_t spare_characters = 6, personal_slug_characters = 8;

struct Known {
  events::UserId id{};
  std::string email;
};

// Who of them is here: under their own id, which an earlier run brought, or under their address.
void ask_about(Sink& sink, const std::vector<Known>& people) {
  if (people.empty()) return;
  std::vector<std::pair<events::UserId, events::UserId>> here;
  sink.ask([&](log::Settling& settling) {
    here.clear();
    for (const auto& person : people) {
      const auto own = settling.reference(events::stream_of(person.id));
      const auto by_email = settling.claimed_personal(domain::scope::email, person.email);
      if (!own && by_email) here.emplace_back(person.id, events::UserId{by_email->value});
    }
  });
  for (const auto& [theirs, ours] : here) {
    sink.people().is_here_as(theirs, ours);
    sink.places().put(ours.value, {});
  }
}

std::optional<Personal> personal(const std::optional<std::string>& words) {
  if (!words) return std::nullopt;
  return Personal(*words);
}

// Hexadecimal digits that follow from the id, where a name that is taken needs an end of its own.
user::Registered registered(const NewPerson& person, events::WorkspaceId home) {
  user::Registered event{};
  event.email = Personal(person.email);
  event.full_name = personal(person.full_name);
  event.password_hash = personal(person.password_hash);
  event.status = person.status;
  event.role = person.role;
  if (person.timezone) event.timezone = *person.timezone;
  if (person.locale) event.locale = *person.locale;
  event.home_workspace_id = home;
  return event;
}

std::string free_username(const NewPerson& person, log::Settling& settling, Told& told) {
  const auto name = domain::first_free(person.username, "-", spare_of(person.id.value, spare_characters), [&](const std::string& candidate) {
    return settling.claimed_personal(domain::scope::username, candidate).has_value();
  });
  if (name != person.username) told.changed("username", "'" + person.username + "' is taken: '" + name + "' stands for it");
  return name;
}

// Somebody and the workspace that everybody is born with.
Say birth(Sink& sink, const NewPerson& person) {
  const auto of = person.id.text();
  const events::WorkspaceId home{sink.named("home of " + of)};
  const events::MemberId membership{sink.named("membership at home of " + of)};
  return [person, home, membership](log::Settling& settling, Told& told) -> domain::Result<void> {
    auto born = registered(person, home);
    born.username = Personal(free_username(person, settling, told));
    events::workspace::Created place{};
    place.name = "Personal";
    place.slug = "p-" + spare_of(home.value, personal_slug_characters);
    place.owner_id = person.id;
    place.is_personal = true;
    if (auto said = settling.append<domain::User>(events::stream_of(person.id), std::nullopt, {born}); !said) return said;
    return settling.append<domain::Workspace>(
        events::stream_of(home), home,
        {place, events::workspace::MemberJoined{membership, person.id, events::workspace::MemberRole::owner}});
  };
}

// What a registration does not say. The name is the one that was free then.
domain::Result<void> say_profile(const NewPerson& person, log::Settling& settling) {
  const auto stream = events::stream_of(person.id);
  std::vector<user::Event> more;
  if (person.avatar || person.preferences || person.onboarding_completed.value_or(false)) {
    const auto born = settling.load<domain::User>(stream);
    more.push_back(user::ProfileChanged{born.username, born.full_name, personal(person.avatar), person.preferences, born.timezone, born.locale,
                                        person.onboarding_completed.value_or(false)});
  }
  if (person.google_id) more.push_back(user::ExternalAccountLinked{user::ExternalProvider::google, Personal(*person.google_id)});
  if (person.email_verified) more.push_back(user::EmailVerified{});
  if (person.is_superuser) more.push_back(user::SuperuserGranted{});
  return settling.append<domain::User>(stream, std::nullopt, more);
}

// Kept under our rules where that takes no more than a cut; an address that is none leaves the person out.
void check(Values& values, NewPerson& person) {
  if (const auto refused = domain::Email::rule(person.email)) values.leave_out("email", "no e-mail address: " + std::string(refused->detail));
  if (!domain::Username::rule(person.username)) return;
  const auto other = person.email.substr(0, person.email.rfind('@'));
  values.changed("username", "no name that can be kept: '" + other + "' stands for it");
  person.username = other;
}

}  // namespace

void find_people(Source& source, Sink& sink, std::string_view table, std::string_view email_column,
                 const std::function<events::UserId(Values&)>& id_of) {
  if (!source.has(table)) return;
  std::vector<Known> asked;
  std::map<std::string, events::UserId> by_email;
  source.read(table, {"id"}, [&](const SourceRow& row) {
    Values values(table, row);
    const Known person{id_of(values), values.text_or(email_column, "")};
    if (values.is_left_out() || person.email.empty()) return;
    sink.people().know(person.id);
    const auto [first, is_new] = by_email.try_emplace(text::fold_case(person.email), person.id);
    if (!is_new) return sink.people().is_here_as(person.id, sink.people().here(first->second));
    asked.push_back(person);
    if (asked.size() < people_asked_max) return;
    ask_about(sink, std::exchange(asked, {}));
  });
  ask_about(sink, asked);
}

void bring_person(Sink& sink, Values& values, NewPerson person) {
  if (sink.people().was_here(person.id)) {
    auto& counts = sink.report().of(values.table());
    ++counts.read;
    ++counts.already_there;
    values.changed("email", "somebody with this address is here already: " + sink.people().here(person.id).text() + " stands for " + person.id.text());
    for (const auto& finding : values.findings()) sink.report().note(finding);
    return;
  }
  check(values, person);
  const auto stream = events::stream_of(person.id);
  const auto self = user_actor(person.id);
  Row row(values);
  row.stream(stream).say(person.created_at, self, birth(sink, person));
  row.say(person.updated_at, self, [person](log::Settling& settling, Told&) { return say_profile(person, settling); });
  if (person.deleted_at) row.say<domain::User>(stream, std::nullopt, *person.deleted_at, self, {user::Deleted{}});
  row.say<domain::User>(stream, std::nullopt, person.updated_at, nobody(), {user::BroughtForward{person.last_active_at}});
  sink.bring(std::move(row));
}

std::optional<events::UserId> person_in(Sink& sink, Values& values, std::string_view column,
                                        const std::function<std::optional<events::UserId>(const std::string&)>& id_of) {
  const auto words = values.filled(column);
  if (!words) return std::nullopt;
  const auto theirs = id_of(*words);
  if (theirs && sink.people().is_known(*theirs)) return sink.people().here(*theirs);
  values.changed(column, "'" + *words + "' is nobody among the people of this database: left empty");
  return std::nullopt;
}

}  // namespace daybook::importer::models
