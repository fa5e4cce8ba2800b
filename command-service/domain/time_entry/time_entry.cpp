#include "command-service/domain/time_entry/time_entry.hpp"

#include <algorithm>

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/rules.hpp"

namespace daybook::domain {
namespace time_entry {
namespace {

using events::time_entry::Corrected;
using events::time_entry::Logged;
using events::time_entry::TimerStarted;

// What the settings of a workspace, which are free JSON, say of time.
struct TimeSettings {
  std::optional<events::Decimal> default_hourly_rate;
};
BOOST_DESCRIBE_STRUCT(TimeSettings, (), (default_hourly_rate))

std::optional<events::Decimal> default_rate(const events::workspace::Fields& workspace) {
  TimeSettings settings{};
  if (!workspace.settings || !events::from_json(workspace.settings->text, settings, events::Reading::lenient)) return std::nullopt;
  return settings.default_hourly_rate;
}

text::Instant time_of(const CommandContext& context) { return context.occurred_at.value_or(context.now); }

std::int64_t seconds_between(text::Instant start, text::Instant end) {
  return std::chrono::floor<std::chrono::seconds>(end - start).count();
}

std::optional<Rejection> refuse_stranger(events::UserId whose, const CommandContext& context) {
  if (context.user == whose || (context.role && allowed(Permission::time_manage, *context.role))) return std::nullopt;
  return forbidden("Only the person whose time it is or an admin may do this.");
}

std::optional<Rejection> refuse_second_timer(events::UserId whose, const CommandContext& context, const Facts& facts) {
  if (!facts.claimed(scope::running_timer, key_in(workspace_of(context).id, whose.text()))) return std::nullopt;
  return taken(scope::running_timer, "/user_id");
}

void check_times(text::Instant start, std::optional<text::Instant> end, const CommandContext& context, FieldRefusals& refusals) {
  if (start > context.now) refusals.add("/start_time", "in-the-future", "Time is kept of what was worked, not of what is planned.");
  if (!end) return;
  if (*end > context.now) refusals.add("/end_time", "in-the-future", "Time is kept of what was worked, not of what is planned.");
  if (*end < start) refusals.add("/end_time", "before-start", "It cannot end before it starts.");
}

// Breaks make it less than what lies between start and end; nothing makes it more.
void check_duration(std::int64_t seconds, text::Instant start, text::Instant end, FieldRefusals& refusals) {
  if (end >= start) check_range(seconds, 0, seconds_between(start, end), "/duration_seconds", refusals);
}

// A currency alone is no rate. `standing`: one that is there already.
void check_rate(const std::optional<events::Decimal>& rate, const std::optional<Currency>& currency, bool standing,
                FieldRefusals& refusals) {
  if (rate && rate->nanos < 0) refusals.add("/hourly_rate", "out-of-range", "Expected a number from 0.");
  if (currency && !rate && !standing) refusals.add("/hourly_rate", "required", "Say which rate is in this currency.");
}

// The rate that holds: the one given, else the workspace's, which from now on stays with billable time.
template <class Entry>
void settle_rate(Entry& entry, const events::workspace::Fields& workspace) {
  if (!entry.hourly_rate) {
    entry.currency.reset();
    if (entry.is_billable) entry.hourly_rate = default_rate(workspace);
  }
  if (entry.hourly_rate && !entry.currency) entry.currency = workspace.currency;
}

template <class Entry, class Command>
Entry told(const Command& command, const CommandContext& context) {
  auto entry = domain::told<Entry, &Command::issue_id, &Command::user_id>(command);
  if (command.user_id) entry.user_id = *command.user_id;
  else if (context.user) entry.user_id = *context.user;
  return entry;
}

// What both ways of making an entry ask for: an issue, and a person whose time the caller may keep.
template <class Entry, class Command>
Result<Entry> begun(const State& state, const Command& command, const CommandContext& context, const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  if (!command.issue_id) return invalid("/issue_id", "required", "This field is required.");
  const auto issue = find_issue(command.issue_id->text, workspace_of(context).id, facts);
  if (!issue || !facts.usable(events::StreamType::issue, events::stream_of(*issue), workspace_of(context).id)) return not_found("issue");
  if (const auto person = person_of(context); !person) return person.error();
  auto entry = told<Entry>(command, context);
  entry.issue_id = *issue;
  if (auto refused = refuse_stranger(entry.user_id, context)) return *refused;
  if (!is_member(context, entry.user_id)) return invalid("/user_id", "unknown-reference", "There is no such member in this workspace.");
  return entry;
}

// What was left out was made up at first, and so was what came of the workspace's settings.
template <class Entry, class Command>
bool says_the_same(const Entry& first, const Command& again, const CommandContext& context, const Facts& facts) {
  if (!again.issue_id || find_issue(again.issue_id->text, workspace_of(context).id, facts) != first.issue_id) return false;
  auto said = told<Entry>(again, context);
  said.issue_id = first.issue_id;
  if (!again.hourly_rate) said.hourly_rate = first.hourly_rate;
  if (!again.currency) said.currency = first.currency;
  if constexpr (std::is_same_v<Entry, Logged>) {
    if (!again.end_time) said.end_time = first.end_time;
    if (!again.duration_seconds) said.duration_seconds = first.duration_seconds;
  } else {
    if (!again.start_time) said.start_time = first.start_time;
  }
  return said == first;
}

// A finished entry's times, where some of them are corrected.
void put_times(const State& state, const Correct& command, Corrected& after, FieldRefusals& refusals) {
  put(command.start_time, after.start_time, "/start_time", refusals);
  if (state.is_running) {
    if (command.end_time.sent) refusals.add("/end_time", "running", "The timer runs: stop it first.");
    if (command.duration_seconds.sent) refusals.add("/duration_seconds", "running", "The timer runs: stop it first.");
    return;
  }
  put(command.end_time, after.end_time.value(), "/end_time", refusals);
  put(command.duration_seconds, after.duration_seconds, "/duration_seconds", refusals);
  const bool moved = after.start_time != state.start_time || after.end_time != state.end_time;
  if (!command.duration_seconds.sent && moved) after.duration_seconds = seconds_between(after.start_time, *after.end_time);
  check_duration(after.duration_seconds, after.start_time, *after.end_time, refusals);
}

}  // namespace

Decision<Event> decide(const State& state, const StartTimer& command, const CommandContext& context, const Facts& facts) {
  auto started = begun<TimerStarted>(state, command, context, facts);
  if (!started) return started.error();
  if (!command.start_time) started->start_time = time_of(context);
  FieldRefusals refusals;
  check_times(started->start_time, std::nullopt, context, refusals);
  check_rate(command.hourly_rate, command.currency, false, refusals);
  if (refusals.any()) return refusals.rejection();
  if (auto refused = refuse_second_timer(started->user_id, context, facts)) return *refused;
  settle_rate(*started, workspace_of(context));
  return std::vector<Event>{*started};
}

bool repeats(const TimerStarted& first, const StartTimer& again, const CommandContext& context, const Facts& facts) {
  return says_the_same(first, again, context, facts);
}

Decision<Event> decide(const State& state, const Log& command, const CommandContext& context, const Facts& facts) {
  auto logged = begun<Logged>(state, command, context, facts);
  if (!logged) return logged.error();
  FieldRefusals refusals;
  check_range(command.duration_seconds, 0, duration_seconds_max, "/duration_seconds", refusals);
  check_rate(command.hourly_rate, command.currency, false, refusals);
  if (!command.end_time && !command.duration_seconds) refusals.add("/end_time", "required", "Say when it ended or how long it took.");
  if (refusals.any()) return refusals.rejection();
  if (!command.end_time) logged->end_time = logged->start_time + std::chrono::seconds(*command.duration_seconds);
  if (!command.duration_seconds) logged->duration_seconds = seconds_between(logged->start_time, logged->end_time);
  check_times(logged->start_time, logged->end_time, context, refusals);
  check_duration(logged->duration_seconds, logged->start_time, logged->end_time, refusals);
  if (refusals.any()) return refusals.rejection();
  settle_rate(*logged, workspace_of(context));
  return std::vector<Event>{*logged};
}

bool repeats(const Logged& first, const Log& again, const CommandContext& context, const Facts& facts) {
  return says_the_same(first, again, context, facts);
}

// Of what lies in something deleted, too: else a timer that nobody sees would keep its person from starting another one.
Decision<Event> decide(const State& state, const StopTimer& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, events::stream_of(state.workspace_id), "time entry", context, facts)) return *refused;
  if (auto refused = refuse_stranger(state.user_id, context)) return *refused;
  if (!state.is_running) return std::vector<Event>{};
  const auto end = command.end_time.value_or(std::max(time_of(context), state.start_time));
  FieldRefusals refusals;
  check_times(state.start_time, end, context, refusals);
  if (refusals.any()) return refusals.rejection();
  return std::vector<Event>{events::time_entry::TimerStopped{end, seconds_between(state.start_time, end)}};
}

Decision<Event> decide(const State& state, const Correct& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, events::stream_of(state.issue_id), "time entry", context, facts)) return *refused;
  if (auto refused = refuse_stranger(state.user_id, context)) return *refused;
  FieldRefusals refusals;
  const auto before = events::fields_as<Corrected>(state);
  auto after = before;
  put_all<&Correct::start_time, &Correct::end_time, &Correct::duration_seconds>(command, after, refusals);
  put_times(state, command, after, refusals);
  check_times(after.start_time, after.end_time, context, refusals);
  check_rate(command.hourly_rate.value, command.currency.value, after.hourly_rate.has_value(), refusals);
  if (refusals.any()) return refusals.rejection();
  // Nothing else than these asks for a rate again: what is billed stays as it was agreed.
  if (command.hourly_rate.sent || command.currency.sent || after.is_billable != before.is_billable) settle_rate(after, workspace_of(context));
  if (after == before) return std::vector<Event>{};
  return std::vector<Event>{after};
}

Decision<Event> decide(const State& state, const Remove&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, events::stream_of(state.issue_id), "time entry", context, facts)) return *refused;
  if (auto refused = refuse_stranger(state.user_id, context)) return *refused;
  return std::vector<Event>{events::time_entry::Removed{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(state, events::stream_of(state.issue_id), "time entry", context, facts)) return *refused;
  if (auto refused = refuse_stranger(state.user_id, context)) return *refused;
  if (!state.deleted_at) return std::vector<Event>{};
  if (state.is_running)
    if (auto refused = refuse_second_timer(state.user_id, context, facts)) return *refused;
  return std::vector<Event>{events::time_entry::Restored{}};
}

}  // namespace time_entry

namespace {

std::string timer_of(events::WorkspaceId workspace, events::UserId user) { return key_in(workspace, user.text()); }

}  // namespace

void effects(const time_entry::State&, const events::time_entry::TimerStarted& e, const events::Envelope& event, Effects& effects) {
  effects.born(events::stream_of(e.issue_id));
  effects.claim(scope::running_timer, timer_of(event.workspace_id.value(), e.user_id), "/user_id");
}
void effects(const time_entry::State& before, const events::time_entry::TimerStopped&, const events::Envelope&, Effects& effects) {
  effects.release(scope::running_timer, timer_of(before.workspace_id, before.user_id));
}
void effects(const time_entry::State&, const events::time_entry::Logged& e, const events::Envelope&, Effects& effects) {
  effects.born(events::stream_of(e.issue_id));
}
void effects(const time_entry::State& before, const events::time_entry::Removed&, const events::Envelope&, Effects& effects) {
  effects.died();
  if (before.is_running) effects.release(scope::running_timer, timer_of(before.workspace_id, before.user_id));
}
void effects(const time_entry::State& before, const events::time_entry::Restored&, const events::Envelope&, Effects& effects) {
  effects.revived();
  if (before.is_running) effects.claim(scope::running_timer, timer_of(before.workspace_id, before.user_id), "/user_id");
}

template const AggregateOps& aggregate_ops<TimeEntry>();

}  // namespace daybook::domain
