#pragma once
// Whether work on an issue can begin: nothing that is open blocks it, and among its parent's serial sub-issues it is its turn.
// Both are asked of ordered claims that the issues' own events hold, so that neither costs more the more issues there are.
#include <optional>

#include "command-service/domain/core/facts.hpp"
#include "events/issue/state.hpp"

namespace daybook::domain {

namespace scope {
inline constexpr std::string_view blocked_by = "blocked-by";    // ordered, by blocked issue: what blocks it, open or not
inline constexpr std::string_view serial_turn = "serial-turn";  // ordered, by parent: its serial sub-issues with work left, by rank
}  // namespace scope

namespace issue {

inline constexpr std::size_t blockers_asked_max = 1000;  // of one issue; with more it counts as blocked
inline constexpr std::size_t turns_asked_max = 1000;     // hidden sub-issues before one; behind more it counts as waiting

enum class Hindrance { gone, finished, blocked, out_of_turn };

// Why work cannot begin, or nothing. Over all facts: what the caller may not know of hinders as well.
std::optional<Hindrance> hindrance_of(events::IssueId issue, const Facts& facts);

// What the events of an issue hold for this.
void keep_blocker(text::Uuid blocker, text::Uuid blocked, bool blocks, Effects& effects);
void keep_turn(const events::issue::Fields& before, const events::issue::Fields& after, Effects& effects);
template <class E>
void keep_turn(const events::issue::State& before, const E& e, const events::Envelope& event, Effects& effects) {
  constexpr bool may_enter_one = requires { e.parent_id; };
  if (!before.parent_id && !may_enter_one) return;
  events::issue::Fields was = before;
  events::issue::State is = before;
  evolve(is, e, event);
  keep_turn(was, is, effects);
}

}  // namespace issue
}  // namespace daybook::domain
