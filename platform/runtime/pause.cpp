#include "platform/runtime/pause.hpp"

#include <condition_variable>
#include <mutex>

namespace daybook::runtime {

void pause(const std::stop_token& stop, std::chrono::milliseconds time) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait_for(lock, stop, time, [] { return false; });
}

}  // namespace daybook::runtime
