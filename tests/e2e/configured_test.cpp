// What an operator sets holds: a server that is started with a file acts by it, and one with a broken file does not start.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/e2e/caller.hpp"

namespace daybook::test::configured_test {
namespace {

constexpr const char* page = "https://app.example.org";

class Configured : public ::testing::Test {
 protected:
  // In the folder in which the program runs, where it looks for it.
  void configure(const std::string& text) {
    daybook_.stop();
    std::ofstream(daybook_.folder() / "daybook.toml") << text;
    daybook_.start();
  }

  DaybookProcess daybook_;
};

TEST_F(Configured, RatesAreHeldTo) {
  configure("[rates]\nprincipal_requests = 3\nwindow_s = 600\non_loopback = true\n");
  auto ann = newcomer(daybook_);
  Reply reply;
  int admitted = 0;
  // One more than three: each process counts for itself.
  for (; admitted < 10; ++admitted) {
    reply = ann.get("/me");
    if (reply.status != 200) break;
    EXPECT_EQ(reply.header("RateLimit-Policy").find("\"principal\";q=3;w=600"), reply.header("RateLimit-Policy").find("\"principal\"")) << reply;
  }
  EXPECT_EQ(admitted, 3);
  EXPECT_EQ(reply.status, 429) << reply;
  EXPECT_EQ(reply.code(), "rate-limited");
  EXPECT_NE(reply.header("RateLimit").find("\"principal\";r=0;"), std::string::npos) << reply.header("RateLimit");
  EXPECT_GT(std::stoi(reply.header("Retry-After")), 0);
}

TEST_F(Configured, PagesOfListedOriginsMayCall) {
  configure(std::string("[cors]\norigins = [\"") + page + "\"]\npreflight_age_s = 60\n");
  Caller browser(daybook_);
  const auto preflight = browser.send("OPTIONS", "/me", "", {{"Origin", page}, {"Access-Control-Request-Method", "GET"}});
  EXPECT_EQ(preflight.status, 204) << preflight;
  EXPECT_EQ(preflight.header("Access-Control-Allow-Origin"), page);
  EXPECT_EQ(preflight.header("Access-Control-Max-Age"), "60");
  EXPECT_EQ(browser.get("/me", {{"Origin", page}}).header("Access-Control-Allow-Origin"), page);
  EXPECT_EQ(browser.get("/me", {{"Origin", "https://elsewhere.example"}}).header("Access-Control-Allow-Origin"), "");
}

TEST_F(Configured, ChangesWithoutAVersionMayBeRefusedAndBodiesBeSmaller) {
  configure("[http]\nrequire_if_match = true\nbody_bytes_max = 65536\n");
  Team team(daybook_);
  const auto reply = team.owner.patch(team.in(), object("name", "Another"));
  EXPECT_EQ(reply.status, 428) << reply;
  const auto large = team.owner.post(team.in("/issues"), object("title", "x", "description", std::string(70000, 'x')));
  EXPECT_EQ(large.status, 413) << large;
  EXPECT_EQ(large.code(), "too-large");
  EXPECT_EQ(large.text("/request_id"), large.header("X-Request-Id"));
  EXPECT_FALSE(large.header("X-Request-Id").empty());
}

TEST_F(Configured, ABrokenFileIsRefusedWithItsPlace) {
  daybook_.stop();
  std::ofstream(daybook_.folder() / "daybook.toml") << "[http]\nlisten = '127.0.0.1:0'\n\n[rates]\nwindow_sec = 3\n";
  const auto refused = daybook_.run({"serve"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.output.find("daybook.toml:5: there is no setting 'rates.window_sec'. Did you mean rates.window_s?"), std::string::npos) << refused.output;
  std::ofstream(daybook_.folder() / "daybook.toml") << "";
}

TEST_F(Configured, WhatHoldsIsPrintedWithItsSourceAndWithoutSecrets) {
  const auto printed = daybook_.run({"config", "--listen", "127.0.0.1:1234"});
  EXPECT_EQ(printed.exit_code, 0) << printed.output;
  for (const auto& line : {std::string("listen = \"127.0.0.1:1234\"  # --listen\n"), "file = \"" + daybook_.keys().string() + "\"  # DAYBOOK_KEYS\n",
                           std::string("# url is set and not shown: DATABASE_URL\n"), std::string("window_s = 60  # default\n")})
    EXPECT_NE(printed.output.find(line), std::string::npos) << line << printed.output;
  EXPECT_EQ(printed.output.find(daybook_.database_url()), std::string::npos);
}

}  // namespace
}  // namespace daybook::test::configured_test
