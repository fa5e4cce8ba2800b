#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace daybook::http {

struct Header {
  std::string name, value;
};

/// Field names compare without regard to ASCII case (RFC 9110 §5.1).
[[nodiscard]] bool same_name(std::string_view a, std::string_view b) noexcept;

/// One request, wholly read. A plain value: it belongs to the handler it was given to.
struct Request {
  std::string method;  ///< As sent, "GET".
  std::string target;  ///< As sent, path and query.
  std::string path;    ///< Percent-decoded, without the query; a trailing slash is kept as sent.
  std::vector<std::pair<std::string, std::string>> query;  ///< Decoded, in order, repeated keys kept.
  std::vector<Header> headers;                             ///< As sent, in order.
  std::string body;
  std::string remote_address;  ///< "127.0.0.1"

  /// The first field of that name, whatever its case; empty when absent.
  [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
  [[nodiscard]] bool has_header(std::string_view name) const noexcept;
  /// The first parameter of that name; nullopt when absent.
  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const noexcept;
  /// The path as sent, still percent-encoded: what Router::match wants.
  [[nodiscard]] std::string_view raw_path() const noexcept;
};

/// What a stream writes into. The server implements it; a test of a handler may bring its own.
class StreamChannel {
 public:
  virtual ~StreamChannel() = default;
  virtual bool write(std::string chunk) = 0;
  virtual void close() = 0;
  [[nodiscard]] virtual bool open() const = 0;
  [[nodiscard]] virtual std::size_t unsent_bytes() const { return 0; }
  virtual void on_close(std::function<void()> callback) = 0;
};

/// The writing end of a live body (server-sent events). A shared handle: copies write to the same stream,
/// from any thread. Chunks of one thread arrive in order. It may outlive the connection and the server; it is
/// then closed.
class StreamWriter {
 public:
  explicit StreamWriter(std::shared_ptr<StreamChannel> channel) : channel_(std::move(channel)) {}

  /// False once the stream is closed: by us, by the client, or because the client read too slowly and
  /// its queue (`stream_queue_bytes_max`) was full, which closes the stream without its proper end. An empty
  /// queue takes one chunk of any size.
  bool write(std::string chunk) { return channel_->write(std::move(chunk)); }
  /// Ends the body properly once everything written has been sent.
  void close() { channel_->close(); }
  [[nodiscard]] bool open() const { return channel_->open(); }
  /// What was written and has not left yet: who has much to send waits while it is high.
  [[nodiscard]] std::size_t unsent_bytes() const { return channel_->unsent_bytes(); }
  /// Runs once when the stream closes for whatever reason, on any thread; at once when it already has. The
  /// callback must be short, must not throw and must not own the writer's last copy.
  void on_close(std::function<void()> callback) { channel_->on_close(std::move(callback)); }

 private:
  std::shared_ptr<StreamChannel> channel_;
};

/// One reply. The server adds Content-Length, Date, Connection and X-Content-Type-Options itself and leaves
/// out the body where HTTP has none (HEAD, 204, 304). A "Connection: close" among the headers closes the
/// connection after the reply; a Content-Type among them replaces `content_type`.
struct Response {
  int status = 200;
  std::vector<Header> headers = {};
  std::string body = {};
  std::string content_type = "application/json";
  /// When set, the body is a live stream and `body` is ignored: called once on the I/O thread, after the head
  /// is on its way. Not called for HEAD.
  std::function<void(StreamWriter)> stream = {};
  std::string refusal = {};  ///< Code of the problem it tells of, for logs and metrics. Not sent.
};

/// Called from any thread, now or later; only the first call counts. When every copy is dropped without a
/// call the client gets 500, so that a lost reply cannot hang a connection.
using Respond = std::function<void(Response)>;
/// Runs on the I/O thread and must not block it.
using Handler = std::function<void(Request, Respond)>;

/// The parts of a request target (RFC 9112 §3.2: origin form, absolute form, or "*").
struct Target {
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;
};

/// nullopt when the target is none of the allowed forms, or a percent sign is not followed by two hex digits,
/// or a byte decodes to NUL.
[[nodiscard]] std::optional<Target> parse_target(std::string_view target);

/// RFC 3986 §2.1; with `plus_is_space` as HTML forms write queries. nullopt as for parse_target.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);
/// Everything but unreserved characters (RFC 3986 §2.3) is encoded: for one segment or one query value.
[[nodiscard]] std::string percent_encode(std::string_view text);

/// "Not Found" for 404; empty for a status this does not know.
[[nodiscard]] std::string_view reason_phrase(int status) noexcept;

/// A Request as the server would build it, for tests of handlers. Throws std::invalid_argument when the
/// target cannot be parsed.
[[nodiscard]] Request make_request(std::string method, std::string target, std::vector<Header> headers = {},
                                   std::string body = {});

}  // namespace daybook::http
