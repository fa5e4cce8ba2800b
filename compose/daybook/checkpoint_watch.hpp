#pragma once
// How far a projector in another process is: hears of each batch by LISTEN, and looks at the read tables' checkpoint by
// itself as well, so that a lost notification costs one poll interval. A thread and a session of its own; an outage of the
// database leaves the position where it was until the database is back.
#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "projector/progress.hpp"

namespace daybook::app {

class CheckpointWatch {
 public:
  static constexpr int poll_interval_ms = 250;   // also how long the end of this object may take
  static constexpr int retry_interval_ms = 500;  // while the database is away

  CheckpointWatch(std::string database_url, int generation, std::shared_ptr<projector::Progress> progress);
  ~CheckpointWatch();

 private:
  void run();
  void watch();

  std::string database_url_;
  int generation_;
  std::shared_ptr<projector::Progress> progress_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace daybook::app
