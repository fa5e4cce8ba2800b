#pragma once
// A sprint of a project. One is active at a time; what is unfinished when it ends goes to another one or to the backlog.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/sprint/state.hpp"

namespace daybook::domain {

struct Sprint {
  using State = events::sprint::State;
  using Event = events::sprint::Event;
  static constexpr auto stream_type = events::StreamType::sprint;
};

namespace sprint {

using events::sprint::Event;
using events::sprint::State;
using events::sprint::Status;

inline constexpr std::int64_t capacity_points_max = 100'000;

struct Plan {
  static constexpr std::string_view verb = "sprint.plan";
  static constexpr Permission permission = Permission::sprints_write;
  using Birth = events::sprint::Planned;
  std::optional<events::SprintId> id;
  std::optional<ProjectRef> project_id;          // filled from the path, or named in a bulk command
  Name name{};
  std::optional<Description> goal;
  std::optional<text::Date> start_date;
  std::optional<text::Date> end_date;
  std::optional<std::int64_t> capacity_points;   // left out: as many as one likes
};
BOOST_DESCRIBE_STRUCT(Plan, (), (id, project_id, name, goal, start_date, end_date, capacity_points))

struct Change {
  static constexpr std::string_view verb = "sprint.change";
  static constexpr Permission permission = Permission::sprints_write;
  events::Patch<Name> name;
  events::Patch<Description> goal;
  events::Patch<text::Date> start_date;
  events::Patch<text::Date> end_date;
  events::Patch<std::int64_t> capacity_points;
};
BOOST_DESCRIBE_STRUCT(Change, (), (name, goal, start_date, end_date, capacity_points))

struct Start {
  static constexpr std::string_view verb = "sprint.start";
  static constexpr Permission permission = Permission::sprints_write;
};
BOOST_DESCRIBE_STRUCT(Start, (), ())

struct Complete {
  static constexpr std::string_view verb = "sprint.complete";
  static constexpr Permission permission = Permission::sprints_write;
  std::optional<events::SprintId> carry_to_id;   // left out: the backlog
};
BOOST_DESCRIBE_STRUCT(Complete, (), (carry_to_id))

struct Cancel {
  static constexpr std::string_view verb = "sprint.cancel";
  static constexpr Permission permission = Permission::sprints_write;
};
BOOST_DESCRIBE_STRUCT(Cancel, (), ())

struct Delete {
  static constexpr std::string_view verb = "sprint.delete";
  static constexpr Permission permission = Permission::sprints_write;
};
BOOST_DESCRIBE_STRUCT(Delete, (), ())

struct Restore {
  static constexpr std::string_view verb = "sprint.restore";
  static constexpr Permission permission = Permission::sprints_write;
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

Decision<Event> decide(const State&, const Plan&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Change&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Start&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Complete&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Cancel&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Delete&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);

bool repeats(const events::sprint::Planned& first, const Plan& again, const CommandContext&, const Facts&);

// Points of the issues that are in it, and of those among them that are unfinished.
struct Load {
  std::int64_t points = 0, unfinished = 0;
};
Load load_of(events::SprintId sprint, const Facts&);
// Why that many points more do not fit into it, if they do not.
std::optional<Rejection> refuse_beyond_capacity(const State&, std::int64_t more, std::string pointer, const Facts&);

}  // namespace sprint

void effects(const sprint::State&, const events::sprint::Planned&, const events::Envelope&, Effects&);
void effects(const sprint::State&, const events::sprint::Started&, const events::Envelope&, Effects&);
void effects(const sprint::State&, const events::sprint::Completed&, const events::Envelope&, Effects&);
void effects(const sprint::State&, const events::sprint::Cancelled&, const events::Envelope&, Effects&);
void effects(const sprint::State&, const events::sprint::Deleted&, const events::Envelope&, Effects&);
void effects(const sprint::State&, const events::sprint::Restored&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::sprint::Changed, events::sprint::BroughtForward> E>
void effects(const sprint::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Sprint>();

}  // namespace daybook::domain
