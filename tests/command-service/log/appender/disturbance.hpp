#pragma once
// What keeps a database from tidying up while it is written: a transaction that was begun and forgotten, a snapshot that
// stays open, and one pg_dump after another. From the constructor to the end of this object.
#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include "platform/postgres/connection.hpp"
#include "tests/support/process.hpp"
#include "tests/support/support.hpp"

namespace daybook::log::test {

class Disturbance {
 public:
  explicit Disturbance(const std::string& url) : forgotten_(url), snapshot_(url) {
    forgotten_.exec("BEGIN");
    forgotten_.exec("SELECT txid_current()");
    snapshot_.exec("BEGIN ISOLATION LEVEL REPEATABLE READ");
    snapshot_.exec("SELECT count(*) FROM log.events");
    dumping_ = std::thread([this, url] {
      while (!stopping_) dump(url);
    });
  }
  ~Disturbance() {
    stopping_ = true;
    dumping_.join();
  }
  int dumps() const { return dumps_; }

 private:
  static constexpr std::chrono::seconds dump_limit{60};

  void dump(const std::string& url) {
    daybook::test::Process dumping({"/usr/bin/pg_dump", "--schema=log", "--file=/dev/null", url},
                                   {.folder = folder_.path(), .output = folder_ / "said"});
    if (dumping.wait(dump_limit) && dumping.exit_code() == 0) ++dumps_;
  }

  daybook::test::TempDir folder_;
  pg::Connection forgotten_, snapshot_;
  std::atomic<bool> stopping_{false};
  std::atomic<int> dumps_{0};
  std::thread dumping_;
};

}  // namespace daybook::log::test
