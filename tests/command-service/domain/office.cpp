#include "tests/command-service/domain/office.hpp"

namespace daybook::domain {

events::user::Registered Office::registered(const std::string& name) {
  events::user::Registered event{};
  event.email = events::Personal(name + "@example.org");
  event.username = events::Personal(name);
  event.password_hash = events::Personal("hash of " + name);
  return event;
}

events::issue::Opened Office::opened(std::int64_t number, const std::string& prefix) {
  events::issue::Opened event{};
  event.number = number;
  event.identifier = prefix + "-" + std::to_string(number);
  event.title = "Issue " + std::to_string(number);
  return event;
}

void Office::SetUp() {
  user(olga).given(registered("olga"));
  user(ada).given(registered("ada"));
  user(max).given(registered("max"));
  user(vic).given(registered("vic"));
  user(nora).given(registered("nora"));
  events::workspace::Created created{};
  created.name = "Acme";
  created.slug = "acme";
  created.issue_prefix = "ABC";
  created.owner_id = olga;
  using Joined = events::workspace::MemberJoined;
  workspace().as(olga).given(created, Joined{id_of<events::MemberId>(101), olga, MemberRole::owner},
                             Joined{id_of<events::MemberId>(102), ada, MemberRole::admin},
                             Joined{id_of<events::MemberId>(103), max, MemberRole::member},
                             Joined{id_of<events::MemberId>(104), vic, MemberRole::viewer},
                             events::workspace::LabelDefined{urgent, "Urgent", "#ff0000", std::nullopt});
  created.slug = "other";
  created.owner_id = nora;
  spec<Workspace>(other, other)
      .as(nora)
      .given(created, Joined{id_of<events::MemberId>(105), nora, MemberRole::owner});
  events::project::Created project_created{};
  project_created.key = "PAY";
  project_created.name = "Payments";
  project_created.owner_id = max;
  project(payments).as(max).given(project_created);
  spec<Project>(foreign_project, other).as(nora).given(project_created);
  issue(first).as(max).given(opened(1));
  issue(second).as(max).given(opened(2));
  issue(third).as(max).given(opened(3));
  spec<Issue>(foreign_issue, other).as(nora).given(opened(1));
  events::agent::Registered agent_registered{};
  agent_registered.name = "Robot";
  agent(robot).as(max).given(agent_registered);
}

}  // namespace daybook::domain
