// Who leaves a workspace or is removed from it has nothing assigned any more. Queries show that at once, since a reference to
// who is no member reads as null; this writes it down.
#include "command-service/domain/issue/issue.hpp"
#include "command-service/reactors/rules.hpp"

namespace daybook::reactors {
namespace {

events::UserId who_left(const events::Envelope& cause) {
  using namespace events::workspace;
  if (cause.type == MemberLeft::type) return event_of<domain::Workspace, MemberLeft>(cause).user_id;
  return event_of<domain::Workspace, MemberRemoved>(cause).user_id;
}

void react(const Reaction& reaction) {
  const auto user = who_left(reaction.cause);
  events::IssueId last{};
  for (;;) {
    const auto issues = reaction.read.issues_assigned_to(user, reaction.workspace(), last, commands_max);
    if (issues.empty()) return;
    std::vector<log::Item> items;
    for (const auto issue : issues)
      items.push_back(item<domain::Issue>(reaction.workspace(), events::stream_of(issue), domain::issue::Release{user}));
    reaction.send(std::move(items));
    last = issues.back();
  }
}

}  // namespace

Rule unassign_who_left() {
  return {"unassign_who_left", {events::workspace::MemberLeft::type, events::workspace::MemberRemoved::type}, react};
}

}  // namespace daybook::reactors
