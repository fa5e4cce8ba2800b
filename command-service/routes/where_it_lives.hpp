#pragma once
// Commands about something that may be listed for all workspaces: what is said of it happens in the workspace where it lives,
// whoever says it, as long as the workspace of the one who says it knows of it.
#include "command-service/routes/declare.hpp"

namespace daybook::routes {

template <class A, class C, auto is_known_in>
Command where_it_lives(Command command) {
  command.ops.lies_in = [](log::Settling& settling, StreamId stream, WorkspaceId workspace) {
    return is_known_in(settling.load<A>(stream), workspace);
  };
  command.ops.decide = [](log::Settling& settling, StreamId stream, WorkspaceId, const void* sent, const domain::CommandContext& context) {
    return declare::decide_and_append<A, C>(settling, stream, settling.load<A>(stream).workspace_id, sent, context);
  };
  if constexpr (requires { typename C::Birth; })
    command.ops.repeated = [](log::Settling& settling, StreamId stream, WorkspaceId, const void* sent, const domain::CommandContext& context) {
      return declare::repeated<A, C>(settling, stream, settling.load<A>(stream).workspace_id, sent, context);
    };
  return command;
}

}  // namespace daybook::routes
