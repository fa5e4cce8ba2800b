#include "compose/daybook/import/progress.hpp"

#include <unistd.h>

#include <algorithm>

namespace daybook::importer {
namespace {

constexpr std::size_t bar_width = 24;
constexpr std::chrono::milliseconds terminal_interval{100};
constexpr std::chrono::milliseconds plain_interval{5000};

std::string duration(double seconds) {
  const auto whole = static_cast<long long>(seconds + 0.5);
  char text[32];
  if (whole >= 3600)
    std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60, whole % 60);
  else
    std::snprintf(text, sizeof text, "%lld:%02lld", whole / 60, whole % 60);
  return text;
}

std::string bar(double done) {
  const auto full = static_cast<std::size_t>(done * static_cast<double>(bar_width));
  char percent[16];
  std::snprintf(percent, sizeof percent, " %3d %%  ", static_cast<int>(done * 100));
  return "[" + std::string(full, '#') + std::string(bar_width - full, '.') + "]" + percent;
}

}  // namespace

std::string progress_line(const Progress& progress, std::chrono::milliseconds elapsed) {
  const double seconds = std::max(0.001, static_cast<double>(elapsed.count()) / 1000.0);
  const double done = progress.bytes_total && *progress.bytes_total > 0
                          ? std::min(1.0, static_cast<double>(progress.bytes_read) /
                                              static_cast<double>(*progress.bytes_total))
                          : 0;
  std::string line = progress.bytes_total ? bar(done) : std::string();
  line += std::to_string(progress.changes) + " changes, " + std::to_string(progress.commands) +
          " commands, " +
          std::to_string(static_cast<long long>(static_cast<double>(progress.changes) / seconds)) +
          " changes/s, " + duration(seconds) + " gone";
  if (done > 0 && done < 1) line += ", " + duration(seconds * (1 - done) / done) + " left";
  return line;
}

ProgressDisplay::ProgressDisplay(std::FILE* out) : out_(out), terminal_(isatty(fileno(out)) == 1) {}

void ProgressDisplay::show(const Progress& progress) {
  const auto now = Clock::now();
  if (now - last_ < (terminal_ ? terminal_interval : plain_interval)) return;
  last_ = now;
  write(progress);
}

void ProgressDisplay::finish(const Progress& progress) {
  write(progress);
  if (terminal_) std::fputc('\n', out_);
  std::fflush(out_);
}

void ProgressDisplay::write(const Progress& progress) {
  const auto line =
      progress_line(progress, std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start_));
  // Carriage return, the line, and an erasure of what a longer one left behind.
  if (terminal_)
    std::fprintf(out_, "\r%s\x1b[K", line.c_str());
  else
    std::fprintf(out_, "%s\n", line.c_str());
  std::fflush(out_);
}

}  // namespace daybook::importer
