#include "projector/read_models/member.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

// Members are addressed by their user.
const Resource& members() {
  static const Resource resource{
      .what = "member",
      .title = "Member",
      .path = "members",
      .parameter = "member",
      .table = "members",
      .row = &events::type_info<projector::MemberRow>(),
      .stored = projector::table_of<projector::MemberRow>,
      .filters = {{"role", "role", "owner, admin, member, viewer, several by commas."}, {"user", "user_id", "Of these users."}},
      .sorts = {"joined_at", "created_at", "updated_at"},
      .default_sort = "joined_at",
      .references = {{"user", "user_id", {{"", people}}}},
      .address_column = "user_id"};
  return resource;
}

}  // namespace daybook::query
