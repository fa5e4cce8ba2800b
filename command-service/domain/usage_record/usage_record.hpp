#pragma once
// What a workspace used, for billing: so many of a unit at a price. What comes from one place under one id is there once, however
// often it is sent. It counts in the open period of the live subscription, whose currency it is in; without one, in the
// calendar month (UTC).
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "command-service/domain/plan/plan.hpp"
#include "command-service/domain/subscription/subscription.hpp"
#include "events/usage_record/state.hpp"

namespace daybook::domain {

struct UsageRecord {
  using State = events::usage_record::State;
  using Event = events::usage_record::Event;
  static constexpr auto stream_type = events::StreamType::usage_record;
};

namespace scope {
inline constexpr std::string_view usage_source = "usage-source";  // by workspace, source and id there
}  // namespace scope

namespace usage_record {

using events::usage_record::Event;
using events::usage_record::State;
using plan::BillingUnit;

// Who measured: execution, api, gateway.
struct Source : events::Text<Source> {
  using Text::Text;
  static constexpr std::string_view pattern = "^[a-z][a-z0-9_.-]*$";
  static constexpr std::size_t code_points_max = short_text_characters_max;
  static Refusal rule(std::string_view words);
};
// By what it is known there.
struct SourceId : events::Text<SourceId> {
  using Text::Text;
  static constexpr std::size_t code_points_max = name_characters_max;
  static Refusal rule(std::string_view words) { return Name::rule(words); }
};

struct Record {
  static constexpr std::string_view verb = "usage_record.record";
  static constexpr Permission permission = Permission::billing_manage;
  using Birth = events::usage_record::Recorded;
  std::optional<events::UsageRecordId> id;
  Source source{};
  SourceId source_id{};
  BillingUnit billing_unit{};
  events::Decimal quantity;
  std::optional<events::Decimal> unit_price;     // left out: the plan's that is in force
  std::optional<std::int64_t> price_per;         // that many units at the price; 1, unless said
  std::optional<Currency> currency;              // of the price; left out: the plan's, else the workspace's
};
BOOST_DESCRIBE_STRUCT(Record, (), (id, source, source_id, billing_unit, quantity, unit_price, price_per, currency))

struct Adjust {
  static constexpr std::string_view verb = "usage_record.adjust";
  static constexpr Permission permission = Permission::billing_manage;
  events::Patch<events::Decimal> quantity;
  events::Patch<events::Decimal> unit_price;
  events::Patch<std::int64_t> price_per;
};
BOOST_DESCRIBE_STRUCT(Adjust, (), (quantity, unit_price, price_per))

// What the one and the subscription's stream come to, in one append.
struct Counted {
  std::optional<StreamId> subscription;
  std::vector<events::subscription::Event> periods;   // closed before, and the unit where it is new
  std::vector<Event> record;
};

Result<Counted> record(const State&, const Record&, const CommandContext&, const Facts&);
Result<Counted> adjust(const State&, const Adjust&, const CommandContext&, const Facts&);

bool repeats(const events::usage_record::Recorded& first, const Record& again, const CommandContext&, const Facts&);

// The record that has this source and id, if there is one.
std::optional<StreamId> recorded_as(events::WorkspaceId workspace, std::string_view source, std::string_view source_id, const Facts& facts);

}  // namespace usage_record

void effects(const usage_record::State&, const events::usage_record::Recorded&, const events::Envelope&, Effects&);
void effects(const usage_record::State&, const events::usage_record::Adjusted&, const events::Envelope&, Effects&);
void effects(const usage_record::State&, const events::usage_record::BroughtForward&, const events::Envelope&, Effects&);

extern template const AggregateOps& aggregate_ops<UsageRecord>();

}  // namespace daybook::domain
