#include "command-service/domain/blueprint/blueprint.hpp"

#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::blueprint_test {
namespace {

namespace happened = events::blueprint;
using events::Decimal;
using happened::PricingModel;

const auto fresh = id_of<events::BlueprintId>(90);
const auto by_max = id_of<events::BlueprintReviewId>(95);

happened::Definition definition(const std::string& json = R"({"kind" : "agent", "instructions": "Look closely."})") {
  happened::Definition definition{};
  definition.text = json;
  return definition;
}
happened::Published published() {
  happened::Published event{};
  event.name = "Reviewer";
  event.semantic_version = "1.0.0";
  event.definition = definition();
  event.currency = "USD";
  return event;
}
blueprint::Publish publishing() {
  blueprint::Publish command{};
  command.name = Name("Reviewer");
  command.definition = definition();
  return command;
}

class Blueprints : public Office {
 protected:
  auto blueprint(events::BlueprintId id = fresh) { return spec<Blueprint>(id, acme); }
  auto elsewhere() { return spec<Blueprint>(fresh, other).as(nora); }
  void refused(const blueprint::Publish& command, const std::string& code, const std::string& pointer) {
    blueprint(id_of<events::BlueprintId>(99)).as(max).when(command).then_rejected(code, pointer);
  }
  static blueprint::AddVersion version(const std::string& name, const std::string& json = R"({"kind":"agent"})") {
    blueprint::AddVersion command{};
    command.semantic_version = blueprint::VersionName(name);
    command.definition = definition(json);
    return command;
  }
};

TEST_F(Blueprints, AMemberPublishesAFreeOneThatIsNotListedUnlessSaid) {
  auto spec = blueprint();
  spec.as(vic).when(publishing()).then_rejected("forbidden");
  spec.as(max).when(publishing()).then(published());
  EXPECT_EQ(spec.state().revision, 1);
  EXPECT_EQ(spec.state().publisher_id, events::PrincipalId{max.value});
  EXPECT_FALSE(spec.state().is_public);
  spec.when(publishing()).then_rejected("already-exists", "/id");
  EXPECT_TRUE(repeats(published(), publishing(), context(), world.facts));
  auto another = publishing();
  another.semantic_version = blueprint::VersionName("1.0.1");
  EXPECT_FALSE(repeats(published(), another, context(), world.facts));
}

TEST_F(Blueprints, TheDefinitionSaysWhatItMakesAndIsCheckedByThat) {
  auto command = publishing();
  const auto defined = [&](const std::string& json, const std::string& code, const std::string& pointer) {
    command.definition = definition(json);
    refused(command, code, pointer);
  };
  defined("{}", "required", "/definition/kind");
  defined(R"({"kind":"robot"})", "unknown-value", "/definition/kind");
  defined(R"({"kind":"agent","max_concurrent_tasks":0})", "out-of-range", "/definition/max_concurrent_tasks");
  defined(R"({"kind":"agent","config":[]})", "wrong-type", "/definition/config");
  defined(R"({"kind":"agent","name":" "})", "blank", "/definition/name");
  defined(R"({"kind":"agent","runtime_mode":"moon"})", "unknown-value", "/definition/runtime_mode");
  defined(R"({"kind":"workflow"})", "required", "/definition/nodes");
  defined(R"({"kind":"workflow","nodes":[{"id":"a"}],"edges":[{"source":"a","target":"a"}]})", "cycle", "/definition/edges/0");
  command.definition = definition(R"({"kind":"workflow","nodes":[],"x":1})");
  auto event = published();
  event.kind = happened::Kind::workflow;
  event.definition = command.definition;
  blueprint().as(max).when(command).then(event);
}

TEST_F(Blueprints, WhatIsFreeCostsNothingAndWhatIsNotCostsSomething) {
  auto command = publishing();
  command.price = Decimal{1};
  refused(command, "out-of-range", "/price");
  command.pricing_model = PricingModel::one_time;
  command.price = Decimal{-1};
  refused(command, "out-of-range", "/price");
  command.price = Decimal{};
  refused(command, "required", "/price");
  command.price.reset();
  refused(command, "required", "/price");
  command.price = Decimal{9'990'000'000};
  command.currency = Currency("EUR");
  auto event = published();
  event.pricing_model = PricingModel::one_time;
  event.price = Decimal{9'990'000'000};
  event.currency = "EUR";
  auto spec = blueprint();
  spec.as(max).when(command).then(event);
  blueprint::Change change{};
  change.price = Decimal{10'000'000'000};
  spec.when(change).then(happened::Priced{PricingModel::one_time, Decimal{10'000'000'000}, "EUR"}).when(change).then_nothing();
  change = {};
  change.name = Name("Reader");
  change.pricing_model = PricingModel::free;
  spec.when(change).then(happened::Described{"Reader", {}, {}}, happened::Priced{PricingModel::free, Decimal{}, "EUR"});
  change.pricing_model = PricingModel::subscription;
  spec.when(change).then_rejected("required", "/price");
}

TEST_F(Blueprints, AVersionIsSemanticAndOnlyGrows) {
  auto spec = blueprint();
  auto first = publishing();
  first.semantic_version = blueprint::VersionName("one");
  spec.as(max).when(first).then_rejected("invalid", "/semantic_version");
  first.semantic_version = blueprint::VersionName("1.0.0-rc.1");
  spec.when(first);
  for (const auto* less : {"1.0.0-rc.1", "1.0.0-beta", "0.9.0", "1.0.0-rc.1+build"}) spec.when(version(less)).then_rejected("not-greater", "/semantic_version");
  spec.when(version("two")).then_rejected("invalid", "/semantic_version");
  spec.when(version("1.0.0")).then(happened::Versioned{"1.0.0", definition(R"({"kind":"agent"})"), {}});
  spec.when(version("1.0.0")).then_nothing();
  spec.when(version("1.0.0", R"({"kind":"agent","model":"x"})")).then_rejected("not-greater", "/semantic_version");
  EXPECT_EQ(spec.state().revision, 2);
  EXPECT_EQ(spec.state().semantic_version, "1.0.0");
  spec.when(version("1.1.0", R"({"kind":"workflow","nodes":[]})")).then_rejected("other-kind", "/definition/kind");
}

TEST_F(Blueprints, WhatIsBroughtInKeepsTheVersionsItHad) {
  auto spec = blueprint();
  spec.context().origin = events::Origin::import;
  auto first = publishing();
  first.semantic_version = blueprint::VersionName("Spring release");
  spec.as(max).when(first);
  EXPECT_EQ(spec.state().semantic_version, "Spring release");
  spec.context().origin = events::Origin::command;
  spec.when(version("0.1.0"));
  EXPECT_EQ(spec.state().semantic_version, "0.1.0") << "what cannot be compared is not in the way";
}

TEST_F(Blueprints, OnlyItsPublisherOrAnAdminChangesOne) {
  workspace().as(olga).given(events::workspace::MemberJoined{id_of<events::MemberId>(106), nora, MemberRole::member});
  auto spec = blueprint();
  spec.as(max).when(publishing());
  blueprint::Change change{};
  change.name = Name("Mine");
  spec.as(nora).when(change).then_rejected("forbidden");
  spec.when(version("2.0.0")).then_rejected("forbidden");
  spec.when(blueprint::List{}).then_rejected("forbidden");
  spec.when(blueprint::Withdraw{}).then_rejected("forbidden");
  spec.as(ada).when(change).when(blueprint::List{}).then(happened::Listed{}).when(blueprint::List{}).then_nothing();
  spec.as(max).when(blueprint::Unlist{}).then(happened::Unlisted{}).when(blueprint::Unlist{}).then_nothing();
  spec.when(blueprint::Withdraw{}).then(happened::Withdrawn{}).when(blueprint::Withdraw{}).then_rejected("not-found");
  spec.when(blueprint::Download{}).then_rejected("not-found");
  spec.as(nora).when(blueprint::Restore{}).then_rejected("forbidden");
  spec.as(ada).when(blueprint::Restore{}).then(happened::Restored{}).when(blueprint::Restore{}).then_nothing();
}

TEST_F(Blueprints, AnotherWorkspaceSeesAListedOneAlone) {
  blueprint().as(max).when(publishing());
  auto strange = elsewhere();
  strange.when(blueprint::Download{}).then_rejected("not-found");
  strange.when(blueprint::Review{{}, 5, {}}).then_rejected("not-found");
  blueprint().as(max).when(blueprint::List{});
  strange.when(blueprint::Download{}).then(happened::Downloaded{"1.0.0"});
  blueprint::Change change{};
  change.name = Name("Mine");
  strange.when(change).then_rejected("not-found");
  strange.when(blueprint::Withdraw{}).then_rejected("not-found");
  workspace().as(olga).given(events::workspace::Deleted{});
  strange.when(blueprint::Download{}).then_rejected("not-found");
}

TEST_F(Blueprints, APersonHasOneReviewWhichOnlyTheyChange) {
  auto spec = blueprint();
  spec.as(max).when(publishing());
  spec.when(blueprint::Review{by_max, 6, {}}).then_rejected("out-of-range", "/rating");
  spec.when(blueprint::Review{by_max, 4, Description("Good.")}).then(happened::Reviewed{by_max, max, 4, "Good."});
  spec.when(blueprint::Review{{}, 5, {}}).then_rejected("already-exists");
  spec.as(ada).when(blueprint::Review{by_max, 5, {}}).then_rejected("already-exists", "/id");
  blueprint::ChangeReview change{};
  change.blueprint_review_id = by_max;
  change.rating = 1;
  spec.when(change).then_rejected("forbidden");
  spec.as(max).when(change).then(happened::ReviewChanged{by_max, 1, "Good."}).when(change).then_nothing();
  EXPECT_EQ(spec.state().rating, 1.0);
  spec.as(ada).when(blueprint::WithdrawReview{by_max}).then(happened::ReviewWithdrawn{by_max});
  EXPECT_EQ(spec.state().reviews_count, 0);
  EXPECT_FALSE(spec.state().rating);
  spec.as(max).when(blueprint::WithdrawReview{by_max}).then_rejected("not-found");
  spec.when(blueprint::Review{{}, 3, {}});
  EXPECT_EQ(spec.state().rating, 3.0);
}

TEST_F(Blueprints, AnAdminOfAnotherWorkspaceWithdrawsNoReviewHere) {
  auto command = publishing();
  command.is_public = true;
  blueprint().as(max).when(command).when(blueprint::Review{by_max, 4, {}});
  elsewhere().when(blueprint::WithdrawReview{by_max}).then_rejected("forbidden");
}

}  // namespace
}  // namespace daybook::domain::blueprint_test
