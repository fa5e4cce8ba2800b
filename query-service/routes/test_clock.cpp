// What the clock of an installation says that is there for tests: the machine's, as far ahead as the read models know it was moved.
#include "events/core/json.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/core/sql.hpp"
#include "query-service/routes/routes.hpp"

namespace daybook::query {

struct TestClockReading {
  text::Instant now{};
};
BOOST_DESCRIBE_STRUCT(TestClockReading, (), (now))

namespace {

http::Response answer(const Query& query, const std::function<text::Instant()>& machine) {
  if (!machine) return api::respond_problem(query.call, api::not_found("test clock"));
  const auto row = query.connection.exec_prepared(filled("SELECT coalesce((SELECT ahead_microseconds FROM $schema.clock), 0)", query.context.schema));
  http::Response response;
  response.headers.push_back({"Cache-Control", "no-store"});
  response.body = events::to_json(TestClockReading{machine() + std::chrono::microseconds(row.int64(0, 0))});
  return response;
}

}  // namespace

std::vector<api::Route> test_clock_routes(const QueryContext& context, std::function<text::Instant()> machine) {
  api::Route route{};
  route.id = "getTestClock";
  route.method = "GET";
  route.path = "/api/v1/test-clock";
  route.summary = "What the clock says where it may be moved (clock.test); a superuser's.";
  route.tag = "operations";
  route.permission = superuser_permission;
  route.reply = &events::type_info<TestClockReading>();
  route.reply_fields = {"Daybook-Position", "Daybook-Log", "Cache-Control"};
  route.parameters = waiting_parameters();
  route.handler = [&context, machine = std::move(machine)](api::CallPtr call, api::Respond respond) {
    serve(context, std::move(call), std::move(respond), Below::oneself, for_superusers([machine](const Query& query) { return answer(query, machine); }));
  };
  return {std::move(route)};
}

}  // namespace daybook::query
