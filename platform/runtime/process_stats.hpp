#pragma once
// What Linux knows of this process: /proc/self.
#include <cstdint>

namespace daybook::runtime {

struct ProcessStats {
  double cpu_seconds = 0;        // user and system
  double start_time_s = 0;       // since the epoch of Unix
  std::uint64_t resident_bytes = 0, virtual_bytes = 0;
  std::uint64_t open_files = 0, open_files_max = 0;
};

// What cannot be read stays 0.
ProcessStats process_stats();

}  // namespace daybook::runtime
