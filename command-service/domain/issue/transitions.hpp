#pragma once
// Which changes of an issue's status a workspace allows. Without a table, all of them.
#include "command-service/domain/core/decision.hpp"
#include "events/issue/events.hpp"
#include "events/workspace/state.hpp"

namespace daybook::domain::issue {

// The table that is in force, one of those shipped by name or the workspace's own; none where every change is allowed.
const events::workspace::Transitions* transitions_of(const events::workspace::State& workspace);

// What is wrong with the change; nothing where it is allowed. A status of which the table says nothing, because it was there
// before the table, is left for any of which it does.
std::optional<events::FieldError> refuse_transition(const events::workspace::State& workspace, events::issue::Status from,
                                                    events::issue::Status to);

}  // namespace daybook::domain::issue
