#include "platform/mail/message.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>

#include "platform/text/base64.hpp"

namespace daybook::mail {
namespace {

constexpr std::size_t base64_line_max = 76;        // characters of a line, RFC 2045 §6.8
constexpr std::size_t encoded_word_bytes_max = 42;  // makes at most 75 characters with its marks, RFC 2047 §2

// Wed, 21 Nov 2026 14:09:29 +0000
std::string date_of(text::Instant instant) {
  const std::time_t seconds = std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count();
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d +0000", days[utc.tm_wday], utc.tm_mday, months[utc.tm_mon], utc.tm_year + 1900,
                utc.tm_hour, utc.tm_min, utc.tm_sec);
  return text;
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x20 && c < 0x7F; });
}

// Whole characters only: each word is decoded by itself.
std::string encoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto length = std::min(encoded_word_bytes_max, text.size());
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
    if (!out.empty()) out += "\r\n ";
    out += "=?utf-8?B?" + text::base64_encode(text.substr(0, length)) + "?=";
    text.remove_prefix(length);
  }
  return out;
}

std::string in_lines(const std::string& base64) {
  std::string out;
  for (std::size_t at = 0; at < base64.size(); at += base64_line_max) out += base64.substr(at, base64_line_max) + "\r\n";
  return out;
}

std::string with_network_line_ends(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' && (out.empty() || out.back() != '\r')) out += '\r';
    out += c;
  }
  return out;
}

}  // namespace

std::string message_of(const Mail& mail, const std::string& from) {
  return "Date: " + date_of(mail.date) + "\r\nFrom: Daybook <" + from + ">\r\nTo: <" + mail.to + ">\r\nMessage-ID: <" + mail.id + "@" +
         from.substr(from.rfind('@') + 1) + ">\r\nSubject: " + (is_plain(mail.subject) ? mail.subject : encoded_words(mail.subject)) +
         "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n" +
         in_lines(text::base64_encode(with_network_line_ends(mail.text)));
}

}  // namespace daybook::mail
