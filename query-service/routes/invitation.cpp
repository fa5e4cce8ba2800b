#include "projector/read_models/invitation.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

// With whom it went to, unless that was erased.
struct InvitationRow : projector::InvitationRow {
  std::optional<std::string> email;
};
BOOST_DESCRIBE_STRUCT(InvitationRow, (projector::InvitationRow), (email))

// One whose time is over has ended, whether or not that was noticed.
constexpr std::string_view invitation_with_address =
    "SELECT i.version, i.born, i.changed, i.created_at, i.updated_at, i.id, i.workspace_id, i.role,"
    " CASE WHEN i.status = 'open' AND i.expires_at <= $now THEN 'expired' ELSE i.status END AS status, i.sent_at, i.expires_at, i.sent_count,"
    " i.accepted_by_id, i.closed_at, i.created_by_type, i.created_by_id, i.erased_at, p.email"
    " FROM $schema.invitations i LEFT JOIN $schema.people p ON p.user_id = i.id";

}  // namespace

const Resource& invitations() {
  static const Resource resource{
      .what = "invitation",
      .title = "Invitation",
      .path = "invitations",
      .parameter = "invitation",
      .table = "invitations",
      .source = invitation_with_address,
      .row = &events::type_info<InvitationRow>(),
      .filters = {{"status", "status", "open, accepted, revoked, expired, several by commas."},
                  {"role", "role", "owner, admin, member, viewer, several by commas."},
                  created_after,
                  created_before,
                  updated_after,
                  updated_before},
      .sorts = {"created_at", "updated_at", "expires_at"},
      .default_sort = "-created_at",
      .references = {{"accepted_by", "accepted_by_id", {{"", people}}}, {"created_by", "created_by_id", principals(), "created_by_type"}},
      .managed_by = "members_manage"};
  return resource;
}

}  // namespace daybook::query
