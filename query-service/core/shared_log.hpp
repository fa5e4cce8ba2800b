#pragma once
// One reader of the log for all live events of the process: each reader is a connection to the database, and streams are
// many. Opened at first use; safe from any thread, one reads at a time.
#include <functional>
#include <memory>
#include <mutex>

#include "events/log_reader.hpp"

namespace daybook::query {

class SharedLog {
 public:
  explicit SharedLog(std::function<std::unique_ptr<events::LogReader>()> open) : open_(std::move(open)) {}

  events::Position head() {
    const std::lock_guard lock(mutex_);
    return reader().head();
  }
  std::vector<events::Envelope> read(events::Position after, std::size_t events_max, std::size_t bytes_max) {
    const std::lock_guard lock(mutex_);
    return reader().read(after, events_max, bytes_max);
  }

 private:
  events::LogReader& reader() {
    if (!reader_) reader_ = open_();
    return *reader_;
  }

  std::function<std::unique_ptr<events::LogReader>()> open_;
  std::mutex mutex_;
  std::unique_ptr<events::LogReader> reader_;
};

}  // namespace daybook::query
