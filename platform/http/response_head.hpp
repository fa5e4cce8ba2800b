#pragma once

#include <string>

#include "platform/http/message.hpp"

namespace daybook::http {

/// What the connection knows and the response does not.
struct HeadContext {
  bool head_request = false;  ///< Answers HEAD.
  bool http_1_0 = false;      ///< The request's version.
  bool keep_alive = true;     ///< Whether another request may follow.
};

/// How the reply's body travels.
enum class BodyKind { none, sized, chunked, until_close };

/// RFC 9110 §6.4.1 and RFC 9112 §6: no body for HEAD, 204 and 304; a stream is chunked, or ends with the
/// connection for HTTP/1.0.
[[nodiscard]] BodyKind body_kind(const Response& response, const HeadContext& context) noexcept;

/// Whether the handler asked for the connection to be closed.
[[nodiscard]] bool asks_to_close(const Response& response) noexcept;

/// Appends status line and fields to `out`, up to and including the empty line. A line break or NUL in a
/// field is written as a space, so that no value can start a field of its own (RFC 9110 §5.5).
void append_head(std::string& out, const Response& response, const HeadContext& context);

/// The value of Date now, in IMF-fixdate (RFC 9110 §5.6.7); formatted once a second for each thread.
[[nodiscard]] std::string_view date_now();

}  // namespace daybook::http
