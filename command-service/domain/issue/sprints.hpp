#pragma once
// Which sprint an issue is in. Private to this folder.
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/issue/issue.hpp"

namespace daybook::domain::issue {

// An issue that was unfinished when its sprint ended is where that sprint's unfinished went, though its own stream does not say
// so yet: this is the event that does. Nothing where it is in the sprint it says.
std::optional<events::issue::SprintChanged> carried_over(const events::issue::Fields& issue, const Facts& facts);

// Where it is after a change, its sprint settled beforehand: work that is taken up again after its sprint has ended is in the
// backlog; what is named must be a sprint of its project that has not ended, with room for it.
void settle_sprint(const events::issue::Fields& before, events::issue::Fields& after, bool named, const Facts& facts,
                   FieldRefusals& refusals);

// The rejection where its sprint takes no more points.
std::optional<Rejection> refuse_full_sprint(const events::issue::Fields& before, const events::issue::Fields& after, const Facts& facts);

// What an event changes of the points that the log counts for each sprint.
void count_change(const events::issue::Fields& before, const events::issue::Fields& after, Effects& effects);
template <class E>
void count_in_sprint(const State& before, const E& e, const events::Envelope& event, Effects& effects) {
  constexpr bool may_enter_one = requires { e.sprint_id; };
  if (!before.sprint_id && !may_enter_one) return;
  State after = before;
  evolve(after, e, event);
  count_change(before, after, effects);
}

}  // namespace daybook::domain::issue
