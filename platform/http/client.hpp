#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.hpp"

namespace daybook::http {

/// What came back: a reply, or the text of the network's trouble.
struct ClientResult {
  int status = 0;  ///< 0 when there was no reply.
  std::vector<Header> headers;
  std::string body;
  std::string error;  ///< Empty when there was a reply.

  [[nodiscard]] bool ok() const noexcept { return error.empty(); }
  [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
};

/// A blocking HTTP client of one server, which keeps its connection. One thread at a time. Redirects are not
/// followed, and proxies of the environment are not used: it talks to the address it was given.
class Client {
 public:
  static constexpr std::chrono::milliseconds timeout_default{30'000};
  static constexpr std::size_t reply_bytes_max = 64u << 20;

  /// "http://127.0.0.1:8000", with or without a path that all paths start with.
  explicit Client(std::string base_url);
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;
  ~Client();

  /// A body is sent when there is one, and for POST, PUT and PATCH; as JSON unless `headers` say otherwise.
  [[nodiscard]] ClientResult send(std::string_view method, std::string_view path,
                                  const std::vector<Header>& headers = {}, std::string_view body = {},
                                  std::chrono::milliseconds timeout = timeout_default);
  [[nodiscard]] ClientResult get(std::string_view path, const std::vector<Header>& headers = {});

  /// GETs a live body piece by piece until it ends, the callback says false (which is no error), or the time
  /// is up (which is one). The result's body is empty.
  [[nodiscard]] ClientResult stream(std::string_view path, const std::vector<Header>& headers,
                                    const std::function<bool(std::string_view)>& on_chunk,
                                    std::chrono::milliseconds timeout = timeout_default);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::http
