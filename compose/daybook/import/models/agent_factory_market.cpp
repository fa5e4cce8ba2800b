// Blueprints; plans, who is subscribed to them, and what was used.
#include <algorithm>

#include "command-service/domain/blueprint/blueprint.hpp"
#include "command-service/domain/plan/plan.hpp"
#include "command-service/domain/subscription/subscription.hpp"
#include "command-service/domain/usage_record/usage_record.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "compose/daybook/import/models/agent_factory.hpp"
#include "events/core/decimal.hpp"

namespace daybook::importer::models::agent_factory {
namespace {

using domain::Blueprint;
using domain::Plan;
using domain::Subscription;
using domain::UsageRecord;
using domain::Workspace;
using events::Decimal;
namespace bp = events::blueprint;
namespace pl = events::plan;
namespace su = events::subscription;
namespace ur = events::usage_record;

std::string currency_in(Values& values) {
  auto currency = values.filled("currency").value_or(usual_currency);
  std::transform(currency.begin(), currency.end(), currency.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  if (!domain::Currency::rule(currency)) return currency;
  values.changed("currency", "'" + currency + "' is no currency: " + usual_currency + " stands for it");
  return usual_currency;
}

// ---- blueprints ------------------------------------------------------------------------------------------------------

// What has steps makes a workflow.
bp::Kind kind_of(const events::Json& definition) {
  const auto members = members_of(definition).value_or(Members{});
  return member(members, {"nodes", "steps", "edges"}) == nullptr ? bp::Kind::agent : bp::Kind::workflow;
}

bp::BroughtForward acclaim(Values& values) {
  bp::BroughtForward forward{};
  if (const auto downloads = values.integer("downloads").value_or(0); downloads > 0) forward.downloads = downloads;
  const auto rating = values.real("rating");
  const auto people = values.integer("reviews_count").value_or(0);
  if (people > 0) {
    forward.rating = rating;
    forward.reviews_count = people;
  } else if (rating && *rating != 0) {
    values.changed("rating", "of no review at all: left empty");
  }
  return forward;
}

// It lies where its publisher is at home; a tenant may be named in their place.
void bring_blueprint(Course& course, Values& values) {
  const events::BlueprintId id{own_uuid(course.sink, values)};
  const auto stream = events::stream_of(id);
  const auto publisher = uuid_in(course.sink, values, named(values, {"publisher_id", "created_by"}), "users");
  const auto user = publisher ? known_person(course.sink, events::UserId{*publisher}) : std::nullopt;
  const auto home = user ? course.tenants.find(*user) : course.tenants.end();
  const auto place = home != course.tenants.end() ? std::optional(home->second.value) : user ? std::nullopt : publisher;
  const auto tenant = values.is_null("tenant_id") ? place_of(course.sink, values, place, "publisher_id") : tenant_of(course, values);
  bp::Published made{};
  made.name = values.required_text("name");
  made.description = values.filled("description");
  made.category = values.filled("category");
  made.semantic_version = values.filled("version").value_or("1.0.0");
  made.definition.text = object_in(values, "definition").text;
  made.kind = kind_of(made.definition);
  made.pricing_model = values.word("pricing_model", bp::PricingModel::free, {{"one_time", "one-time"}, {"onetime", "one-time"}});
  made.price = values.decimal("price").value_or(Decimal{});
  made.currency = currency_in(values);
  made.is_public = values.boolean("is_public").value_or(false);
  const auto created_at = values.required_time("created_at");
  const auto updated_at = last_change(values, created_at);
  const auto forward = acclaim(values);
  Row row(values);
  row.stream(stream)
      .needs(tenant, "publisher_id")
      .say<Blueprint>(stream, tenant, created_at, user_actor(user), {std::move(made)})
      .say<Blueprint>(stream, tenant, updated_at, nobody(), {forward});
  course.sink.bring(std::move(row));
}

// ---- plans -----------------------------------------------------------------------------------------------------------

pl::Published plan_in(Values& values) {
  pl::Published plan{};
  plan.name = values.required_text("name");
  plan.plan_type = values.word(named(values, {"plan_type", "type"}), pl::PlanType::free, {{"basic", "free"}, {"professional", "pro"}});
  plan.price_monthly = values.decimal("price_monthly").value_or(Decimal{});
  plan.price_yearly = values.decimal("price_yearly").value_or(Decimal{});
  plan.currency = currency_in(values);
  plan.features = values.json("features").value_or(events::Json{"{}"});
  plan.limits = values.json("limits").value_or(events::Json{"{}"});
  plan.is_active = values.boolean("is_active").value_or(true);
  return plan;
}

void bring_plan(Course& course, Values& values) {
  const events::PlanId id{own_uuid(course.sink, values)};
  const auto stream = events::stream_of(id);
  auto plan = plan_in(values);
  if (!pl::limits_in_plan(plan.limits)) {
    values.changed("limits", "no object of whole numbers from -1: left empty");
    plan.limits = events::Json{"{}"};
  }
  const auto created_at = values.required_time("created_at");
  const auto updated_at = last_change(values, created_at);
  Row row(values);
  row.stream(stream)
      .say<Plan>(stream, std::nullopt, created_at, nobody(), {std::move(plan)})
      .say<Plan>(stream, std::nullopt, updated_at, nobody(), {pl::BroughtForward{}});
  course.sink.bring(std::move(row));
}

// ---- subscriptions ---------------------------------------------------------------------------------------------------

su::Status status_in(Values& values) {
  return values.word("status", su::Status::active, {{"canceled", "cancelled"}, {"trialing", "active"}, {"past_due", "active"}, {"ended", "expired"}});
}

using Plans = std::unordered_map<text::Uuid, pl::Published>;

// The plan's price of a whole period; what was used in it was billed elsewhere.
su::ClosedPeriod closed(const su::Started& started) {
  su::ClosedPeriod period{};
  period.period_start = started.current_period_start;
  period.period_end = started.current_period_end;
  period.currency = started.currency;
  period.charges.push_back({started.plan_id, started.price, period.period_start, period.period_end, started.price});
  period.base = period.total = started.price;
  return period;
}

void bring_subscription(Course& course, Values& values, const Plans& plans) {
  const events::SubscriptionId id{own_uuid(course.sink, values)};
  const auto stream = events::stream_of(id);
  const auto tenant = tenant_of(course, values);
  const auto plan = uuid_in(course.sink, values, "plan_id", "plans");
  const auto known = plan ? plans.find(*plan) : plans.end();
  if (known == plans.end()) values.leave_out("plan_id", "the plan was left out or is not there");
  const auto offered = known == plans.end() ? pl::Published{} : known->second;
  const auto status = status_in(values);
  const auto created_at = values.required_time("created_at");
  const auto updated_at = last_change(values, created_at);
  su::Started started{};
  started.plan_id = events::PlanId{plan.value_or(text::Uuid{})};
  started.plan_type = offered.plan_type;
  started.billing_cycle = values.word("billing_cycle", su::BillingCycle::monthly, {{"annual", "yearly"}, {"annually", "yearly"}});
  started.current_period_start = values.time("current_period_start").value_or(created_at);
  started.current_period_end = values.required_time("current_period_end");
  started.anchor = started.current_period_end;
  started.price = started.billing_cycle == su::BillingCycle::yearly ? offered.price_yearly : offered.price_monthly;
  started.currency = offered.currency;
  started.stripe_subscription_id = values.filled("stripe_subscription_id");
  started.stripe_customer_id = values.filled("stripe_customer_id");
  if (started.current_period_end <= started.current_period_start) values.leave_out("current_period_end", "the period ends before it begins");

  Row row(values);
  row.stream(stream).needs(tenant, "tenant_id").say<Subscription>(stream, tenant, created_at, nobody(), {started});
  if (status == su::Status::cancelled) row.say<Subscription>(stream, tenant, updated_at, nobody(), {su::Cancelled{}});
  if (status == su::Status::expired) row.say<Subscription>(stream, tenant, updated_at, nobody(), {su::Expired{closed(started)}});
  row.say<Subscription>(stream, tenant, updated_at, nobody(), {su::BroughtForward{}});
  // A live one decides the plan, until it ends.
  if (status != su::Status::expired)
    row.say<Workspace>(events::stream_of(tenant), tenant, created_at, nobody(), {events::workspace::PlanChanged{started.plan_type, started.plan_id, id}});
  course.sink.bring(std::move(row));
}

// ---- usage -----------------------------------------------------------------------------------------------------------

struct Price {
  Decimal of_units{};
  std::int64_t units = 1;
};
// Of what is too cheap for nine digits, the price of a million.
Price price_in(Values& values) {
  constexpr double cheap = 1e-3, million = 1e6, nanos = 1e9;
  const auto price = values.real("unit_price").value_or(0);
  if (price == 0) return {};
  if (price > 0 && price < cheap) return {Decimal{static_cast<std::int64_t>(price * million * nanos + 0.5)}, static_cast<std::int64_t>(million)};
  return {values.decimal("unit_price").value_or(Decimal{}), 1};
}

void bring_record(Course& course, Values& values) {
  const events::UsageRecordId id{own_uuid(course.sink, values)};
  const auto stream = events::stream_of(id);
  const auto tenant = tenant_of(course, values);
  const auto counted_in = if_brought(course.sink, values, uuid_in(course.sink, values, "subscription_id", "subscriptions"), "subscription_id");
  const auto price = price_in(values);
  const auto created_at = values.required_time("created_at");
  ur::Recorded recorded{};
  recorded.source = "agent_factory";
  recorded.source_id = values.key();
  recorded.billing_unit = values.required_text("billing_unit");
  recorded.quantity = values.decimal("quantity").value_or(Decimal{});
  recorded.unit_price = price.of_units;
  recorded.price_per = price.units;
  recorded.total_cost = values.decimal("total_cost").value_or(Decimal{});
  recorded.currency = currency_in(values);
  if (counted_in) recorded.subscription_id = events::SubscriptionId{*counted_in};
  recorded.period_start = values.time("period_start").value_or(created_at);
  recorded.period_end = values.time("period_end").value_or(recorded.period_start);
  Row row(values);
  row.stream(stream).needs(tenant, "tenant_id").say<UsageRecord>(stream, tenant, created_at, nobody(), {std::move(recorded)});
  course.sink.bring(std::move(row));
}

}  // namespace

void bring_blueprints(Course& course) {
  read_all(course.source, "blueprints", [&](Values& values) { bring_blueprint(course, values); });
}

void bring_plans(Course& course) {
  read_all(course.source, "plans", [&](Values& values) { bring_plan(course, values); });
}

// One of a tenant lives at a time: those that are over come first.
void bring_subscriptions(Course& course) {
  Plans plans;
  read_all(course.source, "plans", [&](Values& values) {
    const auto id = uuid_in(course.sink, values, "id", "plans");
    if (id && course.sink.places().has(*id)) plans.emplace(*id, plan_in(values));
  });
  for (const bool is_over : {true, false})
    read_all(course.source, "subscriptions", [&](Values& values) {
      if ((status_in(values) == su::Status::expired) == is_over) bring_subscription(course, values, plans);
    });
}

void bring_usage(Course& course) {
  read_all(course.source, "usage_records", [&](Values& values) { bring_record(course, values); });
}

}  // namespace daybook::importer::models::agent_factory
