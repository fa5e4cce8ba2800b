// The figures of skills against a plain model, however uses, forks, reviews, corrections and withdrawals follow each other and
// however the streams of several skills are mixed.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>

#include "projector/read_models/skill.hpp"
#include "projector/read_models/skill_version.hpp"
#include "tests/projector/folded_story.hpp"
#include "tests/support/support.hpp"

namespace daybook::projector::test::skill_figures_test {
namespace {

using namespace events;
namespace sk = events::skill;

constexpr int skills_in_a_run = 3, people_in_a_run = 5;
SkillId skill_of(int n) { return id_of<SkillId>(0x200 + n); }

// What one skill's figures should be, kept as people would.
struct Model {
  std::map<int, std::pair<SkillReviewId, std::int64_t>> reviews;  // by person
  std::int64_t uses = 0, forks = 0, revisions = 1;
  bool withdrawn = false;
};

class Walk : public FoldedStory {
 public:
  Walk() {
    for (int n = 0; n < skills_in_a_run; ++n) {
      sk::Published published{};
      published.name = "Skill " + std::to_string(n);
      history_.skill(space, skill_of(n), published);
    }
  }

  // One thing that may happen to a skill as it stands.
  void step(int n, int what, int person, std::int64_t rating) {
    auto& model = models_[n];
    const auto happen = [&](const sk::Event& event) { history_.skill(space, skill_of(n), event); };
    const auto review = model.reviews.find(person);
    const bool has_review = review != model.reviews.end();
    switch (what) {
      case 0:
        ++model.uses;
        return happen(sk::Used{model.revisions});
      case 1:
        ++model.forks;
        return happen(sk::Forked{model.revisions});
      case 2:
        model.withdrawn = !model.withdrawn;
        return model.withdrawn ? happen(sk::Withdrawn{}) : happen(sk::Restored{});
      case 3:
        ++model.revisions;
        return happen(sk::Revised{});
      case 4:
        if (!has_review) return;
        happen(sk::ReviewWithdrawn{review->second.first});
        model.reviews.erase(review);
        return;
      default:
        if (has_review) {
          review->second.second = rating;
          return happen(sk::ReviewChanged{review->second.first, rating, {}});
        }
        const auto id = id_of<SkillReviewId>(0x1000 + ++reviews_);
        model.reviews[person] = {id, rating};
        happen(sk::Reviewed{id, id_of<UserId>(person), rating, {}});
    }
  }

  void expect_as_modelled() {
    auto overlay = database_.batch();
    const StateStore store(overlay);
    for (int n = 0; n < skills_in_a_run; ++n) {
      const auto& model = models_[n];
      const auto row = store.get<SkillRow>(skill_of(n).value).value();
      std::int64_t sum = 0;
      for (const auto& [person, review] : model.reviews) sum += review.second;
      RC_ASSERT(row.usage_count == model.uses);
      RC_ASSERT(row.fork_count == model.forks);
      RC_ASSERT(row.revision == model.revisions);
      RC_ASSERT(row.deleted_at.has_value() == model.withdrawn);
      RC_ASSERT(row.rating_count == static_cast<std::int64_t>(model.reviews.size()));
      RC_ASSERT(row.rating_sum == sum);
      RC_ASSERT(row.rating == mean_rating(sum, static_cast<std::int64_t>(model.reviews.size())));
      for (const auto& [person, review] : model.reviews) RC_ASSERT(store.get<SkillReviewRow>(review.first.value)->rating == review.second);
    }
    RC_ASSERT(count<SkillReviewRow>() == reviews_that_stand());
    RC_ASSERT(count<SkillVersionRow>() == revisions());
  }

 private:
  std::size_t reviews_that_stand() const {
    std::size_t all = 0;
    for (const auto& model : models_) all += model.reviews.size();
    return all;
  }
  std::size_t revisions() const {
    std::size_t all = 0;
    for (const auto& model : models_) all += static_cast<std::size_t>(model.revisions);
    return all;
  }

  Model models_[skills_in_a_run];
  int reviews_ = 0;
};

TEST(SkillFigures, AreThoseOfAPlainModelHoweverTheirEventsFollowEachOther) {
  const bool holds = rc::check([] {
    Walk run;
    const auto steps = *rc::gen::container<std::vector<std::tuple<int, int, int, int>>>(
        rc::gen::tuple(rc::gen::inRange(0, skills_in_a_run), rc::gen::inRange(0, 10), rc::gen::inRange(1, people_in_a_run + 1),
                       rc::gen::inRange(1, 6)));
    for (const auto& [skill, what, person, rating] : steps) run.step(skill, what, person, rating);
    run.fold(static_cast<std::size_t>(*rc::gen::inRange(1, 12)));
    run.expect_as_modelled();
  });
  EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace daybook::projector::test::skill_figures_test
