// POST /api/v1/workspaces/{workspace}/commands: up to 500 commands, all or none, or each for itself.
#include "command-service/routes/problem.hpp"
#include "command-service/routes/registry.hpp"
#include "command-service/routes/routes.hpp"
#include "command-service/routes/send.hpp"

namespace daybook::routes {

struct BulkCommand {
  std::string type;
  std::optional<std::string> id;                 // the new thing's, or the address of the one it is about
  std::optional<events::LargeJson> data;
  std::optional<std::int64_t> if_version;
  std::optional<text::Instant> occurred_at;
};
BOOST_DESCRIBE_STRUCT(BulkCommand, (), (type, id, data, if_version, occurred_at))

// A part of an import: parts of one run are carried out in order of seq, each once, however often they are sent.
struct BulkSource {
  std::string system;
  std::string run;
  std::int64_t seq = 0;
};
BOOST_DESCRIBE_STRUCT(BulkSource, (), (system, run, seq))

struct BulkBody {
  std::optional<bool> atomic;
  std::optional<BulkSource> source;
  std::vector<BulkCommand> commands;
};
BOOST_DESCRIBE_STRUCT(BulkBody, (), (atomic, source, commands))

struct BulkItemReply {
  int status = 200;
  std::optional<text::Uuid> id;
  std::optional<events::StreamVersion> version;
  std::optional<std::string> code;
  std::optional<std::string> detail;
};
BOOST_DESCRIBE_STRUCT(BulkItemReply, (), (status, id, version, code, detail))

struct BulkReply {
  std::vector<BulkItemReply> items;
  events::Position position{};
  bool replayed = false;
  bool already_imported = false;
};
BOOST_DESCRIBE_STRUCT(BulkReply, (), (items, position, replayed, already_imported))

namespace {

constexpr std::size_t source_words_max = 200;   // bytes of system and of run

// The same rejection, its pointers seen from the bulk's body.
Rejection inside(Rejection rejection, std::size_t index) {
  const auto prefix = "/commands/" + std::to_string(index);
  for (auto& error : rejection.errors) error.pointer = prefix + "/data" + error.pointer;
  if (rejection.errors.empty()) rejection.errors.push_back({prefix, rejection.code, rejection.detail});
  return rejection;
}

Result<Prepared> prepare(const CommandTools& tools, const api::Call& call, const BulkCommand& command) {
  const auto kind = commands().find(command.type);
  if (kind == commands().end() || !kind->second.ops.permission)
    return domain::invalid("", "unknown-type", "There is no command '" + command.type + "'.");
  Submission sent{};
  sent.principal = *call.principal;
  sent.workspace = call.path_parameter("workspace");
  sent.body = command.data ? command.data->text : "{}";
  if (command.if_version) sent.if_version = WantedVersions::exactly(*command.if_version);
  sent.occurred_at = command.occurred_at;
  if (!kind->second.id_is_new()) sent.target = command.id.value_or("");
  else if (command.id) sent.body = with_member(std::move(sent.body), "id", *command.id);
  return kind->second.prepare(sent, tools);
}

// Of an atomic bulk a broken command refuses the whole; otherwise it is refused in its place.
Result<void> add(const CommandTools& tools, const api::Call& call, const BulkBody& body, log::Request& request) {
  for (std::size_t i = 0; i < body.commands.size(); ++i) {
    auto prepared = prepare(tools, call, body.commands[i]);
    if (prepared) {
      request.items.push_back(std::move(prepared->item));
      request.fresh.insert(request.fresh.end(), prepared->fresh.begin(), prepared->fresh.end());
      continue;
    }
    if (request.atomic) return inside(std::move(prepared.error()), i);
    request.items.push_back({[rejection = prepared.error()](log::Settling&) -> Result<log::Accepted> { return rejection; }, std::nullopt});
  }
  return {};
}

// What was written down of an earlier, equal request is not told again.
void tell_denied(const CommandTools& tools, const api::Call& call, const std::vector<std::string>& types, const log::Outcome& outcome) {
  if (!tools.on_denied || outcome.replayed || outcome.refused_item) return;
  for (std::size_t i = 0; i < outcome.items.size() && i < types.size(); ++i)
    if (const auto& item = outcome.items[i]; !item && item.error().kind == Rejection::Kind::forbidden) tools.on_denied(call, types[i], item.error().code);
}

http::Response reply(const api::Call& call, const log::Outcome& outcome) {
  if (outcome.refused_item) {
    const auto index = *outcome.refused_item;
    return api::respond_problem(call, problem_of(inside(outcome.items[index].error(), index)));
  }
  BulkReply reply{};
  reply.position = outcome.position;
  reply.replayed = outcome.replayed;
  reply.already_imported = outcome.already_imported;
  for (const auto& item : outcome.items) {
    if (item) reply.items.push_back({item->status, item->entity, item->version, {}, {}});
    else reply.items.push_back({problem_of(item.error()).status, {}, {}, item.error().code, item.error().detail});
  }
  http::Response response;
  response.body = events::to_json_with_nulls(reply);
  return response;
}

void carry(const CommandTools& tools, api::CallPtr call, BulkBody body, api::Respond respond) {
  const auto refuse = [&](const Rejection& rejection) { respond(api::respond_problem(*call, problem_of(rejection))); };
  if (body.commands.empty() || body.commands.size() > bulk_commands_max)
    return refuse(domain::invalid("/commands", "out-of-range", "A bulk has 1 to 500 commands."));
  auto terms = read_terms(tools, *call);
  if (!terms) return refuse(terms.error());
  log::Request request{};
  request.caller = caller_of(tools, *call);
  request.atomic = body.atomic.value_or(true);
  request.idempotency = std::move(terms->idempotency);
  request.admit = [principal = *call->principal, address = std::string(call->path_parameter("workspace"))](log::Settling& settling) {
    return check_member(settling, principal, address);
  };
  if (body.source) {
    const auto& source = *body.source;
    const auto workspace = events::StreamId::parse(call->path_parameter("workspace"));
    if (!workspace) return refuse(domain::invalid("/source", "needs-id", "An import names its workspace by id."));
    if (source.seq < 1 || source.system.size() > source_words_max || source.run.size() > source_words_max || !request.atomic)
      return refuse(domain::invalid("/source", "invalid", "A part of an import is atomic, has a seq from 1, and names of at most 200 bytes."));
    request.source = log::ImportSource{{*workspace, source.system, source.run}, source.seq};
    request.caller.origin = events::Origin::import;
  }
  if (auto added = add(tools, *call, body, request); !added) return refuse(added.error());
  std::vector<std::string> types;
  for (const auto& command : body.commands) types.push_back(commands().contains(command.type) ? command.type : "");
  send_request(tools, call, respond, std::move(request), [&tools, call, types = std::move(types)](const log::Outcome& outcome) {
    tell_denied(tools, *call, types, outcome);
    return reply(*call, outcome);
  });
}

}  // namespace

std::vector<api::Route> bulk_routes(const CommandTools& tools) {
  api::Route route{};
  route.id = "bulk";
  route.method = "POST";
  route.path = "/api/v1/workspaces/{workspace}/commands";
  route.summary = "Up to 500 commands at once, atomic or each for itself; an outcome for each.";
  route.tag = "bulk";
  route.body = &events::type_info<BulkBody>();
  route.reply = &events::type_info<BulkReply>();
  route.reply_fields = {"Daybook-Position", "Daybook-Log"};
  route.body_bytes_max = bulk_bytes_max;
  route.handler = api::with_body<BulkBody>([&tools](api::CallPtr call, BulkBody body, api::Respond respond) {
    carry(tools, std::move(call), std::move(body), std::move(respond));
  });
  return {route};
}

}  // namespace daybook::routes
