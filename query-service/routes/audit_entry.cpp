#include "projector/read_models/audit_entry.hpp"

#include "query-service/core/export.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

// With the address, as long as it can be told.
struct AuditEntryRow : projector::AuditRow {
  std::optional<std::string> ip_address;
};
BOOST_DESCRIBE_STRUCT(AuditEntryRow, (projector::AuditRow), (ip_address))

http::Response listed(const Query& query, std::vector<Scope> scope, std::function<bool(const Viewer&)> may) {
  const auto format = read_export_format(query.call);
  if (const auto* problem = std::get_if<api::Problem>(&format)) return api::respond_problem(query.call, *problem);
  if (const auto file = std::get<0>(format)) return export_response(query, audit_entries(), std::move(scope), *file, std::move(may));
  return list_response(query, audit_entries(), std::move(scope));
}

http::Response of_workspace(const Query& query) {
  return listed(query, {{"workspace_id", query.viewer.workspace.text()}}, [](const Viewer& viewer) { return viewer.sees_all(); });
}
http::Response of_all(const Query& query) {
  return listed(query, {}, [](const Viewer& viewer) { return viewer.is_superuser; });
}

std::vector<api::Route> audit_entry_routes(const QueryContext& context) {
  auto one = list_route(context, "listAuditEntries", "/api/v1/workspaces/{workspace}/audit",
                        "What happened, what was refused and what was exported, by whom and from where, newest first; as a file, too.", audit_entries(),
                        Below::workspace, of_workspace);
  one.parameters.push_back({"deleted", "Of a deleted workspace, for its owners: include.", R"({"enum":["exclude","include","only"]})"});
  auto all = list_route(context, "listAllAuditEntries", "/api/v1/audit", "The audit of everything there is, for superusers; as a file, too.", audit_entries(),
                        Below::oneself, for_superusers(of_all));
  all.permission = superuser_permission;
  for (auto* route : {&one, &all}) route->parameters.push_back(export_parameter());
  return {std::move(one), std::move(all)};
}

}  // namespace

// Of everything, whatever became of it: no container hides an entry.
const Resource& audit_entries() {
  static const Resource resource{
      .what = "audit entry",
      .title = "AuditEntry",
      .source = "SELECT e.*, a.address AS ip_address FROM $schema.audit_entries e LEFT JOIN $schema.audit_addresses a ON a.entry_id = e.id",
      .row = &events::type_info<AuditEntryRow>(),
      .filters = {{"event_type", "event_type", "Of exactly this event type."},
                  {"actor", "actor_id", "By these."},
                  {"resource_type", "resource_type", "About things of exactly this kind."},
                  {"resource", "resource_id", "About these things."},
                  {"action", "action", "Of exactly this verb, whatever it was done to."},
                  {"success", "success", "false: what failed or was refused."},
                  {"since", "created_at", "After the time.", FilterKind::since},
                  {"until", "created_at", "Before the time.", FilterKind::until}},
      .sorts = {"position"},
      .default_sort = "-position",
      .references = {{"actor", "actor_id", principals(), "actor_type"}},
      .managed_by = "audit_read",
      .more = audit_entry_routes};
  return resource;
}

}  // namespace daybook::query
