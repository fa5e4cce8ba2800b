#pragma once
// What happens to a sprint. Names and shapes are storage format: add optional members or a new event; never rename, retype or
// reuse. Which issues are in it stands in their own streams.
#include "events/core/event_type.hpp"

namespace daybook::events::sprint {

BOOST_DEFINE_ENUM_CLASS(Status, planning, active, completed, cancelled)

struct Planned {
  static constexpr std::string_view type = "sprint.planned";
  ProjectId project_id{};
  std::string name;
  std::optional<std::string> goal;
  std::optional<text::Date> start_date;
  std::optional<text::Date> end_date;
  std::optional<std::int64_t> capacity_points;
  bool operator==(const Planned&) const = default;
};
BOOST_DESCRIBE_STRUCT(Planned, (), (project_id, name, goal, start_date, end_date, capacity_points))

struct Changed {
  static constexpr std::string_view type = "sprint.changed";
  std::string name;
  std::optional<std::string> goal;
  std::optional<text::Date> start_date;
  std::optional<text::Date> end_date;
  std::optional<std::int64_t> capacity_points;
  bool operator==(const Changed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Changed, (), (name, goal, start_date, end_date, capacity_points))

struct Started {
  static constexpr std::string_view type = "sprint.started";
  bool operator==(const Started&) const = default;
};
BOOST_DESCRIBE_STRUCT(Started, (), ())

// What was unfinished then is in the other sprint from now on, or in the backlog, without an event of its own.
struct Completed {
  static constexpr std::string_view type = "sprint.completed";
  std::optional<SprintId> carried_to_id;
  std::int64_t carried_points = 0;   // of all unfinished issues
  bool operator==(const Completed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Completed, (), (carried_to_id, carried_points))

// What was unfinished then is in the backlog.
struct Cancelled {
  static constexpr std::string_view type = "sprint.cancelled";
  bool operator==(const Cancelled&) const = default;
};
BOOST_DESCRIBE_STRUCT(Cancelled, (), ())

struct Deleted {
  static constexpr std::string_view type = "sprint.deleted";
  bool operator==(const Deleted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Deleted, (), ())

struct Restored {
  static constexpr std::string_view type = "sprint.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

// Said by an import, of how the sprint stood in the system that it comes from.
struct BroughtForward {
  static constexpr std::string_view type = "sprint.brought_forward";
  std::optional<std::int64_t> velocity;  // added to what its completion gives
  std::optional<text::Instant> started_at;
  std::optional<text::Instant> ended_at;
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (velocity, started_at, ended_at))

using Event = std::variant<Planned, Changed, Started, Completed, Cancelled, Deleted, Restored, BroughtForward>;

}  // namespace daybook::events::sprint
