#pragma once
// The words in which an aggregate's file declares its commands. One line a command:
//
//   creates<Issue, issue::Open>({"POST /issues"}, issue_view)                          a new stream; 201
//   adds<Issue, issue::AttachLabel>(the_issue, {"POST /issues/{issue}/labels"}, link)  something new inside a stream; 201
//   changes<Issue, issue::Assign>(the_issue, {"POST /issues/{issue}/assign"}, view)    200
//   removes<Issue, issue::Delete>(the_issue, {"DELETE /issues/{issue}"}, view)         204
//
// Paths lie below /api/v1/workspaces/{workspace}; of a command without a permission, which anybody may send who is signed in,
// below /api/v1. The target's parameter names what the command is about; every other parameter `{label}` fills the body's
// `label_id`, or `label` where the body has a field of that name. A command about a thing inside a stream names the member that holds its id: `part` (domain/core/context.hpp).
// One that has a mail sent has `token_id` and `token_hash`, which are filled in.
#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/callers.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/seen_facts.hpp"
#include "command-service/routes/command.hpp"

namespace daybook::routes {

using Paths = std::vector<std::string_view>;

namespace declare {

template <class C>
std::optional<text::Uuid> own_id(const void* erased) {
  if constexpr (requires(const C& command) { command.id->value; }) {
    const auto& id = static_cast<const C*>(erased)->id;
    if (id) return id->value;
  }
  return std::nullopt;
}

template <class A>
bool lies_in(log::Settling& settling, StreamId stream, WorkspaceId workspace) {
  const auto& state = settling.load<A>(stream);
  if constexpr (requires { state.workspace_id; }) {
    if (state.workspace_id != workspace) return false;
  }
  return state.version.value > 0;
}

template <class A, class C>
StreamVersion version(log::Settling& settling, StreamId stream, const void* command) {
  return domain::entity_version(settling.load<A>(stream), *static_cast<const C*>(command));
}

// Most decide over their own stream. A command that names a neighbour of the same kind (`neighbour_of`) sees that too.
template <class A, class C>
auto decided(log::Settling& settling, StreamId stream, const C& command, const domain::CommandContext& context) {
  const auto& state = settling.load<A>(stream);
  const domain::SeenFacts seen(settling, context);
  if constexpr (requires { neighbour_of(command, context, seen); }) {
    const auto id = neighbour_of(command, context, seen);
    const auto neighbour = id ? settling.load<A>(events::stream_of(*id)) : typename A::State{};
    return decide(state, neighbour, command, context, seen);
  } else {
    return decide(state, command, context, seen);
  }
}

// What happens to a person happens in no workspace.
template <class A>
Result<void> append(log::Settling& settling, StreamId stream, WorkspaceId workspace, const std::vector<typename A::Event>& events) {
  constexpr bool is_person = A::stream_type == events::StreamType::user;
  return settling.append<A>(stream, is_person ? std::nullopt : std::optional(workspace), events);
}
// All streams are asked for before the first is written, which would be refused as unknown.
template <class A>
Result<void> append(log::Settling& settling, StreamId, WorkspaceId workspace, const std::vector<domain::Addressed<typename A::Event>>& events) {
  for (const auto& [stream, event] : events) settling.load<A>(stream);
  for (const auto& [stream, event] : events)
    if (auto appended = settling.append<A>(stream, workspace, {event}); !appended) return appended;
  return {};
}

template <class A, class C>
Result<void> decide_and_append(log::Settling& settling, StreamId stream, WorkspaceId workspace, const void* command,
                               const domain::CommandContext& context) {
  auto events = decided<A>(settling, stream, *static_cast<const C*>(command), context);
  if (!events) return std::move(events.error());
  return append<A>(settling, stream, workspace, *events);
}

template <class C>
constexpr int events_after_birth() {
  if constexpr (requires { C::events_after_birth; }) return C::events_after_birth;
  else return 0;
}

template <class C>
bool says_the_same(const typename C::Birth& first, const C& again, const domain::CommandContext& context, const domain::Facts& facts) {
  if constexpr (requires { repeats(first, again, context, facts); }) {
    return repeats(first, again, context, facts);
  } else {
    auto told = domain::told<typename C::Birth>(again);
    if constexpr (requires { C::birth_id; }) told.*C::birth_id = first.*C::birth_id;
    return told == first;
  }
}

template <class A, class C>
std::optional<Result<log::Accepted>> repeated(log::Settling& settling, StreamId stream, WorkspaceId workspace, const void* erased,
                                              const domain::CommandContext& context) {
  constexpr bool is_part = requires { C::birth_id; };
  const auto& command = *static_cast<const C*>(erased);
  if (!command.id || !lies_in<A>(settling, stream, workspace)) return std::nullopt;
  const domain::SeenFacts seen(settling, context);
  if (!seen.there(stream)) return domain::id_taken();
  if constexpr (is_part) {
    if (find_part(settling.load<A>(stream), *command.id) == nullptr) return std::nullopt;
  }
  const auto is_it = [&](const typename C::Birth& event) {
    if constexpr (is_part) return event.*C::birth_id == *command.id;
    else return true;
  };
  auto birth = settling.birth<A, typename C::Birth>(stream, is_it, events_after_birth<C>());
  // One from before those events were.
  if (!birth && events_after_birth<C>() > 0) birth = settling.birth<A, typename C::Birth>(stream, is_it);
  if (!birth || !says_the_same(birth->event, command, context, seen)) return domain::id_taken();
  return log::Accepted{201, A::stream_type, stream, command.id->value, birth->state->version, birth->state};
}

// What is for agents says so, and about what.
template <class A, class C>
std::optional<Rejection> refuse_as_agent(log::Settling& settling, StreamId stream, const void* erased, const domain::CommandContext& context) {
  const auto& command = *static_cast<const C*>(erased);
  const auto& state = settling.load<A>(stream);
  const domain::SeenFacts seen(settling, context);
  if constexpr (requires { refuse_agent(state, command, context, seen); }) return refuse_agent(state, command, context, seen);
  else return domain::not_for_agents();
}

using Decide = decltype(CommandOps::decide);

template <class A, class C>
CommandOps ops(Decide decide = decide_and_append<A, C>) {
  CommandOps ops{};
  ops.type = C::verb;
  if constexpr (requires { C::permission; }) ops.permission = C::permission;
  ops.stream_type = A::stream_type;
  ops.body = &events::type_info<C>();
  ops.make = []() -> std::shared_ptr<void> { return std::make_shared<C>(); };
  if constexpr (requires { C::part; })
    ops.name_part = [](void* command, text::Uuid id) { (static_cast<C*>(command)->*C::part).value = id; };
  ops.own_id = own_id<C>;
  if constexpr (requires(C& command) { command.token_hash; })
    ops.take_token = [](void* erased, const crypto::OpaqueToken& token) {
      auto& command = *static_cast<C*>(erased);
      command.token_id = events::MailedTokenId{token.id};
      command.token_hash = token.hash();
    };
  ops.refuse_agent = refuse_as_agent<A, C>;
  ops.stamp = [](log::Settling& settling, StreamId stream) -> const events::Stamp& { return settling.load<A>(stream); };
  ops.lies_in = lies_in<A>;
  ops.version = version<A, C>;
  if constexpr (requires { typename C::Birth; }) ops.repeated = repeated<A, C>;
  ops.decide = decide;
  return ops;
}

}  // namespace declare

// Of a command for which a secret is drawn, beginning with `prefix`, that its reply tells once as `member`: it has `drawn_digest`
// and perhaps `token_id`, which are filled in. `is_held(state, digest)` says whether the state holds it.
template <class A, class C, auto is_held>
Command tells(std::string_view member, std::string_view prefix, Command command) {
  command.ops.secret_member = member;
  command.ops.secret_prefix = prefix;
  command.ops.take_secret = [](void* erased, text::Uuid id, std::string digest) {
    auto& sent = *static_cast<C*>(erased);
    sent.drawn_digest = std::move(digest);
    if constexpr (requires { sent.token_id.value; }) sent.token_id.value = id;
  };
  command.ops.holds_secret = [](const void* state, std::string_view digest) {
    return is_held(*static_cast<const typename A::State*>(state), digest);
  };
  return command;
}

template <class A, class C>
Command creates(Paths paths, View view) {
  return {declare::ops<A, C>(), {}, 201, std::move(paths), view};
}
// The same where more than that stream is written: `decide` decides and appends. So with the next two.
template <class A, class C>
Command creates(Paths paths, View view, declare::Decide decide) {
  return {declare::ops<A, C>(decide), {}, 201, std::move(paths), view};
}
template <class A, class C>
Command adds(const Target& target, Paths paths, View view) {
  return {declare::ops<A, C>(), target, 201, std::move(paths), view};
}
template <class A, class C>
Command adds(const Target& target, Paths paths, View view, declare::Decide decide) {
  return {declare::ops<A, C>(decide), target, 201, std::move(paths), view};
}
template <class A, class C>
Command changes(const Target& target, Paths paths, View view) {
  return {declare::ops<A, C>(), target, 200, std::move(paths), view};
}
template <class A, class C>
Command changes(const Target& target, Paths paths, View view, declare::Decide decide) {
  return {declare::ops<A, C>(decide), target, 200, std::move(paths), view};
}
template <class A, class C>
Command removes(const Target& target, Paths paths, View view) {
  return {declare::ops<A, C>(), target, 204, std::move(paths), view};
}

// ---- targets -----------------------------------------------------------------------------------------------------

// A stream by its short address or id, found by a function of domain/core/address.hpp.
template <auto find>
Target by_address(std::string_view parameter) {
  return {parameter, parameter,
          [](std::string_view address, const domain::CommandContext& context, const domain::Facts& facts) -> std::optional<StreamId> {
            const auto id = find(address, domain::workspace_of(context).id, facts);
            return id ? std::optional(events::stream_of(*id)) : std::nullopt;
          }};
}
// A stream by its id alone.
template <class IdType>
Target by_id(std::string_view parameter) {
  return {parameter, parameter, [](std::string_view address, const domain::CommandContext&, const domain::Facts&) -> std::optional<StreamId> {
            const auto id = IdType::parse(address);
            return id ? std::optional(events::stream_of(*id)) : std::nullopt;
          }};
}
// The workspace the command is sent to, or a thing inside it by its id.
inline Target of_workspace(std::string_view part = "") {
  return {part, part.empty() ? "workspace" : part,
          [](std::string_view, const domain::CommandContext& context, const domain::Facts&) -> std::optional<StreamId> {
            return events::stream_of(domain::workspace_of(context).id);
          },
          !part.empty()};
}
// The caller, or a thing of their own by its id: outside any workspace.
inline Target of_oneself(std::string_view parameter = "", std::string_view what = "user") {
  return {parameter, what,
          [](std::string_view, const domain::CommandContext& context, const domain::Facts&) -> std::optional<StreamId> {
            return context.user ? std::optional(events::stream_of(*context.user)) : std::nullopt;
          },
          !parameter.empty()};
}

// ---- views -------------------------------------------------------------------------------------------------------

// The fields of a stream, by the names of the read models' rows, unset ones as null.
template <class State, class Fields = State>
View fields_of() {
  return {&events::type_info<Fields>(), [](const void* state, text::Uuid) {
            return events::to_json_with_nulls(static_cast<const Fields&>(*static_cast<const State*>(state)));
          }};
}

// A thing inside a stream, by the type of its id.
template <class State, class IdType>
View part_of() {
  using Shown = std::remove_cvref_t<decltype(*find_part(std::declval<const State&>(), IdType{}))>;
  return {&events::type_info<Shown>(), [](const void* state, text::Uuid entity) -> std::string {
            const auto* shown = find_part(*static_cast<const State*>(state), IdType{entity});
            return shown ? events::to_json_with_nulls(*shown) : "{}";
          }};
}
// The same where `find(state, entity)` gives what to show, or nothing.
template <class State, auto find>
View part_of() {
  using Shown = std::remove_cvref_t<decltype(*find(std::declval<const State&>(), text::Uuid{}))>;
  return {&events::type_info<Shown>(), [](const void* state, text::Uuid entity) -> std::string {
            const auto shown = find(*static_cast<const State*>(state), entity);
            return shown ? events::to_json_with_nulls(*shown) : "{}";
          }};
}

}  // namespace daybook::routes
