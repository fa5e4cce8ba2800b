#include "platform/runtime/signals.hpp"

#include <csignal>
#include <thread>
#include <utility>

namespace daybook::runtime {
namespace {

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

void block_stop_signals() {
  const auto signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

int wait_for_stop_signal() {
  const auto signals = stop_signals();
  int signal = 0;
  sigwait(&signals, &signal);
  return signal;
}

void stop_at_signal(std::stop_source stop) {
  block_stop_signals();
  std::thread([stop = std::move(stop)]() mutable {
    wait_for_stop_signal();
    const auto signals = stop_signals();
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
    stop.request_stop();
    for (;;) ::pause();
  }).detach();
}

}  // namespace daybook::runtime
