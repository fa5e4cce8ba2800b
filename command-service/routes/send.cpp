#include "command-service/routes/send.hpp"

#include <charconv>

#include "command-service/routes/problem.hpp"

namespace daybook::routes {
namespace {

crypto::Digest request_hmac(const CommandTools& tools, std::initializer_list<std::string_view> parts) {
  const auto& key = tools.keys->current(crypto::KeyPurpose::request_hmac).key;
  return crypto::hmac_sha256({reinterpret_cast<const char*>(key.data()), key.size()}, parts);
}

Rejection bad_header(std::string name, std::string detail) {
  return {Rejection::Kind::malformed, "bad-header", name + ": " + detail, {{name, "bad-header", detail}}, std::nullopt};
}

// `"v17"` or `"v17-4711"`: only the version counts. `*` asks merely that the thing is there, which every change does.
Result<std::optional<std::int64_t>> read_if_match(std::string_view text) {
  if (text.empty() || text == "*") return std::optional<std::int64_t>{};
  std::int64_t version = 0;
  const auto refused = bad_header("If-Match", "Expected an ETag such as \"v17\".");
  if (text.size() < 4 || text.substr(0, 2) != "\"v" || text.back() != '"') return refused;
  const auto* end = text.data() + text.size() - 1;
  const auto read = std::from_chars(text.data() + 2, end, version);
  if (read.ec != std::errc() || (read.ptr != end && *read.ptr != '-')) return refused;
  return std::optional(version);
}

// A structured-field string, quoted; unquoted is taken too.
std::string_view unquoted(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') return text.substr(1, text.size() - 2);
  return text;
}

}  // namespace

Result<Terms> read_terms(const CommandTools& tools, const api::Call& call) {
  Terms terms;
  auto version = read_if_match(call.request.header("If-Match"));
  if (!version) return std::move(version.error());
  terms.if_version = *version;
  if (!call.request.has_header("Idempotency-Key")) return terms;
  const auto key = unquoted(call.request.header("Idempotency-Key"));
  if (key.empty() || key.size() > idempotency_key_length_max) return bad_header("Idempotency-Key", "Expected 1 to 255 characters.");
  log::Idempotency idempotency{};
  idempotency.key.principal = call.principal ? call.principal->user.text() : "anyone";
  idempotency.key.route = call.request.method + " " + call.request.path;
  idempotency.key.key = request_hmac(tools, {"key", key});
  idempotency.body = request_hmac(tools, {"body", call.request.header("If-Match"), "\n", call.request.body});
  terms.idempotency = std::move(idempotency);
  return terms;
}

log::Caller caller_of(const CommandTools& tools, const api::Call& call) {
  log::Caller caller{};
  if (call.principal) {
    caller.actor_type = events::ActorType::user;
    caller.actor_id = events::PrincipalId{call.principal->user.value};
    caller.via_type = events::ViaType::session;
    caller.via_id = call.principal->session.value;
  }
  const auto given = text::Uuid::parse(call.request_id);
  caller.correlation_id = events::CorrelationId{given ? *given : tools.ids->next()};
  return caller;
}

void add_log_headers(const CommandTools& tools, events::Position position, http::Response& response) {
  response.headers.push_back({"Daybook-Position", std::to_string(position.value)});
  response.headers.push_back({"Daybook-Log", tools.identity.log_id.text() + "." + std::to_string(tools.identity.epoch.value)});
}

void send_request(const CommandTools& tools, api::CallPtr call, api::Respond respond, log::Request request,
                  std::function<http::Response(const log::Outcome&)> reply) {
  const bool minimal = call->request.header("Prefer") == "return=minimal";
  const auto answer = [&tools, call, respond, reply = std::move(reply), minimal](log::Reply result) {
    if (const auto* away = std::get_if<log::Unavailable>(&result))
      return respond(api::respond_problem(*call, api::unavailable(away->maybe_written ? away->reason : "Nothing was written: " + away->reason)));
    const auto& outcome = std::get<log::Outcome>(result);
    auto response = outcome.refused ? api::respond_problem(*call, problem_of(*outcome.refused)) : reply(outcome);
    add_log_headers(tools, outcome.position, response);
    if (!tools.when_readable || minimal || response.status >= 300) return respond(std::move(response));
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
  send_request(tools, call, std::move(respond), std::move(request), [call, view, location = std::move(location)](const log::Outcome& outcome) {
    const auto& item = outcome.items.front();
    if (!item) return api::respond_problem(*call, problem_of(item.error()));
    http::Response response;
    response.status = item->status;
    response.headers.push_back({"ETag", etag_of(item->version)});
    if (item->status == 204) return response;
    response.body = view.json(item->state.get(), item->entity);
    if (item->status != 201) return response;
    const auto address = view.address ? view.address(item->state.get(), item->entity) : item->entity.text();
    response.headers.push_back({"Location", location + "/" + address});
    return response;
  });
}

}  // namespace daybook::routes
