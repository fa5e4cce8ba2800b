#pragma once
// The way of every query: wait for the position the caller asks for, take a worker and a connection, open one snapshot, find
// out who asks and whether they still may, run, and say which position the snapshot shows. What the state store can answer is
// answered from it, on a view in place of the snapshot, and where it can be had at once without a worker.
#include "query-service/core/context.hpp"
#include "query-service/core/stored_point.hpp"

namespace daybook::query {

// Connection, generation and caller of one query.
struct Query {
  const QueryContext& context;
  pg::Connection& connection;
  const Viewer& viewer;
  const api::Call& call;

  Sight sight() const { return {context.schema, viewer}; }
};

using Run = std::function<http::Response(const Query&)>;

// The same over the state store.
struct StateQuery {
  const QueryContext& context;
  const projector::StateView& view;
  const Viewer& viewer;
  const api::Call& call;
};

// How the state store answers a call; `takes` says whether it can.
struct FromState {
  std::function<bool(const api::Call&)> takes;
  std::function<http::Response(const StateQuery&)> run;
};

enum class Below { workspace, oneself };  // of what the route is about

// For routes below a workspace: 404 for everybody who is not a member. 401 for whose session or account has ended.
// `from_state`, if there is one, comes first and outlives the call.
void serve(const QueryContext& context, api::CallPtr call, api::Respond respond, Below below, Run run,
           const FromState* from_state = nullptr);

// as_of= of a call that was let through.
std::optional<events::Position> as_of(const api::Call& call);
// The parameters that every query takes.
std::vector<api::Parameter> waiting_parameters();

}  // namespace daybook::query
