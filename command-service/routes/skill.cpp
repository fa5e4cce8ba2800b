// Commands about a skill and what is said of it.
#include "command-service/domain/skill/skill.hpp"

#include "command-service/routes/registry.hpp"
#include "command-service/routes/where_it_lives.hpp"

namespace daybook::routes {
namespace {

using domain::Skill;
using domain::skill::Fork;
using SkillState = events::skill::State;

template <class C>
Command where_the_skill_lives(Command command) {
  return where_it_lives<Skill, C, domain::skill::is_known_in>(std::move(command));
}

// The copy here, and the note of it in the stream of the original.
Result<void> fork_and_append(log::Settling& settling, StreamId stream, WorkspaceId workspace, const void* sent,
                             const domain::CommandContext& context) {
  const auto& fork = *static_cast<const Fork*>(sent);
  if (!fork.skill_id) return domain::invalid("/skill_id", "required", "This field is required.");
  const auto original = events::stream_of(*fork.skill_id);
  const auto lives_in = settling.load<Skill>(original).workspace_id;
  auto forking = domain::skill::fork(settling.load<Skill>(stream), settling.load<Skill>(original), fork, context, settling);
  if (!forking) return std::move(forking.error());
  if (auto copied = settling.append<Skill>(stream, workspace, {std::move(forking->copy)}); !copied) return copied;
  return settling.append<Skill>(original, lives_in, {std::move(forking->original)});
}

}  // namespace

std::vector<Command> skill_commands() {
  using namespace domain::skill;
  const auto the_skill = by_id<events::SkillId>("skill");
  auto view = fields_of<SkillState, events::skill::Fields>();
  view.collection = "/skills";
  const auto review_view = part_of<SkillState, events::SkillReviewId>();
  return {
      creates<Skill, Publish>({"POST /skills"}, view),
      creates<Skill, Fork>({"POST /skills/{skill}/fork"}, view, fork_and_append),
      changes<Skill, Revise>(the_skill, {"PATCH /skills/{skill}"}, view),
      removes<Skill, Withdraw>(the_skill, {"DELETE /skills/{skill}"}, view),
      changes<Skill, Restore>(the_skill, {"POST /skills/{skill}/restore"}, view),
      changes<Skill, List>(the_skill, {"POST /skills/{skill}/list"}, view),
      changes<Skill, Unlist>(the_skill, {"POST /skills/{skill}/unlist"}, view),
      where_the_skill_lives<MakeOfficial>(changes<Skill, MakeOfficial>(the_skill, {"POST /skills/{skill}/make-official"}, view)),
      where_the_skill_lives<Use>(changes<Skill, Use>(the_skill, {"POST /skills/{skill}/use"}, view)),
      where_the_skill_lives<Review>(adds<Skill, Review>(the_skill, {"POST /skills/{skill}/reviews"}, review_view)),
      where_the_skill_lives<ChangeReview>(changes<Skill, ChangeReview>(the_skill, {"PATCH /skills/{skill}/reviews/{review}"}, view)),
      where_the_skill_lives<WithdrawReview>(removes<Skill, WithdrawReview>(the_skill, {"DELETE /skills/{skill}/reviews/{review}"}, view)),
  };
}

}  // namespace daybook::routes
