#include "command-service/routes/command.hpp"

#include <algorithm>

#include "command-service/domain/agent/agent.hpp"
#include "command-service/domain/api_key/api_key.hpp"
#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/callers.hpp"
#include "command-service/domain/core/seen_facts.hpp"
#include "command-service/domain/user/user.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "command-service/mailing/token.hpp"
#include "command-service/routes/context.hpp"
#include "platform/crypto/checked_token.hpp"
#include "platform/crypto/random.hpp"

namespace daybook::routes {
namespace {

// A command ready to run. Immutable: settling may run it several times.
struct Plan {
  const Command* kind{};
  Submission sent;
  std::shared_ptr<const void> command;
  std::optional<text::Uuid> part;              // the thing inside a stream that the path names
  Drawn drawn;
};

Rejection signed_out() {
  return {Rejection::Kind::unauthenticated, "session-ended", "This session has ended; sign in again.", {}, std::nullopt};
}

// The id of what a command makes: its sender's, or one drawn for it.
text::Uuid new_id(const Plan& plan) {
  const auto& drawn = plan.kind->target.find ? plan.drawn.part : plan.drawn.stream;
  return plan.kind->ops.own_id(plan.command.get()).value_or(drawn);
}

const domain::ApiKey::State& key_of(log::Settling& settling, const api::Principal& principal) {
  return settling.load<domain::ApiKey>(events::stream_of(*principal.api_key));
}

// What a key may not do, whatever its holder may.
std::optional<Rejection> check_scope(log::Settling& settling, const api::Principal& principal, domain::Permission permission) {
  if (!principal.api_key) return std::nullopt;
  return domain::api_key::refuse_unscoped(key_of(settling, principal), permission);
}

// A person who may act, whatever they came with.
std::optional<Rejection> check_person(log::Settling& settling, events::UserId id) {
  const auto& user = settling.load<domain::User>(events::stream_of(id));
  if (user.version.value == 0 || user.deleted_at || user.status == events::user::Status::inactive) return signed_out();
  return std::nullopt;
}

// What a superuser may, no key of theirs may.
domain::CommandContext with_standing(log::Settling& settling, const api::Principal& caller, const Drawn& drawn) {
  auto context = context_of(settling, caller, drawn);
  if (!caller.agent && !caller.api_key) context.is_superuser = settling.load<domain::User>(events::stream_of(caller.user)).is_superuser;
  return context;
}

// The caller, allowed to do this where they do it; `workspace` is set to where that is.
Result<domain::CommandContext> admit(log::Settling& settling, const Plan& plan, WorkspaceId& workspace) {
  const auto& caller = plan.sent.principal;
  const auto permission = plan.kind->ops.permission;
  if (!permission) {
    if (auto refusal = check_signed_in(settling, caller)) return std::move(*refusal);
    workspace = WorkspaceId{new_id(plan)};
    return with_standing(settling, caller, plan.drawn);
  }
  auto admitted = admit_to(settling, caller, plan.drawn, plan.sent.workspace, *permission);
  if (!admitted) return admitted;
  workspace = domain::workspace_of(*admitted).id;
  if (auto refusal = domain::check_occurred_at(*admitted)) return std::move(*refusal);
  if (admitted->occurred_at)
    if (auto refusal = check_scope(settling, caller, domain::Permission::bring_in)) return std::move(*refusal);
  return admitted;
}

// Whether the caller may know of the stream. Asked even where it is not loaded yet, so that both are fetched in one trip.
bool is_seen(const log::Settling& settling, StreamId stream, WorkspaceId workspace, const domain::CommandContext& context) {
  return stream == events::stream_of(workspace) || domain::SeenFacts(settling, context).there(stream);
}

Result<StreamId> stream_of(log::Settling& settling, const Plan& plan, WorkspaceId workspace, const domain::CommandContext& context) {
  const auto& target = plan.kind->target;
  if (!target.find) return StreamId{new_id(plan)};
  const auto found = target.find(plan.sent.target, context, settling);
  const bool seen = found && is_seen(settling, *found, workspace, context);
  if (!found || !plan.kind->ops.lies_in(settling, *found, workspace) || !seen) return domain::not_found(std::string(target.what));
  return *found;
}

// What the command is about; nothing where it is about what it finds, and has found nothing.
Result<std::optional<StreamId>> chosen(log::Settling& settling, const Plan& plan, WorkspaceId workspace, const domain::CommandContext& context) {
  if (plan.kind->ops.choose) return plan.kind->ops.choose(settling, plan.command.get(), context);
  const auto stream = stream_of(settling, plan, workspace, context);
  if (!stream) return stream.error();
  return std::optional(*stream);
}

// Nothing has changed, so the reply is about the workspace as it stands.
log::Accepted nothing_to_do(log::Settling& settling, WorkspaceId workspace) {
  const auto stream = events::stream_of(workspace);
  return {204, events::StreamType::workspace, stream, workspace.value, settling.load<domain::Workspace>(stream).version, nullptr};
}

// A token is of a stream that its command names by id or makes; of what is no id nothing is found anyway.
void give_token(const Plan& plan, void* command, const CommandTools& tools) {
  const auto& of = *plan.kind;
  const auto stream = of.target.find ? StreamId::parse(plan.sent.target) : std::optional(StreamId{of.ops.own_id(command).value_or(plan.drawn.stream)});
  if (stream) of.ops.take_token(command, mailing::mailed_token(*tools.keys, *stream, events::MailedTokenId{plan.drawn.part}));
}

Result<log::Accepted> carry_out(log::Settling& settling, const Plan& plan) {
  const auto& ops = plan.kind->ops;
  const void* command = plan.command.get();
  WorkspaceId workspace{};
  const auto context = admit(settling, plan, workspace);
  if (!context) return context.error();
  const auto found = chosen(settling, plan, workspace, *context);
  if (!found) return found.error();
  if (!*found) return nothing_to_do(settling, workspace);
  const auto stream = *found;
  // Before anything else of the command is looked at, what it was answered at first included.
  if (context->agent)
    if (auto refused = ops.refuse_agent(settling, *stream, command, *context)) return std::move(*refused);
  // Before If-Match: the first one has moved the version.
  if (ops.repeated) {
    if (auto first = ops.repeated(settling, *stream, workspace, command, *context)) return std::move(*first);
  }
  if (auto conflict = check_version(plan.sent.if_version, ops.version(settling, *stream, command))) return std::move(*conflict);
  if (auto decided = ops.decide(settling, *stream, workspace, command, *context); !decided) return std::move(decided.error());
  log::Accepted accepted{};
  accepted.status = plan.kind->status;
  accepted.stream_type = ops.stream_type;
  accepted.stream = *stream;
  accepted.entity = plan.kind->creates() ? new_id(plan) : plan.part.value_or(stream->value);
  accepted.version = ops.version(settling, *stream, command);
  // A member that was removed has no version any more.
  if (accepted.version.value == 0) accepted.version = ops.stamp(settling, *stream).version;
  return accepted;
}

}  // namespace

Result<Prepared> Command::prepare(const Submission& sent, const CommandTools& tools) const {
  auto command = ops.make();
  if (const auto read = events::read_json(*ops.body, sent.body, command.get(), events::Reading::strict); !read) return rejection_of(read);
  Plan plan{this, sent, nullptr, {}, {tools.ids->next(), tools.ids->next(), crypto::random_lower_alnum(spare_length)}};
  if (target.part) {
    plan.part = text::Uuid::parse(sent.target);
    if (!plan.part) return domain::not_found(std::string(target.what));
    ops.name_part(command.get(), *plan.part);
  }
  if (ops.take_token) give_token(plan, command.get(), tools);
  Prepared prepared;
  if (sent.is_told && ops.take_secret) {
    auto text = crypto::make_checked_token(ops.secret_prefix);
    auto digest = crypto::token_digest(text);
    ops.take_secret(command.get(), plan.drawn.part, digest);
    prepared.secret = Secret{ops.secret_member, std::move(text), std::move(digest), ops.holds_secret};
  }
  plan.command = std::move(command);
  prepared.item.occurred_at = sent.occurred_at;
  if (!target.find) prepared.fresh.push_back(StreamId{plan.drawn.stream});
  prepared.item.execute = [plan = std::move(plan)](log::Settling& settling) { return carry_out(settling, plan); };
  return prepared;
}

Rejection rejection_of(const events::ReadResult& read) {
  const bool malformed = read.kind == events::ReadResult::Kind::malformed;
  Rejection rejection{};
  rejection.kind = malformed ? Rejection::Kind::malformed : Rejection::Kind::invalid;
  rejection.code = malformed ? read.errors.front().code : "invalid";
  rejection.detail = malformed ? read.errors.front().detail : "The body holds what cannot be accepted; each place is named.";
  rejection.errors = read.errors;
  return rejection;
}

std::optional<Rejection> check_signed_in(log::Settling& settling, const api::Principal& principal) {
  if (auto refusal = check_caller(settling, principal)) return refusal;
  if (principal.agent || principal.api_key) return domain::forbidden("This takes a person who has signed in: no key and no agent does it.");
  return std::nullopt;
}

std::optional<Rejection> check_caller(log::Settling& settling, const api::Principal& principal) {
  if (principal.agent)
    return domain::agent::refuse_use(settling.load<domain::Agent>(events::stream_of(*principal.agent)), principal.agent_token);
  // A key ends with its holder, and says so as it does to who reads.
  if (auto refusal = check_person(settling, principal.user)) return principal.api_key ? domain::api_key::ended() : std::move(*refusal);
  if (principal.api_key) return domain::api_key::refuse_use(key_of(settling, principal), principal.user, settling.now());
  const auto* session = events::user::find_session(settling.load<domain::User>(events::stream_of(principal.user)), principal.session);
  if (session == nullptr || session->revoked) return signed_out();
  return std::nullopt;
}

std::optional<Rejection> check_workspace(log::Settling& settling, const api::Principal& principal, WorkspaceId workspace) {
  const bool good_here = principal.agent     ? settling.load<domain::Agent>(events::stream_of(*principal.agent)).workspace_id == workspace
                         : principal.api_key ? key_of(settling, principal).workspace_id == workspace
                                             : true;
  if (good_here) return std::nullopt;
  return domain::not_found("workspace");
}

std::optional<Rejection> check_member(log::Settling& settling, const api::Principal& principal, std::string_view workspace) {
  if (auto refusal = check_caller(settling, principal)) return refusal;
  const auto id = domain::find_workspace(workspace, settling);
  if (!id) return domain::not_found("workspace");
  if (auto refusal = check_workspace(settling, principal, *id)) return refusal;
  const auto& there = settling.load<domain::Workspace>(events::stream_of(*id));
  const auto admitted = domain::admit(context_of(settling, principal, {}), there, domain::Permission::workspace_read);
  if (!admitted) return admitted.error();
  return std::nullopt;
}

Result<domain::CommandContext> admit_to(log::Settling& settling, const api::Principal& principal, const Drawn& drawn, std::string_view workspace,
                                        domain::Permission permission) {
  if (auto refusal = check_caller(settling, principal)) return std::move(*refusal);
  const auto found = domain::find_workspace(workspace, settling);
  if (!found) return domain::not_found("workspace");
  if (auto refusal = check_workspace(settling, principal, *found)) return std::move(*refusal);
  auto admitted = domain::admit(with_standing(settling, principal, drawn), settling.load<domain::Workspace>(events::stream_of(*found)), permission);
  if (!admitted) return admitted;
  if (auto refusal = check_scope(settling, principal, permission)) return std::move(*refusal);
  return admitted;
}

std::optional<Rejection> check_version(const WantedVersions& wanted, StreamVersion current) {
  if (wanted.any || std::find(wanted.versions.begin(), wanted.versions.end(), current.value) != wanted.versions.end()) return std::nullopt;
  return Rejection{Rejection::Kind::version_conflict, "version-conflict",
                   "It has changed: it is at version " + std::to_string(current.value) + ".", {}, current.value};
}

domain::CommandContext context_of(const log::Settling& settling, const api::Principal& principal, const Drawn& drawn) {
  domain::CommandContext context{};
  if (principal.agent) {
    context.actor_type = events::ActorType::agent;
    context.actor_id = events::PrincipalId{principal.agent->value};
    context.agent = principal.agent;
  } else {
    context.actor_type = events::ActorType::user;
    context.actor_id = events::PrincipalId{principal.user.value};
    context.user = principal.user;
    context.api_key = principal.api_key;
    if (!principal.api_key) context.session = principal.session;
  }
  context.now = settling.now();
  if (settling.occurred_at() != settling.now()) context.occurred_at = settling.occurred_at();
  context.origin = settling.caller().origin;
  context.fresh_id = drawn.part;
  context.spare = drawn.spare;
  return context;
}

std::string with_member(std::string body, std::string_view name, std::optional<std::string_view> value) {
  const auto open = body.find('{');
  if (open == body.npos) return body;
  std::string member = "\"" + std::string(name) + "\":";
  if (value) events::write_json_string(*value, member);
  else member += "null";
  const auto rest = body.find_first_not_of(" \t\r\n", open + 1);
  if (rest != body.npos && body[rest] != '}') member += ',';
  return body.insert(open + 1, member);
}

}  // namespace daybook::routes
