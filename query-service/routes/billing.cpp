#include "events/workspace/state.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

// With the address that bills go to, where everybody else in the workspace reads a mark.
struct BillingRow : events::Stamp {
  events::WorkspaceId id{};
  std::optional<events::Json> billing_info;
};
BOOST_DESCRIBE_STRUCT(BillingRow, (events::Stamp), (id, billing_info))

constexpr std::string_view billing_with_address =
    "SELECT w.version, w.born, w.changed, w.created_at, w.updated_at, w.id, CASE WHEN p.email IS NULL THEN w.billing_info::json"
    " ELSE (w.billing_info::jsonb || jsonb_build_object('billingEmail', p.email))::json END AS billing_info"
    " FROM $schema.workspaces w LEFT JOIN $schema.people p ON p.user_id = w.id";

std::vector<api::Route> billing_routes(const QueryContext& context) {
  return {one_route(context, "getWorkspaceBilling", "/api/v1/workspaces/{workspace}/billing",
                    "What whoever bills it needs to know, with the address that bills go to.", workspace_billing(), Below::workspace,
                    [](const Query& query) {
                      const auto id = query.viewer.workspace.text();
                      return one_response(query, workspace_billing(), id, id);
                    })};
}

}  // namespace

// A workspace's own row is read by all of its members and shown again in histories: no address stands there.
const Resource& workspace_billing() {
  static const Resource resource{.what = "workspace",
                                 .title = "WorkspaceBilling",
                                 .source = billing_with_address,
                                 .row = &events::type_info<BillingRow>(),
                                 .owner_column = "id",
                                 .managed_by = "workspace_manage",
                                 .more = billing_routes};
  return resource;
}

}  // namespace daybook::query
