#include "command-service/domain/issue/references.hpp"

#include "command-service/domain/core/placed.hpp"

namespace daybook::domain::issue {

std::optional<events::ProjectId> References::project(const std::optional<ProjectRef>& named,
                                                     std::optional<events::ProjectId> standing,
                                                     FieldRefusals& refusals) const {
  return project_named(named, standing, context_, facts_, refusals);
}

std::optional<events::IssueId> References::other_issue(const IssueRef& named, const std::string& pointer,
                                                       FieldRefusals& refusals) const {
  const auto workspace = workspace_of(context_).id;
  const auto id = find_issue(named.text, workspace, facts_);
  if (id && facts_.usable(events::StreamType::issue, events::stream_of(*id), workspace)) return id;
  refusals.add(pointer, "unknown-reference", "There is no such issue in this workspace.");
  return std::nullopt;
}

std::optional<events::IssueId> References::parent(const std::optional<IssueRef>& named, const State& state,
                                                  FieldRefusals& refusals) const {
  if (!named) return std::nullopt;
  if (state.parent_id && find_issue(named->text, workspace_of(context_).id, facts_) == state.parent_id)
    return state.parent_id;
  const auto id = other_issue(*named, "/parent_id", refusals);
  // A new issue has no children yet, so it cannot close a circle.
  if (!id || state.version.value == 0) return id;
  if (*id != state.id && !facts_.reaches(scope::parent, id->value, state.id.value)) return id;
  refusals.add("/parent_id", "cycle", "An issue cannot lie below itself.");
  return std::nullopt;
}

std::optional<events::IssueId> References::epic(const std::optional<IssueRef>& named, const State& state,
                                                FieldRefusals& refusals) const {
  if (!named) return std::nullopt;
  if (state.epic_id && find_issue(named->text, workspace_of(context_).id, facts_) == state.epic_id) return state.epic_id;
  const auto id = other_issue(*named, "/epic_id", refusals);
  if (!id) return std::nullopt;
  if (*id == state.id || (state.version.value > 0 && facts_.reaches(scope::epic_of, id->value, state.id.value))) {
    refusals.add("/epic_id", "cycle", "An epic cannot belong to itself.");
    return std::nullopt;
  }
  if (facts_.claimed(scope::epic, id->text()) == events::stream_of(*id)) return id;
  refusals.add("/epic_id", "not-an-epic", "This issue is not of the type epic.");
  return std::nullopt;
}

std::optional<events::IssueId> References::blocker(const IssueRef& named, const State& state, FieldRefusals& refusals) const {
  if (state.blocked_by_issue_id && find_issue(named.text, workspace_of(context_).id, facts_) == state.blocked_by_issue_id)
    return state.blocked_by_issue_id;
  const auto id = other_issue(named, "/blocked_by_issue_id", refusals);
  if (!id || *id != state.id) return id;
  refusals.add("/blocked_by_issue_id", "cycle", "An issue cannot wait for itself.");
  return std::nullopt;
}

bool References::is_agent(events::PrincipalId id) const {
  return facts_.usable(events::StreamType::agent, StreamId{id.value}, workspace_of(context_).id);
}

std::optional<Assignee> References::assignee(std::optional<AssigneeType> type,
                                             std::optional<events::PrincipalId> id, const State& state,
                                             FieldRefusals& refusals) const {
  if (!id) {
    if (type) refusals.add("/assignee_id", "required", "Say who: a type alone assigns nobody.");
    return std::nullopt;
  }
  if (id == state.assignee_id && (!type || type == state.assignee_type))
    return Assignee{*state.assignee_type, *id};
  const bool member = type != AssigneeType::agent && is_member(context_, events::UserId{id->value});
  if (member) return Assignee{AssigneeType::user, *id};
  if (type != AssigneeType::user && is_agent(*id)) return Assignee{AssigneeType::agent, *id};
  refusals.add("/assignee_id", "unknown-reference", "There is no such member or agent in this workspace.");
  return std::nullopt;
}

}  // namespace daybook::domain::issue
