#include "command-service/routes/send.hpp"

#include <algorithm>
#include <charconv>

#include "command-service/routes/problem.hpp"
#include "schemas/api/header_fields.hpp"

namespace daybook::routes {
namespace {

crypto::Digest request_hmac(const CommandTools& tools, std::initializer_list<std::string_view> parts) {
  const auto& key = tools.keys->current(crypto::KeyPurpose::request_hmac).key;
  return crypto::hmac_sha256({reinterpret_cast<const char*>(key.data()), key.size()}, parts);
}

Rejection bad_header(std::string name, std::string detail) {
  return {Rejection::Kind::malformed, "bad-header", name + ": " + detail, {{name, "bad-header", detail}}, std::nullopt};
}

// The version in a tag of ours, `v17` or `v17-4711`: only it counts.
std::optional<std::int64_t> version_in(std::string_view opaque) {
  std::int64_t version = 0;
  if (!opaque.starts_with('v')) return std::nullopt;
  const auto* end = opaque.data() + opaque.size();
  const auto read = std::from_chars(opaque.data() + 1, end, version);
  if (read.ec != std::errc() || (read.ptr != end && *read.ptr != '-')) return std::nullopt;
  return version;
}

// `*` asks merely that the thing is there, which every change does. Tags are compared strongly (RFC 9110 §13.1.1), so a weak one,
// like one that is not ours, is never met.
Result<WantedVersions> read_if_match(const http::Request& request) {
  const auto read = api::read_entity_tags(request, "If-Match");
  if (read.malformed) return bad_header("If-Match", "Expected entity tags such as \"v17\", or *.");
  WantedVersions wanted{};
  if (!read.tags || read.tags->any) return wanted;
  wanted.any = false;
  for (const auto& tag : read.tags->tags)
    if (const auto version = tag.weak ? std::nullopt : version_in(tag.opaque)) wanted.versions.push_back(*version);
  return wanted;
}

// Where a deployment asks for it, what is there is changed only by those who say which version they saw.
bool lacks_precondition(const CommandTools& tools, const http::Request& request) {
  return tools.require_if_match && (request.method == "PATCH" || request.method == "DELETE") && !request.has_header("If-Match");
}

// A structured-field string, quoted; unquoted is taken too.
std::string_view unquoted(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') return text.substr(1, text.size() - 2);
  return text;
}

Result<std::optional<log::Idempotency>> read_idempotency(const CommandTools& tools, const api::Call& call) {
  const auto& headers = call.request.headers;
  const auto times = std::count_if(headers.begin(), headers.end(), [](const auto& h) { return http::same_name(h.name, "Idempotency-Key"); });
  if (times == 0) return std::optional<log::Idempotency>();
  const auto key = unquoted(call.request.header("Idempotency-Key"));
  if (times > 1 || key.empty() || key.size() > idempotency_key_length_max) return bad_header("Idempotency-Key", "Expected one key of 1 to 255 characters.");
  log::Idempotency idempotency{};
  // A key does not repeat what its holder did by other means: it may lack the words for it.
  if (call.principal && call.principal->api_key) idempotency.key.principal = call.principal->api_key->text();
  else idempotency.key.principal = call.principal ? call.principal->id().text() : "anyone";
  idempotency.key.route = call.request.method + " " + call.request.path;
  idempotency.key.key = request_hmac(tools, {"key", key});
  idempotency.body = request_hmac(tools, {"body", call.request.header("If-Match"), "\n", call.request.body});
  return std::optional(std::move(idempotency));
}

// A reply that is repeated finds another digest, and tells nothing.
void tell(const Secret& secret, const void* state, http::Response& response) {
  const bool held = secret.is_held(state, secret.digest);
  response.body = with_member(std::move(response.body), secret.member, held ? std::optional<std::string_view>(secret.text) : std::nullopt);
  response.headers.push_back({"Cache-Control", "no-store"});
}

text::Uuid uuid_of_trace(std::string_view hex) {
  std::string dashed(hex);
  for (const std::size_t at : {20, 16, 12, 8}) dashed.insert(at, 1, '-');
  return text::Uuid::parse(dashed).value_or(text::Uuid{});
}

// `{"a":1}` with whether the thing was there before.
std::string with_mark(std::string body, std::string_view mark, bool known) {
  if (mark.empty()) return body;
  body.pop_back();
  return body + ",\"" + std::string(mark) + "\":" + (known ? "true}" : "false}");
}

}  // namespace

Result<Terms> read_terms(const CommandTools& tools, const api::Call& call) {
  auto versions = read_if_match(call.request);
  if (!versions) return std::move(versions.error());
  if (lacks_precondition(tools, call.request))
    return Rejection{Rejection::Kind::precondition_required, "precondition-required", "Say in If-Match which version this change is based on.", {}, std::nullopt};
  auto idempotency = read_idempotency(tools, call);
  if (!idempotency) return std::move(idempotency.error());
  return Terms{std::move(*idempotency), std::move(*versions)};
}

log::Caller caller_of(const CommandTools& tools, const api::Call& call) {
  log::Caller caller{};
  if (call.principal) {
    const auto& principal = *call.principal;
    caller.actor_type = principal.agent ? events::ActorType::agent : events::ActorType::user;
    caller.actor_id = principal.id();
    if (principal.api_key) {
      caller.via_type = events::ViaType::api_key;
      caller.via_id = principal.api_key->value;
    } else if (!principal.agent) {
      caller.via_type = events::ViaType::session;
      caller.via_id = principal.session.value;
    }
  }
  // Whoever follows a request through several systems finds its events: by their request id, else by their trace.
  auto given = text::Uuid::parse(call.request_id);
  if (!given && !call.trace_id.empty()) given = uuid_of_trace(call.trace_id);
  caller.correlation_id = events::CorrelationId{given ? *given : tools.ids->next()};
  return caller;
}

void add_log_headers(const CommandTools& tools, events::Position position, http::Response& response) {
  response.headers.push_back({"Daybook-Position", std::to_string(position.value)});
  response.headers.push_back({"Daybook-Log", tools.identity.log_id.text() + "." + std::to_string(tools.identity.epoch.value)});
}

void send_request(const CommandTools& tools, api::CallPtr call, api::Respond respond, log::Request request,
                  std::function<http::Response(const log::Outcome&)> reply) {
  const auto preferred = api::preference(call->request, "return").value_or("");
  const bool wait = tools.when_readable && preferred != "minimal";
  const bool applied = preferred == "minimal" || (preferred == "representation" && wait);
  const auto answer = [&tools, call, respond, reply = std::move(reply), wait, applied = applied ? "return=" + preferred : ""](log::Reply result) {
    if (const auto* away = std::get_if<log::Unavailable>(&result))
      return respond(api::respond_problem(*call, api::unavailable(away->maybe_written ? away->reason : "Nothing was written: " + away->reason)));
    const auto& outcome = std::get<log::Outcome>(result);
    auto response = outcome.refused ? api::respond_problem(*call, problem_of(*outcome.refused)) : reply(outcome);
    add_log_headers(tools, outcome.position, response);
    if (response.status < 300 && !applied.empty()) response.headers.push_back({"Preference-Applied", applied});
    if (!wait || response.status >= 300) return respond(std::move(response));
    tools.when_readable(outcome.position, [respond, response = std::move(response)]() mutable { respond(std::move(response)); });
  };
  if (!tools.appender->submit(std::move(request), answer)) respond(busy_response(*call, "Too many commands are waiting; come again in a moment."));
}

http::Response busy_response(const api::Call& call, std::string detail) {
  auto problem = api::unavailable(std::move(detail));
  problem.code = "busy";
  return api::respond_problem(call, problem);
}

std::string etag_of(events::StreamVersion version) { return "\"v" + std::to_string(version.value) + "\""; }

void send(const CommandTools& tools, api::CallPtr call, api::Respond respond, Prepared prepared, Terms terms, View view,
          std::string location) {
  log::Request request{};
  request.caller = caller_of(tools, *call);
  request.items.push_back(std::move(prepared.item));
  request.fresh = std::move(prepared.fresh);
  request.idempotency = std::move(terms.idempotency);
  // What was recorded is not shown to a session or a key that has ended.
  if (request.idempotency)
    request.admit = [principal = *call->principal](log::Settling& settling) { return check_caller(settling, principal); };
  send_request(tools, call, std::move(respond), std::move(request),
               [call, view, location = std::move(location), secret = std::move(prepared.secret)](const log::Outcome& outcome) {
    const auto& item = outcome.items.front();
    if (!item) return api::respond_problem(*call, problem_of(item.error()));
    http::Response response;
    response.status = item->status;
    response.headers.push_back({"ETag", etag_of(item->version)});
    if (item->status == 204) return response;
    response.body = with_mark(view.json(item->state.get(), item->entity), view.known_mark, item->status == 200);
    if (secret) tell(*secret, item->state.get(), response);
    if (item->status != 201) return response;
    const auto address = view.address ? view.address(item->state.get(), item->entity) : item->entity.text();
    response.headers.push_back({"Location", location + "/" + address});
    return response;
  });
}

}  // namespace daybook::routes
