#include "projector/read_models/time_entry.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

constexpr std::string_view worked_in_project =
    "EXISTS (SELECT FROM $schema.issues i LEFT JOIN $schema.projects p ON p.id = i.project_id"
    " WHERE i.id = t.issue_id AND (i.project_id::text = lower($value) OR p.key = upper($value)))";

}  // namespace

const Resource& time_entries() {
  static const Resource resource{
      .what = "time entry",
      .title = "TimeEntry",
      .path = "time-entries",
      .parameter = "time_entry",
      .table = "time_entries",
      .row = &events::type_info<projector::TimeEntryRow>(),
      .stored = projector::table_of<projector::TimeEntryRow>,
      .filters = {{"user", "user_id", "Of these users."},
                  {"issue", "issue_id", "On these issues."},
                  {"project", "id", "On issues of the project, by id or key.", FilterKind::condition, worked_in_project},
                  {"billable", "is_billable", "true or false."},
                  {"running", "is_running", "true or false."},
                  {"manual", "is_manual", "true or false."},
                  {"from", "start_time", "Started after the time.", FilterKind::since},
                  {"to", "start_time", "Started before the time.", FilterKind::until},
                  created_after,
                  created_before,
                  updated_after,
                  updated_before},
      .sorts = {"start_time", "created_at", "updated_at", "duration_seconds"},
      .default_sort = "start_time",
      .containers = {{"issue_id", issues}},
      .references = {{"issue", "issue_id", {{"", issues}}},
                     {"user", "user_id", {{"", people}}},
                     {"created_by", "created_by_id", principals(), "created_by_type"}}};
  return resource;
}

}  // namespace daybook::query
