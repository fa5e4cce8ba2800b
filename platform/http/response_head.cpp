#include "platform/http/response_head.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>

namespace daybook::http {
namespace {

bool has_no_body(int status) noexcept { return status == 204 || status == 304 || status < 200; }

/// Fields the server alone decides.
bool is_ours(std::string_view name) noexcept {
  for (const std::string_view ours :
       {"content-length", "transfer-encoding", "connection", "date", "x-content-type-options"}) {
    if (same_name(name, ours)) return true;
  }
  return false;
}

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_clean(std::string& out, std::string_view text) {
  const auto start = out.size();
  out.append(text);
  std::replace_if(
      out.begin() + static_cast<std::ptrdiff_t>(start), out.end(),
      [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  append_clean(out, name);
  out.append(": ");
  append_clean(out, value);
  out.append("\r\n");
}

}  // namespace

BodyKind body_kind(const Response& response, const HeadContext& context) noexcept {
  if (context.head_request || has_no_body(response.status)) return BodyKind::none;
  if (!response.stream) return BodyKind::sized;
  return context.http_1_0 ? BodyKind::until_close : BodyKind::chunked;
}

bool asks_to_close(const Response& response) noexcept {
  return std::any_of(response.headers.begin(), response.headers.end(), [](const Header& header) {
    return same_name(header.name, "connection") && same_name(header.value, "close");
  });
}

void append_head(std::string& out, const Response& response, const HeadContext& context) {
  out.append("HTTP/1.1 ");
  append_number(out, static_cast<std::size_t>(response.status));
  out.push_back(' ');
  out.append(reason_phrase(response.status));
  out.append("\r\nDate: ");
  out.append(date_now());
  out.append("\r\nX-Content-Type-Options: nosniff\r\n");

  bool has_type = response.content_type.empty() || has_no_body(response.status);
  for (const auto& [name, value] : response.headers) {
    if (is_ours(name)) continue;
    has_type = has_type || same_name(name, "content-type");
    append_field(out, name, value);
  }
  if (!has_type) append_field(out, "Content-Type", response.content_type);

  if (body_kind(response, context) == BodyKind::chunked) {
    out.append("Transfer-Encoding: chunked\r\n");
  } else if (!response.stream && !has_no_body(response.status)) {
    out.append("Content-Length: ");
    append_number(out, response.body.size());
    out.append("\r\n");
  }
  if (!context.keep_alive) {
    out.append("Connection: close\r\n");
  } else if (context.http_1_0) {
    out.append("Connection: keep-alive\r\n");
  }
  out.append("\r\n");
}

std::string_view date_now() {
  static constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  thread_local std::time_t second = -1;
  thread_local std::array<char, 64> text{};
  const auto now = std::time(nullptr);
  if (now != second) {
    second = now;
    std::tm utc{};
    gmtime_r(&now, &utc);
    // Written by hand because strftime's names follow the locale.
    std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                  days[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                  months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour, utc.tm_min,
                  utc.tm_sec);
  }
  return text.data();
}

}  // namespace daybook::http
