// Commands about an issue, its label links, dependencies, watchers, commits and suggested skills.
#include "command-service/domain/issue/issue.hpp"

#include "command-service/domain/agent/work.hpp"
#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {

namespace {

using IssueState = events::issue::State;

// A link is addressed by its label.
std::string label_of_link(const void* state, text::Uuid id) {
  const auto* link = find_part(*static_cast<const IssueState*>(state), events::LabelLinkId{id});
  return link != nullptr ? link->label_id.text() : id.text();
}

// A suggestion is addressed by its skill.
std::string skill_of_suggestion(const void* state, text::Uuid id) {
  const auto* suggested = find_part(*static_cast<const IssueState*>(state), events::SuggestedSkillId{id});
  return suggested != nullptr ? suggested->skill_id.text() : id.text();
}

}  // namespace

std::vector<Command> issue_commands() {
  using namespace domain::issue;
  using domain::Issue;
  const auto the_issue = by_address<domain::find_issue>("issue");
  const auto view = fields_of<IssueState, events::issue::Fields>();
  const auto dependency_view = part_of<IssueState, events::DependencyId>(), commit_view = part_of<IssueState, events::CommitId>();
  auto link_view = part_of<IssueState, events::LabelLinkId>(), suggestion_view = part_of<IssueState, events::SuggestedSkillId>();
  link_view.address = label_of_link;
  suggestion_view.address = skill_of_suggestion;
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

      changes<Issue, Rank>(the_issue, {"POST /issues/{issue}/rank"}, view),
      changes<Issue, Block>(the_issue, {"POST /issues/{issue}/block"}, view),
      changes<Issue, Unblock>(the_issue, {"POST /issues/{issue}/unblock"}, view),
      changes<Issue, AddTag>(the_issue, {"POST /issues/{issue}/tags"}, view),
      removes<Issue, RemoveTag>(the_issue, {"DELETE /issues/{issue}/tags/{tag}"}, view),
      adds<Issue, LinkCommit>(the_issue, {"POST /issues/{issue}/commits"}, commit_view),
      removes<Issue, UnlinkCommit>(the_issue, {"DELETE /issues/{issue}/commits/{commit}"}, view),
      adds<Issue, SuggestSkill>(the_issue, {"POST /issues/{issue}/skills"}, suggestion_view),
      removes<Issue, WithdrawSkill>(the_issue, {"DELETE /issues/{issue}/skills/{skill}"}, view),
      changes<Issue, Watch>(the_issue, {"POST /issues/{issue}/watch"}, view),
      changes<Issue, Unwatch>(the_issue, {"POST /issues/{issue}/unwatch"}, view),
  };
}

}  // namespace daybook::routes
