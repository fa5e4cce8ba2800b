#include "tests/command-service/domain/office.hpp"

namespace daybook::testing {
template class DeciderSpec<domain::User>;
template class DeciderSpec<domain::Workspace>;
template class DeciderSpec<domain::Project>;
template class DeciderSpec<domain::Issue>;
template class DeciderSpec<domain::Comment>;
template class DeciderSpec<domain::Agent>;
template class DeciderSpec<domain::Document>;
template class DeciderSpec<domain::Skill>;
template class DeciderSpec<domain::Template>;
}  // namespace daybook::testing

namespace daybook::domain {

CommandContext Office::context() const {
  CommandContext context{};
  context.now = text::Instant{std::chrono::seconds{1'800'000'000}};
  context.fresh_id = id_of<events::LabelId>(999).value;
  context.spare = "x7k2p9";
  return context;
}

testing::DeciderSpec<User> Office::user(events::UserId id) { return spec<User>(id, std::nullopt).as(id); }
testing::DeciderSpec<Workspace> Office::workspace() { return spec<Workspace>(acme, acme); }
testing::DeciderSpec<Project> Office::project(events::ProjectId id) { return spec<Project>(id, acme); }
testing::DeciderSpec<Issue> Office::issue(events::IssueId id) { return spec<Issue>(id, acme); }
testing::DeciderSpec<Comment> Office::comment(events::CommentId id) { return spec<Comment>(id, acme); }
testing::DeciderSpec<Agent> Office::agent(events::AgentId id) { return spec<Agent>(id, acme); }
testing::DeciderSpec<Document> Office::document(events::DocumentId id) { return spec<Document>(id, acme); }
testing::DeciderSpec<Skill> Office::skill(events::SkillId id) { return spec<Skill>(id, acme); }
testing::DeciderSpec<Template> Office::template_of(events::TemplateId id) { return spec<Template>(id, acme); }

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
