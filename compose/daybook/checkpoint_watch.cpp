#include "compose/daybook/checkpoint_watch.hpp"

#include "platform/postgres/connection.hpp"
#include "projector/core/read_table.hpp"
#include "projector/projector.hpp"

namespace daybook::app {

CheckpointWatch::CheckpointWatch(std::string database_url, int generation, std::shared_ptr<projector::Progress> progress)
    : database_url_(std::move(database_url)), generation_(generation), progress_(std::move(progress)), thread_([this] { run(); }) {}

CheckpointWatch::~CheckpointWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

void CheckpointWatch::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    try {
      watch();
    } catch (const pg::Error&) {
      // The session is gone, or the tables are being made anew: the next one looks again.
    }
    lock.lock();
    stop_.wait_for(lock, std::chrono::milliseconds(retry_interval_ms), [this] { return stopping_; });
  }
}

// Over one session, until told to stop.
void CheckpointWatch::watch() {
  pg::Connection connection(database_url_);
  const auto schema = projector::schema_of(generation_);
  connection.listen(projector::checkpoint_channel(generation_));
  for (;;) {
    const auto row = connection.exec_prepared("SELECT position FROM " + schema + ".checkpoint");
    if (!row.empty()) progress_->reached(events::Position{row.int64(0, 0)});
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
    static_cast<void>(connection.wait_notify(poll_interval_ms));
  }
}

}  // namespace daybook::app
