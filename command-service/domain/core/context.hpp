#pragma once
// Who asks, when, in which workspace: everything a decision needs beside its own stream, its command and the
// facts. Time and ids are brought in from outside, so that the same call always decides the same.
#include "command-service/domain/core/decision.hpp"
#include "command-service/domain/core/facts.hpp"
#include "events/workspace/state.hpp"

namespace daybook::domain {

struct CommandContext {
  events::ActorType actor_type = events::ActorType::system;
  std::optional<events::PrincipalId> actor_id;
  std::optional<events::UserId> user;  // the person behind the actor: the user, or the holder of an API key
  std::optional<events::SessionId> session;  // through which they came
  text::Instant now{};                       // the batch's clock, which becomes recorded_at
  std::optional<text::Instant> occurred_at;  // as its sender claims; see check_occurred_at
  events::Origin origin = events::Origin::command;
  text::Uuid fresh_id{};  // for the label, member, link or edge a command makes without naming an id
  std::string spare;      // six random characters [a-z0-9], for names whose plain forms are taken

  // Set by admit() (permission.hpp), for commands within a workspace: that workspace as it stands, and the
  // caller's role in it. The pointer is good for the one call of decide.
  const events::workspace::State* workspace{};
  std::optional<events::workspace::MemberRole> role;
};

// A command that makes something may be sent again with the same `id`: where it then says what it said at first, its
// first outcome stands. Such a command names the event it happens as (`using Birth`), for a thing inside a
// stream also where that event holds the id (`birth_id`), and has overloads beside it:
//   bool repeats(const Birth& first, const Command& again, const CommandContext&, const Facts&);
//   bool is_there(const State&, const Command&);   // of a thing inside a stream: whether the id is in use
// What was given by the frame or made up at first (number, free key, suffix) does not count; references count by what
// they name, whether or not it is still there.

// The version that If-Match is compared with: the stream's, or for a label or member its own. An aggregate
// overrides it for a command by an overload `StreamVersion version_of(const State&, const Command&)` beside
// the command; 0 where there is no such thing.
template <class State, class Command>
events::StreamVersion entity_version(const State& state, const Command& command) {
  if constexpr (requires { version_of(state, command); })
    return version_of(state, command);
  else
    return state.version;
}

}  // namespace daybook::domain
