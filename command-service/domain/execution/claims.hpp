#pragma once
// What the rules of runs share: who may do what with one, whose turn it is, where a run waits. Private to this folder.
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/execution/execution.hpp"

namespace daybook::domain::execution {

// 409: the run stands otherwise than the command takes for granted.
Rejection conflict(std::string code, std::string detail);
// The run is not there for the caller, or lies in something deleted.
std::optional<Rejection> refuse_hidden(const State& run, const CommandContext& context, const Facts& facts);
// An agent has to do with its own runs alone; people, with those of their workspace.
std::optional<Rejection> refuse_other_agent(const State& run, const CommandContext& context);

// Where a run waits until it is claimed: a list of its workspace, of whom it is meant for and of its type; in it by priority, then
// in the order in which runs were requested.
std::string ready_list(events::WorkspaceId workspace, const std::optional<events::AgentId>& agent, ExecutionType type);
std::string ready_place(Priority priority, events::Position born);

// The agent that claims, which is nobody where people claim for themselves.
Result<std::optional<events::AgentId>> claimer_of(const Claim& command, const CommandContext& context, const Facts& facts);
bool is_meant_for(const State& run, const std::optional<events::AgentId>& claimer);
// 409 where it has as many runs going on as it may.
std::optional<Rejection> refuse_busy(events::AgentId agent, const Facts& facts);
// Why a run that waits cannot begin, or nothing.
std::optional<Rejection> held_back(const State& run, const Facts& all);

}  // namespace daybook::domain::execution
