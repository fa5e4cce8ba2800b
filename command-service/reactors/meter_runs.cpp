// What a run used becomes usage records: one for the run, which carries its cost, and one for its tokens, which carries none. A run
// without a word about tokens or cost gives none. What is corrected later corrects them.
#include <algorithm>
#include <limits>
#include <map>

#include "command-service/reactors/billing.hpp"
#include "command-service/reactors/rules.hpp"
#include "platform/crypto/hash.hpp"

namespace daybook::reactors {

// What the events that end a run, or correct it, have in common. The kinds of tokens are disjoint, so that they add up.
struct Ended {
  std::map<std::string, std::int64_t> usage;
  std::optional<std::int64_t> cost_nano;
  std::string currency;
};
BOOST_DESCRIBE_STRUCT(Ended, (), (usage, cost_nano, currency))

namespace {

using domain::usage_record::Record;
using events::Decimal;

constexpr std::int64_t nanos_per_unit = 1'000'000'000;

constexpr std::int64_t tokens_max = std::numeric_limits<std::int64_t>::max() / nanos_per_unit;  // of one record

std::int64_t tokens_of(const Ended& run) {
  std::int64_t tokens = 0;
  for (const auto& [kind, count] : run.usage) tokens = std::min(tokens_max, tokens + std::min(count, tokens_max));
  return tokens;
}

// The same for the same run however often it is seen.
events::UsageRecordId record_id(events::StreamId run, std::string_view unit) {
  const auto digest = crypto::sha256("usage record " + run.text() + " " + std::string(unit));
  events::UsageRecordId id{};
  std::copy_n(digest.begin(), id.value.bytes.size(), id.value.bytes.begin());
  id.value.bytes[6] = static_cast<std::uint8_t>((id.value.bytes[6] & 0x0f) | 0x80);
  id.value.bytes[8] = static_cast<std::uint8_t>((id.value.bytes[8] & 0x3f) | 0x80);
  return id;
}

log::Item metered(const Reaction& reaction, std::string_view source, std::string_view unit, Decimal quantity, Decimal price, const std::string& currency) {
  Record record{};
  record.source = domain::usage_record::Source(std::string(source));
  record.source_id = domain::usage_record::SourceId(reaction.cause.stream_id.text());
  record.billing_unit = domain::plan::BillingUnit(std::string(unit));
  record.quantity = quantity;
  record.unit_price = price;
  if (!currency.empty()) record.currency = domain::Currency(currency);
  return record_usage(reaction.workspace(), record_id(reaction.cause.stream_id, unit), std::move(record));
}

void react(const Reaction& reaction) {
  Ended ended{};
  if (!events::from_json(reaction.cause.data, ended, events::Reading::lenient)) return;
  const bool told = !ended.usage.empty();
  if (!told && !ended.cost_nano) return;
  std::vector<log::Item> items;
  items.push_back(metered(reaction, "execution", "agent_run", Decimal{nanos_per_unit}, Decimal{ended.cost_nano.value_or(0)}, ended.currency));
  if (told) items.push_back(metered(reaction, "execution-tokens", "token", Decimal{tokens_of(ended) * nanos_per_unit}, Decimal{0}, ended.currency));
  reaction.send(std::move(items));
}

}  // namespace

Rule meter_runs() {
  return {"meter_runs", {"execution.completed", "execution.failed", "execution.cancelled", "execution.lost", "execution.usage_corrected"}, react};
}

}  // namespace daybook::reactors
