#include "command-service/routes/render.hpp"

#include <algorithm>

#include "events/agent/state.hpp"
#include "events/comment/state.hpp"
#include "events/issue/state.hpp"
#include "events/project/state.hpp"
#include "events/user/state.hpp"
#include "events/workspace/state.hpp"

namespace daybook::routes {

// The shapes of replies that are no stream of their own.
struct LabelLinkReply {
  events::LabelLinkId id{};
  events::WorkspaceId workspace_id{};
  events::IssueId issue_id{};
  events::LabelId label_id{};
};
BOOST_DESCRIBE_STRUCT(LabelLinkReply, (), (id, workspace_id, issue_id, label_id))

struct DependencyReply {
  events::DependencyId id{};
  events::WorkspaceId workspace_id{};
  events::IssueId issue_id{};
  events::IssueId depends_on_id{};
  events::issue::DependencyType dependency_type{};
};
BOOST_DESCRIBE_STRUCT(DependencyReply, (), (id, workspace_id, issue_id, depends_on_id, dependency_type))

struct UserReply : events::user::Fields {
  events::Personal email;
  events::Personal username;
  std::optional<events::Personal> full_name;
  std::optional<events::Personal> avatar;
};
BOOST_DESCRIBE_STRUCT(UserReply, (events::user::Fields), (email, username, full_name, avatar))

namespace render {
namespace {

template <class Fields>
Rendered fields(const Fields& row) {
  return {events::to_json_with_nulls(row), row.version};
}

template <class Fields>
Rendered plain(const void* state) {
  return fields(*static_cast<const Fields*>(state));
}

template <class List, class Match>
const auto* find_in(const List& list, Match match) {
  const auto found = std::find_if(list.begin(), list.end(), match);
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

Rendered user(const void* state, text::Uuid) {
  const auto& user = *static_cast<const events::user::State*>(state);
  UserReply reply{};
  static_cast<events::user::Fields&>(reply) = user;
  reply.email = user.email;
  reply.username = user.username;
  reply.full_name = user.full_name;
  reply.avatar = user.avatar;
  return fields(reply);
}

Rendered workspace(const void* state, text::Uuid) { return plain<events::workspace::Fields>(static_cast<const events::workspace::State*>(state)); }

Rendered member(const void* state, text::Uuid id) {
  const auto& workspace = *static_cast<const events::workspace::State*>(state);
  const auto* member = find_in(workspace.members, [&](const auto& m) { return m.user_id.value == id || m.id.value == id; });
  return member ? fields(*member) : Rendered{"{}", workspace.version};
}

Rendered label(const void* state, text::Uuid id) {
  const auto& workspace = *static_cast<const events::workspace::State*>(state);
  const auto* label = events::workspace::find_label(workspace, events::LabelId{id});
  return label ? fields(*label) : Rendered{"{}", workspace.version};
}

Rendered project(const void* state, text::Uuid) { return plain<events::project::Fields>(state); }

Rendered issue(const void* state, text::Uuid) { return plain<events::issue::Fields>(static_cast<const events::issue::State*>(state)); }

Rendered label_link(const void* state, text::Uuid id) {
  const auto& issue = *static_cast<const events::issue::State*>(state);
  const auto* link = find_in(issue.labels, [&](const auto& l) { return l.id.value == id; });
  if (link == nullptr) return {"{}", issue.version};
  return {events::to_json_with_nulls(LabelLinkReply{link->id, issue.workspace_id, issue.id, link->label_id}), issue.version};
}

Rendered dependency(const void* state, text::Uuid id) {
  const auto& issue = *static_cast<const events::issue::State*>(state);
  const auto* edge = find_in(issue.dependencies, [&](const auto& d) { return d.id.value == id; });
  if (edge == nullptr) return {"{}", issue.version};
  return {events::to_json_with_nulls(DependencyReply{edge->id, issue.workspace_id, issue.id, edge->depends_on_id, edge->dependency_type}), issue.version};
}

Rendered comment(const void* state, text::Uuid) { return plain<events::comment::Fields>(state); }
Rendered agent(const void* state, text::Uuid) { return plain<events::agent::Fields>(state); }

}  // namespace render
}  // namespace daybook::routes
