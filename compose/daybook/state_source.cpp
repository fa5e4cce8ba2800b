#include "compose/daybook/state_source.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace daybook::app {
namespace {

std::filesystem::path folder_of_this_process() {
  return std::filesystem::temp_directory_path() / ("daybook-query-" + std::to_string(::getpid()));
}

}  // namespace

std::optional<projector::StateView> SharedState::view() {
  if (!projector_.is_current()) return std::nullopt;
  return reader_.read();
}

FollowedState::FollowedState(const std::filesystem::path& folder, std::shared_ptr<projector::Progress> tables)
    : tables_(std::move(tables)), own_(folder_of_this_process()), reader_(folder, own_) {
  listening_ = tables_->on_growth([this](events::Position) {
    const std::lock_guard lock(mutex_);
    grown_ = true;
    woken_.notify_all();
  });
  thread_ = std::thread([this] { run(); });
}

FollowedState::~FollowedState() {
  listening_.reset();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  thread_.join();
  std::error_code left;
  std::filesystem::remove_all(own_, left);
}

std::optional<projector::StateView> FollowedState::view() {
  try {
    return reader_.read();
  } catch (const projector::NotReady&) {
    return std::nullopt;
  }
}

// The read tables are committed first, so that a look at once may come too early.
void FollowedState::run() {
  int pause_ms = hurry_ms;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    grown_ = false;
    lock.unlock();
    catch_up();
    lock.lock();
    const bool behind = progress_->current() < tables_->current();
    pause_ms = behind ? std::min(2 * pause_ms, poll_interval_ms) : hurry_ms;
    woken_.wait_for(lock, std::chrono::milliseconds(behind ? pause_ms : poll_interval_ms), [this] { return grown_ || stopping_; });
  }
}

void FollowedState::catch_up() {
  try {
    if (reader_.catch_up()) progress_->reached(reader_.read().position());
  } catch (const rocks::Error&) {
    // The writer is making or replacing files: the next look finds them whole.
  } catch (const std::filesystem::filesystem_error&) {
    // So it is when the folder goes away.
  }
}

}  // namespace daybook::app
