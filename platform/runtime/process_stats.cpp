#include "platform/runtime/process_stats.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace daybook::runtime {
namespace {

// proc(5): the fields of /proc/self/stat after the program's name, which may hold spaces; the first of them is field 3.
std::vector<std::string> stat_fields() {
  std::ifstream file("/proc/self/stat");
  std::string text;
  std::getline(file, text);
  std::istringstream rest(text.substr(text.rfind(')') == text.npos ? text.size() : text.rfind(')') + 1));
  return {std::istream_iterator<std::string>(rest), {}};
}
constexpr std::size_t field_offset = 3, utime = 14, stime = 15, starttime = 22, vsize = 23, rss = 24;

double boot_time_s() {
  std::ifstream file("/proc/stat");
  for (std::string word; file >> word;) {
    double time = 0;
    if (word == "btime" && file >> time) return time;
  }
  return 0;
}

}  // namespace

ProcessStats process_stats() {
  ProcessStats stats;
  if (const auto fields = stat_fields(); fields.size() > rss - field_offset) {
    const auto field = [&fields](std::size_t number) { return std::stoull(fields[number - field_offset]); };
    const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
    stats.cpu_seconds = static_cast<double>(field(utime) + field(stime)) / ticks;
    stats.start_time_s = boot_time_s() + static_cast<double>(field(starttime)) / ticks;
    stats.virtual_bytes = field(vsize);
    stats.resident_bytes = field(rss) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  }
  std::error_code error;
  for (std::filesystem::directory_iterator open("/proc/self/fd", error), end; !error && open != end; open.increment(error)) ++stats.open_files;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) stats.open_files_max = limit.rlim_cur;
  return stats;
}

}  // namespace daybook::runtime
