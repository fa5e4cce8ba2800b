#include "command-service/domain/issue/sprints.hpp"

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/sprint/sprint.hpp"

namespace daybook::domain {
namespace issue {
namespace {

using events::issue::Fields;
using events::issue::is_finished;

constexpr int carries_max = 1000;  // sprints in a row through which an issue was carried

const sprint::State& sprint_of(events::SprintId id, const Facts& facts) { return state_of<Sprint>(facts, events::stream_of(id)); }

std::int64_t points_in(events::SprintId sprint, const Fields& issue) {
  return issue.sprint_id == sprint && !issue.deleted_at ? issue.story_points.value_or(0) : 0;
}

}  // namespace

std::optional<events::issue::SprintChanged> carried_over(const Fields& issue, const Facts& facts) {
  if (!issue.sprint_id || is_finished(issue.status)) return std::nullopt;
  auto id = issue.sprint_id;
  for (int i = 0; id && i < carries_max; ++i) {
    const auto& sprint = sprint_of(*id, facts);
    if (!has_ended(sprint)) break;
    id = sprint.carried_to_id;
  }
  if (id == issue.sprint_id) return std::nullopt;
  return events::issue::SprintChanged{id, true};
}

void settle_sprint(const Fields& before, Fields& after, bool named, const Facts& facts, FieldRefusals& refusals) {
  const bool moved = before.project_id != after.project_id;
  if (!named && moved) after.sprint_id.reset();
  if (!after.sprint_id) return;
  const auto& sprint = sprint_of(*after.sprint_id, facts);
  if (!named || (after.sprint_id == before.sprint_id && !moved)) {
    if (is_finished(before.status) && !is_finished(after.status) && has_ended(sprint)) after.sprint_id.reset();
    return;
  }
  const bool is_there = sprint.version.value > 0 && after.project_id == sprint.project_id && !sprint.deleted_at;
  if (!is_there) return refusals.add("/sprint_id", "unknown-reference", "There is no such sprint in the issue's project.");
  if (has_ended(sprint)) refusals.add("/sprint_id", "sprint-" + std::string(events::word_of(sprint.status)), "This sprint has ended.");
}

std::optional<Rejection> refuse_full_sprint(const Fields& before, const Fields& after, const Facts& facts) {
  if (!after.sprint_id) return std::nullopt;
  const auto more = points_in(*after.sprint_id, after) - points_in(*after.sprint_id, before);
  if (more <= 0) return std::nullopt;
  const auto& sprint = sprint_of(*after.sprint_id, facts);
  if (has_ended(sprint)) return std::nullopt;
  const bool grew = before.sprint_id == after.sprint_id && before.story_points != after.story_points;
  return sprint::refuse_beyond_capacity(sprint, more, grew ? "/story_points" : "/sprint_id", facts);
}

}  // namespace issue

namespace {

// What an issue counts in its sprint.
struct Counted {
  std::optional<events::SprintId> sprint;
  std::int64_t points = 0, unfinished = 0;
  bool operator==(const Counted&) const = default;
};

Counted counted(const events::issue::Fields& issue) {
  if (!issue.sprint_id || issue.deleted_at) return {};
  const auto points = issue.story_points.value_or(0);
  return {issue.sprint_id, points, events::issue::is_finished(issue.status) ? 0 : points};
}

void add(const Counted& counted, std::int64_t sign, Effects& effects) {
  if (!counted.sprint) return;
  if (counted.points != 0) effects.count(scope::sprint_points, events::stream_of(*counted.sprint), sign * counted.points);
  if (counted.unfinished != 0) effects.count(scope::sprint_unfinished_points, events::stream_of(*counted.sprint), sign * counted.unfinished);
}

}  // namespace

namespace issue {

void count_change(const events::issue::Fields& before, const events::issue::Fields& after, Effects& effects) {
  const auto was = counted(before), is = counted(after);
  if (was == is) return;
  add(was, -1, effects);
  add(is, +1, effects);
}

}  // namespace issue
}  // namespace daybook::domain
