#include "projector/read_models/user.hpp"

#include "platform/text/uuid.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

// As superusers read it. The words go when the person is erased; the id stays.
struct WholeUserRow : events::user::Fields {
  std::optional<std::string> email;
  std::optional<std::string> username;
  std::optional<std::string> full_name;
  std::optional<std::string> avatar;
  std::optional<std::string> google_id;
  std::optional<text::Instant> last_active_at;
};
BOOST_DESCRIBE_STRUCT(WholeUserRow, (events::user::Fields), (email, username, full_name, avatar, google_id, last_active_at))

constexpr std::string_view has_address = "lower(t.email) = lower($value)";
constexpr std::string_view names_hold = "strpos(lower(concat_ws(' ', t.email, t.username, t.full_name)), lower($value)) > 0";

http::Response listed_users(const Query& query) { return list_response(query, users(), {}); }
http::Response one_user(const Query& query) {
  const auto word = query.call.path_parameter("user");
  return one_response(query, users(), text::Uuid::parse(word).value_or(text::Uuid{}).text(), word);
}

std::vector<api::Route> user_routes(const QueryContext& context) {
  auto all = list_route(context, "listUsers", "/api/v1/users", "Everybody who is registered, for superusers.", users(), Below::oneself,
                        for_superusers(listed_users));
  auto one = one_route(context, "getUser", "/api/v1/users/{user}", "Somebody who is registered, for superusers.", users(), Below::oneself,
                       for_superusers(one_user));
  for (auto* route : {&all, &one}) route->permission = superuser_permission;
  return {std::move(all), std::move(one)};
}

}  // namespace

// Never shown: what belongs to somebody alone is hidden with them.
const Resource& accounts() {
  static const Resource resource{.what = "user",
                                 .title = "Account",
                                 .table = "users",
                                 .row = &events::type_info<projector::UserRow>(),
                                 .stored = projector::table_of<projector::UserRow>,
                                 .owner_column = ""};
  return resource;
}

const Resource& users() {
  static const Resource resource{
      .what = "user",
      .title = "User",
      .source = "SELECT u.*, p.email, p.username, p.full_name, p.avatar, p.google_id, a.last_active_at FROM $schema.users u"
                " LEFT JOIN $schema.people p ON p.user_id = u.id LEFT JOIN $schema.user_activity a ON a.id = u.id",
      .row = &events::type_info<WholeUserRow>(),
      .filters = {{"status", "status", "pending, active, inactive, several by commas."},
                  {"role", "role", "admin, member, viewer, several by commas."},
                  {"superuser", "is_superuser", "true or false."},
                  {"email", "id", "Of exactly this address.", FilterKind::condition, has_address},
                  {"q", "id", "A part of the address, the username or the name.", FilterKind::condition, names_hold},
                  created_after,
                  created_before,
                  updated_after,
                  updated_before},
      .sorts = {"created_at", "updated_at"},
      .default_sort = "created_at",
      .owner_column = "id",
      .more = user_routes};
  return resource;
}

}  // namespace daybook::query
