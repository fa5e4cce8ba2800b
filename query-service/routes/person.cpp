#include "events/user/state.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

// What people who meet in a workspace see of each other. The words go when the person is erased; the id stays.
struct PersonRow {
  events::UserId id{};
  std::optional<std::string> username;
  std::optional<std::string> full_name;
  std::optional<std::string> avatar;
  events::user::Status status{};
  std::string timezone;
  std::string locale;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (), (id, username, full_name, avatar, status, timezone, locale))

}  // namespace

// Only embedded: who stands in a row that may be seen may be seen themselves, though they have left since.
const Resource& people() {
  static const Resource resource{.what = "person",
                                 .title = "Person",
                                 .source =
                                     "SELECT u.id, p.username, p.full_name, p.avatar, u.status, u.timezone, u.locale"
                                     " FROM $schema.users u LEFT JOIN $schema.people p ON p.user_id = u.id",
                                 .row = &events::type_info<PersonRow>(),
                                 .owner_column = ""};
  return resource;
}

}  // namespace daybook::query
