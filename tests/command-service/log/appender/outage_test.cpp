// The database goes away in the middle of things, again and again, while many write: what was acknowledged is there, nothing
// is there twice, and whoever waits is told to come again.
#include <gtest/gtest.h>

#include <thread>

#include "tests/command-service/log/appender/pg_writers.hpp"
#include "tests/support/cutting_proxy.hpp"

namespace daybook::log::test {
namespace {

using daybook::test::CuttingProxy;
using daybook::test::PostgresServer;
using daybook::test::wait_until;
using events::IssueId;

constexpr int threads_count = 8;
constexpr std::chrono::minutes patience{5};

class Outages : public testing::Test {
 protected:
  // Everybody sends their commands, each with a key of its own and until it is acknowledged; `disturb` runs meanwhile.
  void write_through(Appender& appender, int commands_per_thread, const std::function<void()>& disturb) {
    std::vector<std::thread> threads;
    for (int thread = 0; thread < threads_count; ++thread)
      threads.emplace_back([&, thread] {
        for (int i = 0; i < commands_per_thread; ++i)
          send_until_acknowledged(appender, std::to_string(thread) + "/" + std::to_string(i));
      });
    disturb();
    for (auto& thread : threads) thread.join();
    expected += static_cast<std::size_t>(threads_count * commands_per_thread);
  }

  void send_until_acknowledged(Appender& appender, const std::string& key) {
    const auto issue = new_id<IssueId>();
    const auto request = with_key(one(open_issue(place, issue, "Issue " + key)), key);
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < deadline) {
      const auto reply = reply_of(submit(appender, request));
      if (std::holds_alternative<Unavailable>(reply)) {
        ++unavailable;
        continue;
      }
      const auto& outcome = std::get<Outcome>(reply);
      ASSERT_FALSE(outcome.refused) << outcome.refused->detail;
      const std::lock_guard lock(mutex);
      acknowledged.emplace(events::stream_of(issue), key);
      return;
    }
    ADD_FAILURE() << "no answer for " << key;
  }
  std::size_t acknowledged_count() {
    const std::lock_guard lock(mutex);
    return acknowledged.size();
  }

  void found(const std::string& url) {
    PgStore::migrate(url);
    PgStore::initialise(url, test_keys()->fingerprint());
    Writer writer(url, test_keys());
    send(*writer.appender, many({register_user(place.olga, "olga"), found_workspace(place)}, true));
  }
  void expect_each_once(const std::string& url) {
    EXPECT_EQ(acknowledged.size(), expected);
    pg::Connection admin(url);
    const auto born = admin.exec("SELECT stream_id FROM log.events WHERE stream_type = 'issue' AND stream_version = 1");
    EXPECT_EQ(static_cast<std::size_t>(born.rows()), expected);
    for (int row = 0; row < born.rows(); ++row)
      EXPECT_TRUE(acknowledged.contains(StreamId{*text::Uuid::parse(born.text(row, 0))}));
    expect_sound(url, test_keys());
  }

  const Place place;
  std::mutex mutex;
  std::map<StreamId, std::string> acknowledged;
  std::size_t expected = 0;
  std::atomic<int> unavailable{0};
};

TEST_F(Outages, AConnectionThatIsCutAnywhereEvenWithinCommitLosesAndDoublesNothing) {
  auto& server = PostgresServer::own();
  const auto url = server.fresh_database();
  found(url);
  CuttingProxy proxy(url, 20261121);
  Writer writer(proxy.url(), test_keys(), url);
  proxy.cutting = true;
  pg::Connection admin(url);
  // The first connection was made before; from here on each has its end in it.
  admin.exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
             " AND backend_type = 'client backend'");
  write_through(*writer.appender, 40, [] {});
  EXPECT_GT(proxy.cuts(), 10);
  EXPECT_GT(writer.appender->stats().lost_commits, 0u);
  proxy.cutting = false;
  expect_each_once(url);
}

TEST_F(Outages, AServerThatIsStoppedOrCrashesUnderLoadIsWaitedOut) {
  PostgresServer server({.durable = true, .of_its_own = true});
  found(server.url());
  Writer writer(server.url(), test_keys());
  write_through(*writer.appender, 30, [&] {
    for (const bool crash : {false, true}) {
      const auto before = acknowledged_count();
      ASSERT_TRUE(wait_until([&] { return acknowledged_count() >= before + 10; }, patience));
      const auto refused = unavailable.load();
      crash ? server.crash() : server.stop();
      ASSERT_TRUE(wait_until([&] { return unavailable > refused; }, patience));
      server.start();
    }
  });
  expect_each_once(server.url());
}

}  // namespace
}  // namespace daybook::log::test
