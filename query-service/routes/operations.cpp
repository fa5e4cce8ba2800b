#include "events/core/json.hpp"
#include "query-service/routes/routes.hpp"

namespace daybook::query {

struct Health {
  std::string status;
};
BOOST_DESCRIBE_STRUCT(Health, (), (status))

struct Readiness : Health {
  bool test_clock = false;  // its time is no real one
};
BOOST_DESCRIBE_STRUCT(Readiness, (Health), (test_clock))

namespace {

api::Route open_route(std::string_view id, std::string_view path, std::string_view summary, const events::TypeInfo* reply, api::Handler handler) {
  api::Route route{};
  route.id = id;
  route.method = "GET";
  route.path = path;
  route.summary = summary;
  route.tag = "operations";
  route.signed_in = false;
  route.reply = reply;
  route.handler = std::move(handler);
  return route;
}

http::Response text(int status, std::string body, std::string content_type) {
  http::Response response;
  response.status = status;
  response.body = std::move(body);
  response.content_type = std::move(content_type);
  return response;
}

}  // namespace

std::vector<api::Route> operations_routes(OperationsHooks hooks) {
  const auto ready = [hooks](api::CallPtr call, api::Respond respond) {
    const Readiness ready{{"ready"}, hooks.test_clock};
    if (hooks.ready()) return respond(text(200, events::to_json(ready), "application/json"));
    respond(api::respond_problem(*call, api::unavailable("Not ready: a dependency is missing or the service is draining.")));
  };
  const auto openapi = [hooks](api::CallPtr, api::Respond respond) { respond(text(200, hooks.openapi(), "application/json")); };
  const auto* const health = &events::type_info<Health>();
  const auto* const document = &events::type_info<events::Json>();
  auto routes = std::vector<api::Route>{
      open_route("livez", "/livez", "Whether the process runs.", health,
                 [](api::CallPtr, api::Respond respond) { respond(text(200, R"({"status":"alive"})", "application/json")); }),
      open_route("readyz", "/readyz", "Whether it can serve: database, read models, not draining.", &events::type_info<Readiness>(), ready),
      open_route("metrics", "/metrics", "Metrics in Prometheus' text format.", nullptr,
                 [hooks](api::CallPtr, api::Respond respond) {
                   respond(text(200, hooks.metrics(), "text/plain; version=0.0.4; charset=utf-8"));
                 }),
      open_route("openapi", "/api/v1/openapi.json", "This API as OpenAPI 3.1.", document, openapi),
      open_route("openapiRoot", "/openapi.json", "This API as OpenAPI 3.1.", document, openapi),
  };
  for (auto& route : routes)
    if (route.reply == nullptr) route.reply_type = "text/plain";
  return routes;
}

}  // namespace daybook::query
