#include "schemas/api/api.hpp"

#include <algorithm>

#include "platform/crypto/uuid_source.hpp"

namespace daybook::api {
namespace {

constexpr std::size_t request_id_length_max = 128;   // printable characters
constexpr std::string_view bearer = "Bearer ";

bool printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}

// The caller's own request id is kept, so that both sides' logs meet.
std::string request_id_of(const http::Request& request) {
  const auto given = request.header("X-Request-Id");
  if (!given.empty() && given.size() <= request_id_length_max && printable(given)) return std::string(given);
  static crypto::UuidV7Source ids;
  return ids.next().text();
}

Problem problem(int status, std::string code, std::string detail) {
  Problem p{};
  p.status = status;
  p.code = std::move(code);
  p.detail = std::move(detail);
  return p;
}

bool json_content(std::string_view type) {
  const auto media = type.substr(0, type.find(';'));
  return media == "application/json" || media == "application/merge-patch+json" || media == "application/json ";
}

}  // namespace

std::string_view Call::path_parameter(std::string_view name) const {
  for (const auto& [key, value] : path_parameters)
    if (key == name) return value;
  return {};
}

Api::Api(std::string title, Authenticate authenticate) : title_(std::move(title)), authenticate_(std::move(authenticate)) {}

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
  return found ? routes_[static_cast<std::size_t>(found->id)].body_bytes_max : std::size_t{1} << 20;
}

void Api::handle(http::Request request, Respond respond) const {
  auto call = std::make_shared<Call>();
  call->request = std::move(request);
  call->request_id = request_id_of(call->request);
  const auto answer = [call, respond = std::move(respond)](http::Response response) {
    response.headers.push_back({"X-Request-Id", call->request_id});
    respond(std::move(response));
  };
  try {
    dispatch(call, answer);
  } catch (const std::exception&) {
    answer(respond_problem(*call, problem(500, "internal", "Something broke on our side; the request id helps to find it.")));
  }
}

void Api::dispatch(const CallPtr& call, const Respond& respond) const {
  auto match = router_.match(call->request.method, call->request.raw_path());
  if (auto* other = std::get_if<http::Router::MethodNotAllowed>(&match)) {
    auto refusal = problem(405, "method-not-allowed", "This path does not take " + call->request.method + ".");
    refusal.allow = other->allow;
    return respond(respond_problem(*call, refusal));
  }
  auto* found = std::get_if<http::Router::Found>(&match);
  if (found == nullptr) return respond(respond_problem(*call, not_found("path")));
  const auto& route = routes_[static_cast<std::size_t>(found->id)];
  call->path_parameters = std::move(found->params);
  const auto answer = [this, &route, call, respond](http::Response response) {
    if (on_answered) on_answered(&route, *call, response.status);
    respond(std::move(response));
  };
  if (const auto refusal = refuse(route, *call)) return answer(respond_problem(*call, *refusal));
  try {
    route.handler(call, answer);
  } catch (const std::exception&) {
    answer(respond_problem(*call, problem(500, "internal", "Something broke on our side; the request id helps to find it.")));
  }
}

// What is wrong with the request before its handler looks at it.
std::optional<Problem> Api::refuse(const Route& route, Call& call) const {
  if (route.signed_in) {
    const auto header = call.request.header("Authorization");
    const bool ticket = header.empty() && route.by_ticket && call.parameter("ticket");
    if (ticket) call.principal = route.by_ticket(call);
    else if (header.empty()) return problem(401, "unauthenticated", "This needs an access token: Authorization: Bearer <token>.");
    if (header.size() > bearer.size() && header.substr(0, bearer.size()) == bearer)
      call.principal = authenticate_(header.substr(bearer.size()));
    if (!call.principal) return problem(401, "invalid-token", ticket ? "The ticket is not valid, has expired or was used." : "The access token is not valid or has expired.");
  }
  for (const auto& [name, value] : call.request.query) {
    const auto known = std::find_if(route.parameters.begin(), route.parameters.end(), [&](const auto& p) { return p.name == name; });
    if (known == route.parameters.end()) return bad_parameter(name, "unknown-parameter", "This path does not take it.");
    const auto times = std::count_if(call.request.query.begin(), call.request.query.end(), [&](const auto& q) { return q.first == name; });
    if (times > 1 && !known->repeatable) return bad_parameter(name, "repeated-parameter", "It stands more than once.");
  }
  if (call.request.body.size() > route.body_bytes_max)
    return problem(413, "too-large", "The body may have at most " + std::to_string(route.body_bytes_max) + " bytes.");
  if (route.body == nullptr || call.request.body.empty()) return std::nullopt;
  const auto type = call.request.header("Content-Type");
  if (!type.empty() && !json_content(type)) return problem(415, "unsupported-media-type", "The body must be application/json.");
  return std::nullopt;
}

}  // namespace daybook::api
