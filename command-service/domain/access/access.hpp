#pragma once
// What is written down of access: refusals, exports, and entries that an import brings. Nothing decides here: what happened, happened. Each workspace has a stream a
// day for either, and what is about no workspace has streams of its own. An address is sealed under the key of its stream, so that
// all addresses of a day are gone with one key.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "events/access/state.hpp"

namespace daybook::domain {

struct Access {
  using State = events::access::State;
  using Event = events::access::Event;
  static constexpr auto stream_type = events::StreamType::access;
};

namespace access {

// Of refusals and of what was noted with an address every event has one, so that the day's key is born with the first of them. What an
// import notes stands in the days on which it happened.
enum class Kind { refusals, exports, clock, noted, noted_addresses };

// The same for every process of the log.
events::AccessId stream_of_day(Kind kind, std::optional<events::WorkspaceId> workspace, text::Date day);

}  // namespace access

template <one_of<events::access::SignInRefused, events::access::CommandDenied, events::access::Exported, events::access::ClockMoved,
                 events::access::ActivityNoted, events::access::AuditNoted, events::access::DatabaseImported> E>
void effects(const events::access::State& before, const E&, const events::Envelope&, Effects& effects) {
  if (before.version.value == 0) effects.born(std::nullopt);
}

extern template const AggregateOps& aggregate_ops<Access>();

}  // namespace daybook::domain
