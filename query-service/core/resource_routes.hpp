#pragma once
// The routes that follow from a declaration: the list, one of them, its history, and the lists of what belongs to it.
#include "query-service/core/replies.hpp"

namespace daybook::query {

// Below /workspaces/{workspace}. `history` is the resource whose rows say what happened, by entity_id.
std::vector<api::Route> routes_of(const QueryContext& context, const Resource& resource, ResourceOf history);

// What only superusers are answered; 403 for everybody else.
Run for_superusers(Run run);
// Of such routes, in the place of a permission of the workspace's table.
inline constexpr std::string_view superuser_permission = "superuser";

// Of what people have of their own: the list at that path, and one of them below it.
std::vector<api::Route> routes_of_ones_own(const QueryContext& context, const Resource& resource, std::string_view path);

// For routes written by hand: what the declaration says of a reply of one, or of many, and a handler.
api::Route one_route(const QueryContext& context, std::string_view id, std::string_view path, std::string_view summary,
                     const Resource& resource, Below below, Run run);
api::Route list_route(const QueryContext& context, std::string_view id, std::string_view path, std::string_view summary,
                      const Resource& resource, Below below, Run run);
// One of the numbered revisions of a thing: the path names the thing by its `parameter`, which the column of that name and `_id`
// holds, and the number as `{revision}`.
api::Route revision_route(const QueryContext& context, const Resource& revisions, std::string_view parameter, std::string_view path);
// What happened to one thing, newest first.
api::Route history_route(
    const QueryContext& context, const Resource& resource, std::string_view path, ResourceOf history,
    std::function<http::Response(const Query&, const std::function<http::Response(const std::string& id)>&)> with_id);

}  // namespace daybook::query
