#pragma once
// How a workspace stands with whoever runs the installation: by which plan it is, what it may have, whether it may be changed at
// all. Superusers decide, whether or not they are in it; while a subscription is live, that decides the plan.
#include "command-service/domain/workspace/workspace.hpp"

namespace daybook::domain::workspace {

struct SetPlan {
  static constexpr std::string_view verb = "workspace.set_plan";
  events::workspace::PlanType plan = events::workspace::PlanType::free;
  std::optional<events::PlanId> plan_id;        // which one of that type; left out: the oldest on offer
};
BOOST_DESCRIBE_STRUCT(SetPlan, (), (plan, plan_id))

struct SetQuota {
  static constexpr std::string_view verb = "workspace.set_quota";
  events::Patch<events::Json> resource_quota;   // null: what the plan gives
};
BOOST_DESCRIBE_STRUCT(SetQuota, (), (resource_quota))

// It can only be read from then on.
struct Suspend {
  static constexpr std::string_view verb = "workspace.suspend";
  std::optional<Description> suspension_reason;
};
BOOST_DESCRIBE_STRUCT(Suspend, (), (suspension_reason))

struct Resume {
  static constexpr std::string_view verb = "workspace.resume";
};
BOOST_DESCRIBE_STRUCT(Resume, (), ())

Decision<Event> decide(const State&, const SetPlan&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const SetQuota&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Suspend&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Resume&, const CommandContext&, const Facts&);

}  // namespace daybook::domain::workspace
