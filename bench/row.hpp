#pragma once
// What the programs of this folder share: a clock, and the row that bench/run puts into its table.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace daybook::bench {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// Tab-separated: what, ours, the other's, ours against it, the goal.
inline void print_row(const std::string& what, double ours, double other, const std::string& goal) {
  std::printf("row\t%s\t%.0f\t%.0f\t%.2f\t%s\n", what.c_str(), ours, other, ours / other, goal.c_str());
  std::fflush(stdout);
}

[[noreturn]] inline void fail(const std::string& why) {
  std::fprintf(stderr, "bench: %s\n", why.c_str());
  std::exit(1);
}

}  // namespace daybook::bench
