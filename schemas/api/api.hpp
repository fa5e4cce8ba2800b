#pragma once
// The frame in which routes are declared. One declaration a route; routing, sign-in, body decoding, refusal of unknown
// parameters and OpenAPI all come from it. The same frame serves the command service, the query service and the single
// process, which is both of them on one port.
#include <chrono>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "events/core/id.hpp"
#include "platform/http/message.hpp"
#include "platform/http/router.hpp"
#include "platform/http/trusted_proxies.hpp"
#include "schemas/api/cors.hpp"
#include "schemas/api/problem.hpp"
#include "schemas/api/rate_limit.hpp"

namespace daybook::api {

// Who calls: a person by an access token or an API key, or an agent by its own token.
struct Principal {
  events::UserId user{};                       // nil where an agent calls
  events::SessionId session{};                 // nil where no session was begun
  std::optional<events::ApiKeyId> api_key = std::nullopt;
  std::optional<events::AgentId> agent = std::nullopt;
  events::AgentTokenId agent_token{};          // with which an agent came; nil where a person calls

  events::PrincipalId id() const { return events::PrincipalId{agent ? agent->value : user.value}; }
};

struct Route;

struct Parameter {
  std::string_view name;
  std::string_view description;
  std::string_view schema = R"({"type":"string"})";   // JSON Schema
  bool repeatable = false;
  bool required = false;
};

// A request on its way through its handler. Owned by the frame until it is answered.
struct Call {
  http::Request request;
  std::vector<std::pair<std::string, std::string>> path_parameters;
  std::optional<Principal> principal;
  std::string request_id;
  const Route* route{};                // set once one was found
  std::chrono::steady_clock::time_point arrived{};
  std::vector<std::string> rates;      // where the caller stands with each rate that counts this request
  std::string trace_id;                // of the caller's traceparent, else one of its own: 32 hex digits

  std::string_view path_parameter(std::string_view name) const;
  std::optional<std::string_view> parameter(std::string_view name) const { return request.parameter(name); }
};

using CallPtr = std::shared_ptr<Call>;
using http::Respond;
// May answer at once or later, from any thread, exactly once.
using Handler = std::function<void(CallPtr, Respond)>;

inline constexpr std::size_t body_bytes_default = 1 << 20;

struct Route {
  std::string_view id;                 // operationId
  std::string_view method;
  std::string_view path;               // /api/v1/workspaces/{workspace}/issues
  std::string_view summary;
  std::string_view tag;
  bool signed_in = true;
  // Signs in a call that brings ?ticket= in place of an Authorization field, as browsers' event sources must.
  std::function<std::optional<Principal>(const Call&)> by_ticket = nullptr;
  std::string_view permission = "";    // word of the permission table, for people
  const events::TypeInfo* body = nullptr;
  const events::TypeInfo* reply = nullptr;   // of one thing; `many` wraps it into a page
  bool many = false;
  std::string_view reply_schema = "";        // JSON Schema of one thing, where `reply` alone does not say it
  int status = 200;
  bool or_nothing = false;                   // 204 where there is nothing to show
  bool or_known = false;                     // 200 where what was to be made was there before
  std::vector<Parameter> parameters = {};
  std::size_t body_bytes_max = body_bytes_default;
  std::string_view reply_type = "application/json";
  std::vector<std::string_view> reply_fields = {};   // header fields every success carries, for OpenAPI
  Handler handler;
};

// A page of a list, as OpenAPI and every list route know it.
inline constexpr std::size_t page_limit_max = 200;      // rows
inline constexpr std::size_t page_limit_default = 50;   // rows

// What a deployment may set of the frame.
struct ApiOptions {
  RateLimitOptions rates;
  CorsOptions cors;
  http::TrustedProxies proxies;           // decide whose request it is, for everything behind this frame
  std::size_t body_bytes_max = std::numeric_limits<std::size_t>::max();   // of any body, where its route would take more
  std::function<std::chrono::steady_clock::time_point()> clock = std::chrono::steady_clock::now;   // for rates and durations
};

// One answered request, for logs and metrics. Views are good for the one call.
struct Answered {
  std::string_view route, method, path;   // operationId and path template; both empty where no route took the request
  std::string_view request_id, trace_id;
  std::string_view code;                     // of the problem document it was refused with; empty where it was not
  std::optional<events::PrincipalId> principal;
  bool by_agent = false;                     // whether that is one
  int status = 0;
  std::chrono::microseconds duration{};   // from the whole request to its answer
  std::size_t bytes_in = 0, bytes_out = 0;   // of the bodies
};

using Holder = std::variant<std::optional<Principal>, Problem>;
using FindHolder = std::function<void(std::string digest, std::function<void(Holder)> then)>;

class Api {
 public:
  using Authenticate = std::function<std::optional<Principal>(std::string_view token)>;

  Api(std::string title, Authenticate authenticate, ApiOptions options = {});

  void add(Route route);
  void add(std::vector<Route> routes);
  // Answers everything, unknown paths and broken bodies included. Safe from any thread once all routes are added.
  void handle(http::Request request, Respond respond) const;
  // The reply to what the server refused by itself, of a request that was read as far as `seen` (http::ServerOptions::problem).
  http::Response refuse_unread(const http::Request& seen, int status, std::string_view detail) const;
  std::size_t body_bytes_max(std::string_view method, std::string_view path) const;
  const std::vector<Route>& routes() const { return routes_; }
  // OpenAPI 3.1 of all routes.
  std::string openapi() const;
  // Finds whose an API key or an agent's token is, by its digest, or says why that cannot be found out now; where it is not set, all
  // are nobody's. Whether its holder may still act is not asked here. May answer at once or later, from any thread, exactly once.
  FindHolder find_holder;
  // Told of every request that comes with an API key, before it is carried out; must be quick and must not throw.
  std::function<void(const Call&)> on_key_shown;
  // Called once per answered request, on the thread that answers; must be quick and must not throw.
  std::function<void(const Answered&)> on_answered;

 private:
  CallPtr arrive(http::Request request) const;
  void dispatch(const CallPtr& call, const Respond& respond) const;
  void run(const Route& route, const CallPtr& call, const Respond& respond) const;
  void carry_out(const Route& route, const CallPtr& call, const Respond& respond) const;
  std::optional<Problem> refuse(const Route& route, Call& call) const;
  std::optional<Problem> spend(RateLimiter& limiter, std::string_view key, Call& call) const;
  void complete(const Call& call, http::Response& response) const;

  std::string title_;
  Authenticate authenticate_;
  ApiOptions options_;
  Cors cors_;
  mutable RateLimiter principals_, addresses_;
  std::vector<Route> routes_;
  http::Router router_;
};

// Decodes the body strictly into `Body` and hands it on; answers 400 or 422 itself.
template <class Body>
Handler with_body(std::function<void(CallPtr, Body, Respond)> handle) {
  return [handle](CallPtr call, Respond respond) {
    Body body{};
    const auto read = events::from_json(call->request.body, body, events::Reading::strict);
    if (!read) return respond(problem_response(from_read_result(read), call->request_id, call->request.path));
    handle(std::move(call), std::move(body), std::move(respond));
  };
}

inline http::Response respond_problem(const Call& call, const Problem& problem) {
  return problem_response(problem, call.request_id, call.request.path);
}

}  // namespace daybook::api
