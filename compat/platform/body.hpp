#pragma once
// What callers of the platform's API send: bodies and the parameters of lists, as Daybook's own API takes them, and what is wrong with
// them in the platform's own form. Pure.
#include <optional>
#include <string>

#include "compat/platform/operation.hpp"
#include "platform/http/message.hpp"

namespace daybook::compat {

inline constexpr std::size_t offset_max = 100'000;   // rows: what lies before an offset is walked through

struct Body {
  json::object theirs, ours;
  json::array refusals;   // empty: all is well
};

// Unknown fields are passed over, and on a PATCH null leaves as it is.
Body read_body(const Operation& operation, const http::Request& request);

struct Page {
  std::size_t offset = 0, limit = 0;   // rows
  std::string query;                   // what is asked of Daybook's list
  json::array refusals;
};

Page read_page(const Operation& operation, const http::Request& request);

// One entry of the platform's list of what is wrong.
json::object refusal(std::string_view type, json::array place, std::string_view message, json::value input);

}  // namespace daybook::compat
