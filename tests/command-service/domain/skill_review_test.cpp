#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::skill_review_test {
namespace {

namespace happened = events::skill;
using events::Patch;

const auto linting = id_of<events::SkillId>(90);
const auto by_max = id_of<events::SkillReviewId>(95);

class SkillReviews : public Office {
 protected:
  void SetUp() override {
    Office::SetUp();
    workspace().as(olga).given(events::workspace::MemberJoined{id_of<events::MemberId>(106), nora, MemberRole::member});
    happened::Published published{};
    published.name = "Lint";
    skill(linting).as(olga).given(published);
  }
  static skill::Review saying(std::int64_t rating, std::optional<events::SkillReviewId> id = by_max) {
    skill::Review command{};
    command.id = id;
    command.rating = rating;
    return command;
  }
};

TEST_F(SkillReviews, APersonHasOneReviewOfASkill) {
  auto spec = skill(linting);
  auto command = saying(4);
  command.comment = Description("Good.");
  spec.as(max).when(command).then(happened::Reviewed{by_max, max, 4, "Good."});
  spec.when(saying(5, id_of<events::SkillReviewId>(96))).then_rejected("already-exists");
  spec.as(nora).when(saying(5, by_max)).then_rejected("already-exists", "/id");
  spec.when(saying(5, std::nullopt));
  EXPECT_EQ(spec.state().rating_count, 2);
  EXPECT_EQ(spec.state().rating, 4.5);
  spec.as(vic).when(saying(1, std::nullopt)).then_rejected("forbidden");
}

TEST_F(SkillReviews, ARatingIsFromOneToFive) {
  auto spec = skill(linting);
  for (const std::int64_t wrong : {0, 6, -1}) spec.as(max).when(saying(wrong)).then_rejected("out-of-range", "/rating");
  spec.when(saying(1));
  skill::ChangeReview change{};
  change.review_id = by_max;
  change.rating = 6;
  spec.when(change).then_rejected("out-of-range", "/rating");
  change.rating = Patch<std::int64_t>::cleared();
  spec.when(change).then_rejected("required", "/rating");
}

TEST_F(SkillReviews, OnlyWhoWroteItChangesAReview) {
  auto spec = skill(linting);
  spec.as(max).when(saying(2));
  skill::ChangeReview change{};
  change.review_id = by_max;
  change.rating = 5;
  spec.as(olga).when(change).then_rejected("forbidden");
  spec.as(max).when(change).then(happened::ReviewChanged{by_max, 5, {}}).when(change).then_nothing();
  EXPECT_EQ(spec.state().rating, 5.0);
  change.review_id = id_of<events::SkillReviewId>(99);
  spec.when(change).then_rejected("not-found");
  change.review_id.reset();
  spec.when(change).then_rejected("not-found");
}

TEST_F(SkillReviews, WhoWroteItOrAnAdminWithdrawsAReviewAndAnotherMayBeWritten) {
  auto spec = skill(linting);
  spec.as(max).when(saying(2));
  skill::WithdrawReview withdraw{by_max};
  spec.as(nora).when(withdraw).then_rejected("forbidden");
  spec.as(ada).when(withdraw).then(happened::ReviewWithdrawn{by_max});
  EXPECT_FALSE(spec.state().rating);
  EXPECT_EQ(spec.state().rating_count, 0);
  spec.as(max).when(withdraw).then_rejected("not-found");
  spec.when(saying(3, id_of<events::SkillReviewId>(97)));
  EXPECT_EQ(spec.state().rating, 3.0);
  spec.when(skill::WithdrawReview{id_of<events::SkillReviewId>(97)}).then(happened::ReviewWithdrawn{id_of<events::SkillReviewId>(97)});
}

TEST_F(SkillReviews, AnAdminOfAnotherWorkspaceWithdrawsNothingHere) {
  skill(linting).as(olga).when(skill::List{});
  skill(linting).as(max).when(saying(2));
  auto strange = spec<Skill>(linting, other);
  strange.as(nora).when(skill::WithdrawReview{by_max}).then_rejected("forbidden");
}

TEST_F(SkillReviews, TheMeanHasTwoDecimalsAndIsMadeOfWholeNumbers) {
  using events::mean_rating;
  EXPECT_FALSE(mean_rating(0, 0));
  EXPECT_EQ(mean_rating(13, 3), 4.33);
  EXPECT_EQ(mean_rating(14, 3), 4.67);
  EXPECT_EQ(mean_rating(33, 8), 4.13) << "4.125, halves up";
  EXPECT_EQ(mean_rating(5, 1), 5.0);
}

}  // namespace
}  // namespace daybook::domain::skill_review_test
