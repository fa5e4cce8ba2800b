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

  CommandContext context() const;
  template <class A, class IdType>
  testing::DeciderSpec<A> spec(IdType id, std::optional<events::WorkspaceId> workspace) {
    return {world, events::stream_of(id), workspace, context()};
  }
  testing::DeciderSpec<User> user(events::UserId id);
  testing::DeciderSpec<Workspace> workspace();
  testing::DeciderSpec<Project> project(events::ProjectId id);
  testing::DeciderSpec<Issue> issue(events::IssueId id);
  testing::DeciderSpec<Comment> comment(events::CommentId id);
  testing::DeciderSpec<Agent> agent(events::AgentId id);
  testing::DeciderSpec<Document> document(events::DocumentId id);
  testing::DeciderSpec<Skill> skill(events::SkillId id);
  testing::DeciderSpec<Template> template_of(events::TemplateId id);

  static events::user::Registered registered(const std::string& name);
  static events::issue::Opened opened(std::int64_t number, const std::string& prefix = "ABC");

  // Makes all of them.
  void SetUp() override;
};

}  // namespace daybook::domain

// Compiled in office.cpp, for all of them.
namespace daybook::testing {
extern template class DeciderSpec<domain::User>;
extern template class DeciderSpec<domain::Workspace>;
extern template class DeciderSpec<domain::Project>;
extern template class DeciderSpec<domain::Issue>;
extern template class DeciderSpec<domain::Comment>;
extern template class DeciderSpec<domain::Agent>;
extern template class DeciderSpec<domain::Document>;
extern template class DeciderSpec<domain::Skill>;
extern template class DeciderSpec<domain::Template>;
}  // namespace daybook::testing
