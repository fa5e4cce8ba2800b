#include "projector/read_models/api_key.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

// One whose time is over has ended, whether or not that was noticed. All of them are their holders' affair, and that of those who see all.
constexpr std::string_view as_it_stands =
    "SELECT k.version, k.born, k.changed, k.created_at, k.updated_at, k.id, k.workspace_id, k.user_id, k.name, k.permissions, k.expires_at,"
    " k.is_active AND (k.expires_at IS NULL OR k.expires_at > $now) AS is_active, k.last_used_at, k.revoked_at, k.created_by_type,"
    " k.created_by_id, 'member'::text AS known_to FROM $schema.api_keys k";

}  // namespace

const Resource& api_keys() {
  static const Resource resource{
      .what = "API key",
      .title = "ApiKey",
      .path = "api-keys",
      .parameter = "api_key",
      .table = "api_keys",
      .source = as_it_stands,
      .row = &events::type_info<projector::ApiKeyRow>(),
      .filters = {{"user", "user_id", "Of these members."},
                  {"active", "is_active", "Whether it can be used: true or false."},
                  created_after,
                  created_before,
                  updated_after,
                  updated_before},
      .sorts = {"name", "created_at", "updated_at", "last_used_at"},
      .default_sort = "-created_at",
      .privacy = Privacy{"known_to", "member", "user_id", {api_keys, "id", "user_id"}},
      .references = {{"user", "user_id", {{"", people}}}, {"created_by", "created_by_id", principals(), "created_by_type"}}};
  return resource;
}

}  // namespace daybook::query
