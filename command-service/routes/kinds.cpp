// The one list of commands. Each line says where its events go and what its reply shows.
#include "command-service/domain/agent/agent.hpp"
#include "command-service/domain/comment/comment.hpp"
#include "command-service/domain/issue/issue.hpp"
#include "command-service/domain/project/project.hpp"
#include "command-service/routes/render.hpp"

namespace daybook::routes {
namespace {

using namespace domain;
using events::StreamId;
using events::WorkspaceId;

constexpr int created = 201, changed = 200, gone = 204;

template <class IdType>
std::optional<StreamId> by_id(const Submission& sent, WorkspaceId, const Facts&) {
  const auto id = IdType::parse(sent.target);
  return id ? std::optional(events::stream_of(*id)) : std::nullopt;
}
std::optional<StreamId> the_issue(const Submission& sent, WorkspaceId workspace, const Facts& facts) {
  const auto id = find_issue(sent.target, workspace, facts);
  return id ? std::optional(events::stream_of(*id)) : std::nullopt;
}
std::optional<StreamId> the_project(const Submission& sent, WorkspaceId workspace, const Facts& facts) {
  const auto id = find_project(sent.target, workspace, facts);
  return id ? std::optional(events::stream_of(*id)) : std::nullopt;
}

// The target of a command about a label or a member is an id inside the workspace.
template <class C>
Result<void> label_of(C& command, const Submission& sent, WorkspaceId, const Facts&) {
  const auto id = events::LabelId::parse(sent.target);
  if (!id) return not_found("label");
  command.label_id = *id;
  return {};
}
template <class C>
Result<void> member_of(C& command, const Submission& sent, WorkspaceId, const Facts&) {
  const auto id = events::UserId::parse(sent.target);
  if (!id) return not_found("member");
  command.user_id = *id;
  return {};
}
// A comment is posted below the issue of its path.
Result<void> issue_of(comment::Post& command, const Submission& sent, WorkspaceId, const Facts&) {
  if (!sent.target.empty() && !command.issue_id) command.issue_id = IssueRef(sent.target);
  return {};
}

std::map<std::string_view, CommandKind> make_kinds() {
  std::map<std::string_view, CommandKind> all;
  const auto add = [&](CommandKind kind) { all.emplace(kind.type, std::move(kind)); };

  add(kind<Workspace, workspace::Change>(Stream::workspace, changed, render::workspace));
  add(kind<Workspace, workspace::Delete>(Stream::workspace, gone, render::workspace));
  add(kind<Workspace, workspace::Restore>(Stream::workspace, changed, render::workspace));
  add(kind<Workspace, workspace::TransferOwnership>(Stream::workspace, changed, render::workspace));
  add(kind<Workspace, workspace::Leave>(Stream::workspace, gone, render::workspace));
  add(kind<Workspace, workspace::AddMember>(Stream::workspace, created, render::member));
  add(kind<Workspace, workspace::ChangeMemberRole>(Stream::workspace, changed, render::member, {}, member_of<workspace::ChangeMemberRole>));
  add(kind<Workspace, workspace::RemoveMember>(Stream::workspace, gone, render::member, {}, member_of<workspace::RemoveMember>));
  add(kind<Workspace, workspace::DefineLabel>(Stream::workspace, created, render::label));
  add(kind<Workspace, workspace::ChangeLabel>(Stream::workspace, changed, render::label, {}, label_of<workspace::ChangeLabel>));
  add(kind<Workspace, workspace::DeleteLabel>(Stream::workspace, gone, render::label, {}, label_of<workspace::DeleteLabel>));
  add(kind<Workspace, workspace::RestoreLabel>(Stream::workspace, changed, render::label, {}, label_of<workspace::RestoreLabel>));

  add(kind<Project, project::Create>(Stream::fresh, created, render::project));
  add(kind<Project, project::Change>(Stream::target, changed, render::project, the_project));
  add(kind<Project, project::Archive>(Stream::target, changed, render::project, the_project));
  add(kind<Project, project::Unarchive>(Stream::target, changed, render::project, the_project));
  add(kind<Project, project::Delete>(Stream::target, gone, render::project, the_project));
  add(kind<Project, project::Restore>(Stream::target, changed, render::project, the_project));

  add(kind<Issue, issue::Open>(Stream::fresh, created, render::issue));
  add(kind<Issue, issue::Change>(Stream::target, changed, render::issue, the_issue));
  add(kind<Issue, issue::Assign>(Stream::target, changed, render::issue, the_issue));
  add(kind<Issue, issue::Unassign>(Stream::target, changed, render::issue, the_issue));
  add(kind<Issue, issue::Move>(Stream::target, changed, render::issue, the_issue));
  add(kind<Issue, issue::Delete>(Stream::target, gone, render::issue, the_issue));
  add(kind<Issue, issue::Restore>(Stream::target, changed, render::issue, the_issue));
  add(kind<Issue, issue::AttachLabel>(Stream::target, created, render::label_link, the_issue));
  add(kind<Issue, issue::DetachLabel>(Stream::target, gone, render::issue, the_issue));
  add(kind<Issue, issue::AddDependency>(Stream::target, created, render::dependency, the_issue));
  add(kind<Issue, issue::RemoveDependency>(Stream::target, gone, render::issue, the_issue));

  add(kind<Comment, comment::Post>(Stream::fresh, created, render::comment, {}, issue_of));
  add(kind<Comment, comment::Edit>(Stream::target, changed, render::comment, by_id<events::CommentId>));
  add(kind<Comment, comment::Delete>(Stream::target, gone, render::comment, by_id<events::CommentId>));
  add(kind<Comment, comment::Restore>(Stream::target, changed, render::comment, by_id<events::CommentId>));

  add(kind<Agent, agent::Register>(Stream::fresh, created, render::agent));
  add(kind<Agent, agent::Change>(Stream::target, changed, render::agent, by_id<events::AgentId>));
  add(kind<Agent, agent::Retire>(Stream::target, gone, render::agent, by_id<events::AgentId>));
  add(kind<Agent, agent::Restore>(Stream::target, changed, render::agent, by_id<events::AgentId>));
  return all;
}

}  // namespace

const std::map<std::string_view, CommandKind>& command_kinds() {
  static const auto all = make_kinds();
  return all;
}

}  // namespace daybook::routes
