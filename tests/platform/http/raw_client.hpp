#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace daybook::http {

/// A socket to the loopback port, for tests that send what a proper client would not.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receive_buffer_bytes = 0);
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient();

  void send(std::string_view bytes);
  /// Everything received so far, once it contains `wanted`, the server has closed, or `deadline` has passed.
  const std::string& read_until(std::string_view wanted,
                                std::chrono::milliseconds deadline = default_deadline);
  /// Everything received until the server closed its side; `closed` tells whether it has.
  const std::string& read_to_end(std::chrono::milliseconds deadline = default_deadline);
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  static constexpr std::chrono::milliseconds default_deadline{5000};
  bool receive(std::chrono::steady_clock::time_point until);

  int socket_ = -1;
  std::string received_;
  bool closed_ = false;
};

}  // namespace daybook::http
