#pragma once
// What the resources share that are published in a workspace and may be listed for all of them: skills, templates, blueprints.
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query::marketplace {

// Those that are listed, of workspaces that are there.
std::string listed(std::string_view table);

// Of both lists, the workspace's and the market's. `words` says what `q` looks at.
std::vector<Filter> filters(std::string_view words);
// Of the workspace's alone.
std::vector<Filter> with_listed(std::vector<Filter> filters);

http::Response listed_ones(const Query& query, const Resource& market);
// By the path's parameter of that name.
http::Response listed_one(const Query& query, const Resource& market, std::string_view parameter);
// The id in the path; nobody's where it is none.
std::string id_in_path(const Query& query, std::string_view parameter);

}  // namespace daybook::query::marketplace
