// Commands about an issue, its label links and its dependencies.
#include "command-service/domain/issue/issue.hpp"

#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {

// Links and dependencies as their rows show them.
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

namespace {

using events::issue::State;

std::optional<LabelLinkReply> link(const State& issue, text::Uuid id) {
  const auto* found = find_part(issue, events::LabelLinkId{id});
  if (found == nullptr) return std::nullopt;
  return LabelLinkReply{found->id, issue.workspace_id, issue.id, found->label_id};
}
std::optional<DependencyReply> dependency(const State& issue, text::Uuid id) {
  const auto* found = find_part(issue, events::DependencyId{id});
  if (found == nullptr) return std::nullopt;
  return DependencyReply{found->id, issue.workspace_id, issue.id, found->depends_on_id, found->dependency_type};
}
// A link is addressed by its label.
std::string label_of_link(const void* state, text::Uuid id) {
  const auto found = link(*static_cast<const State*>(state), id);
  return found ? found->label_id.text() : id.text();
}

}  // namespace

std::vector<Command> issue_commands() {
  using namespace domain::issue;
  using domain::Issue;
  const auto the_issue = by_address<domain::find_issue>("issue");
  const auto view = fields_of<State, events::issue::Fields>();
  const auto dependency_view = part_of<State, dependency>();
  auto link_view = part_of<State, link>();
  link_view.address = label_of_link;
  return {
      creates<Issue, Open>({"POST /issues"}, view),
      changes<Issue, Change>(the_issue, {"PATCH /issues/{issue}"}, view),
      removes<Issue, Delete>(the_issue, {"DELETE /issues/{issue}"}, view),
      changes<Issue, Restore>(the_issue, {"POST /issues/{issue}/restore"}, view),
      changes<Issue, Assign>(the_issue, {"POST /issues/{issue}/assign"}, view),
      changes<Issue, Unassign>(the_issue, {"POST /issues/{issue}/unassign"}, view),
      changes<Issue, Move>(the_issue, {"POST /issues/{issue}/move"}, view),

      adds<Issue, AttachLabel>(the_issue, {"POST /issues/{issue}/labels", "POST /issues/{issue}/labels/{label}"}, link_view),
      removes<Issue, DetachLabel>(the_issue, {"DELETE /issues/{issue}/labels/{label}"}, view),
      adds<Issue, AddDependency>(the_issue, {"POST /issues/{issue}/dependencies"}, dependency_view),
      removes<Issue, RemoveDependency>(the_issue, {"DELETE /issues/{issue}/dependencies/{dependency}"}, view),
  };
}

}  // namespace daybook::routes
