#include "schemas/api/api.hpp"

#include <algorithm>
#include <atomic>

#include "platform/crypto/uuid_source.hpp"
#include "schemas/api/bearer_keys.hpp"
#include "schemas/api/header_fields.hpp"

namespace daybook::api {
namespace {

constexpr std::size_t request_id_length_max = 128;   // printable characters
constexpr std::string_view bearer = "Bearer ";

bool printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}

std::string new_id() {
  static crypto::UuidV7Source ids;
  return ids.next().text();
}

// The caller's own request id is kept, so that both sides' logs meet.
std::string request_id_of(const http::Request& request) {
  const auto given = request.header("X-Request-Id");
  if (!given.empty() && given.size() <= request_id_length_max && printable(given)) return std::string(given);
  return new_id();
}

std::string new_trace_id() {
  auto id = new_id();
  std::erase(id, '-');
  return id;
}

Problem problem(int status, std::string code, std::string detail) {
  Problem p{};
  p.status = status;
  p.code = std::move(code);
  p.detail = std::move(detail);
  return p;
}

bool json_content(std::string_view type) {
  auto media = type.substr(0, type.find(';'));
  while (media.ends_with(' ')) media.remove_suffix(1);
  return http::same_name(media, "application/json") || http::same_name(media, "application/merge-patch+json");
}

// What is asked about the process itself is never limited: who watches it must see it under load.
bool is_limited(const Route* route) { return route == nullptr || route->path.starts_with("/api/"); }

Problem broken() { return problem(500, "internal", "Something broke on our side; the request id helps to find it."); }

// The way back of one request. Only the first answer counts; a handler that drops every copy is answered for, so that such a
// request, too, has its reply and its line in the log.
class Answering {
 public:
  Answering(CallPtr call, std::function<void(http::Response)> answer) : call_(std::move(call)), answer_(std::move(answer)) {}
  Answering(const Answering&) = delete;
  Answering& operator=(const Answering&) = delete;
  ~Answering() {
    if (answered_) return;
    try {
      give(respond_problem(*call_, broken()));
    } catch (const std::exception&) {
      // Without memory for a reply the connection answers by itself.
    }
  }
  void give(http::Response response) {
    if (!answered_.exchange(true)) answer_(std::move(response));
  }

 private:
  CallPtr call_;
  std::function<void(http::Response)> answer_;
  std::atomic<bool> answered_{false};
};

// What stands behind `Bearer`, if anything does.
std::string_view bearer_token(const http::Request& request) {
  const auto header = request.header("Authorization");
  const bool is_one = header.size() > bearer.size() && http::same_name(header.substr(0, bearer.size()), bearer);
  return is_one ? header.substr(bearer.size()) : std::string_view();
}

void append(std::string& list, std::string item) { list += (list.empty() ? "" : ", ") + std::move(item); }

}  // namespace

std::string_view Call::path_parameter(std::string_view name) const {
  for (const auto& [key, value] : path_parameters)
    if (key == name) return value;
  return {};
}

Api::Api(std::string title, Authenticate authenticate, ApiOptions options)
    : title_(std::move(title)),
      authenticate_(std::move(authenticate)),
      options_(std::move(options)),
      cors_(options_.cors),
      principals_("principal", options_.rates.principal),
      addresses_("address", options_.rates.address) {}

void Api::add(Route route) {
  router_.add(route.method, route.path, static_cast<int>(routes_.size()));
  routes_.push_back(std::move(route));
}

void Api::add(std::vector<Route> routes) {
  for (auto& route : routes) add(std::move(route));
}

std::size_t Api::body_bytes_max(std::string_view method, std::string_view path) const {
  const auto match = router_.match(method, path);
  const auto* found = std::get_if<http::Router::Found>(&match);
  const auto of_route = found ? routes_[static_cast<std::size_t>(found->id)].body_bytes_max : body_bytes_default;
  return std::min(of_route, options_.body_bytes_max);
}

CallPtr Api::arrive(http::Request request) const {
  auto call = std::make_shared<Call>();
  call->request = std::move(request);
  call->request.remote_address = options_.proxies.client_of(call->request);
  call->request_id = request_id_of(call->request);
  call->trace_id = trace_id_of(call->request.header("traceparent"));
  if (call->trace_id.empty()) call->trace_id = new_trace_id();
  call->arrived = options_.clock();
  return call;
}

http::Response Api::refuse_unread(const http::Request& seen, int status, std::string_view detail) const {
  const auto call = arrive(seen);
  const auto match = router_.match(seen.method, seen.raw_path());
  if (const auto* found = std::get_if<http::Router::Found>(&match)) call->route = &routes_[static_cast<std::size_t>(found->id)];
  auto response = respond_problem(*call, server_problem(status, detail));
  complete(*call, response);
  return response;
}

void Api::handle(http::Request request, Respond respond) const {
  const auto call = arrive(std::move(request));
  const auto answering = std::make_shared<Answering>(call, [this, call, respond = std::move(respond)](http::Response response) {
    complete(*call, response);
    respond(std::move(response));
  });
  const auto answer = [answering](http::Response response) { answering->give(std::move(response)); };
  try {
    dispatch(call, answer);
  } catch (const std::exception&) {
    answer(respond_problem(*call, broken()));
  }
}

void Api::dispatch(const CallPtr& call, const Respond& respond) const {
  if (auto preflight = cors_.preflight(call->request)) return respond(std::move(*preflight));
  auto match = router_.match(call->request.method, call->request.raw_path());
  if (auto* found = std::get_if<http::Router::Found>(&match)) {
    call->route = &routes_[static_cast<std::size_t>(found->id)];
    call->path_parameters = std::move(found->params);
  }
  const bool local = !options_.rates.on_loopback && is_loopback(call->request.remote_address);
  if (!local && is_limited(call->route)) {
    if (const auto refusal = spend(addresses_, call->request.remote_address, *call)) return respond(respond_problem(*call, *refusal));
  }
  if (call->route != nullptr) return run(*call->route, call, respond);
  if (auto* other = std::get_if<http::Router::MethodNotAllowed>(&match)) {
    auto refusal = problem(405, "method-not-allowed", "This path does not take " + call->request.method + ".");
    refusal.allow = other->allow;
    return respond(respond_problem(*call, refusal));
  }
  respond(respond_problem(*call, not_found("path")));
}

// Whose a key is has to be looked up first, elsewhere.
void Api::run(const Route& route, const CallPtr& call, const Respond& respond) const {
  const auto digest = route.signed_in && find_holder ? bearer_key_digest(bearer_token(call->request)) : std::nullopt;
  if (!digest) return carry_out(route, call, respond);
  find_holder(*digest, [this, &route, call, respond](Holder holder) {
    if (const auto* problem = std::get_if<Problem>(&holder)) return respond(respond_problem(*call, *problem));
    call->principal = std::move(std::get<std::optional<Principal>>(holder));
    try {
      carry_out(route, call, respond);
    } catch (const std::exception&) {
      respond(respond_problem(*call, broken()));
    }
  });
}

void Api::carry_out(const Route& route, const CallPtr& call, const Respond& respond) const {
  if (const auto refusal = refuse(route, *call)) return respond(respond_problem(*call, *refusal));
  route.handler(call, respond);
}

// Counts the request; refuses it when the caller has none left.
std::optional<Problem> Api::spend(RateLimiter& limiter, std::string_view key, Call& call) const {
  if (!limiter.limits()) return std::nullopt;
  const auto standing = limiter.take(key, options_.clock());
  call.rates.push_back(limiter.standing(standing));
  if (standing.admitted) return std::nullopt;
  auto refusal = problem(429, "rate-limited", "Too many requests; Retry-After says in how many seconds there is room for one more.");
  refusal.retry_after_s = std::max(1, standing.seconds);
  return refusal;
}

// What every reply has, and who is told of it.
void Api::complete(const Call& call, http::Response& response) const {
  response.headers.push_back({"X-Request-Id", call.request_id});
  if (!call.rates.empty()) {
    std::string policies, standings;
    if (addresses_.limits()) append(policies, addresses_.policy());
    if (principals_.limits()) append(policies, principals_.policy());
    for (const auto& rate : call.rates) append(standings, rate);
    response.headers.push_back({"RateLimit-Policy", std::move(policies)});
    response.headers.push_back({"RateLimit", std::move(standings)});
  }
  cors_.allow(call.request, response);
  if (!on_answered) return;
  Answered answered{};
  if (call.route != nullptr) {
    answered.route = call.route->id;
    answered.path = call.route->path;
  }
  answered.method = call.request.method;
  answered.request_id = call.request_id;
  answered.trace_id = call.trace_id;
  answered.code = response.refusal;
  if (call.principal) {
    answered.principal = call.principal->id();
    answered.by_agent = call.principal->agent.has_value();
  }
  answered.status = response.status;
  answered.duration = std::chrono::duration_cast<std::chrono::microseconds>(options_.clock() - call.arrived);
  answered.bytes_in = call.request.body.size();
  answered.bytes_out = response.body.size();
  on_answered(answered);
}

// What is wrong with the request before its handler looks at it.
std::optional<Problem> Api::refuse(const Route& route, Call& call) const {
  if (route.signed_in) {
    const auto header = call.request.header("Authorization");
    const bool ticket = header.empty() && route.by_ticket && call.parameter("ticket");
    if (ticket) call.principal = route.by_ticket(call);
    else if (header.empty()) return problem(401, "unauthenticated", "This needs an access token: Authorization: Bearer <token>.");
    if (const auto token = bearer_token(call.request); !call.principal && !token.empty() && !bearer_key_digest(token))
      call.principal = authenticate_(token);
    if (!call.principal) return problem(401, "invalid-token", ticket ? "The ticket is not valid, has expired or was used." : "The access token is not valid or has expired.");
    const bool local = !options_.rates.on_loopback && is_loopback(call.request.remote_address);
    if (!local && is_limited(&route)) {
      if (auto refusal = spend(principals_, call.principal->id().text(), call)) return refusal;
    }
    if (call.principal->api_key && on_key_shown) on_key_shown(call);
  }
  for (const auto& [name, value] : call.request.query) {
    const auto known = std::find_if(route.parameters.begin(), route.parameters.end(), [&](const auto& p) { return p.name == name; });
    if (known == route.parameters.end()) return bad_parameter(name, "unknown-parameter", "This path does not take it.");
    const auto times = std::count_if(call.request.query.begin(), call.request.query.end(), [&](const auto& q) { return q.first == name; });
    if (times > 1 && !known->repeatable) return bad_parameter(name, "repeated-parameter", "It stands more than once.");
  }
  for (const auto& parameter : route.parameters)
    if (parameter.required && !call.parameter(parameter.name))
      return bad_parameter(std::string(parameter.name), "required", "This path does not go without it.");
  if (call.request.body.size() > route.body_bytes_max)
    return problem(413, "too-large", "The body may have at most " + std::to_string(route.body_bytes_max) + " bytes.");
  if (route.body == nullptr || call.request.body.empty()) return std::nullopt;
  const auto type = call.request.header("Content-Type");
  if (!type.empty() && !json_content(type)) return problem(415, "unsupported-media-type", "The body must be application/json.");
  return std::nullopt;
}

}  // namespace daybook::api
