#pragma once
// The wait between two tries of work that is to end when it is told to.
#include <chrono>
#include <stop_token>

namespace daybook::runtime {

// Waits so long, or until the stop is asked for, which ends it at once.
void pause(const std::stop_token& stop, std::chrono::milliseconds time);

}  // namespace daybook::runtime
