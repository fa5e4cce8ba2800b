#pragma once
// The people and things most of these tests need: a workspace ABC with one of each role, a stranger, a
// project, a few issues and an agent.
#include "command-service/domain/agent/agent.hpp"
#include "command-service/domain/comment/comment.hpp"
#include "command-service/domain/core/address.hpp"
#include "command-service/domain/document/document.hpp"
#include "command-service/domain/issue/issue.hpp"
#include "command-service/domain/project/project.hpp"
#include "command-service/domain/skill/skill.hpp"
#include "command-service/domain/template/template.hpp"
#include "command-service/domain/user/user.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "tests/support/decider_spec.hpp"

namespace daybook::domain {

using testing::id_of;

class Office : public ::testing::Test {
 protected:
  const events::UserId olga = id_of<events::UserId>(1);  // owner
  const events::UserId ada = id_of<events::UserId>(2);   // admin
  const events::UserId max = id_of<events::UserId>(3);   // member
  const events::UserId vic = id_of<events::UserId>(4);   // viewer
  const events::UserId nora = id_of<events::UserId>(5);  // registered, not a member
  const events::WorkspaceId acme = id_of<events::WorkspaceId>(10);
  const events::WorkspaceId other = id_of<events::WorkspaceId>(11);
  const events::ProjectId payments = id_of<events::ProjectId>(20);
  const events::ProjectId foreign_project = id_of<events::ProjectId>(21);
  const events::IssueId first = id_of<events::IssueId>(31);
  const events::IssueId second = id_of<events::IssueId>(32);
  const events::IssueId third = id_of<events::IssueId>(33);
  const events::IssueId foreign_issue = id_of<events::IssueId>(39);
  const events::AgentId robot = id_of<events::AgentId>(40);
  const events::LabelId urgent = id_of<events::LabelId>(50);

  testing::World world;

  CommandContext context() const {
    CommandContext context{};
    context.now = text::Instant{std::chrono::seconds{1'800'000'000}};
    context.fresh_id = id_of<events::LabelId>(999).value;
    context.spare = "x7k2p9";
    return context;
  }
  template <class A, class IdType>
  testing::DeciderSpec<A> spec(IdType id, std::optional<events::WorkspaceId> workspace) {
    return {world, events::stream_of(id), workspace, context()};
  }
  auto user(events::UserId id) { return spec<User>(id, std::nullopt).as(id); }
  auto workspace() { return spec<Workspace>(acme, acme); }
  auto project(events::ProjectId id) { return spec<Project>(id, acme); }
  auto issue(events::IssueId id) { return spec<Issue>(id, acme); }
  auto comment(events::CommentId id) { return spec<Comment>(id, acme); }
  auto agent(events::AgentId id) { return spec<Agent>(id, acme); }
  auto document(events::DocumentId id) { return spec<Document>(id, acme); }
  auto skill(events::SkillId id) { return spec<Skill>(id, acme); }
  auto template_of(events::TemplateId id) { return spec<Template>(id, acme); }

  static events::user::Registered registered(const std::string& name) {
    events::user::Registered event{};
    event.email = events::Personal(name + "@example.org");
    event.username = events::Personal(name);
    event.password_hash = events::Personal("hash of " + name);
    return event;
  }
  static events::issue::Opened opened(std::int64_t number, const std::string& prefix = "ABC") {
    events::issue::Opened event{};
    event.number = number;
    event.identifier = prefix + "-" + std::to_string(number);
    event.title = "Issue " + std::to_string(number);
    return event;
  }

  void SetUp() override {
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
};

}  // namespace daybook::domain
