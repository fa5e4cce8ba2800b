#include "command-service/domain/issue/beginning.hpp"

#include <algorithm>

#include "command-service/domain/issue/issue.hpp"
#include "command-service/domain/issue/ranks.hpp"

namespace daybook::domain::issue {
namespace {

using events::issue::ExecutionType;
using events::issue::Fields;
using events::issue::is_finished;

constexpr std::size_t asked_at_a_time = 32;
constexpr std::size_t digits_of_id = 32;

const State& state_of(events::IssueId id, const Facts& facts) { return domain::state_of<Issue>(facts, events::stream_of(id)); }

std::string list_of(text::Uuid id) { return id.text() + ":"; }

// Keys of ordered scopes are digits behind their prefix, without the hyphens of an id.
std::string digits_of(text::Uuid id) {
  auto digits = id.text();
  std::erase(digits, '-');
  return digits;
}

std::optional<events::IssueId> id_in(std::string_view key) {
  std::string text(key.substr(key.size() - std::min(key.size(), digits_of_id)));
  for (const std::size_t at : {20, 16, 12, 8})
    if (at < text.size()) text.insert(at, 1, '-');
  return events::IssueId::parse(text);
}

// Calls `is_it` with one key of the list after the other until it says yes. Says yes itself where there are more than are asked.
template <class Is>
bool any_held(std::string_view in_scope, const std::string& list, std::size_t most, const Facts& facts, Is is_it) {
  auto last = list;
  for (std::size_t asked = 0; asked < most; asked += asked_at_a_time) {
    const auto held = facts.held_beside(in_scope, list, last, Side::above, asked_at_a_time);
    for (const auto& entry : held)
      if (is_it(entry)) return true;
    if (held.size() < asked_at_a_time) return false;
    last = held.back().key;
  }
  return true;
}

// Something that is hidden or finished blocks nothing.
bool is_unfinished(events::IssueId id, const Facts& facts) {
  return facts.open(events::stream_of(id)) && !is_finished(state_of(id, facts).status);
}

bool is_blocked(const State& issue, const Facts& facts) {
  if (issue.status == Status::blocked) return true;
  if (issue.blocked_by_issue_id) {
    if (is_unfinished(*issue.blocked_by_issue_id, facts)) return true;
  } else if (issue.blocked_reason) {
    return true;
  }
  return any_held(scope::blocked_by, list_of(issue.id.value), blockers_asked_max, facts, [&](const HeldBy& entry) {
    const auto blocker = id_in(entry.key);
    return blocker && is_unfinished(*blocker, facts);
  });
}

// Where it stands among those that take their turns; nothing where it takes none.
std::optional<std::string> turn_of(const Fields& issue) {
  if (!issue.parent_id || issue.execution_type != ExecutionType::serial || issue.deleted_at || is_finished(issue.status)) return std::nullopt;
  const auto place = place_key(issue.workspace_id, {issue.position, issue.number});
  return list_of(issue.parent_id->value) + place.substr(place_prefix(issue.workspace_id).size());
}

// A parent that is hidden reads as none, and then there is nobody to wait for.
bool is_out_of_turn(const State& issue, const Facts& facts) {
  const auto turn = turn_of(issue);
  if (!turn || !facts.open(events::stream_of(*issue.parent_id))) return false;
  bool its_turn = false;
  const bool found = any_held(scope::serial_turn, list_of(issue.parent_id->value), turns_asked_max, facts, [&](const HeldBy& entry) {
    its_turn = entry.key == *turn;
    return its_turn || facts.open(entry.holder);
  });
  return found && !its_turn;
}

}  // namespace

std::optional<Hindrance> hindrance_of(events::IssueId id, const Facts& facts) {
  const auto& issue = state_of(id, facts);
  if (issue.version.value == 0 || !facts.open(events::stream_of(id))) return Hindrance::gone;
  if (is_finished(issue.status)) return Hindrance::finished;
  if (is_blocked(issue, facts)) return Hindrance::blocked;
  if (is_out_of_turn(issue, facts)) return Hindrance::out_of_turn;
  return std::nullopt;
}

void keep_blocker(text::Uuid blocker, text::Uuid blocked, bool blocks, Effects& effects) {
  const auto key = list_of(blocked) + digits_of(blocker);
  if (blocks) effects.claim(scope::blocked_by, key, "/depends_on_id");
  else effects.release(scope::blocked_by, key);
}

void keep_turn(const Fields& before, const Fields& after, Effects& effects) {
  const auto was = turn_of(before), is = turn_of(after);
  if (was == is) return;
  if (was) effects.release(scope::serial_turn, *was);
  if (is) effects.claim(scope::serial_turn, *is, "/parent_id");
}

}  // namespace daybook::domain::issue
