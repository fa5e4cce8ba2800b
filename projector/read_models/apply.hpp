#pragma once
// Projecting is pure: one event and the rows before it give the rows after it.
#include "projector/core/state_store.hpp"
#include "events/core/envelope.hpp"

namespace daybook::projector {

void apply(const events::Envelope& event, StateStore& store);

}  // namespace daybook::projector
