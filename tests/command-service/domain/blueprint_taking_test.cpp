// Buying a blueprint, downloading it, and making something of it.
#include "command-service/domain/blueprint/taking.hpp"

#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::blueprint_taking_test {
namespace {

namespace happened = events::blueprint;
using events::Decimal;
using happened::PricingModel;

const auto reviewer = id_of<events::BlueprintId>(90);
const auto bought = id_of<events::BlueprintPurchaseId>(95);
const auto made = id_of<events::EntityId>(96);
constexpr Decimal ten{10'000'000'000};

class Taking : public Office {
 protected:
  auto here() { return spec<Blueprint>(reviewer, acme).as(max); }
  auto there() { return spec<Blueprint>(reviewer, other).as(nora); }

  void publish(PricingModel model, const std::string& json = R"({"kind":"agent","instructions":"Look closely.","model":"m","max_concurrent_tasks":2})") {
    happened::Published event{};
    event.name = "Reviewer";
    event.description = "Reads.";
    event.kind = json.find("workflow") == json.npos ? happened::Kind::agent : happened::Kind::workflow;
    event.semantic_version = "1.2.0";
    event.definition.text = json;
    event.pricing_model = model;
    if (model != PricingModel::free) event.price = ten;
    event.currency = "USD";
    event.is_public = true;
    here().given(event);
  }
  happened::Purchased purchased(PricingModel model, std::optional<text::Instant> until = {}) const {
    return {bought, other, "Reviewer", "1.2.0", model, ten, "USD", until};
  }
  static blueprint::Purchase buying(std::optional<events::BlueprintPurchaseId> id = bought) {
    blueprint::Purchase command{};
    command.id = id;
    return command;
  }
  Result<blueprint::Installation> installed(const blueprint::Install& command, events::WorkspaceId where) {
    auto asking = context();
    asking.workspace = &world.state<Workspace>(events::stream_of(where));
    return blueprint::install(here().state(), command, asking, world.facts);
  }
};

TEST_F(Taking, AWorkspaceBuysOnceWhatIsSoldOnce) {
  publish(PricingModel::one_time);
  auto spec = there();
  spec.when(blueprint::Download{}).then_rejected("purchase-required");
  spec.when(buying()).then(purchased(PricingModel::one_time));
  spec.when(buying(std::nullopt)).then_rejected("already-exists");
  spec.when(blueprint::Download{}).then(happened::Downloaded{"1.2.0"});
  EXPECT_EQ(spec.state().sales, 1);
  EXPECT_EQ(spec.state().downloads, 1);
  spec.after(std::chrono::days{10'000}).when(blueprint::Download{}).then(happened::Downloaded{"1.2.0"});
}

TEST_F(Taking, ASubscriptionRunsThirtyDaysAndWhatIsPaidWhileItRunsIsAdded) {
  publish(PricingModel::subscription);
  auto spec = there();
  const auto start = spec.context().now;
  spec.when(buying()).then(purchased(PricingModel::subscription, start + blueprint::subscription_days));
  spec.after(std::chrono::days{29}).when(blueprint::Download{}).then(happened::Downloaded{"1.2.0"});
  spec.when(buying(id_of<events::BlueprintPurchaseId>(97)));
  ASSERT_EQ(spec.state().purchases.size(), 2u);
  EXPECT_EQ(spec.state().purchases[1].paid_until, start + 2 * blueprint::subscription_days);
  spec.after(std::chrono::days{31}).when(blueprint::Download{}).then_rejected("purchase-required");
  spec.when(buying(id_of<events::BlueprintPurchaseId>(98)));
  ASSERT_EQ(spec.state().purchases.size(), 3u);
  EXPECT_EQ(spec.state().purchases[2].paid_until, spec.context().now + blueprint::subscription_days) << "what has ended begins anew";
  EXPECT_EQ(spec.state().sales, 3);
}

TEST_F(Taking, NobodyBuysTheirOwnOrWhatIsFree) {
  publish(PricingModel::one_time);
  here().as(ada).when(buying()).then_rejected("nothing-to-buy");
  here().when(blueprint::Download{}).then(happened::Downloaded{"1.2.0"});
  here().given(happened::Priced{PricingModel::free, Decimal{}, "USD"});
  there().when(buying()).then_rejected("nothing-to-buy");
  there().when(blueprint::Download{}).then(happened::Downloaded{"1.2.0"});
}

TEST_F(Taking, OnlyAnAdminBuys) {
  publish(PricingModel::one_time);
  spec<Workspace>(other, other).as(nora).given(events::workspace::MemberJoined{id_of<events::MemberId>(107), max, MemberRole::member});
  there().as(max).when(buying()).then_rejected("forbidden");
}

TEST_F(Taking, NothingIsBoughtAtAnotherPriceThanTheOneThatWasSeen) {
  publish(PricingModel::one_time);
  auto command = buying();
  command.price = Decimal{9'000'000'000};
  there().when(command).then_rejected("price-changed", "/price");
  command.price = ten;
  command.currency = Currency("EUR");
  there().when(command).then_rejected("price-changed", "/currency");
  command.currency = Currency("USD");
  there().when(command).then(purchased(PricingModel::one_time));
}

TEST_F(Taking, WhatWasBoughtIsKeptWhenItIsNotListedAnyMore) {
  publish(PricingModel::one_time);
  there().when(buying());
  here().when(blueprint::Unlist{});
  there().when(blueprint::Download{}).then(happened::Downloaded{"1.2.0"});
  here().when(blueprint::Withdraw{});
  there().when(blueprint::Download{}).then_rejected("not-found");
}

TEST_F(Taking, OnlyWhoMayHaveItReviewsIt) {
  publish(PricingModel::one_time);
  there().when(blueprint::Review{{}, 1, {}}).then_rejected("purchase-required");
  there().when(buying());
  there().when(blueprint::Review{{}, 1, {}});
  EXPECT_EQ(there().state().reviews_count, 1);
}

TEST_F(Taking, AnInstalledAgentIsWhatTheDefinitionSaysAndNamesItsSource) {
  publish(PricingModel::one_time);
  blueprint::Install command{};
  command.id = made;
  const auto refused = installed(command, other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "purchase-required");
  there().when(buying());
  const auto installation = installed(command, other);
  ASSERT_TRUE(installation);
  EXPECT_EQ(installation->installed, (happened::Installed{made, "1.2.0"}));
  auto agent = spec<Agent>(events::AgentId{made.value}, other).as(nora).when(std::get<agent::Register>(installation->made));
  ASSERT_FALSE(agent.rejection()) << agent.rejection()->detail;
  EXPECT_EQ(agent.state().name, "Reviewer");
  EXPECT_EQ(agent.state().instructions, "Look closely.");
  EXPECT_EQ(agent.state().model, "m");
  EXPECT_EQ(agent.state().max_concurrent_tasks, 2);
  EXPECT_EQ(agent.state().source, (happened::Source{reviewer, "1.2.0"}));
  EXPECT_EQ(agent.state().owner_id, nora);
  command.name = Name("Ours");
  EXPECT_EQ(std::get<agent::Register>(installed(command, other)->made).name.text, "Ours");
}

TEST_F(Taking, AnInstalledWorkflowHasTheDefinitionByteForByte) {
  const std::string json = R"({"kind" : "workflow", "nodes" : [{"id":"a","agent_id":"01a00000-0000-7000-8000-000000000001"}]})";
  publish(PricingModel::free, json);
  blueprint::Install command{};
  command.id = made;
  const auto installation = installed(command, other);
  ASSERT_TRUE(installation);
  auto workflow = spec<Workflow>(events::WorkflowId{made.value}, other).as(nora).when(std::get<workflow::Define>(installation->made));
  ASSERT_FALSE(workflow.rejection()) << workflow.rejection()->detail;
  EXPECT_EQ(workflow.state().definition.text, json);
  EXPECT_EQ(workflow.state().description, "Reads.");
  EXPECT_EQ(workflow.state().source, (happened::Source{reviewer, "1.2.0"}));
}

TEST_F(Taking, TheSameInstallationAgainIsOfTheSameBlueprintByTheSameName) {
  blueprint::Install command{};
  const std::optional source = happened::Source{reviewer, "1.2.0"};
  EXPECT_TRUE(repeats(source, "Ours", reviewer, command));
  command.name = Name("Ours");
  EXPECT_TRUE(repeats(source, "Ours", reviewer, command));
  EXPECT_FALSE(repeats(source, "Theirs", reviewer, command));
  EXPECT_FALSE(repeats(source, "Ours", id_of<events::BlueprintId>(91), command));
  EXPECT_FALSE(repeats(std::nullopt, "Ours", reviewer, command));
}

TEST_F(Taking, InstallingIsTakingAndCountsAsBoth) {
  publish(PricingModel::free);
  here().given(happened::Installed{made, "1.2.0"}, happened::Downloaded{"1.2.0"});
  EXPECT_EQ(here().state().downloads, 2);
  EXPECT_EQ(here().state().installs, 1);
}

}  // namespace
}  // namespace daybook::domain::blueprint_taking_test
