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
  std::optional<events::AgentId> agent;      // who acts, where it is an agent; then there is no person
  std::optional<events::ApiKeyId> api_key;   // through which the person came, in place of a session
  text::Instant now{};                       // the batch's clock, which becomes recorded_at
  std::optional<text::Instant> occurred_at;  // as its sender claims; see check_occurred_at
  bool is_superuser = false;                 // of the whole installation
  events::Origin origin = events::Origin::command;
  text::Uuid fresh_id{};  // for the label, member, link or edge a command makes without naming an id
  std::string spare;      // six random characters [a-z0-9], for names whose plain forms are taken

  // Set by admit() (permission.hpp), for commands within a workspace: that workspace as it stands, and the
  // caller's role in it. The pointer is good for the one call of decide.
  const events::workspace::State* workspace{};
  std::optional<events::workspace::MemberRole> role;
};

// A command that makes something may be sent again with the same `id`: where it then says what it said at first, its
// first outcome stands. Such a command names the event it happens as (`using Birth`), and for a thing inside a stream also
// where that event holds the id (`birth_id`). Whether it says the same is asked of
//   bool repeats(const Birth& first, const Command& again, const CommandContext&, const Facts&);
// beside it; without one, it does when it tells the same event (fields.hpp).
// What was given by the frame or made up at first (number, free key, suffix) does not count; references count by what
// they name, whether or not it is still there.

// The version that If-Match is compared with: the stream's, or for a thing inside it its own, where it has one. Such a
// command names the member that holds its id (`part`), by which `find_part(state, id)` finds it; 0 where there is none.
template <class State, class Command>
events::StreamVersion entity_version(const State& state, const Command& command) {
  if constexpr (requires { find_part(state, command.*Command::part)->version; }) {
    const auto* part = find_part(state, command.*Command::part);
    return part == nullptr ? events::StreamVersion{} : part->version;
  } else {
    return state.version;
  }
}

}  // namespace daybook::domain
