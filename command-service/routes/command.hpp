#pragma once
// A command as HTTP and bulk know it: its name, its body, and how it is carried out in settle. One entry a command, in
// kinds.cpp; routes and the bulk route both start from these entries.
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/user/user.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "command-service/log/settling.hpp"
#include "platform/crypto/random.hpp"
#include "platform/crypto/uuid_source.hpp"
#include "schemas/api/api.hpp"

namespace daybook::routes {

using domain::Rejection;
using domain::Result;

// One command as it was sent.
struct Submission {
  api::Principal principal;
  std::string workspace;                       // id or slug; empty: the command is about no workspace
  std::string target;                          // id or short address of the thing; empty for a new one
  std::string body = "{}";
  std::optional<std::int64_t> if_version;
  std::optional<text::Instant> occurred_at;
};

struct Prepared {
  log::Item item;
  std::vector<events::StreamId> fresh;
};

// The thing a reply shows.
struct Rendered {
  std::string json;
  events::StreamVersion version{};
};
using Render = Rendered (*)(const void* state, text::Uuid entity);

struct CommandKind {
  std::string_view type;                       // issue.open
  std::string_view permission;                 // word of the permission table
  const events::TypeInfo* body{};
  int status = 200;
  bool makes_own_id = false;                   // its id names the new thing, not a thing that is there
  Render render{};
  std::function<Result<Prepared>(const Submission&, crypto::UuidV7Source&)> prepare;
};

Rejection rejection_of(const events::ReadResult& read);
Rejection signed_out();
// The caller as a user who may still act: not deleted, their session not ended.
std::optional<Rejection> check_signed_in(log::Settling& settling, const api::Principal& principal);
// The caller as someone who may at least read the workspace.
std::optional<Rejection> check_member(log::Settling& settling, const api::Principal& principal, std::string_view workspace);
domain::CommandContext context_of(const log::Settling& settling, const api::Principal& principal, const text::Uuid& fresh_id,
                                  const std::string& spare);
std::optional<Rejection> check_version(const std::optional<std::int64_t>& wanted, events::StreamVersion current);

// Where a command's events go.
enum class Stream { fresh, target, workspace };

// What the frame fills into a command beside its body: ids of the path.
template <class C>
using Bind = std::function<Result<void>(C&, const Submission&, events::WorkspaceId, const domain::Facts&)>;

inline constexpr std::size_t spare_length = 6;

// Ids and random characters are drawn here, once, so that settling may run the command again and get the same.
template <class C>
struct Plan {
  C command;
  Submission sent;
  text::Uuid fresh_id{};
  std::string spare;
  Stream stream{};
  int status = 200;
  Bind<C> bind;
  std::function<std::optional<events::StreamId>(const Submission&, events::WorkspaceId, const domain::Facts&)> find;
};

// The id of a new thing: the sender's, or a fresh one.
template <class C>
text::Uuid new_id(const C& command, const text::Uuid& fresh) {
  if constexpr (requires { command.id->value; }) return command.id ? command.id->value : fresh;
  else return fresh;
}

template <class A>
bool lies_in(const typename A::State& state, events::WorkspaceId workspace) {
  if constexpr (requires { state.workspace_id; }) return state.workspace_id == workspace;
  else return true;
}

template <class A, class C>
Result<log::Accepted> carry_out(log::Settling& settling, const Plan<C>& plan) {
  if (auto refusal = check_signed_in(settling, plan.sent.principal)) return std::move(*refusal);
  const auto workspace_id = domain::find_workspace(plan.sent.workspace, settling);
  if (!workspace_id) return domain::not_found("workspace");
  auto context = domain::admit(context_of(settling, plan.sent.principal, plan.fresh_id, plan.spare),
                               settling.load<domain::Workspace>(events::stream_of(*workspace_id)), C::permission);
  if (!context) return std::move(context.error());
  if (auto refusal = domain::check_occurred_at(*context)) return std::move(*refusal);

  auto command = plan.command;
  if (plan.bind) {
    if (auto bound = plan.bind(command, plan.sent, *workspace_id, settling); !bound) return std::move(bound.error());
  }
  const auto created = new_id(command, plan.fresh_id);
  events::StreamId stream = plan.stream == Stream::workspace ? events::stream_of(*workspace_id) : events::StreamId{created};
  if (plan.stream == Stream::target) {
    const auto found = plan.find(plan.sent, *workspace_id, settling);
    if (!found) return domain::not_found(std::string(events::word_of(A::stream_type)));
    stream = *found;
  }
  const auto& state = settling.load<A>(stream);
  if (plan.stream == Stream::target && (state.version.value == 0 || !lies_in<A>(state, *workspace_id)))
    return domain::not_found(std::string(events::word_of(A::stream_type)));
  if (auto conflict = check_version(plan.sent.if_version, domain::entity_version(state, command))) return std::move(*conflict);

  auto decided = decide(state, command, *context, settling);
  if (!decided) return std::move(decided.error());
  if (auto appended = settling.append<A>(stream, workspace_id, *decided); !appended) return std::move(appended.error());
  // Of a label or a member: the one the path named, or the new one; of a link or an edge on a stream: the new one.
  const auto named = plan.stream == Stream::workspace ? text::Uuid::parse(plan.sent.target) : std::nullopt;
  log::Accepted accepted{};
  accepted.status = plan.status;
  accepted.stream_type = A::stream_type;
  accepted.stream = stream;
  accepted.entity = named.value_or(created);
  accepted.version = settling.load<A>(stream).version;
  return accepted;
}

template <class A, class C>
CommandKind kind(Stream stream, int status, Render render,
                 std::function<std::optional<events::StreamId>(const Submission&, events::WorkspaceId, const domain::Facts&)> find = {},
                 Bind<C> bind = {}) {
  CommandKind kind{C::verb, events::word_of(C::permission), &events::type_info<C>(), status, status == 201 && stream != Stream::target, render, {}};
  kind.prepare = [=](const Submission& sent, crypto::UuidV7Source& ids) -> Result<Prepared> {
    Plan<C> plan{C{}, sent, ids.next(), crypto::random_lower_alnum(spare_length), stream, status, bind, find};
    if (const auto read = events::from_json(sent.body, plan.command, events::Reading::strict); !read) return rejection_of(read);
    Prepared prepared;
    prepared.item.occurred_at = sent.occurred_at;
    if (stream == Stream::fresh) prepared.fresh.push_back(events::StreamId{plan.fresh_id});
    prepared.item.execute = [plan = std::move(plan)](log::Settling& settling) { return carry_out<A>(settling, plan); };
    return prepared;
  };
  return kind;
}

// Every command that a workspace's members send, by type.
const std::map<std::string_view, CommandKind>& command_kinds();

}  // namespace daybook::routes
