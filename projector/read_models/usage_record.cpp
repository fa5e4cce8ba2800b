#include "projector/read_models/usage_record.hpp"

#include "projector/read_models/made_id.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

struct Period {
  text::Instant start, end;
};

// The period in which an event of the record counts, if it counts in any.
std::optional<Period> period_of(const events::usage_record::Recorded& e, const UsageRecordRow&) { return Period{e.period_start, e.period_end}; }
std::optional<Period> period_of(const events::usage_record::BroughtForward&, const UsageRecordRow& record) {
  return Period{record.period_start, record.period_end};
}
std::optional<Period> period_of(const events::usage_record::Adjusted& e, const UsageRecordRow&) {
  if (!e.counted_from || !e.counted_to) return std::nullopt;
  return Period{*e.counted_from, *e.counted_to};
}

events::EntityId total_id(const UsageRecordRow& record, const Period& period) {
  const auto whose = record.subscription_id ? record.subscription_id->text() : record.workspace_id.text();
  return made_id("usage " + whose + " " + text::format_instant(period.start) + " " + record.currency + " " + record.billing_unit);
}

void add_to_total(const UsageRecordRow& before, const UsageRecordRow& after, const Period& period, StateStore& store) {
  const auto id = total_id(after, period);
  auto total = store.get<UsageTotalRow>(id.value).value_or(UsageTotalRow{id, after.workspace_id, after.subscription_id, period.start, period.end,
                                                                         after.currency, after.billing_unit, {}, {}, 0});
  total.quantity.nanos += after.quantity.nanos - before.quantity.nanos;
  total.total_cost.nanos += after.total_cost.nanos - before.total_cost.nanos;
  if (before.version.value == 0) ++total.count;
  store.put(total);
}

void apply_usage_record(const events::Envelope& e, StateStore& store) {
  const auto event = read_event<events::usage_record::Event>(e);
  const auto [before, after] = fold_row<events::usage_record::State, UsageRecordRow>(event, e, store);
  const auto& record = after;
  if (const auto period = std::visit([&](const auto& what) { return period_of(what, record); }, event)) add_to_total(before, after, *period, store);
  note_activity(e, {"usage_record", after.id.value, {}, {}, differences(before, after)}, store);
}

}  // namespace

template <>
const Table& table_of<UsageRecordRow>() {
  static const auto t = table<UsageRecordRow>(73, "usage_records", {},
                                              {"workspace_id, created_at, id", "workspace_id, updated_at, id", "workspace_id, quantity, id",
                                               "workspace_id, total_cost, id", "subscription_id, created_at, id", "((id::text))"});
  return t;
}

template <>
const Table& table_of<UsageTotalRow>() {
  static const auto t = without_versions(table<UsageTotalRow>(74, "usage_totals", {}, {"workspace_id, period_start"}));
  return t;
}

ReadModel usage_records() { return {{&table_of<UsageRecordRow>()}, events::StreamType::usage_record, apply_usage_record}; }
ReadModel usage_totals() { return {{&table_of<UsageTotalRow>()}}; }

}  // namespace daybook::projector
