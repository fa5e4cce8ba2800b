#pragma once
// ETags: "v17-4711", version and position of the last change; with a hash of the content behind it where that does not
// follow from the row alone. A list has the hash alone.
#include <string>
#include <string_view>

#include "query-service/core/point.hpp"

namespace daybook::query {

std::string row_etag(const Found& found, bool composed, std::string_view body);
std::string content_etag(std::string_view body);
// Whether If-None-Match names the ETag (RFC 9110 §13.1.2: a list or *, compared weakly).
bool etag_matches(std::string_view if_none_match, std::string_view etag);

}  // namespace daybook::query
