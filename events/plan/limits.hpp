#pragma once
// How much of something a workspace may have: what a plan, or a quota of the workspace's own, says of it.
#include <optional>

#include "events/core/type_info.hpp"

namespace daybook::events::plan {

BOOST_DEFINE_ENUM_CLASS(PlanType, free, pro, enterprise)

// What is limited. Of executions, those that were requested in a calendar month (UTC).
BOOST_DEFINE_ENUM_CLASS(Limited, agents, workflows, executions_per_month)

// Nothing stands for no limit.
struct Limits {
  std::optional<std::int64_t> agents;
  std::optional<std::int64_t> workflows;
  std::optional<std::int64_t> executions_per_month;
  bool operator==(const Limits&) const = default;
};
BOOST_DESCRIBE_STRUCT(Limits, (), (agents, workflows, executions_per_month))

inline constexpr std::int64_t no_limit = -1;  // as objects of limits write it

// Those of a plan's object; what it does not name has none. Nothing where one of the three is not a whole number from -1.
std::optional<Limits> limits_in_plan(const Json& object);
// Those of a workspace's own quota; what it does not name is not to be had at all.
std::optional<Limits> limits_in_quota(const Json& object);
// Those of a plan type that no plan says anything of.
Limits usual_limits(PlanType type);

std::optional<std::int64_t> limit_of(const Limits& limits, Limited what);

}  // namespace daybook::events::plan
