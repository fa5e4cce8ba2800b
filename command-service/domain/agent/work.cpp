#include "command-service/domain/agent/work.hpp"

#include "command-service/domain/core/address.hpp"

namespace daybook::domain {

std::optional<Rejection> refuse_unassigned(events::IssueId id, const CommandContext& context, const Facts& facts) {
  const auto stream = events::stream_of(id);
  const auto& issue = state_of<Issue>(facts, stream);
  const bool there = issue.version.value > 0 && issue.workspace_id == workspace_of(context).id && facts.there(stream);
  if (!there) return not_found("issue");
  const bool own = context.agent && issue.assignee_type == issue::AssigneeType::agent && issue.assignee_id &&
                   issue.assignee_id->value == context.agent->value;
  if (own) return std::nullopt;
  return forbidden("An agent writes to what is assigned to it and no further; this issue is not.");
}

namespace issue {

std::optional<Rejection> refuse_agent(const State& state, const Change& command, const CommandContext& context, const Facts& facts) {
  bool only_status = true;
  events::fields::for_each<Change, &Change::status>([&](auto member) {
    if ((command.*member.pointer).sent) only_status = false;
  });
  if (auto refused = refuse_unassigned(state.id, context, facts)) return refused;
  if (only_status) return std::nullopt;
  return forbidden("Of an issue that is assigned to it, an agent changes the status alone.");
}
std::optional<Rejection> refuse_agent(const State& state, const Block&, const CommandContext& context, const Facts& facts) {
  return refuse_unassigned(state.id, context, facts);
}
std::optional<Rejection> refuse_agent(const State& state, const Unblock&, const CommandContext& context, const Facts& facts) {
  return refuse_unassigned(state.id, context, facts);
}
std::optional<Rejection> refuse_agent(const State& state, const LinkCommit&, const CommandContext& context, const Facts& facts) {
  return refuse_unassigned(state.id, context, facts);
}

}  // namespace issue

namespace comment {

std::optional<Rejection> refuse_agent(const State&, const Post& command, const CommandContext& context, const Facts& facts) {
  if (!command.issue_id) return std::nullopt;  // which its rule refuses
  const auto issue = find_issue(command.issue_id->text, workspace_of(context).id, facts);
  if (!issue) return not_found("issue");
  return refuse_unassigned(*issue, context, facts);
}
std::optional<Rejection> refuse_agent(const State& state, const Edit&, const CommandContext& context, const Facts& facts) {
  return refuse_unassigned(state.issue_id, context, facts);
}
std::optional<Rejection> refuse_agent(const State& state, const Delete&, const CommandContext& context, const Facts& facts) {
  return refuse_unassigned(state.issue_id, context, facts);
}
std::optional<Rejection> refuse_agent(const State& state, const Restore&, const CommandContext& context, const Facts& facts) {
  return refuse_unassigned(state.issue_id, context, facts);
}

}  // namespace comment

}  // namespace daybook::domain
