// The three services apart, with Kafka between them: each is killed under load and started again, while the others go on.
#include <gtest/gtest.h>

#include <thread>

#include "tests/e2e/chaos/comparison.hpp"
#include "tests/e2e/chaos/load.hpp"
#include "tests/e2e/kafka_server.hpp"

namespace daybook::test::kill_apart_test {
namespace {

constexpr int usual_cycles = 1;
constexpr std::size_t requests_between = 40;
constexpr std::chrono::seconds notice_limit{60};

// Somebody who reads all the while, through the proxy, and whose reads never run backwards.
class Reader {
 public:
  Reader(const DaybookProcess& daybook, const Team& team)
      : path_("/api/v1" + team.in("/issues?limit=5&wait_ms=10000&min_position=") + std::to_string(*daybook.position())),
        token_(team.owner),
        url_(daybook.public_url()),
        thread_([this](const std::stop_token& stop) { read(stop); }) {}

  void read_at(const std::string& url) {
    const std::lock_guard lock(mutex_);
    url_ = url;
  }
  std::size_t reads() const { return reads_; }
  std::size_t troubles() const { return troubles_; }
  std::string complaint() {
    thread_.request_stop();
    thread_.join();
    return complaint_;
  }

 private:
  void read(const std::stop_token& stop) {
    std::int64_t furthest = 0;
    while (!stop.stop_requested() && complaint_.empty()) {
      const auto token = token_.text();
      const auto reply = http::Client(url()).send("GET", path_, {{"Authorization", "Bearer " + token}}, "");
      if (reply.ok() && reply.status == 401) {
        token_.renew(token, url());
        continue;
      }
      if (!reply.ok() || reply.status >= 502) {
        ++troubles_;
        continue;
      }
      if (reply.status != 200) {
        complaint_ = std::to_string(reply.status) + " " + reply.body;
        return;
      }
      const auto position = std::stoll(std::string(reply.header("Daybook-Position")));
      if (position < furthest) complaint_ = "position " + std::to_string(position) + " after " + std::to_string(furthest);
      furthest = position;
      ++reads_;
    }
  }
  std::string url() {
    const std::lock_guard lock(mutex_);
    return url_;
  }

  const std::string path_;
  AccessToken token_;
  std::mutex mutex_;
  std::string url_, complaint_;
  std::atomic<std::size_t> reads_{0}, troubles_{0};
  std::jthread thread_;  // the last member: it ends before what it uses
};

// All three in every cycle, in an order that changes.
constexpr Part parts[] = {Part::command, Part::projector, Part::query};

TEST(KillApart, EachOfTheThreeServicesMayGoUnderLoadAndNothingIsLostOrDoubled) {
  const auto kafka = KafkaServer::try_start();
  if (!kafka) GTEST_SKIP() << "Kafka's jars could not be fetched from Maven Central.";
  DaybookProcess daybook(Surroundings{.kafka_brokers = kafka->brokers(), .as = Deployed::split});
  Team team(daybook);
  Load load(team, {daybook.url()});
  Reader reader(daybook, team);
  for (int cycle = 0; cycle < chaos_cycles(usual_cycles); ++cycle)
    for (int i = 0; i < 3; ++i) {
      const auto part = parts[(cycle + i) % 3];
      SCOPED_TRACE("cycle " + std::to_string(cycle) + ", part " + std::to_string(static_cast<int>(part)));
      ASSERT_TRUE(load.go_on(requests_between)) << daybook.output();

      // When one of them is killed, then those who need it notice, and those who do not go on
      const auto load_troubles = load.troubles(), read_troubles = reader.troubles(), reads = reader.reads();
      daybook.kill(part);
      if (part == Part::command) {
        ASSERT_TRUE(wait_until([&] { return load.troubles() > load_troubles; }, notice_limit));
      } else {
        ASSERT_TRUE(load.go_on(requests_between)) << daybook.output();
      }
      if (part == Part::query) {
        ASSERT_TRUE(wait_until([&] { return reader.troubles() > read_troubles; }, notice_limit));
      } else {
        ASSERT_TRUE(wait_until([&] { return reader.reads() > reads; }, notice_limit)) << daybook.output();
      }

      // And when it is started again, everybody goes on
      daybook.start(part);
      load.serve_at({daybook.url()});
      reader.read_at(daybook.public_url());
      const auto read_before = reader.reads();
      ASSERT_TRUE(load.go_on(requests_between)) << daybook.output();
      ASSERT_TRUE(wait_until([&] { return reader.reads() > read_before; }, notice_limit)) << daybook.output();
    }
  load.finish();
  EXPECT_EQ(reader.complaint(), "");

  // Then everything is there, once, and the read models are those of a projection from the first event
  auto owner = signed_in_again(daybook, team.owner);
  ASSERT_EQ(owner.patch(team.in(), "{}").status, 200);
  load.expect_everything_once(owner);
  daybook.stop();
  expect_the_same_when_projected_anew(daybook);
}

}  // namespace
}  // namespace daybook::test::kill_apart_test
