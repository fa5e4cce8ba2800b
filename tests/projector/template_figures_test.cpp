// The figures of templates against a plain model, however applications, ratings, corrections and withdrawals follow each other and
// however the streams of several templates are mixed.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>

#include "projector/read_models/template.hpp"
#include "tests/projector/folded_story.hpp"
#include "tests/support/support.hpp"

namespace daybook::projector::test::template_figures_test {
namespace {

using namespace events;
namespace tm = events::template_;

constexpr int templates_in_a_run = 3, people_in_a_run = 5;
TemplateId template_of(int n) { return id_of<TemplateId>(0x200 + n); }

// What one template's figures should be, kept as people would.
struct Model {
  std::map<int, std::pair<TemplateRatingId, std::int64_t>> ratings;  // by person
  std::int64_t uses = 0;
  bool withdrawn = false;
};

class Walk : public FoldedStory {
 public:
  Walk() {
    for (int n = 0; n < templates_in_a_run; ++n) {
      tm::Published published{};
      published.name = "Template " + std::to_string(n);
      history_.template_(space, template_of(n), published);
    }
  }

  // One thing that may happen to a template as it stands.
  void step(int n, int what, int person, std::int64_t points) {
    auto& model = models_[n];
    const auto happen = [&](const tm::Event& event) { history_.template_(space, template_of(n), event); };
    switch (what) {
      case 0:
      case 1:
        ++model.uses;
        return happen(tm::Applied{points, {}});
      case 2:
        model.withdrawn = !model.withdrawn;
        return model.withdrawn ? happen(tm::Withdrawn{}) : happen(tm::Restored{});
      case 3:
        return happen(tm::Revised{});
      default: {
        auto& rating = model.ratings.try_emplace(person, id_of<TemplateRatingId>(0x1000 + 0x100 * n + person), 0).first->second;
        rating.second = points;
        happen(tm::Rated{rating.first, id_of<UserId>(person), points});
      }
    }
  }

  void expect_as_modelled() {
    auto overlay = database_.batch();
    const StateStore store(overlay);
    std::size_t all = 0;
    for (int n = 0; n < templates_in_a_run; ++n) {
      const auto& model = models_[n];
      const auto row = store.get<TemplateRow>(template_of(n).value).value();
      std::int64_t sum = 0;
      for (const auto& [person, rating] : model.ratings) sum += rating.second;
      const auto people = static_cast<std::int64_t>(model.ratings.size());
      RC_ASSERT(row.usage_count == model.uses);
      RC_ASSERT(row.deleted_at.has_value() == model.withdrawn);
      RC_ASSERT(row.rating_count == people);
      RC_ASSERT(row.rating_sum == sum);
      RC_ASSERT(row.rating == mean_rating(sum, people));
      for (const auto& [person, rating] : model.ratings) RC_ASSERT(store.get<TemplateRatingRow>(rating.first.value)->rating == rating.second);
      all += model.ratings.size();
    }
    RC_ASSERT(count<TemplateRatingRow>() == all);
  }

 private:
  Model models_[templates_in_a_run];
};

TEST(TemplateFigures, AreThoseOfAPlainModelHoweverTheirEventsFollowEachOther) {
  const bool holds = rc::check([] {
    Walk walk;
    const auto steps = *rc::gen::container<std::vector<std::tuple<int, int, int, int>>>(
        rc::gen::tuple(rc::gen::inRange(0, templates_in_a_run), rc::gen::inRange(0, 9), rc::gen::inRange(1, people_in_a_run + 1),
                       rc::gen::inRange(1, 6)));
    for (const auto& [one, what, person, points] : steps) walk.step(one, what, person, points);
    walk.fold(static_cast<std::size_t>(*rc::gen::inRange(1, 12)));
    walk.expect_as_modelled();
  });
  EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace daybook::projector::test::template_figures_test
