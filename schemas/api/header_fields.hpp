#pragma once
// Request fields whose syntax is more than one word. Pure.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.hpp"

namespace daybook::api {

// RFC 9110 §8.8.3: `"v17"`, or weak `W/"v17"`.
struct EntityTag {
  bool weak = false;
  std::string opaque;                      // without the quotes
  bool operator==(const EntityTag&) const = default;
};

// If-Match or If-None-Match: `*`, or a list over one or several fields.
struct EntityTags {
  bool any = false;                        // `*`
  std::vector<EntityTag> tags;
};
inline constexpr std::size_t entity_tags_max = 100;   // in one request

// Nothing where the request has no such field; `malformed` where it cannot be read.
struct EntityTagsRead {
  std::optional<EntityTags> tags;
  bool malformed = false;
};
EntityTagsRead read_entity_tags(const http::Request& request, std::string_view field);

// RFC 7240: the value of a preference over one or several Prefer fields, "" for one without a value. The first one counts.
std::optional<std::string> preference(const http::Request& request, std::string_view name);

// W3C Trace Context: the trace id of a `traceparent`, 32 lower-case hex digits; empty where there is none or it is not valid.
std::string trace_id_of(std::string_view traceparent);

}  // namespace daybook::api
