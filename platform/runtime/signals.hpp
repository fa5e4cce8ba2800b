#pragma once
// SIGINT and SIGTERM, taken by one waiting thread instead of a handler that may do next to nothing.
#include <stop_token>

namespace daybook::runtime {

// Call before any thread starts: the signals are blocked in every thread made afterwards. SIGPIPE is ignored.
void block_stop_signals();
// Waits for SIGINT or SIGTERM and returns which.
int wait_for_stop_signal();
// Blocks them, and asks for the stop with the first that comes, from a thread that lives as long as the process. The second ends the process in
// the ordinary way.
void stop_at_signal(std::stop_source stop);

}  // namespace daybook::runtime
