#pragma once
// SIGINT and SIGTERM, taken by one waiting thread instead of a handler that may do next to nothing.
namespace daybook::runtime {

// Call first thing in main, before any thread starts: the signals are blocked in every thread made afterwards. SIGPIPE is
// ignored.
void block_stop_signals();
// Waits for SIGINT or SIGTERM and returns which.
int wait_for_stop_signal();

}  // namespace daybook::runtime
