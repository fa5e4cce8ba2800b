#pragma once
// What becomes of the events of access beside their entry in the audit: a clock that is moved, and the entries which an import brings.
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

// Without a table of its own.
ReadModel access_events();

}  // namespace daybook::projector
