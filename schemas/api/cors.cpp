#include "schemas/api/cors.hpp"

#include <algorithm>

namespace daybook::api {
namespace {

constexpr auto methods = "GET, HEAD, POST, PATCH, DELETE";
constexpr auto allowed_fields =
    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Prefer, X-Request-Id, traceparent, tracestate, "
    "Daybook-Min-Position, Daybook-Log, Last-Event-ID";
constexpr auto exposed_fields =
    "ETag, Location, Link, Retry-After, Preference-Applied, X-Request-Id, Daybook-Position, Daybook-Log, RateLimit, RateLimit-Policy, "
    "WWW-Authenticate";

}  // namespace

bool Cors::listed(std::string_view origin) const {
  return !origin.empty() && std::any_of(options_.origins.begin(), options_.origins.end(), [&](const auto& o) { return o == "*" || o == origin; });
}

std::optional<http::Response> Cors::preflight(const http::Request& request) const {
  const auto origin = request.header("Origin");
  if (request.method != "OPTIONS" || !request.has_header("Access-Control-Request-Method") || !listed(origin)) return std::nullopt;
  http::Response response;
  response.status = 204;
  response.headers = {{"Access-Control-Allow-Origin", std::string(origin)},
                      {"Access-Control-Allow-Methods", methods},
                      {"Access-Control-Allow-Headers", allowed_fields},
                      {"Access-Control-Max-Age", std::to_string(options_.preflight_age.count())},
                      {"Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"}};
  return response;
}

void Cors::allow(const http::Request& request, http::Response& response) const {
  if (options_.origins.empty()) return;
  // A cache must not give one origin what was allowed to another.
  response.headers.push_back({"Vary", "Origin"});
  const auto origin = request.header("Origin");
  if (!listed(origin)) return;
  response.headers.push_back({"Access-Control-Allow-Origin", std::string(origin)});
  response.headers.push_back({"Access-Control-Expose-Headers", exposed_fields});
}

}  // namespace daybook::api
