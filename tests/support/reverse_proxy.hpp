#pragma once

#include <memory>
#include <string>

#include "tests/support/process.hpp"
#include "tests/support/support.hpp"

namespace daybook::test {

/// A real nginx with the configuration that `compose/containers` ships, in front of two services on this machine; only the
/// addresses are others. Serves from the constructor on. The services may come and go.
class ReverseProxy {
 public:
  /// URLs such as "http://127.0.0.1:8001".
  ReverseProxy(const std::string& command_url, const std::string& query_url);
  ReverseProxy(const ReverseProxy&) = delete;
  ReverseProxy& operator=(const ReverseProxy&) = delete;
  ~ReverseProxy();

  [[nodiscard]] const std::string& url() const noexcept { return url_; }
  /// All that it has written: a line for each request, and what broke.
  [[nodiscard]] std::string output() const;

 private:
  [[nodiscard]] bool starts(const std::string& configuration);

  TempDir folder_;
  std::string url_;
  std::unique_ptr<Process> process_;
};

}  // namespace daybook::test
