// Due dates that come near. Who is told of it, the reactor `notifications` finds.
#include "command-service/domain/issue/issue.hpp"
#include "command-service/reactors/rules.hpp"

namespace daybook::reactors {

Timer due_dates(std::chrono::seconds before) {
  // In a project that is deleted nothing is due; what else hides an issue, its command asks.
  static constexpr Upcoming undone{
      "issues", "due_at",
      "deleted_at IS NULL AND reminded_due_at IS DISTINCT FROM due_at AND status NOT IN ('done', 'cancelled', 'archived')"
      " AND NOT EXISTS (SELECT FROM $schema.projects p WHERE p.id = due.project_id AND p.deleted_at IS NOT NULL)"};
  return timer_over("due_dates", {undone, before, domain::issue::reminder_late_max}, [before](const Due& due) {
    return item<domain::Issue>(due.workspace, events::stream_of(events::IssueId{due.id}), domain::issue::Remind{before});
  });
}

}  // namespace daybook::reactors
