#pragma once
// Every GET of the API. The context must outlive the routes.
#include "platform/crypto/opaque_token.hpp"
#include "query-service/core/context.hpp"

namespace daybook::query {

std::vector<api::Route> resource_routes(const QueryContext& context);  // oneself; one, many and the history of every entity; search
std::vector<api::Route> live_routes(const QueryContext& context);  // server-sent events, and their tickets
// Whether a token was made with the key file of this deployment, for a mail.
using TokenCheck = std::function<bool(const crypto::OpaqueToken&)>;
std::vector<api::Route> offer_routes(const QueryContext& context, TokenCheck is_ours);  // what an invitation offers to whoever was mailed it
std::vector<api::Route> audit_routes(const QueryContext& context);  // what can be proven of the log
// Where `machine`, the machine's clock, is not given there is no test clock.
std::vector<api::Route> test_clock_routes(const QueryContext& context, std::function<text::Instant()> machine);
// Health, metrics and the API's own description.
struct OperationsHooks {
  std::function<bool()> ready;
  std::function<std::string()> metrics;
  std::function<std::string()> openapi;
  bool test_clock = false;
};
std::vector<api::Route> operations_routes(OperationsHooks hooks);

}  // namespace daybook::query
