#pragma once
// What an issue may point at, found by id or short address. Private to this folder; lives for one decision.
#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/issue/issue.hpp"

namespace daybook::domain::issue {

struct Assignee {
  AssigneeType type = AssigneeType::user;
  events::PrincipalId id{};
};

class References {
 public:
  References(const CommandContext& context, const Facts& facts) : context_(context), facts_(facts) {}

  // Each gives what is meant, or nothing with the reason added to the refusals. What stands in the issue
  // already is given back unasked.
  std::optional<events::ProjectId> project(const std::optional<ProjectRef>& named,
                                           std::optional<events::ProjectId> standing,
                                           FieldRefusals& refusals) const;
  std::optional<events::IssueId> parent(const std::optional<IssueRef>& named, const State& state,
                                        FieldRefusals& refusals) const;
  // An issue of the type epic, anywhere in the workspace.
  std::optional<events::IssueId> epic(const std::optional<IssueRef>& named, const State& state, FieldRefusals& refusals) const;
  std::optional<events::IssueId> blocker(const IssueRef& named, const State& state, FieldRefusals& refusals) const;
  // Without a type, a member has the id, or else an agent.
  std::optional<Assignee> assignee(std::optional<AssigneeType> type, std::optional<events::PrincipalId> id,
                                   const State& state, FieldRefusals& refusals) const;
  std::optional<events::IssueId> other_issue(const IssueRef& named, const std::string& pointer,
                                             FieldRefusals& refusals) const;

 private:
  bool is_agent(events::PrincipalId id) const;

  const CommandContext& context_;
  const Facts& facts_;
};

// The stream an issue lies in: its project, or else its workspace.
StreamId container_of(const State& state);

}  // namespace daybook::domain::issue
