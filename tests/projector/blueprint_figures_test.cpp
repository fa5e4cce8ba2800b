// The figures of blueprints against a plain model, however purchases, downloads, installations, versions, reviews and withdrawals follow
// each other and however the streams of several blueprints are mixed.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>

#include "projector/read_models/blueprint.hpp"
#include "tests/projector/folded_story.hpp"
#include "tests/support/support.hpp"

namespace daybook::projector::test::blueprint_figures_test {
namespace {

using namespace events;
namespace bp = events::blueprint;

constexpr int blueprints_in_a_run = 3, people_in_a_run = 5, kinds_of_steps = 12;
BlueprintId blueprint_of(int n) { return id_of<BlueprintId>(0x200 + n); }
WorkspaceId buyer_of(int person) { return id_of<WorkspaceId>(0x300 + person); }

// What one blueprint's figures should be, kept as people would.
struct Model {
  std::map<int, std::pair<BlueprintReviewId, std::int64_t>> reviews;  // by person
  std::int64_t downloads = 0, installs = 0, sales = 0, versions = 1;
  bool withdrawn = false;
};

class Walk : public FoldedStory {
 public:
  Walk() {
    for (int n = 0; n < blueprints_in_a_run; ++n) {
      bp::Published published{};
      published.name = "Blueprint " + std::to_string(n);
      published.semantic_version = "1.0.0";
      history_.blueprint(space, blueprint_of(n), published);
    }
  }

  // One thing that may happen to a blueprint as it stands.
  void step(int n, int what, int person, std::int64_t rating) {
    auto& model = models_[n];
    const auto happen = [&](const bp::Event& event) { history_.blueprint(space, blueprint_of(n), event); };
    const auto review = model.reviews.find(person);
    const bool has_review = review != model.reviews.end();
    switch (what) {
      case 0:
        ++model.downloads;
        return happen(bp::Downloaded{"1.0.0"});
      case 1:
        ++model.downloads;
        ++model.installs;
        return happen(bp::Installed{id_of<EntityId>(0x4000 + ++parts_), "1.0.0"});
      case 2:
        ++model.sales;
        paid_[person] += rating;
        return happen(bp::Purchased{id_of<BlueprintPurchaseId>(0x1000 + ++parts_), buyer_of(person), "A blueprint", "1.0.0",
                                    bp::PricingModel::one_time, Decimal{rating}, "USD", {}});
      case 3:
        model.withdrawn = !model.withdrawn;
        return model.withdrawn ? happen(bp::Withdrawn{}) : happen(bp::Restored{});
      case 4:
        ++model.versions;
        return happen(bp::Versioned{"2.0.0", {}, {}});
      case 5:
        return happen(bp::Priced{bp::PricingModel::subscription, Decimal{rating}, "USD"});
      case 6:
        if (!has_review) return;
        happen(bp::ReviewWithdrawn{review->second.first});
        model.reviews.erase(review);
        return;
      default:
        if (has_review) {
          review->second.second = rating;
          return happen(bp::ReviewChanged{review->second.first, rating, {}});
        }
        const auto id = id_of<BlueprintReviewId>(0x1000 + ++parts_);
        model.reviews[person] = {id, rating};
        happen(bp::Reviewed{id, id_of<UserId>(person), rating, {}});
    }
  }

  void expect_as_modelled() {
    auto overlay = database_.batch();
    const StateStore store(overlay);
    std::size_t reviews = 0, versions = 0, sales = 0;
    std::map<WorkspaceId, std::int64_t> paid;
    for (int n = 0; n < blueprints_in_a_run; ++n) {
      const auto& model = models_[n];
      const auto row = store.get<BlueprintRow>(blueprint_of(n).value).value();
      std::int64_t sum = 0;
      for (const auto& [person, review] : model.reviews) sum += review.second;
      RC_ASSERT(row.downloads == model.downloads);
      RC_ASSERT(row.installs == model.installs);
      RC_ASSERT(row.sales == model.sales);
      RC_ASSERT(row.revision == model.versions);
      RC_ASSERT(row.deleted_at.has_value() == model.withdrawn);
      RC_ASSERT(row.reviews_count == static_cast<std::int64_t>(model.reviews.size()));
      RC_ASSERT(row.rating_sum == sum);
      RC_ASSERT(row.rating == mean_rating(sum, static_cast<std::int64_t>(model.reviews.size())));
      for (const auto& [person, review] : model.reviews) RC_ASSERT(store.get<BlueprintReviewRow>(review.first.value)->rating == review.second);
      reviews += model.reviews.size();
      versions += static_cast<std::size_t>(model.versions);
      sales += static_cast<std::size_t>(model.sales);
      for (const auto& purchase : store.each<BlueprintPurchaseRow>("by_blueprint", index_part(blueprint_of(n).value)))
        paid[purchase.workspace_id] += purchase.price.nanos;
    }
    RC_ASSERT(count<BlueprintReviewRow>() == reviews);
    RC_ASSERT(count<BlueprintVersionRow>() == versions);
    RC_ASSERT(count<BlueprintPurchaseRow>() == sales);
    for (const auto& [person, amount] : paid_) RC_ASSERT(paid[buyer_of(person)] == amount);
  }

 private:
  Model models_[blueprints_in_a_run];
  std::map<int, std::int64_t> paid_;  // by buyer
  int parts_ = 0;
};

TEST(BlueprintFigures, AreThoseOfAPlainModelHoweverTheirEventsFollowEachOther) {
  const bool holds = rc::check([] {
    Walk run;
    const auto steps = *rc::gen::container<std::vector<std::tuple<int, int, int, int>>>(
        rc::gen::tuple(rc::gen::inRange(0, blueprints_in_a_run), rc::gen::inRange(0, kinds_of_steps), rc::gen::inRange(1, people_in_a_run + 1),
                       rc::gen::inRange(1, 6)));
    for (const auto& [blueprint, what, person, rating] : steps) run.step(blueprint, what, person, rating);
    run.fold(static_cast<std::size_t>(*rc::gen::inRange(1, 12)));
    run.expect_as_modelled();
  });
  EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace daybook::projector::test::blueprint_figures_test
