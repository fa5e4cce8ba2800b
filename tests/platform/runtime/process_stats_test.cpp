#include "platform/runtime/process_stats.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>

namespace daybook::runtime {
namespace {

TEST(ProcessStats, AreThoseOfThisProcess) {
  const auto stats = process_stats();
  EXPECT_GT(stats.resident_bytes, 1U << 20);
  EXPECT_GT(stats.virtual_bytes, stats.resident_bytes);
  EXPECT_GT(stats.open_files_max, stats.open_files);
  const auto now = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  EXPECT_LT(stats.start_time_s, now + 2);
  EXPECT_GT(stats.start_time_s, now - 3600);
}

TEST(ProcessStats, CountOpenFiles) {
  const auto before = process_stats().open_files;
  const int file = open("/dev/null", O_RDONLY);
  EXPECT_EQ(process_stats().open_files, before + 1);
  close(file);
}

TEST(ProcessStats, CountTheTimeOfTheProcessor) {
  const auto before = process_stats().cpu_seconds;
  volatile unsigned sum = 0;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (process_stats().cpu_seconds <= before && std::chrono::steady_clock::now() < deadline)
    for (unsigned i = 0; i < 1000000; ++i) sum = sum + i;
  EXPECT_GT(process_stats().cpu_seconds, before);
}

}  // namespace
}  // namespace daybook::runtime
