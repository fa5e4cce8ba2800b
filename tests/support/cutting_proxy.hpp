#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/support.hpp"

namespace daybook::test {

/// Stands between PostgreSQL's clients and its Unix socket and, while `cutting`, ends each connection after a random
/// number of bytes of both ways together: in the middle of a message, of a COMMIT, of its answer.
class CuttingProxy {
 public:
  /// `url` as PostgresServer gives it: a database behind a Unix socket.
  CuttingProxy(const std::string& url, std::uint32_t seed);
  CuttingProxy(const CuttingProxy&) = delete;
  CuttingProxy& operator=(const CuttingProxy&) = delete;
  ~CuttingProxy();

  /// The same database, through the proxy.
  [[nodiscard]] const std::string& url() const noexcept { return url_; }
  [[nodiscard]] int cuts() const noexcept { return cuts_; }
  std::atomic<bool> cutting{false};

  static constexpr int bytes_min = 200;
  static constexpr int bytes_max = 60'000;

 private:
  void accept_all();
  void carry(int client);
  [[nodiscard]] int draw();

  TempDir folder_;
  std::string server_socket_;
  std::string url_;
  std::mutex mutex_;
  std::mt19937 random_;
  std::atomic<int> cuts_{0};
  std::atomic<bool> stopping_{false};
  int listener_ = -1;
  std::vector<std::thread> carriers_;
  std::thread acceptor_;
};

}  // namespace daybook::test
