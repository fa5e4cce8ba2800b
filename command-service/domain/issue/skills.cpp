// The skills that are suggested for an issue.
#include "command-service/domain/skill/skill.hpp"

#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/issue/references.hpp"

namespace daybook::domain::issue {

Decision<Event> decide(const State& state, const SuggestSkill& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "issue", context, facts)) return *refused;
  FieldRefusals refusals;
  if (!skill::is_usable_in(state_of<Skill>(facts, events::stream_of(command.skill_id)), workspace_of(context).id, facts))
    refusals.add("/skill_id", "unknown-reference", "There is no such skill in this workspace or listed.");
  if (command.relevance_score && !(*command.relevance_score >= 0 && *command.relevance_score <= relevance_score_max))
    refusals.add("/relevance_score", "out-of-range", "Expected a number from 0 to 100.");
  if (refusals.any()) return refusals.rejection();
  if (find_suggestion(state, command.skill_id) != nullptr) return already_exists("/skill_id", "The skill is suggested already.");
  if (state.skills.size() >= skills_max) return invalid("", "too-many", "At most 100 skills can be suggested for an issue.");
  const auto id = command.id.value_or(events::SuggestedSkillId{context.fresh_id});
  if (events::issue::find_part(state, id) != nullptr) return id_taken();
  return std::vector<Event>{events::issue::SkillSuggested{id, command.skill_id, command.relevance_score}};
}

Decision<Event> decide(const State& state, const WithdrawSkill& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "issue", context, facts)) return *refused;
  const auto* suggested = find_suggestion(state, command.skill_id);
  if (suggested == nullptr) return std::vector<Event>{};
  return std::vector<Event>{events::issue::SkillWithdrawn{suggested->id, suggested->skill_id}};
}

}  // namespace daybook::domain::issue
