#pragma once
// Every GET of the API. The context must outlive the routes.
#include "query-service/core/context.hpp"

namespace daybook::query {

std::vector<api::Route> resource_routes(const QueryContext& context);  // oneself; one, many and the history of every entity; search
std::vector<api::Route> live_routes(const QueryContext& context);  // server-sent events, and their tickets
std::vector<api::Route> audit_routes(const QueryContext& context);  // what can be proven of the log
// Health, metrics and the API's own description.
struct OperationsHooks {
  std::function<bool()> ready;
  std::function<std::string()> metrics;
  std::function<std::string()> openapi;
};
std::vector<api::Route> operations_routes(OperationsHooks hooks);

}  // namespace daybook::query
