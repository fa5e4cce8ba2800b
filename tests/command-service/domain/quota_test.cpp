#include "command-service/domain/workspace/quota.hpp"

#include "command-service/domain/workspace/standing.hpp"
#include "tests/command-service/domain/billing_office.hpp"

namespace daybook::domain::quota_test {
namespace {

namespace happened = events::workspace;
using events::Json;
using events::plan::PlanType;

class Quotas : public BillingOffice {
 protected:
  auto standing() {
    auto spec = workspace();
    spec.as(nora).context().is_superuser = true;
    return spec;
  }
  void set_quota(std::string object) {
    workspace::SetQuota command{};
    command.resource_quota = Json{std::move(object)};
    standing().when(command);
  }
  std::optional<std::string> refused(Limited what, std::int64_t more = 1) {
    const auto rejection = refuse_over_quota(in_acme(), what, world.facts, more);
    return rejection ? std::optional(rejection->code) : std::nullopt;
  }
  auto registering() {
    agent::Register command{};
    command.name = Name("Another");
    return command;
  }
  // The office has one already.
  void register_agents(int upto) {
    for (int n = 2; n <= upto; ++n) agent(id_of<events::AgentId>(400 + n)).as(max).when(registering());
  }
};

TEST_F(Quotas, WithoutAnyPlanTheUsualLimitsOfTheTypeHold) {
  register_agents(5);
  auto sixth = agent(id_of<events::AgentId>(406));
  sixth.as(max).when(registering()).then_rejected("quota-exceeded");
  EXPECT_EQ(sixth.rejection()->kind, Rejection::Kind::quota_exceeded);
  workspace::SetPlan enterprise{};
  enterprise.plan = PlanType::enterprise;
  plan(premium).when(plan::Retire{});
  standing().when(enterprise).then(happened::PlanChanged{PlanType::enterprise, {}, {}});
  sixth.when(registering());
  EXPECT_FALSE(sixth.rejection());
}

TEST_F(Quotas, ARetiredAgentMakesRoomAndComesBackOnlyIntoRoom) {
  set_quota(R"({"agents":2,"workflows":-1,"executions_per_month":-1})");
  register_agents(2);
  agent(robot).as(max).when(agent::Retire{});
  agent(id_of<events::AgentId>(403)).as(max).when(registering());
  agent(robot).as(max).when(agent::Restore{}).then_rejected("quota-exceeded");
  agent(id_of<events::AgentId>(403)).as(max).when(agent::Retire{});
  agent(robot).as(max).when(agent::Restore{}).then(events::agent::Restored{});
}

TEST_F(Quotas, APlanOnOfferSaysOtherwiseThanTheUsual) {
  workspace::SetPlan pro{};
  pro.plan = PlanType::pro;
  standing().when(pro);
  EXPECT_FALSE(refused(Limited::agents));
  EXPECT_TRUE(refused(Limited::agents, 2)) << "the plan has two, one is there";
  EXPECT_FALSE(refused(Limited::workflows));
  EXPECT_TRUE(refused(Limited::workflows, 2));
  EXPECT_FALSE(refused(Limited::executions_per_month, 1'000'000)) << "the plan names no such limit";
}

TEST_F(Quotas, AQuotaOfItsOwnComesBeforeThePlanAndWhatItLeavesOutIsNotToBeHad) {
  set_quota(R"({"agents":-1})");
  EXPECT_FALSE(refused(Limited::agents, 1000));
  EXPECT_TRUE(refused(Limited::workflows));
  EXPECT_TRUE(refused(Limited::executions_per_month));
  workspace::SetQuota none{};
  none.resource_quota = events::Patch<Json>::cleared();
  standing().when(none).then(happened::QuotaChanged{});
  standing().when(none).then_nothing();
  EXPECT_FALSE(refused(Limited::workflows));
}

TEST_F(Quotas, ExecutionsCountInTheCalendarMonthAndBeginAnewWithTheNext) {
  const auto key = events::stream_of(acme);
  EXPECT_EQ(scope::quota_executions(now()), "quota-executions-2027-01");
  world.facts.counters[{scope::quota_executions(now()), key}] = 999;
  EXPECT_FALSE(refused(Limited::executions_per_month));
  world.facts.counters[{scope::quota_executions(now()), key}] = 1000;
  EXPECT_TRUE(refused(Limited::executions_per_month));
  passed = std::chrono::days(31);
  EXPECT_FALSE(refused(Limited::executions_per_month));
}

TEST_F(Quotas, OnlyASuperuserDecidesHowAWorkspaceStands) {
  for (const auto user : {olga, ada}) {
    workspace().as(user).when(workspace::SetPlan{}).then_rejected("forbidden");
    workspace().as(user).when(workspace::SetQuota{}).then_rejected("forbidden");
    workspace().as(user).when(workspace::Suspend{}).then_rejected("forbidden");
    workspace().as(user).when(workspace::Resume{}).then_rejected("forbidden");
  }
  workspace().as(nora).when(workspace::Suspend{}).then_rejected("not-found");
}

TEST_F(Quotas, AQuotaThatIsNoneIsRefused) {
  for (const auto* object : {"[]", R"({"agents":"all"})", R"({"executions_per_month":-5})", "null"}) {
    workspace::SetQuota command{};
    command.resource_quota = Json{object};
    standing().when(command).then_rejected("invalid", "/resource_quota");
  }
}

TEST_F(Quotas, APlanIsNamedByItsTypeOrAsOneOfIt) {
  workspace::SetPlan command{};
  command.plan = PlanType::pro;
  command.plan_id = premium;
  standing().when(command).then_rejected("unknown-reference", "/plan_id");
  command.plan_id = starter;
  standing().when(command).then(happened::PlanChanged{PlanType::pro, starter, {}});
  standing().when(command).then_nothing();
}

TEST_F(Quotas, WhileASubscriptionIsLiveItDecides) {
  subscribe(starter);
  EXPECT_EQ(workspace_now().plan, PlanType::pro);
  EXPECT_EQ(workspace_now().plan_id, starter);
  standing().when(workspace::SetPlan{}).then_rejected("has-subscription", "/plan");
  subscription::Cancel now{};
  now.immediately = true;
  subscription(ours).when(now);
  follow();
  EXPECT_EQ(workspace_now().plan, PlanType::free);
  EXPECT_FALSE(workspace_now().plan_id);
  standing().when(workspace::SetPlan{}).then_nothing();
}

TEST_F(Quotas, ASuspendedWorkspaceTakesNothingButLeavingAndResuming) {
  workspace::Suspend suspend{};
  suspend.suspension_reason = Description("unpaid");
  standing().when(suspend).then(happened::Suspended{"unpaid"});
  standing().when(suspend).then_nothing();
  EXPECT_FALSE(workspace_now().is_active);
  workspace::Change change{};
  change.name = Name("Other");
  auto refused = workspace();
  refused.as(olga).when(change).then_rejected("suspended");
  EXPECT_EQ(refused.rejection()->kind, Rejection::Kind::forbidden);
  agent(robot).as(max).when(agent::Retire{}).then_rejected("suspended");
  subscription(ours).when(starting(starter)).then_rejected("suspended");
  workspace().as(max).when(workspace::Leave{}).then(happened::MemberLeft{id_of<events::MemberId>(103), max});
  standing().when(workspace::Resume{}).then(happened::Resumed{});
  standing().when(workspace::Resume{}).then_nothing();
  EXPECT_TRUE(workspace_now().is_active);
  EXPECT_FALSE(workspace_now().suspension_reason);
  workspace().as(olga).when(change).then(happened::Renamed{"Other"});
}

TEST_F(Quotas, AnOwnerKeepsWhatWhoeverBillsNeeds) {
  workspace::ChangeBilling change{};
  change.billing_info = Json{R"({"customerId":"cus_1","monthlyBudget":250.5})"};
  workspace().as(ada).when(change).then_rejected("forbidden");
  workspace().as(olga).when(change).then(happened::BillingChanged{*change.billing_info.value, std::nullopt});
  workspace().as(olga).when(change).then_nothing();
  for (const auto& [info, code, pointer] : std::initializer_list<std::tuple<std::string, std::string, std::string>>{
           {"[]", "wrong-type", "/billing_info"},
           {R"({"billingEmail":"at home"})", "invalid", "/billing_info/billingEmail"},
           {R"({"billingEmail":["a@b.example"]})", "wrong-type", "/billing_info/billingEmail"},
           {R"({"billingEmail":"[sealed]"})", "invalid", "/billing_info/billingEmail"},
           {R"({"monthlyBudget":"9"})", "invalid", "/billing_info/monthlyBudget"},
           {R"({"monthlyBudget":-1})", "invalid", "/billing_info/monthlyBudget"}}) {
    change.billing_info = Json{info};
    workspace().as(olga).when(change).then_rejected(code, pointer);
  }
  change.billing_info = events::Patch<Json>::cleared();
  workspace().as(olga).when(change).then(happened::BillingChanged{});
}

TEST_F(Quotas, TheAddressThatBillsGoToIsSealedBesideAMark) {
  workspace::ChangeBilling change{};
  const auto said = [&](const std::string& info) -> const workspace::ChangeBilling& {
    change.billing_info = Json{info};
    return change;
  };
  const Json marked{R"({"billingEmail":"[sealed]","customerId":"cus_1"})"};
  workspace().as(olga).when(said(R"({"customerId":"cus_1", "billingEmail":"ann@example.org"})")).then(happened::BillingChanged{marked, events::Personal("ann@example.org")});
  EXPECT_EQ(workspace_now().billing_info, marked);
  // What is shown can be sent back, alone or with something else beside it
  workspace().as(olga).when(said(marked.text)).then_nothing();
  workspace().as(olga).when(said(R"({"billingEmail":"[sealed]"})")).then(happened::BillingChanged{Json{R"({"billingEmail":"[sealed]"})"}, std::nullopt});
  // And goes to nobody any more where null is said, or nothing
  workspace().as(olga).when(said(R"({"billingEmail":null,"customerId":"cus_1"})")).then(happened::BillingChanged{Json{R"({"customerId":"cus_1"})"}, std::nullopt});
  workspace().as(olga).when(said(marked.text)).then_rejected("invalid", "/billing_info/billingEmail");
}

TEST_F(Quotas, AnAdminChangesTheCurrency) {
  workspace::Change change{};
  change.currency = Currency("EUR");
  workspace().as(ada).when(change).then(happened::CurrencyChanged{"EUR"});
  workspace().as(ada).when(change).then_nothing();
}

}  // namespace
}  // namespace daybook::domain::quota_test
