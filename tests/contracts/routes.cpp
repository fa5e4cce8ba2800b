#include "tests/contracts/routes.hpp"

#include "command-service/routes/routes.hpp"
#include "query-service/routes/routes.hpp"

namespace daybook::contracts::test {

std::unique_ptr<api::Api> every_route() {
  static const routes::CommandTools commands;
  static const query::QueryContext queries;
  auto api = std::make_unique<api::Api>("Daybook", [](std::string_view) { return std::optional<api::Principal>(); });
  api->add(routes::auth_routes(commands));
  api->add(routes::command_routes(commands));
  api->add(routes::bulk_routes(commands));
  api->add(routes::delivery_routes(commands));
  api->add(routes::test_clock_routes(commands, nullptr));
  api->add(query::resource_routes(queries));
  api->add(query::live_routes(queries));
  api->add(query::offer_routes(queries, {}));
  api->add(query::test_clock_routes(queries, {}));
  api->add(query::audit_routes(queries));
  api->add(query::operations_routes({}));
  return api;
}

}  // namespace daybook::contracts::test
