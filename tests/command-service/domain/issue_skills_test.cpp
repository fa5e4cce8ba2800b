#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::issue_skills_test {
namespace {

namespace happened = events::issue;

const auto linting = id_of<events::SkillId>(92);
const auto theirs = id_of<events::SkillId>(93);
const auto suggested = id_of<events::SuggestedSkillId>(96);

class SuggestedSkills : public Office {
 protected:
  void SetUp() override {
    Office::SetUp();
    events::skill::Published lint{};
    lint.name = "Lint";
    skill(linting).as(olga).given(lint);
    spec<Skill>(theirs, other).as(nora).given(lint);
  }
  static issue::SuggestSkill suggesting(events::SkillId skill, std::optional<double> score = {}) { return {suggested, skill, score}; }
};

TEST_F(SuggestedSkills, EachIsSuggestedOnceUntilItIsWithdrawn) {
  auto spec = issue(first);
  spec.as(max).when(suggesting(linting, 0.75)).then(happened::SkillSuggested{suggested, linting, 0.75});
  auto again = suggesting(linting);
  again.id = id_of<events::SuggestedSkillId>(97);
  spec.when(again).then_rejected("already-exists", "/skill_id");
  spec.when(issue::WithdrawSkill{linting}).then(happened::SkillWithdrawn{suggested, linting});
  spec.when(issue::WithdrawSkill{linting}).then_nothing();
  spec.when(again);
  EXPECT_EQ(spec.state().skills.size(), 1u);
  spec.as(vic).when(suggesting(linting)).then_rejected("forbidden");
}

TEST_F(SuggestedSkills, OnlySkillsOfTheWorkspaceOrListedOnesAreSuggested) {
  auto spec = issue(first);
  spec.as(max).when(suggesting(id_of<events::SkillId>(98))).then_rejected("unknown-reference", "/skill_id");
  spec.when(suggesting(theirs)).then_rejected("unknown-reference", "/skill_id");
  this->spec<Skill>(theirs, other).as(nora).when(skill::List{});
  spec.when(suggesting(theirs)).then(happened::SkillSuggested{suggested, theirs, {}});
  skill(linting).as(olga).when(skill::Withdraw{});
  auto gone = suggesting(linting);
  gone.id = id_of<events::SuggestedSkillId>(97);
  spec.when(gone).then_rejected("unknown-reference", "/skill_id");
}

TEST_F(SuggestedSkills, AScoreIsFromZeroToAHundred) {
  auto spec = issue(first);
  for (const double wrong : {-0.1, 100.5}) spec.as(max).when(suggesting(linting, wrong)).then_rejected("out-of-range", "/relevance_score");
  spec.when(suggesting(linting, 100.0)).then(happened::SkillSuggested{suggested, linting, 100.0});
}

TEST_F(SuggestedSkills, NothingIsSuggestedForWhatIsDeleted) {
  auto spec = issue(first);
  spec.as(max).when(issue::Delete{});
  spec.when(suggesting(linting)).then_rejected("not-found");
  spec.when(issue::WithdrawSkill{linting}).then_rejected("not-found");
}

}  // namespace
}  // namespace daybook::domain::issue_skills_test
