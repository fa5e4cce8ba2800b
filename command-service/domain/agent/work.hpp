#pragma once
// What an agent may send: it writes to what is assigned to it and no further. The frame asks the `refuse_agent` of every command that
// an agent sends, before anything else of it is decided (routes/declare.hpp finds it by argument-dependent lookup); a command that has
// none is not for agents. So whatever is new is refused until somebody says otherwise, here or beside the command.
//
//   std::optional<Rejection> refuse_agent(const State&, const Command&, const CommandContext&, const Facts&);
#include "command-service/domain/comment/comment.hpp"
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/issue/issue.hpp"

namespace daybook::domain {

// Nothing where the issue is there and assigned to the agent of the context.
std::optional<Rejection> refuse_unassigned(events::IssueId issue, const CommandContext& context, const Facts& facts);

namespace issue {

// Its status, and nothing beside it: what is to be done, by whom and when is for people to say.
std::optional<Rejection> refuse_agent(const State&, const Change&, const CommandContext&, const Facts&);
std::optional<Rejection> refuse_agent(const State&, const Block&, const CommandContext&, const Facts&);
std::optional<Rejection> refuse_agent(const State&, const Unblock&, const CommandContext&, const Facts&);
std::optional<Rejection> refuse_agent(const State&, const LinkCommit&, const CommandContext&, const Facts&);

}  // namespace issue

namespace comment {

// On an issue that is its own now; which comments it may change, their rules say: those it wrote.
std::optional<Rejection> refuse_agent(const State&, const Post&, const CommandContext&, const Facts&);
std::optional<Rejection> refuse_agent(const State&, const Edit&, const CommandContext&, const Facts&);
std::optional<Rejection> refuse_agent(const State&, const Delete&, const CommandContext&, const Facts&);
std::optional<Rejection> refuse_agent(const State&, const Restore&, const CommandContext&, const Facts&);

}  // namespace comment

}  // namespace daybook::domain
