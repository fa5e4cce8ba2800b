#pragma once

// Internal to the server: brings in Beast.

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <limits>
#include <string>
#include <string_view>

#include "platform/http/message.hpp"
#include "platform/http/server.hpp"

namespace daybook::http {

/// Why the server answers by itself; status 0 when it has no reason to.
struct Refusal {
  int status = 0;
  std::string_view detail;
};

/// Beast's parser, filling a Request without a message type of Beast's in between, and holding it to the
/// limits while it grows. One for each request.
class RequestParser : public boost::beast::http::basic_parser<true> {
  using error_code = boost::beast::error_code;
  using string_view = boost::beast::string_view;

 public:
  RequestParser(const ServerOptions& options, const std::string& remote_address) : options_(options) {
    request_.remote_address = remote_address;
    request_.headers.reserve(headers_expected);
    eager(true);
    body_limit(boost::none);  // Ours depends on the route.
    header_limit(static_cast<std::uint32_t>(
        std::min<std::size_t>(options.header_bytes_max, std::numeric_limits<std::uint32_t>::max())));
  }

  [[nodiscard]] Request& request() noexcept { return request_; }
  [[nodiscard]] const Request& request() const noexcept { return request_; }
  [[nodiscard]] const Refusal& refusal() const noexcept { return refusal_; }
  [[nodiscard]] bool has_request_line() const noexcept { return !request_.method.empty(); }
  [[nodiscard]] bool expects_continue() const noexcept { return expects_continue_ && !http_1_0_; }
  [[nodiscard]] bool http_1_0() const noexcept { return http_1_0_; }

 private:
  static constexpr std::size_t headers_expected = 12;
  static constexpr std::size_t body_reserve_bytes_max = 256 << 10;
  static constexpr std::size_t line_overhead_bytes = 4;  // ": " and the line end.

  static std::string_view view(string_view text) noexcept { return {text.data(), text.size()}; }

  void refuse(int status, std::string_view detail, error_code& error) {
    refusal_ = {status, detail};
    error = boost::beast::http::error::bad_value;
  }

  void on_request_impl(boost::beast::http::verb, string_view method, string_view target, int version,
                       error_code& error) override {
    request_.method = view(method);
    http_1_0_ = version < 11;
    if (target.size() > options_.url_bytes_max) return refuse(414, "the URL is too long", error);
    header_bytes_ = method.size() + target.size() + line_overhead_bytes;
    auto parsed = http::parse_target(view(target));
    if (!parsed) return refuse(400, "the request target is malformed", error);
    request_.target = view(target);
    request_.path = std::move(parsed->path);
    request_.query = std::move(parsed->query);
  }

  void on_field_impl(boost::beast::http::field field, string_view name, string_view value,
                     error_code& error) override {
    using enum boost::beast::http::field;
    header_bytes_ += name.size() + value.size() + line_overhead_bytes;
    if (header_bytes_ > options_.header_bytes_max) return refuse(431, "the header is too large", error);
    // Trailer fields do not count as header fields (RFC 9110 §6.5.1).
    if (header_done_) return;
    if (field == host) ++hosts_;
    if (field == transfer_encoding) has_transfer_encoding_ = true;
    if (field == expect) expects_continue_ = same_name(view(value), "100-continue");
    request_.headers.push_back({std::string(view(name)), std::string(view(value))});
  }

  void on_header_impl(error_code& error) override {
    header_done_ = true;
    // RFC 9112 §3.2: exactly one Host since 1.1.
    if (hosts_ > 1 || (hosts_ == 0 && !http_1_0_)) return refuse(400, "there must be one Host field", error);
    // A coding we cannot undo would leave the body's end unknown (RFC 9112 §6.3).
    if (has_transfer_encoding_ && !chunked()) return refuse(501, "the transfer coding is not known", error);
    if (!chunked() && !content_length()) return;
    body_bytes_max_ =
        options_.body_limit ? options_.body_limit(request_.method, request_.path) : options_.body_bytes_max;
    if (const auto length = content_length(); length && *length > body_bytes_max_) too_large(error);
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    if (length) request_.body.reserve(std::min<std::size_t>(*length, body_reserve_bytes_max));
  }

  std::size_t on_body_impl(string_view body, error_code& error) override {
    if (request_.body.size() + body.size() > body_bytes_max_) {
      too_large(error);
      return 0;
    }
    request_.body.append(body.data(), body.size());
    return body.size();
  }

  std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code& error) override {
    return on_body_impl(body, error);
  }

  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  void on_finish_impl(error_code&) override {}

  void too_large(error_code& error) { refuse(413, "the body is too large", error); }

  const ServerOptions& options_;
  Request request_;
  Refusal refusal_;
  std::size_t header_bytes_ = 0;
  std::size_t body_bytes_max_ = 0;
  int hosts_ = 0;
  bool http_1_0_ = false;
  bool header_done_ = false;
  bool has_transfer_encoding_ = false;
  bool expects_continue_ = false;
};

}  // namespace daybook::http
