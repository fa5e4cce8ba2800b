#pragma once
// Every GET of the API. The context must outlive the routes.
#include "query-service/core/context.hpp"

namespace daybook::query {

std::vector<api::Route> resource_routes(const QueryContext& context);  // oneself; one, many and the history of every entity
std::vector<api::Route> search_routes(const QueryContext& context);
std::vector<api::Route> live_routes(const QueryContext& context);  // server-sent events, and their tickets
// The route of the tickets alone, for a service that takes POSTs and has no read models: opening the events checks
// membership in any case. With a check, strangers get 404 at once.
using MemberCheck = std::function<void(api::CallPtr, api::Respond, std::function<http::Response(const api::Call&)> then)>;
std::vector<api::Route> ticket_routes(std::shared_ptr<const api::EventTickets> tickets, MemberCheck only_members = nullptr);
// Health, metrics and the API's own description.
struct OperationsHooks {
  std::function<bool()> ready;
  std::function<std::string()> metrics;
  std::function<std::string()> openapi;
};
std::vector<api::Route> operations_routes(OperationsHooks hooks);

}  // namespace daybook::query
