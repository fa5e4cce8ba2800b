#include "query-service/core/serve.hpp"

#include <algorithm>
#include <charconv>

#include "platform/text/unicode.hpp"
#include "query-service/core/list_request.hpp"
#include "query-service/core/row_json.hpp"

namespace daybook::query {
namespace {

struct Wait {
  events::Position position{};
  int timeout_ms = wait_ms_default;
};

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() && number >= 0;
}

std::string log_of(const events::LogIdentity& identity) {
  return identity.log_id.text() + "." + std::to_string(identity.epoch.value);
}

// The position the caller wants to see, from parameter or header.
std::variant<Wait, api::Problem> read_wait(const QueryContext& context, const api::Call& call) {
  Wait wait;
  const auto log = call.request.header("Daybook-Log");
  if (!log.empty() && log != log_of(context.identity)) {
    api::Problem problem{};
    problem.status = 410;
    problem.code = "log-replaced";
    problem.detail = "That position is of another log; this one is " + log_of(context.identity) + ".";
    return problem;
  }
  const auto header = call.request.header("Daybook-Min-Position");
  const auto wanted = call.parameter("min_position").value_or(header);
  if (!wanted.empty() && !read_number(wanted, wait.position.value))
    return api::bad_parameter("min_position", "out-of-range", "Expected a position, a whole number from 0.");
  if (const auto timeout = call.parameter("wait_ms"); timeout && (!read_number(*timeout, wait.timeout_ms) || wait.timeout_ms > wait_ms_max))
    return api::bad_parameter("wait_ms", "out-of-range", "Expected milliseconds from 0 to 10000.");
  return wait;
}

api::Problem busy() {
  auto problem = api::unavailable("Too many queries are waiting; come again in a moment.");
  problem.code = "busy";
  return problem;
}

std::optional<Viewer> find_viewer(pg::Connection& connection, const std::string& schema, std::string_view word, events::UserId user) {
  if (!text::valid_utf8(word)) return std::nullopt;
  const bool by_id = text::Uuid::parse(word).has_value();
  const auto sql = "SELECT w.id, m.role FROM " + schema + ".workspaces w JOIN " + schema + ".members m ON m.workspace_id = w.id AND m.user_id = $2::uuid " +
                   "WHERE w.deleted_at IS NULL AND " + (by_id ? "w.id = $1::uuid" : "w.slug = $1::text");
  const auto found = connection.exec_prepared(sql, pg::Params().text(word).text(user.text()));
  if (found.empty()) return std::nullopt;
  return Viewer{user, *events::WorkspaceId::parse(found.text(0, 0)), found.text(0, 1)};
}

// Runs in one read-only snapshot, so that the position is that of the rows.
http::Response in_snapshot(const QueryContext& context, const api::Call& call, bool in_workspace, const Run& run) {
  auto lease = context.postgres->lease(lease_timeout);
  if (!lease) return api::respond_problem(call, busy());
  pg::Transaction transaction(**lease, pg::Isolation::repeatable_read, true);
  const auto position = (*lease)->exec_prepared("SELECT position FROM " + context.schema + ".checkpoint", {});
  std::optional<Viewer> viewer = Viewer{call.principal ? call.principal->user : events::UserId{}, {}, {}};
  if (in_workspace) viewer = find_viewer(**lease, context.schema, call.path_parameter("workspace"), viewer->user);
  auto response = viewer ? run(**lease, *viewer) : api::respond_problem(call, api::not_found("workspace"));
  transaction.commit();
  response.headers.push_back({"Daybook-Position", position.empty() ? "0" : position.text(0, 0)});
  response.headers.push_back({"Daybook-Log", log_of(context.identity)});
  return response;
}

void serve_after_wait(const QueryContext& context, api::CallPtr call, api::Respond respond, bool in_workspace, Run run) {
  const bool posted = context.workers->post([&context, call, respond, in_workspace, run = std::move(run)] {
    try {
      respond(in_snapshot(context, *call, in_workspace, run));
    } catch (const pg::Error&) {
      respond(api::respond_problem(*call, api::unavailable("The read models cannot be reached; come again in a moment.")));
    }
  });
  if (!posted) respond(api::respond_problem(*call, busy()));
}

void serve_any(const QueryContext& context, api::CallPtr call, api::Respond respond, bool in_workspace, Run run) {
  const auto wait = read_wait(context, *call);
  if (const auto* problem = std::get_if<api::Problem>(&wait)) return respond(api::respond_problem(*call, *problem));
  const auto& wanted = std::get<Wait>(wait);
  if (wanted.position <= context.position->current()) return serve_after_wait(context, call, respond, in_workspace, std::move(run));
  context.position->when_reached(wanted.position, wanted.timeout_ms, [&context, call, respond, in_workspace, run = std::move(run)](bool reached) {
    if (reached) return serve_after_wait(context, call, respond, in_workspace, run);
    api::Problem problem{};
    problem.status = 504;
    problem.code = "not-yet";
    problem.detail = "The read models have not reached that position in time.";
    respond(api::respond_problem(*call, problem));
  });
}

int column_index(const ListSpec& spec, std::string_view name) {
  const auto columns = columns_of(spec);
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i]->name == name) return static_cast<int>(i);
  return -1;
}

Place place_of(const pg::Result& rows, int row, std::size_t first_key, std::size_t keys, bool backwards) {
  Place place;
  place.backwards = backwards;
  for (std::size_t k = 0; k < keys; ++k) place.values.push_back(rows.optional_text(row, static_cast<int>(first_key + k)));
  return place;
}

// The same request with another cursor, for Link and for people.
std::string link_target(const api::Call& call, const std::string& cursor) {
  std::string out = call.request.path + "?";
  for (const auto& [name, value] : call.request.query)
    if (name != "cursor" && name != "min_position" && name != "wait_ms") out += http::percent_encode(name) + "=" + http::percent_encode(value) + "&";
  return out + "cursor=" + cursor;
}

}  // namespace

void serve_in_workspace(const QueryContext& context, api::CallPtr call, api::Respond respond, Run run) {
  serve_any(context, std::move(call), std::move(respond), true, std::move(run));
}

void serve(const QueryContext& context, api::CallPtr call, api::Respond respond, Run run) {
  serve_any(context, std::move(call), std::move(respond), false, std::move(run));
}

pg::Result run_sql(pg::Connection& connection, const SqlQuery& query) {
  pg::Params params;
  for (const auto& parameter : query.parameters) params.text(parameter);
  return connection.exec_prepared(query.sql, params);
}

std::string row_json(const ListSpec& spec, const pg::Result& rows, int row) {
  std::string out = "{";
  int column = 0;
  for (const auto* field : columns_of(spec)) {
    if (column > 0) out += ',';
    out += '"';
    out += field->name;
    out += "\":";
    append_column(*field->type, rows.get(row, column), out);
    ++column;
  }
  return out + "}";
}

http::Response one_response(const ListSpec& spec, const pg::Result& row, const api::Call& call) {
  http::Response response;
  const int version = column_index(spec, "version"), changed = column_index(spec, "changed");
  if (version >= 0 && changed >= 0) {
    const auto etag = "\"v" + row.text(0, version) + "-" + row.text(0, changed) + "\"";
    response.headers.push_back({"ETag", etag});
    if (call.request.header("If-None-Match") == etag) {
      response.status = 304;
      return response;
    }
  }
  response.body = row_json(spec, row, 0);
  return response;
}

http::Response list_response(const QueryContext& context, pg::Connection& connection, const ListSpec& spec, std::vector<Scope> scope,
                             const api::Call& call) {
  auto read = read_list_request(spec, std::move(scope), call, *context.cursors);
  if (const auto* problem = std::get_if<api::Problem>(&read)) return api::respond_problem(call, *problem);
  const auto& request = std::get<ListRequest>(read);
  const auto rows = run_sql(connection, list_sql(request, context.schema));
  const bool backwards = request.place && request.place->backwards;
  const bool more = rows.rows() > static_cast<int>(request.limit);
  const int shown = more ? static_cast<int>(request.limit) : rows.rows();
  const auto first_key = columns_of(spec).size();
  const auto keys = request.order.size() + 1;

  http::Response response;
  auto& out = response.body;
  out = "{\"data\":[";
  for (int i = 0; i < shown; ++i) out += (i > 0 ? "," : "") + row_json(spec, rows, backwards ? shown - 1 - i : i);
  out += "],\"page\":{\"next\":";
  const int first = backwards ? shown - 1 : 0, last = backwards ? 0 : shown - 1;
  const bool has_next = shown > 0 && (backwards || more), has_prev = shown > 0 && (backwards ? more : request.place.has_value());
  std::string links;
  const auto add_cursor = [&](bool there, int row, bool back, std::string_view relation) {
    if (!there) return void(out += "null");
    const auto cursor = context.cursors->write(place_of(rows, row, first_key, keys, back), request);
    events::write_json_string(cursor, out);
    links += (links.empty() ? "<" : ", <") + link_target(call, cursor) + ">; rel=\"" + std::string(relation) + "\"";
  };
  add_cursor(has_next, last, false, "next");
  out += ",\"prev\":";
  add_cursor(has_prev, first, true, "prev");
  out += ",\"limit\":" + std::to_string(request.limit);
  if (!request.count.empty()) out += ",\"count\":" + run_sql(connection, count_sql(request, context.schema)).text(0, 0);
  out += "}}";
  if (!links.empty()) response.headers.push_back({"Link", links});
  return response;
}

}  // namespace daybook::query
