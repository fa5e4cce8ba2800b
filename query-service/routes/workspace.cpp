#include "projector/read_models/workspace.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

// A deleted one is there for its owners alone, who may bring it back.
constexpr std::string_view is_member =
    "EXISTS (SELECT FROM $schema.members m WHERE m.workspace_id = t.id AND m.user_id = $value AND (t.deleted_at IS NULL OR "
    "m.role = 'owner'))";

http::Response listed(const Query& query) {
  return list_response(query, workspaces(), {{"", query.viewer.user.text(), is_member}});
}

// Those one is a member of; all there are where a superuser asks for them.
http::Response listed_as_asked(const Query& query) {
  const auto all = query.call.parameter("all").value_or("false");
  if (all == "false") return listed(query);
  if (all != "true") return api::respond_problem(query.call, api::bad_parameter("all", "unknown-value", "Expected true or false."));
  static const auto of_all = for_superusers([](const Query& asked) { return list_response(asked, workspaces(), {}); });
  return of_all(query);
}

std::vector<api::Route> workspace_routes(const QueryContext& context) {
  const auto& resource = workspaces();
  const auto itself = [](const Query& query, const auto& then) { return then(query.viewer.workspace.text()); };
  auto list = list_route(context, "listWorkspaces", "/api/v1/workspaces", "The workspaces one is a member of; superusers: or all there are.",
                         resource, Below::oneself, listed_as_asked);
  list.parameters.push_back({"all", "true: every workspace there is, for superusers.", R"({"enum":["true","false"]})"});
  return {
      std::move(list),
      one_route(context, "getWorkspace", "/api/v1/workspaces/{workspace}", "A workspace one may read, by id or slug.",
                resource, Below::workspace,
                [&resource](const Query& query) {
                  const auto id = query.viewer.workspace.text();
                  return one_response(query, resource, id, id);
                }),
      history_route(context, resource, "/api/v1/workspaces/{workspace}/history", activity, itself)};
}

}  // namespace

const Resource& workspaces() {
  static const Resource resource{.what = "workspace",
                                 .title = "Workspace",
                                 .table = "workspaces",
                                 .row = &events::type_info<projector::WorkspaceRow>(),
                                 .stored = projector::table_of<projector::WorkspaceRow>,
                                 .filters = {created_after, created_before},
                                 .sorts = {"name", "created_at", "updated_at"},
                                 .default_sort = "name",
                                 .references = {{"owner", "owner_id", {{"", people}}}},
                                 .owner_column = "id",
                                 .more = workspace_routes};
  return resource;
}

}  // namespace daybook::query
