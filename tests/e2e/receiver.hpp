#pragma once
// Somebody else's server, on this machine: what a Daybook sends out arrives here. Any thread may ask what came.
#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "platform/http/server.hpp"

namespace daybook::test {

// Answers what it is told to, and keeps what it was sent.
class Receiver {
 public:
  Receiver();
  void answer(int status);
  /// From now on 401 to whoever does not carry this token.
  void let_in(std::string bearer);
  std::vector<http::Request> received() const;
  /// Whether so many requests have come, or come within the limit.
  bool has(std::size_t many, std::chrono::seconds limit) const;
  std::string url() const;

 private:
  int status_for(const http::Request& request) const;

  mutable std::mutex mutex_;
  int status_ = 204;
  std::string bearer_;
  std::vector<http::Request> received_;
  http::Server server_;  // the first to end: its handler uses the others
};

}  // namespace daybook::test
