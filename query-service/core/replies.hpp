#pragma once
// Replies of one thing and of many, with everything that fields, expand, count, deleted, cursors and ETags ask of them.
#include "query-service/core/serve.hpp"

namespace daybook::query {

// One by a word of the path; 404 when the viewer has none such. `owner` is the workspace's id, or the user's.
http::Response one_response(const Query& query, const Resource& resource, const std::string& owner, std::string_view word);
// The same from the state store, of the thing that the path names; of the workspace itself where it names no other.
http::Response one_response(const StateQuery& query, const Resource& resource);
// Whether the state store answers it: it embeds nothing, but knows earlier states.
bool is_for_state(const api::Call& call);
// What a route has made by itself.
http::Response content_response(const Query& query, std::string body);
// A page.
http::Response list_response(const Query& query, const Resource& resource, std::vector<Scope> scope);

}  // namespace daybook::query
