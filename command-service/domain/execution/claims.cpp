// Which run is claimed by whom.
#include "command-service/domain/execution/claims.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "command-service/domain/agent/agent.hpp"
#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/seen_facts.hpp"
#include "command-service/domain/execution/billing.hpp"
#include "command-service/domain/issue/beginning.hpp"

namespace daybook::domain::execution {
namespace {

using events::AgentId;
using events::ExecutionId;

constexpr std::size_t page_min = 8, page_max = 128;  // runs: mostly the first one is it, and behind many that cannot begin are more
constexpr std::size_t looked_at_elsewhere_max = 64;  // runs
constexpr std::size_t digits = 16;  // of a position, in hexadecimal
constexpr std::size_t priorities = boost::mp11::mp_size<boost::describe::describe_enumerators<Priority>>::value;
constexpr std::string_view any_agent = "any";

std::string hexadecimal(std::uint64_t number) {
  std::string out(digits, '0');
  for (auto place = out.rbegin(); number != 0; ++place, number >>= 4) *place = "0123456789abcdef"[number & 15];
  return out;
}

// Runs that wait in one list, behind a place in it.
class Line {
 public:
  Line(std::string list, const std::string& behind, const Facts& facts) : list_(std::move(list)), last_(list_ + behind), facts_(&facts) { turn_page(); }

  bool has_ended() const { return at_ == page_.size(); }
  std::string_view place() const { return std::string_view(page_[at_].key).substr(list_.size()); }
  ExecutionId run() const { return ExecutionId{page_[at_].holder.value}; }
  void go_on() {
    if (++at_ < page_.size() || page_.size() < most_) return;
    most_ = std::min(2 * most_, page_max);
    turn_page();
  }
  // Any place up to the last one, as the number has it.
  std::string somewhere(std::uint64_t number) const {
    const auto last = facts_->held_beside(scope::execution_ready, list_, list_ + std::string(1 + digits, 'f'), Side::below, 1);
    if (last.empty()) return {};
    const auto place = std::string_view(last.front().key).substr(list_.size());
    const auto ranks = static_cast<std::uint64_t>(place.front() - '0') + 1;
    std::uint64_t position = 0;
    std::from_chars(place.data() + 1, place.data() + place.size(), position, 16);
    return std::to_string(number % ranks) + hexadecimal(number / ranks % (position + 1));
  }

 private:
  void turn_page() {
    page_ = facts_->held_beside(scope::execution_ready, list_, last_, Side::above, most_);
    at_ = 0;
    if (!page_.empty()) last_ = page_.back().key;
  }

  std::string list_, last_;
  const Facts* facts_;
  std::size_t most_ = page_min;
  std::vector<HeldBy> page_;
  std::size_t at_ = 0;
};

// The lists a claim is about, as one.
class Waiting {
 public:
  Waiting(const Claim& command, const std::optional<AgentId>& claimer, events::WorkspaceId workspace, const Facts& facts) : facts_(facts) {
    for (const auto type : types_of(command)) {
      lists_.push_back(ready_list(workspace, std::nullopt, type));
      if (claimer) lists_.push_back(ready_list(workspace, claimer, type));
    }
    for (const auto& list : lists_) lines_.emplace_back(list, "", facts_);
  }

  std::optional<ExecutionId> next() {
    Line* first = nullptr;
    for (auto& line : lines_)
      if (!line.has_ended() && (first == nullptr || line.place() < first->place())) first = &line;
    if (first == nullptr) return std::nullopt;
    const auto run = first->run();
    first->go_on();
    return run;
  }
  void go_on_elsewhere(std::uint64_t number) {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const auto behind = lines_[i].somewhere(number);
      lines_[i] = Line(lists_[i], behind, facts_);
    }
  }

 private:
  static std::vector<ExecutionType> types_of(const Claim& command) {
    std::vector<ExecutionType> types;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<ExecutionType>>([&](auto type) {
      const auto& asked = command.execution_types;
      if (!asked || std::find(asked->begin(), asked->end(), type.value) != asked->end()) types.push_back(type.value);
    });
    return types;
  }

  const Facts& facts_;
  std::vector<std::string> lists_;
  std::vector<Line> lines_;
};

Rejection held(std::string_view why) { return conflict("not-ready", std::string(why)); }

Rejection held(issue::Hindrance why) {
  switch (why) {
    case issue::Hindrance::gone: return held("Its issue is not there any more.");
    case issue::Hindrance::finished: return held("Its issue is finished.");
    case issue::Hindrance::blocked: return held("Its issue is blocked.");
    case issue::Hindrance::out_of_turn: return held("Another serial sub-issue of the same parent comes first.");
  }
  return held("Its issue cannot be worked on.");
}

// Whether a run that is found waiting can begin now. What hinders an issue is asked once for all its runs.
class Readiness {
 public:
  Readiness(const CommandContext& context, const Facts& all) : context_(context), seen_(all, context), all_(all) {}

  // The first refusal of a budget is kept: where nothing else is ready, that is what the caller is to know.
  bool is_ready(ExecutionId id) {
    const auto& run = state_of<Execution>(all_, events::stream_of(id));
    if (run.status != Status::pending || refuse_hidden(run, context_, seen_) || is_hindered(run)) return false;
    const auto reserved = reserve(planned(run), context_, all_);
    if (!reserved && !over_budget) over_budget = reserved.error();
    return reserved.has_value();
  }

  std::optional<Rejection> over_budget;

 private:
  bool is_hindered(const State& run) {
    if (!run.issue_id) return false;
    const auto [known, is_new] = hindered_.try_emplace(*run.issue_id, false);
    if (is_new) known->second = issue::hindrance_of(*run.issue_id, all_).has_value();
    return known->second;
  }

  const CommandContext& context_;
  const SeenFacts seen_;
  const Facts& all_;
  std::map<events::IssueId, bool> hindered_;
};

// A number that every bit of what was drawn has a part in (FNV-1a).
std::uint64_t number_in(text::Uuid drawn) {
  std::uint64_t number = 0xcbf29ce484222325;
  for (const auto byte : drawn.bytes) number = (number ^ byte) * 0x100000001b3;
  return number;
}

}  // namespace

Rejection conflict(std::string code, std::string detail) {
  return {Rejection::Kind::already_exists, std::move(code), std::move(detail), {}, std::nullopt};
}

std::string ready_list(events::WorkspaceId workspace, const std::optional<AgentId>& agent, ExecutionType type) {
  const auto whose = agent ? agent->text() : std::string(any_agent);
  return key_in(workspace, whose + ":" + std::string(events::word_of(type)) + ":");
}

std::string ready_place(Priority priority, events::Position born) {
  return std::to_string(priorities - 1 - static_cast<std::size_t>(priority)) + hexadecimal(static_cast<std::uint64_t>(born.value));
}

Result<std::optional<AgentId>> claimer_of(const Claim& command, const CommandContext& context, const Facts& facts) {
  if (context.agent) {
    if (command.agent_id && command.agent_id != context.agent) return forbidden("An agent claims runs for itself alone.");
    return context.agent;
  }
  if (const auto person = person_of(context); !person) return person.error();
  if (command.agent_id && !facts.usable(events::StreamType::agent, events::stream_of(*command.agent_id), workspace_of(context).id))
    return invalid("/agent_id", "unknown-reference", "There is no such agent in this workspace.");
  return command.agent_id;
}

bool is_meant_for(const State& run, const std::optional<AgentId>& claimer) { return run.for_any_agent || (claimer && run.agent_id == claimer); }

std::optional<Rejection> refuse_busy(AgentId agent, const Facts& facts) {
  const auto most = state_of<Agent>(facts, events::stream_of(agent)).max_concurrent_tasks;
  if (facts.counter(scope::running_executions, events::stream_of(agent)) < most) return std::nullopt;
  return conflict("agent-busy", "The agent runs as many at once as it may: " + std::to_string(most) + ".");
}

std::optional<Rejection> held_back(const State& run, const Facts& all) {
  if (run.issue_id)
    if (const auto hindrance = issue::hindrance_of(*run.issue_id, all)) return held(*hindrance);
  return std::nullopt;
}

Result<std::optional<ExecutionId>> choose(const Claim& command, const CommandContext& context, const Facts& all) {
  const SeenFacts seen(all, context);
  const auto claimer = claimer_of(command, context, seen);
  if (!claimer) return claimer.error();
  if (command.execution_id) return command.execution_id;
  if (*claimer)
    if (auto busy = refuse_busy(**claimer, all)) return *busy;
  Waiting waiting(command, *claimer, workspace_of(context).id, all);
  Readiness readiness(context, all);
  const auto look = [&](std::size_t most) -> std::optional<ExecutionId> {
    for (std::size_t looked = 0; looked < most; ++looked) {
      const auto run = waiting.next();
      if (!run || readiness.is_ready(*run)) return run;
    }
    return std::nullopt;
  };
  auto chosen = look(ready_looked_at_max);
  // So many that cannot begin must not stand before all others for ever: now and then one looks behind any of them.
  if (!chosen && waiting.next()) {
    waiting.go_on_elsewhere(number_in(context.fresh_id));
    chosen = look(looked_at_elsewhere_max);
  }
  if (!chosen && readiness.over_budget) return *readiness.over_budget;
  return chosen;
}

Decision<Event> decide(const State& run, const Claim& command, const CommandContext& context, const Facts& all) {
  const SeenFacts seen(all, context);
  if (auto refused = refuse_hidden(run, context, seen)) return *refused;
  const auto claimer = claimer_of(command, context, seen);
  if (!claimer) return claimer.error();
  FieldRefusals refusals;
  check_range(command.lease_seconds, lease_seconds_min, lease_seconds_max, "/lease_seconds", refusals);
  if (refusals.any()) return refusals.rejection();
  if (run.status == Status::running) return conflict("already-claimed", "This run goes on already.");
  if (run.status != Status::pending) return conflict("ended", "This run has ended, for ever: try it again as another one.");
  if (!is_meant_for(run, *claimer)) return forbidden("This run is meant for another agent.");
  if (*claimer)
    if (auto busy = refuse_busy(**claimer, all)) return *busy;
  if (auto refused = held_back(run, all)) return *refused;
  const auto reserved = reserve(planned(run), context, all);
  if (!reserved) return reserved.error();
  events::execution::Claimed claimed{};
  claimed.agent_id = *claimer;
  claimed.fencing_token = all.counter(scope::execution_claims, events::stream_of(workspace_of(context).id)) + 1;
  claimed.lease_seconds = command.lease_seconds.value_or(run.lease_seconds);
  claimed.lease_expires_at = context.now + std::chrono::seconds(claimed.lease_seconds);
  claimed.reserved = *reserved;
  return std::vector<Event>{claimed};
}

}  // namespace daybook::domain::execution
