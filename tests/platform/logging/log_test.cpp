#include "platform/logging/log.hpp"

#include <gtest/gtest.h>

namespace daybook::logging {
namespace {

constexpr std::string_view noon = "2026-01-01T12:00:00Z";

TEST(LogLine, IsOneJsonObjectWithTheFieldsInTheirOrder) {
  EXPECT_EQ(line_of(noon, Level::info, "request", {{"method", "GET"}, {"status", std::int64_t{200}}, {"duration_ms", 1.5}}),
            R"({"time":"2026-01-01T12:00:00Z","level":"info","message":"request","method":"GET","status":200,"duration_ms":1.5})");
}

TEST(LogLine, LeavesEmptyTextsOut) {
  EXPECT_EQ(line_of(noon, Level::error, "x", {{"code", ""}}), R"({"time":"2026-01-01T12:00:00Z","level":"error","message":"x"})");
}

TEST(LogLine, StaysOneLineOfJsonWhateverItIsGiven) {
  EXPECT_EQ(line_of(noon, Level::warning, "a\nb\"c\"", {{"x", "\x01\xff"}}),
            R"({"time":"2026-01-01T12:00:00Z","level":"warning","message":"a\nb\"c\"","x":"\u0001?"})");
}

TEST(LogLevels, HaveWords) {
  EXPECT_EQ(level_of("warning"), Level::warning);
  EXPECT_EQ(level_of("loud"), std::nullopt);
}

// The one test that writes: gtest keeps what goes to standard error.
TEST(Log, WritesNothingBelowItsLevel) {
  set_level(Level::warning);
  ::testing::internal::CaptureStderr();
  write(Level::info, "quiet");
  write(Level::error, "loud", {{"who", "me"}});
  const auto written = ::testing::internal::GetCapturedStderr();
  set_level(Level::info);
  EXPECT_EQ(written.find("quiet"), written.npos);
  EXPECT_NE(written.find("\"level\":\"error\",\"message\":\"loud\",\"who\":\"me\"}\n"), written.npos) << written;
}

}  // namespace
}  // namespace daybook::logging
