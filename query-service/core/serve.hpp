#pragma once
// The way of every query: wait for the position the caller asks for, take a worker and a connection, open one snapshot, find
// out who asks, run, and say which position the snapshot shows.
#include "platform/postgres/transaction.hpp"
#include "query-service/core/context.hpp"

namespace daybook::query {

// The caller inside a workspace they are a member of.
struct Viewer {
  events::UserId user{};
  events::WorkspaceId workspace{};
  std::string role;
};

using Run = std::function<http::Response(pg::Connection&, const Viewer&)>;

// For routes below /workspaces/{workspace}: 404 for everybody who is not a member.
void serve_in_workspace(const QueryContext& context, api::CallPtr call, api::Respond respond, Run run);
// For routes about the caller alone; the viewer has no workspace.
void serve(const QueryContext& context, api::CallPtr call, api::Respond respond, Run run);

// A reply for one row of `spec`: ETag, 304.
http::Response one_response(const ListSpec& spec, const pg::Result& row, const api::Call& call);
// A page of rows.
http::Response list_response(const QueryContext& context, pg::Connection& connection, const ListSpec& spec, std::vector<Scope> scope,
                             const api::Call& call);
pg::Result run_sql(pg::Connection& connection, const SqlQuery& query);
std::string row_json(const ListSpec& spec, const pg::Result& rows, int row);

}  // namespace daybook::query
