#include "projector/read_models/notification.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

std::vector<api::Route> notification_routes(const QueryContext& context) {
  const auto& resource = notifications();
  return {list_route(context, "listMyNotifications", "/api/v1/me/notifications", "What one was told of, the newest first; dismissed ones with deleted=.",
                     resource, Below::oneself,
                     [&resource](const Query& query) {
                       return list_response(query, resource, {{resource.owner_column, query.viewer.user.text()}});
                     }),
          one_route(context, "getMyNotification", "/api/v1/me/notifications/{notification}", "One of them.", resource, Below::oneself,
                    [&resource](const Query& query) {
                      return one_response(query, resource, query.viewer.user.text(), query.call.path_parameter(resource.parameter));
                    })};
}

}  // namespace

// There while their person is a member of the workspace and may see what they are about.
const Resource& notifications() {
  static const Resource resource{
      .what = "notification",
      .title = "Notification",
      .parameter = "notification",
      .table = "notifications",
      .row = &events::type_info<projector::Notification>(),
      .filters = {{"is_read", "is_read", "Whether it was read."},
                  {"type", "type", "task_assigned, task_completed, mentioned, comment_reply, due_date_reminder, project_invite, task_updated, webhook_disabled, "
                                   "several by commas."},
                  {"workspace", "workspace_id", "Of these workspaces, by id."},
                  {"issue", "related_issue_id", "About these issues; none for those about none."},
                  created_after,
                  created_before},
      .sorts = {"created_at"},
      .default_sort = "-created_at",
      .containers = {{"workspace_id", workspaces},
                     {"user_id", members, "", "workspace_id"},
                     {"related_project_id", projects},
                     {"related_issue_id", issues},
                     {"related_comment_id", comments}},
      .references = {{"related_project", "related_project_id", {{"", projects}}},
                     {"related_issue", "related_issue_id", {{"", issues}}},
                     {"related_comment", "related_comment_id", {{"", comments}}},
                     {"caused_by", "caused_by_id", principals(), "caused_by_type"}},
      .owner_column = "user_id",
      .more = notification_routes};
  return resource;
}

}  // namespace daybook::query
