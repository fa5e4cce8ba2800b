#include "events/user/state.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

// One's own row joined with what is personal.
struct OneselfRow : events::user::Fields {
  std::optional<std::string> email;
  std::optional<std::string> username;
  std::optional<std::string> full_name;
  std::optional<std::string> avatar;
  std::optional<std::string> google_id;
  std::optional<text::Instant> last_active_at;
  std::int64_t unread_notifications = 0;
};
BOOST_DESCRIBE_STRUCT(OneselfRow, (events::user::Fields), (email, username, full_name, avatar, google_id, last_active_at, unread_notifications))

std::vector<api::Route> oneself_routes(const QueryContext& context) {
  const auto& resource = oneself();
  auto route = one_route(context, "getMe", "/api/v1/me", "Oneself, with e-mail address, username and names.", resource,
                         Below::oneself, [&resource](const Query& query) {
                           const auto id = query.viewer.user.text();
                           return one_response(query, resource, id, id);
                         });
  std::erase_if(route.parameters, [](const auto& parameter) { return parameter.name == "deleted"; });
  return {std::move(route)};
}

}  // namespace

const Resource& oneself() {
  static const Resource resource{.what = "user",
                                 .title = "Oneself",
                                 .source =
                                     "SELECT u.*, p.email, p.username, p.full_name, p.avatar, p.google_id, a.last_active_at FROM $schema.users u"
                                     " LEFT JOIN $schema.people p ON p.user_id = u.id LEFT JOIN $schema.user_activity a ON a.id = u.id",
                                 .row = &events::type_info<OneselfRow>(),
                                 .counted = {{"unread_notifications", notifications, "user_id", "NOT n.is_read"}},
                                 .owner_column = "id",
                                 .more = oneself_routes};
  return resource;
}

}  // namespace daybook::query
