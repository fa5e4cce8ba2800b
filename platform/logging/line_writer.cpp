#include "platform/logging/line_writer.hpp"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <utility>

namespace daybook::logging {
namespace {

/// A file that takes nothing any more, a closed pipe or a full disk, loses its lines: there is nobody left to tell.
void write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
    if (written >= 0 || errno == EINTR) continue;
    if (errno != EAGAIN) return;
    pollfd room{file, POLLOUT, 0};
    ::poll(&room, 1, -1);
  }
}

/// Signals are for the threads that wait for them.
void block_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
}

}  // namespace

LineWriter::LineWriter(int file) : file_(file), thread_([this] { run(); }) {}

LineWriter::~LineWriter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_one();
  thread_.join();
  flush();
}

void LineWriter::add(std::string_view line) {
  bool first = false, full = false;
  {
    const std::lock_guard lock(mutex_);
    first = unwritten_.empty();
    unwritten_ += line;
    unwritten_ += '\n';
    full = unwritten_.size() >= unwritten_bytes_max;
  }
  if (full) return flush();
  if (first) woken_.notify_one();
}

void LineWriter::flush() {
  const std::lock_guard in_order(writing_);
  {
    const std::lock_guard lock(mutex_);
    std::swap(unwritten_, going_out_);
  }
  write_all(file_, going_out_);
  going_out_.clear();
}

void LineWriter::run() {
  block_signals();
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    woken_.wait(lock, [this] { return stopping_ || !unwritten_.empty(); });
    woken_.wait_for(lock, std::chrono::milliseconds(gathering_ms), [this] { return stopping_; });
    lock.unlock();
    flush();
    lock.lock();
  }
}

}  // namespace daybook::logging
