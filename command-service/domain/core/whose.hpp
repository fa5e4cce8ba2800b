#pragma once
// Things of a workspace or else of one person, by which of `workspace_id` and `user_id` is set. Here the former: a person's are parts of
// their stream (user/own.hpp).
#include "command-service/domain/core/rules.hpp"

namespace daybook::domain {

template <class State>
std::optional<Rejection> refuse_gone_here(const State& state, std::string_view what, const CommandContext& context, const Facts& facts) {
  return refuse_gone(state, events::stream_of(workspace_of(context).id), what, context, facts);
}
// Whether it is there to be restored.
template <class State>
std::optional<Rejection> refuse_hidden_here(const State& state, std::string_view what, const CommandContext& context, const Facts& facts) {
  return refuse_hidden(state, events::stream_of(workspace_of(context).id), what, context, facts);
}

}  // namespace daybook::domain
