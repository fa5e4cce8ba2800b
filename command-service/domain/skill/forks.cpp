// Copies of a skill, and what using it comes to.
#include "command-service/domain/skill/refusals.hpp"

namespace daybook::domain::skill {

using events::skill::Published;

Result<Forking> fork(const State& copy, const State& original, const Fork& command, const CommandContext& context,
                     const Facts& facts) {
  if (copy.version.value > 0) return id_taken();
  if (auto refused = refuse_unknown(original, context, facts)) return *refused;
  Forking forking{};
  auto& published = forking.copy;
  // The fork tells by itself what the original does not.
  published = events::fields_as<Published, &Published::is_public, &Published::forked_from_id, &Published::forked_from_revision>(original);
  if (command.name) published.name = command.name->text;
  published.forked_from_id = original.id;
  published.forked_from_revision = original.revision;
  forking.original.revision = original.revision;
  return forking;
}

// What the original says may have changed since; which one it is has not.
bool repeats(const Published& first, const Fork& again, const CommandContext&, const Facts&) {
  return again.skill_id && first.forked_from_id == again.skill_id && (!again.name || again.name->text == first.name);
}

Decision<Event> decide(const State& state, const Use&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_unknown(state, context, facts)) return *refused;
  return std::vector<Event>{events::skill::Used{state.revision}};
}

}  // namespace daybook::domain::skill
