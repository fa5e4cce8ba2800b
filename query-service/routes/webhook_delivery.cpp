// What was sent to a webhook and what became of it, for a while. The queue lies beside the log and is no read model: its rows are those of
// now, whatever position is asked for.
#include "query-service/core/point.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

BOOST_DEFINE_ENUM_CLASS(DeliveryStatus, pending, succeeded, failed)

struct WebhookDelivery {
  text::Uuid id{};
  events::WebhookId webhook_id{};
  events::WorkspaceId workspace_id{};
  events::EventId event_id{};
  events::Position position{};
  std::string event_type;
  DeliveryStatus status{};
  std::int64_t attempts = 0;
  std::optional<text::Instant> next_at;
  std::optional<std::int64_t> last_status;
  std::optional<std::string> last_error;
  text::Instant created_at{};
  std::optional<text::Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(WebhookDelivery, (), (id, webhook_id, workspace_id, event_id, position, event_type, status, attempts, next_at, last_status,
                                            last_error, created_at, ended_at))

namespace {

http::Response of_webhook(const Query& query) {
  Columns columns{{}, {"id"}};
  const auto workspace = query.viewer.workspace.text();
  const auto found = find_one(query.connection, query.sight(), webhooks(), workspace, query.call.path_parameter("webhook"), Deleted::exclude, columns);
  if (!found) return api::respond_problem(query.call, api::not_found(std::string(webhooks().what)));
  return list_response(query, webhook_deliveries(), {{"workspace_id", workspace}, {"webhook_id", found->id}});
}

std::vector<api::Route> webhook_delivery_routes(const QueryContext& context) {
  return {list_route(context, "listWebhookDeliveries", "/api/v1/workspaces/{workspace}/webhooks/{webhook}/deliveries",
                     "What it was told, newest first, with the last answer; for 30 days.", webhook_deliveries(), Below::workspace, of_webhook)};
}

}  // namespace

const Resource& webhook_deliveries() {
  static const Resource resource{.what = "delivery",
                                 .title = "WebhookDelivery",
                                 .source = "SELECT * FROM log.webhook_deliveries",
                                 .row = &events::type_info<WebhookDelivery>(),
                                 .filters = {{"status", "status", "pending, succeeded or failed; several by commas."},
                                             {"event_type", "event_type", "Of exactly this event type."},
                                             created_after,
                                             created_before},
                                 .sorts = {"position"},
                                 .default_sort = "-position",
                                 .managed_by = "webhooks_manage",
                                 .more = webhook_delivery_routes};
  return resource;
}

}  // namespace daybook::query
