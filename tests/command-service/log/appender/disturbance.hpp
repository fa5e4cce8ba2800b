#pragma once
// What keeps a database from tidying up while it is written: a transaction that was begun and forgotten, a snapshot that
// stays open, and one pg_dump after another. Each from the constructor to the end of its object.
#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include "platform/postgres/connection.hpp"
#include "tests/support/process.hpp"
#include "tests/support/support.hpp"

namespace daybook::log::test {

class HeldOpen {
 public:
  explicit HeldOpen(const std::string& url) : forgotten_(url), snapshot_(url) {
    forgotten_.exec("BEGIN");
    forgotten_.exec("SELECT txid_current()");
    snapshot_.exec("BEGIN ISOLATION LEVEL REPEATABLE READ");
    seen_ = snapshot_.exec(count_events).text(0, 0);
  }
  // Both are still what they were.
  bool holds() {
    return forgotten_.exec("SELECT txid_current_if_assigned() IS NOT NULL").boolean(0, 0) &&
           snapshot_.exec(count_events).text(0, 0) == seen_;
  }

 private:
  static constexpr const char* count_events = "SELECT count(*) FROM log.events";

  pg::Connection forgotten_, snapshot_;
  std::string seen_;
};

class Dumping {
 public:
  explicit Dumping(const std::string& url)
      : thread_([this, url](const std::stop_token& stop) {
          while (!stop.stop_requested()) dump(url);
        }) {}
  int dumps() const { return dumps_; }

 private:
  static constexpr std::chrono::seconds dump_limit{60};

  void dump(const std::string& url) {
    daybook::test::Process dumping({"/usr/bin/pg_dump", "--schema=log", "--file=/dev/null", url},
                                   {.folder = folder_.path(), .output = folder_ / "said"});
    if (dumping.wait(dump_limit) && dumping.exit_code() == 0) ++dumps_;
  }

  daybook::test::TempDir folder_;
  std::atomic<int> dumps_{0};
  std::jthread thread_;  // the last member: it ends before what it uses
};

struct Disturbance {
  explicit Disturbance(const std::string& url) : held(url), dumping(url) {}
  HeldOpen held;
  Dumping dumping;
};

}  // namespace daybook::log::test
