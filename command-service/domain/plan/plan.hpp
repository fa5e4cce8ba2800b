#pragma once
// A plan: what workspaces may have, and what that costs. Plans belong to no workspace; superusers publish, change, reprice and
// retire them, everybody reads them.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/plan/state.hpp"

namespace daybook::domain {

struct Plan {
  using State = events::plan::State;
  using Event = events::plan::Event;
  static constexpr auto stream_type = events::StreamType::plan;
};

namespace scope {
// Ordered, "<type>:<id in hexadecimal>": each plan that is offered.
inline constexpr std::string_view offered_plan = "offered-plan";
}  // namespace scope

namespace plan {

using events::plan::Event;
using events::plan::PlanType;
using events::plan::State;

inline constexpr std::size_t unit_prices_max = 100;              // of one plan
inline constexpr std::int64_t price_per_max = 1'000'000'000;     // units that one price is for

// What is counted for billing: token, agent_run, api_call and whatever else there is.
struct BillingUnit : events::Text<BillingUnit> {
  using Text::Text;
  static constexpr std::string_view pattern = "^[a-z][a-z0-9_]*$";
  static constexpr std::size_t code_points_max = short_text_characters_max;
  static Refusal rule(std::string_view words);
};

struct UnitPrice {
  BillingUnit billing_unit{};
  events::Decimal price;
  std::optional<std::int64_t> per;
};
BOOST_DESCRIBE_STRUCT(UnitPrice, (), (billing_unit, price, per))

struct Publish {
  static constexpr std::string_view verb = "plan.publish";
  using Birth = events::plan::Published;
  std::optional<events::PlanId> id;
  Name name{};
  PlanType plan_type = PlanType::free;
  events::Decimal price_monthly;
  events::Decimal price_yearly;
  std::optional<Currency> currency;
  std::optional<std::vector<UnitPrice>> unit_prices;
  std::optional<events::Json> features;
  std::optional<events::Json> limits;
  std::optional<bool> is_active;
};
BOOST_DESCRIBE_STRUCT(Publish, (), (id, name, plan_type, price_monthly, price_yearly, currency, unit_prices, features, limits, is_active))

// A patch of a price is a repricing: it holds from now on.
struct Change {
  static constexpr std::string_view verb = "plan.change";
  events::Patch<Name> name;
  events::Patch<events::Decimal> price_monthly;
  events::Patch<events::Decimal> price_yearly;
  events::Patch<Currency> currency;
  events::Patch<std::vector<UnitPrice>> unit_prices;
  events::Patch<events::Json> features;
  events::Patch<events::Json> limits;
  events::Patch<bool> is_active;
};
BOOST_DESCRIBE_STRUCT(Change, (), (name, price_monthly, price_yearly, currency, unit_prices, features, limits, is_active))

struct Retire {
  static constexpr std::string_view verb = "plan.retire";
};
BOOST_DESCRIBE_STRUCT(Retire, (), ())

struct Restore {
  static constexpr std::string_view verb = "plan.restore";
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

Decision<Event> decide(const State&, const Publish&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Change&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Retire&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);

bool repeats(const events::plan::Published& first, const Publish& again, const CommandContext&, const Facts&);

// Whether subscriptions may be started on it.
inline bool is_offered(const State& state) { return state.version.value > 0 && state.is_active && !state.deleted_at; }
// The first of the type, by id, of those that are.
std::optional<StreamId> oldest_offered(PlanType type, const Facts& facts);

}  // namespace plan

void effects(const plan::State&, const events::plan::Published&, const events::Envelope&, Effects&);
void effects(const plan::State&, const events::plan::Changed&, const events::Envelope&, Effects&);
void effects(const plan::State&, const events::plan::Retired&, const events::Envelope&, Effects&);
void effects(const plan::State&, const events::plan::Restored&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::plan::Repriced, events::plan::BroughtForward> E>
void effects(const plan::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Plan>();

}  // namespace daybook::domain
