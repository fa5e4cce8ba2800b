#pragma once
// The office with plans on offer and a way to subscribe to them and to use what costs.
#include "command-service/domain/plan/plan.hpp"
#include "command-service/domain/subscription/subscription.hpp"
#include "command-service/domain/usage_record/usage_record.hpp"
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain {

class BillingOffice : public Office {
 protected:
  const events::PlanId starter = id_of<events::PlanId>(60);   // pro, 30 a month, 300 a year
  const events::PlanId premium = id_of<events::PlanId>(61);   // enterprise, 100 a month, 1000 a year
  const events::SubscriptionId ours = id_of<events::SubscriptionId>(70);

  std::chrono::seconds passed{0};  // since the office was set up

  static constexpr events::Decimal money(std::int64_t whole, std::int64_t nanos = 0) { return {whole * 1'000'000'000 + nanos}; }
  text::Instant now() const { return context().now + passed; }

  auto plan(events::PlanId id) {
    auto spec = this->spec<Plan>(id, std::nullopt);
    spec.as(nora).after(passed).context().is_superuser = true;
    return spec;
  }
  auto subscription(events::SubscriptionId id) {
    auto spec = this->spec<Subscription>(id, acme);
    spec.as(olga).after(passed);
    return spec;
  }
  const subscription::State& state() { return world.state<Subscription>(events::stream_of(ours)); }
  const events::workspace::State& workspace_now() { return world.state<Workspace>(events::stream_of(acme)); }

  static events::plan::Published published(events::plan::PlanType type, std::int64_t monthly, std::int64_t yearly) {
    events::plan::Published event{};
    event.name = "A plan";
    event.plan_type = type;
    event.price_monthly = money(monthly);
    event.price_yearly = money(yearly);
    event.unit_prices = {{"token", {2'500'000'000}, 1'000'000}};
    event.limits.text = R"({"agents":2,"workflows":1})";
    return event;
  }
  void SetUp() override {
    Office::SetUp();
    plan(starter).given(published(events::plan::PlanType::pro, 30, 300));
    plan(premium).given(published(events::plan::PlanType::enterprise, 100, 1000));
  }

  static subscription::Start starting(events::PlanId plan) {
    subscription::Start command{};
    command.plan_id = plan;
    return command;
  }
  static subscription::ChangePlan changing_to(events::PlanId plan) {
    subscription::ChangePlan command{};
    command.plan_id = plan;
    return command;
  }
  // What the subscription's events mean for the workspace, as the frame appends it.
  void follow() {
    if (const auto follows = subscription::plan_that_follows(state(), workspace_now())) {
      ASSERT_FALSE(world.happen<Workspace>(events::stream_of(acme), acme, *follows, context()));
    }
  }
  void subscribe(events::PlanId plan) {
    subscription(ours).when(starting(plan));
    follow();
  }

  CommandContext in_acme() {
    auto asking = context();
    asking.now = now();
    asking.user = olga;
    asking.actor_type = events::ActorType::user;
    asking.actor_id = events::PrincipalId{olga.value};
    asking.workspace = &workspace_now();
    asking.role = MemberRole::owner;
    return asking;
  }
  static usage_record::Record used(std::string unit, std::int64_t quantity, std::string source_id) {
    usage_record::Record command{};
    command.source = usage_record::Source("gateway");
    command.source_id = usage_record::SourceId(std::move(source_id));
    command.billing_unit = usage_record::BillingUnit(std::move(unit));
    command.quantity = money(quantity);
    return command;
  }
  // What it comes to happens, as the frame appends it.
  template <class Command>
  std::optional<Rejection> happen(events::UsageRecordId id, const Command& command) {
    const auto& before = world.state<UsageRecord>(events::stream_of(id));
    const auto counted = decided(before, command);
    if (!counted) return counted.error();
    auto asking = context();
    asking.now = now();
    for (const auto& event : counted->periods)
      if (auto refused = world.happen<Subscription>(*counted->subscription, acme, event, asking)) return refused;
    if (counted->subscription) follow();
    for (const auto& event : counted->record)
      if (auto refused = world.happen<UsageRecord>(events::stream_of(id), acme, event, asking)) return refused;
    return std::nullopt;
  }
  const usage_record::State& record(events::UsageRecordId id) { return world.state<UsageRecord>(events::stream_of(id)); }

 private:
  Result<usage_record::Counted> decided(const usage_record::State& before, const usage_record::Record& command) {
    return usage_record::record(before, command, in_acme(), world.facts);
  }
  Result<usage_record::Counted> decided(const usage_record::State& before, const usage_record::Adjust& command) {
    return usage_record::adjust(before, command, in_acme(), world.facts);
  }
};

}  // namespace daybook::domain
