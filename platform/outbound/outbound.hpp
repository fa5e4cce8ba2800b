#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "platform/text/ip_network.hpp"

namespace daybook::outbound {

/// Sent to an address that somebody else chose. Without a Content-Type among the headers the body is JSON.
struct Post {
  std::string url;  // http or https, without a name or a password
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct Answer {
  std::int64_t status = 0;  // 0 where none came
  std::string error;        // in words; empty for 200 to 299. Says nothing of the network that the sender stands in.

  [[nodiscard]] bool taken() const noexcept { return error.empty(); }
};

struct Options {
  std::vector<std::string> allowed_networks;   // addresses and networks that may be sent to although they are not public
  std::chrono::milliseconds timeout{10'000};   // of a post, from looking up the name to the end of the answer
};

/// Sends POSTs to receivers that are not trusted. The address that is connected to has to be public or allowed, whatever the name
/// resolved to before; redirects are not followed, proxies of the environment are not used, certificates are verified, and what
/// the answer says beyond its status is not kept. One thread at a time.
class Sender {
 public:
  /// The answer's body, and its header fields, are read up to here and no further; the status counts either way.
  static constexpr std::size_t answer_bytes_max = 64u << 10;

  virtual ~Sender() = default;
  /// Blocks, for the timeout at most and what resolving the name takes beyond it. A receiver's trouble is an Answer; nothing is thrown.
  [[nodiscard]] virtual Answer post(const Post& post) = 0;
};

/// Throws std::invalid_argument for an allowed network that is none.
[[nodiscard]] std::unique_ptr<Sender> make_sender(Options options);

/// Whether it is reachable from anywhere, after IANA's registries of special addresses: not loopback, private, link-local, shared,
/// multicast, for documentation, benchmarks or protocols, and none that carries an address of version 4 inside (6to4, Teredo, NAT64),
/// since that one may be anything.
[[nodiscard]] bool is_public(const text::IpAddress& address);

}  // namespace daybook::outbound
