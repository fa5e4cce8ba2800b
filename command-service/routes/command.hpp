#pragma once
// A command as HTTP and bulk know it: its body, its paths, what it is about, what its reply shows, and how it is carried
// out in settle. Each aggregate declares its own in its file (issue.cpp …) by the words of declare.hpp; registry.hpp has
// them all. Only the few functions of CommandOps know the command's type, so that a further command costs little to compile.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command-service/domain/core/permission.hpp"
#include "command-service/log/settling.hpp"
#include "platform/crypto/opaque_token.hpp"
#include "schemas/api/api.hpp"

namespace daybook::routes {

struct CommandTools;

using domain::Rejection;
using domain::Result;
using events::StreamId;
using events::StreamVersion;
using events::WorkspaceId;

// The versions one of which the thing must be at; none given: any. A tag that is not ours is given and never met.
struct WantedVersions {
  bool any = true;
  std::vector<std::int64_t> versions;

  static WantedVersions exactly(std::int64_t version) { return {false, {version}}; }
};

// One command as it was sent.
struct Submission {
  api::Principal principal;
  std::string workspace;                       // id or slug; empty where the command makes one
  std::string target;                          // id or short address of the thing; empty for a new one
  std::string body = "{}";
  bool is_told = false;                        // whether the reply can tell a secret that is drawn for the command
  WantedVersions if_version;
  std::optional<text::Instant> occurred_at;
};

// A secret that was drawn for a command. The reply tells it, once: where the thing, as it stands after the command, holds its digest.
struct Secret {
  std::string_view member;                     // of the reply
  std::string text, digest;
  bool (*is_held)(const void* state, std::string_view digest){};
};

struct Prepared {
  log::Item item;
  std::vector<StreamId> fresh;
  std::optional<Secret> secret;
};

// What a reply shows of a folded stream: the stream's own fields, or a thing inside it by its id.
struct View {
  const events::TypeInfo* type{};                                    // of the reply, for OpenAPI
  std::string (*json)(const void* state, text::Uuid entity){};
  std::string (*address)(const void* state, text::Uuid entity){};    // the last part of its path; none: the id
  std::string_view collection{};                                     // "/comments": where it is found; "/": where its address says; none: below the path it was sent to
  std::string_view known_mark{};                                     // a member that says whether what was to be made was there before (200)
};

// What a command is about, by the part of its path that names it.
struct Target {
  std::string_view parameter;                  // "issue"; empty: nothing needs naming
  std::string_view what;                       // for "There is no such …"
  // The stream of what is named, for whoever asks. Unset: a new stream.
  std::optional<StreamId> (*find)(std::string_view address, const domain::CommandContext& context, const domain::Facts& facts){};
  bool part = false;                           // a thing inside the stream, by id
};

// Ids and random characters of one command. Drawn before it runs, so that running it again gives the same.
struct Drawn {
  text::Uuid stream, part;
  std::string spare;
};

// The functions that know the command's type.
struct CommandOps {
  std::string_view type;                                      // issue.open
  std::optional<domain::Permission> permission;               // none: whoever is signed in, outside any workspace
  events::StreamType stream_type{};
  const events::TypeInfo* body{};
  std::shared_ptr<void> (*make)(){};
  void (*name_part)(void* command, text::Uuid part){};        // fills in the part its path named
  std::optional<text::Uuid> (*own_id)(const void* command){}; // of a new thing, if its sender chose one
  void (*take_token)(void* command, const crypto::OpaqueToken&){};   // of a command that has a mail sent: what that holds
  // Of a command for which a secret is drawn: by what its text begins, what takes its digest, and whether a state holds that.
  std::string_view secret_prefix, secret_member;
  void (*take_secret)(void* command, text::Uuid id, std::string digest){};
  bool (*holds_secret)(const void* state, std::string_view digest){};
  // Why an agent may not send it (domain/agent/work.hpp).
  std::optional<Rejection> (*refuse_agent)(log::Settling&, StreamId, const void* command, const domain::CommandContext&){};
  const events::Stamp& (*stamp)(log::Settling&, StreamId){};
  bool (*lies_in)(log::Settling&, StreamId, WorkspaceId){};   // whether the stream is there, in that workspace
  // What If-Match compares and ETag says: the entity's own version where it has one, else its stream's.
  StreamVersion (*version)(log::Settling&, StreamId, const void* command){};
  // Of a command that makes something: its first outcome, where the same was sent with the same id before; a refusal where
  // the id stands for something else; nothing where the id is free.
  std::optional<Result<log::Accepted>> (*repeated)(log::Settling&, StreamId, WorkspaceId, const void* command, const domain::CommandContext&){};
  Result<void> (*decide)(log::Settling&, StreamId, WorkspaceId, const void* command, const domain::CommandContext&){};
  // Of a command that finds for itself what it is about: that, or nothing where there is nothing to be done, which is a 204.
  Result<std::optional<StreamId>> (*choose)(log::Settling&, const void* command, const domain::CommandContext&){};
};

struct Command {
  CommandOps ops;
  Target target;
  int status = 200;
  std::vector<std::string_view> paths;                        // "POST /issues/{issue}/assign", below the workspace
  View view;
  std::size_t body_bytes_max = api::body_bytes_default;

  std::string_view type() const { return ops.type; }
  bool creates() const { return status == 201; }
  // Whether a bulk's `id` is the new thing's; otherwise it names what the command is about.
  bool id_is_new() const { return creates() && target.parameter.empty(); }
  // Reads the body strictly and draws what the command needs.
  Result<Prepared> prepare(const Submission& sent, const CommandTools& tools) const;
};

inline constexpr std::size_t spare_length = 6;

Rejection rejection_of(const events::ReadResult& read);
// The caller as a person who signed in and may still act: not deleted, their session not ended. Agents and keys are refused: what
// asks this is about oneself, or lies in no workspace.
std::optional<Rejection> check_signed_in(log::Settling& settling, const api::Principal& principal);
// The same for callers of every kind.
std::optional<Rejection> check_caller(log::Settling& settling, const api::Principal& principal);
// The workspace, where the caller's key or token is good there at all; the others' are good everywhere.
std::optional<Rejection> check_workspace(log::Settling& settling, const api::Principal& principal, WorkspaceId workspace);
// The caller as someone who may at least read the workspace.
std::optional<Rejection> check_member(log::Settling& settling, const api::Principal& principal, std::string_view workspace);
// The caller as someone who has the permission in the workspace.
Result<domain::CommandContext> admit_to(log::Settling& settling, const api::Principal& principal, const Drawn& drawn, std::string_view workspace,
                                        domain::Permission permission);
std::optional<Rejection> check_version(const WantedVersions& wanted, StreamVersion current);
domain::CommandContext context_of(const log::Settling& settling, const api::Principal& principal, const Drawn& drawn);

// `{"a":1}` with a member before it: `{"name":"value","a":1}`, or null. One named twice is a repeated key, which the reader refuses.
std::string with_member(std::string body, std::string_view name, std::optional<std::string_view> value);

}  // namespace daybook::routes
