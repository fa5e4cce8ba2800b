#include "query-service/core/serve.hpp"

#include <charconv>

namespace daybook::query {
namespace {

constexpr int parked_retry_after_s = 30;               // somebody has to mend it first
constexpr std::string_view statement_timed_out = "57014";  // SQLSTATE query_canceled

struct Wait {
  events::Position position{};
  int timeout_ms = wait_ms_default;
};

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() && number >= 0;
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

// Runs in one read-only snapshot, so that the position is that of the rows.
http::Response in_snapshot(const QueryContext& context, pg::Connection& connection, const api::Call& call, Below below,
                           const Run& run) {
  const auto word = below == Below::workspace ? call.path_parameter("workspace") : std::string_view();
  const bool deleted_too = call.parameter("deleted").value_or("exclude") != "exclude";
  const auto standing = open_snapshot(connection, context.schema, *call.principal, word, deleted_too);
  http::Response response;
  if (standing.signed_out)
    response = api::respond_problem(call, session_ended());
  else if (!standing.viewer)
    response = api::respond_problem(call, api::not_found("workspace"));
  else if (standing.parked)
    response = api::respond_problem(call, parked());
  else
    response = run({context, connection, *standing.viewer, call});
  response.headers.push_back({"Daybook-Position", std::to_string(standing.position.value)});
  response.headers.push_back({"Daybook-Log", log_name(context.identity)});
  return response;
}

// The caller is answered first; the snapshot ends when the connection goes back.
void run_and_respond(const QueryContext& context, const api::Call& call, const api::Respond& respond, Below below,
                     const Run& run) {
  try {
    auto lease = context.postgres->lease(lease_timeout);
    if (!lease) return respond(api::respond_problem(call, busy()));
    respond(in_snapshot(context, **lease, call, below, run));
  } catch (const pg::Error& error) {
    const bool too_long = error.sqlstate() == statement_timed_out;
    respond(
        api::respond_problem(call, api::unavailable(too_long ? "This query takes too long; ask for less at once."
                                                             : "The read models cannot be reached; come again in a moment.")));
  }
}

void serve_after_wait(const QueryContext& context, api::CallPtr call, api::Respond respond, Below below, Run run) {
  const bool posted = context.workers->post(
      [&context, call, respond, below, run = std::move(run)] { run_and_respond(context, *call, respond, below, run); });
  if (!posted) respond(api::respond_problem(*call, busy()));
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

void serve(const QueryContext& context, api::CallPtr call, api::Respond respond, Below below, Run run) {
  const auto wait = read_wait(context, *call);
  if (const auto* problem = std::get_if<api::Problem>(&wait)) return respond(api::respond_problem(*call, *problem));
  const auto& wanted = std::get<Wait>(wait);
  if (wanted.position <= context.position->current()) return serve_after_wait(context, call, respond, below, std::move(run));
  context.position->when_reached(wanted.position, wanted.timeout_ms,
                                 [&context, call, respond, below, run = std::move(run)](bool reached) {
                                   if (reached) return serve_after_wait(context, call, respond, below, run);
                                   api::Problem problem{};
                                   problem.status = 504;
                                   problem.code = "not-yet";
                                   problem.detail = "The read models have not reached that position in time.";
                                   respond(api::respond_problem(*call, problem));
                                 });
}

std::vector<api::Parameter> waiting_parameters() {
  return {{"min_position", "Waits until the read models have reached this position.", R"({"type":"integer","minimum":0})"},
          {"wait_ms", "How long to wait for it, at most 10000.", R"({"type":"integer","minimum":0,"maximum":10000})"}};
}

}  // namespace daybook::query
