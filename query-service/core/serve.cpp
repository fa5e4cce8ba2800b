#include "query-service/core/serve.hpp"

#include <algorithm>

#include "events/api_key/scopes.hpp"
#include "platform/text/number.hpp"

namespace daybook::query {
namespace {

constexpr std::string_view own_path = "/api/v1/me";
constexpr int parked_retry_after_s = 30;               // somebody has to mend it first
constexpr std::string_view statement_timed_out = "57014";  // SQLSTATE query_canceled

struct Wait {
  events::Position position{};
  int timeout_ms = wait_ms_default;
  bool back = false;  // an earlier position is asked for, which the state store alone can show
};

// One query with what it needs to be answered, from whichever thread.
struct Asked {
  const QueryContext& context;
  api::CallPtr call;
  api::Respond respond;
  Below below;
  Run run;
  const FromState* from_state;
  Wait wait;
};

// A whole number from 0.
template <class Number>
bool read_number(std::string_view text, Number& number) {
  number = text::read_number<Number>(text).value_or(-1);
  return number >= 0;
}

// The position the caller wants to see, from parameter or header.
std::variant<Wait, api::Problem> read_wait(const QueryContext& context, const api::Call& call) {
  Wait wait;
  const auto log = call.request.header("Daybook-Log");
  if (!log.empty() && log != log_name(context.identity)) return log_replaced(context.identity);
  const auto header = call.request.header("Daybook-Min-Position");
  const auto wanted = call.parameter("min_position").value_or(header);
  if (!wanted.empty() && !read_number(wanted, wait.position.value))
    return api::bad_parameter("min_position", "out-of-range", "Expected a position, a whole number from 0.");
  if (const auto timeout = call.parameter("wait_ms");
      timeout && (!read_number(*timeout, wait.timeout_ms) || wait.timeout_ms > wait_ms_max))
    return api::bad_parameter("wait_ms", "out-of-range", "Expected milliseconds from 0 to 10000.");
  if (const auto words = call.parameter("as_of")) {
    events::Position back{};
    if (!read_number(*words, back.value))
      return api::bad_parameter("as_of", "out-of-range", "Expected a position, a whole number from 0.");
    wait.back = true;
    wait.position = std::max(wait.position, back);
  }
  return wait;
}

api::Problem busy() {
  auto problem = api::unavailable("Too many queries are waiting; come again in a moment.");
  problem.code = "busy";
  return problem;
}

api::Problem session_ended() {
  api::Problem problem{};
  problem.status = 401;
  problem.code = "session-ended";
  problem.detail = "The session was ended or the user deleted; sign in again.";
  return problem;
}

// What is parked has fallen behind the position that the reply would name.
api::Problem parked() {
  auto problem = api::unavailable("An event of this workspace or account could not be shown yet; its operator has to see to it.");
  problem.code = "parked";
  problem.retry_after_s = parked_retry_after_s;
  return problem;
}

api::Problem not_yet() {
  api::Problem problem{};
  problem.status = 504;
  problem.code = "not-yet";
  problem.detail = "The read models have not reached that position in time.";
  return problem;
}

std::string_view workspace_of(const Asked& asked) {
  return asked.below == Below::workspace ? asked.call->path_parameter("workspace") : std::string_view();
}

bool wants_deleted(const api::Call& call) { return call.parameter("deleted").value_or("exclude") != "exclude"; }

// By a key or an agent there is nothing to be read outside their workspace, but that a key learns whose it is; in it, a key reads what
// it has the words for.
std::optional<api::Problem> refuse_scope(const Asked& asked, const Standing& standing) {
  const auto& who = *asked.call->principal;
  if (!who.agent && !who.api_key) return std::nullopt;
  const auto& route = *asked.call->route;
  api::Problem problem{};
  problem.status = 403;
  if (asked.below == Below::oneself) {
    if (who.api_key && route.path == own_path) return std::nullopt;
    problem.code = "forbidden";
    problem.detail = "This takes a person who has signed in: no key and no agent reads it.";
    return problem;
  }
  const auto scope = events::api_key::reading_scope(route.path);
  if (who.agent || (standing.scopes && events::api_key::covers(*standing.scopes, scope))) return std::nullopt;
  problem.code = "missing-scope";
  problem.detail = "This key lacks the permission " + scope + ".";
  return problem;
}

api::Problem ended(const api::Principal& who) {
  if (!who.agent && !who.api_key) return session_ended();
  api::Problem problem{};
  problem.status = 401;
  problem.code = "key-ended";
  problem.detail = who.agent ? "This token was replaced or revoked, or its agent is retired." : "This key was revoked or has expired.";
  return problem;
}

// What a caller of that standing is answered; `run` answers those who may ask.
template <class RunFor>
http::Response answer(const Asked& asked, const Standing& standing, const RunFor& run) {
  http::Response response;
  if (standing.has_ended())
    response = api::respond_problem(*asked.call, ended(*asked.call->principal));
  else if (!standing.viewer)
    response = api::respond_problem(*asked.call, api::not_found("workspace"));
  else if (const auto refusal = refuse_scope(asked, standing))
    response = api::respond_problem(*asked.call, *refusal);
  else if (standing.parked)
    response = api::respond_problem(*asked.call, parked());
  else
    response = run(*standing.viewer);
  response.headers.push_back({"Daybook-Position", std::to_string(standing.position.value)});
  response.headers.push_back({"Daybook-Log", log_name(asked.context.identity)});
  return response;
}

// Runs in one read-only snapshot, so that the position is that of the rows.
http::Response in_snapshot(const Asked& asked, pg::Connection& connection) {
  const auto& call = *asked.call;
  const auto standing = open_snapshot(connection, asked.context.schema, *call.principal, workspace_of(asked), wants_deleted(call));
  return answer(asked, standing, [&](const Viewer& viewer) { return asked.run({asked.context, connection, viewer, call}); });
}

// Nothing where PostgreSQL has to answer. The state store must not be behind what others were shown; for an earlier state it
// is enough that it has it.
std::optional<http::Response> from_state(const Asked& asked) {
  const auto& call = *asked.call;
  if (!asked.from_state || !asked.context.state || !asked.from_state->takes(call)) return std::nullopt;
  const auto wanted = asked.wait.back ? asked.wait.position : std::max(asked.wait.position, asked.context.position->current());
  try {
    const auto view = asked.context.state->view();
    if (!view || view->position() < wanted) return std::nullopt;
    const auto standing = asked.context.standings->find(*view, *call.principal, workspace_of(asked), wants_deleted(call));
    return answer(asked, standing, [&](const Viewer& viewer) { return asked.from_state->run({asked.context, *view, viewer, call}); });
  } catch (const rocks::Error&) {
    return std::nullopt;  // its disk fails; PostgreSQL has the same rows
  }
}

// The caller is answered first; the snapshot ends when the connection goes back.
void run_and_respond(const Asked& asked) {
  try {
    if (auto response = from_state(asked)) return asked.respond(std::move(*response));
    auto lease = asked.context.postgres->lease(lease_timeout);
    if (!lease) return asked.respond(api::respond_problem(*asked.call, busy()));
    asked.respond(in_snapshot(asked, **lease));
  } catch (const pg::Error& error) {
    const bool too_long = error.sqlstate() == statement_timed_out;
    asked.respond(api::respond_problem(
        *asked.call, api::unavailable(too_long ? "This query takes too long; ask for less at once."
                                               : "The read models cannot be reached; come again in a moment.")));
  }
}

void run_on_worker(Asked asked) {
  const auto& context = asked.context;
  const auto call = asked.call;
  const auto respond = asked.respond;
  if (!context.workers->post([asked = std::move(asked)] { run_and_respond(asked); })) respond(api::respond_problem(*call, busy()));
}

}  // namespace

std::string log_name(const events::LogIdentity& identity) {
  return identity.log_id.text() + "." + std::to_string(identity.epoch.value);
}

api::Problem log_replaced(const events::LogIdentity& identity) {
  api::Problem problem{};
  problem.status = 410;
  problem.code = "log-replaced";
  problem.detail = "That position is of another log; this one is " + log_name(identity) + ".";
  return problem;
}

std::optional<events::Position> as_of(const api::Call& call) {
  events::Position position{};
  const auto words = call.parameter("as_of");
  return words && read_number(*words, position.value) ? std::optional(position) : std::nullopt;
}

void serve(const QueryContext& context, api::CallPtr call, api::Respond respond, Below below, Run run, const FromState* from_state) {
  const auto wait = read_wait(context, *call);
  if (const auto* problem = std::get_if<api::Problem>(&wait)) return respond(api::respond_problem(*call, *problem));
  Asked asked{context, std::move(call), std::move(respond), below, std::move(run), from_state, std::get<Wait>(wait)};
  auto& position = asked.wait.back && context.state ? context.state->position() : *context.position;
  if (asked.wait.position <= position.current()) {
    if (context.state && !context.state->can_wait())
      if (auto response = query::from_state(asked)) return asked.respond(std::move(*response));
    return run_on_worker(std::move(asked));
  }
  const auto [wanted, timeout_ms, back] = asked.wait;
  position.when_reached(wanted, timeout_ms, [asked = std::move(asked)](bool reached) {
    if (reached) return run_on_worker(asked);
    asked.respond(api::respond_problem(*asked.call, not_yet()));
  });
}

std::vector<api::Parameter> waiting_parameters() {
  return {{"min_position", "Waits until the read models have reached this position.", R"({"type":"integer","minimum":0})"},
          {"wait_ms", "How long to wait for it, at most 10000.", R"({"type":"integer","minimum":0,"maximum":10000})"}};
}

}  // namespace daybook::query
