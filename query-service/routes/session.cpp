#include "projector/read_models/session.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

std::vector<api::Route> session_routes(const QueryContext& context) {
  const auto& resource = sessions();
  return {list_route(context, "listMySessions", "/api/v1/me/sessions", "One's sessions, those that have ended too.", resource,
                     Below::oneself, [&resource](const Query& query) {
                       return list_response(query, resource, {{resource.owner_column, query.viewer.user.text()}});
                     })};
}

}  // namespace

const Resource& sessions() {
  static const Resource resource{.what = "session",
                                 .title = "Session",
                                 .table = "sessions",
                                 .row = &events::type_info<projector::SessionRow>(),
                                 .sorts = {"created_at"},
                                 .default_sort = "-created_at",
                                 .owner_column = "user_id",
                                 .more = session_routes};
  return resource;
}

}  // namespace daybook::query
