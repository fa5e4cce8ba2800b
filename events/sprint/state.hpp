#pragma once
// A sprint after its events. Folded alike by decide and by the read models.
#include "events/core/stamp.hpp"
#include "events/sprint/events.hpp"

namespace daybook::events::sprint {

struct Fields : Stamp {
  SprintId id{};
  WorkspaceId workspace_id{};
  ProjectId project_id{};
  std::string name;
  std::optional<std::string> goal;
  std::optional<text::Date> start_date;
  std::optional<text::Date> end_date;
  std::optional<std::int64_t> capacity_points;
  Status status = Status::planning;
  std::optional<SprintId> carried_to_id;       // where the unfinished went; none: the backlog
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  std::optional<text::Instant> started_at;
  std::optional<text::Instant> ended_at;       // completed or cancelled
  std::optional<text::Instant> deleted_at;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, project_id, name, goal, start_date, end_date, capacity_points, status,
                                        carried_to_id, created_by_type, created_by_id, started_at, ended_at, deleted_at))

using State = Fields;

inline bool has_ended(const Fields& sprint) { return sprint.status == Status::completed || sprint.status == Status::cancelled; }

void evolve(State&, const Planned&, const Envelope&);
void evolve(State&, const Changed&, const Envelope&);
void evolve(State&, const Started&, const Envelope&);
void evolve(State&, const Completed&, const Envelope&);
void evolve(State&, const Cancelled&, const Envelope&);
void evolve(State&, const Deleted&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::sprint
