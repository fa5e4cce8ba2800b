#pragma once
// The way of every query: wait for the position the caller asks for, take a worker and a connection, open one snapshot, find
// out who asks and whether they still may, run, and say which position the snapshot shows.
#include "query-service/core/context.hpp"
#include "query-service/core/point.hpp"

namespace daybook::query {

// Connection, generation and caller of one query.
struct Query {
  const QueryContext& context;
  pg::Connection& connection;
  const Viewer& viewer;
  const api::Call& call;
};

using Run = std::function<http::Response(const Query&)>;

enum class Below { workspace, oneself };  // of what the route is about

// For routes below a workspace: 404 for everybody who is not a member. 401 for whose session or account has ended.
void serve(const QueryContext& context, api::CallPtr call, api::Respond respond, Below below, Run run);

// The parameters that every query takes.
std::vector<api::Parameter> waiting_parameters();

}  // namespace daybook::query
