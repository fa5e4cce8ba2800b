#include "query-service/core/serve.hpp"

#include <charconv>

#include "platform/postgres/transaction.hpp"

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

// Runs in one read-only snapshot, so that the position is that of the rows.
http::Response in_snapshot(const QueryContext& context, const api::Call& call, Below below, const Run& run) {
  auto lease = context.postgres->lease(lease_timeout);
  if (!lease) return api::respond_problem(call, busy());
  pg::Transaction transaction(**lease, pg::Isolation::repeatable_read, true);
  const auto word = below == Below::workspace ? call.path_parameter("workspace") : std::string_view();
  const auto standing =
      find_standing(**lease, context.schema, *call.principal, word, call.parameter("deleted").value_or("exclude") != "exclude");
  http::Response response;
  if (standing.signed_out)
    response = api::respond_problem(call, session_ended());
  else if (!standing.viewer)
    response = api::respond_problem(call, api::not_found("workspace"));
  else
    response = run({context, **lease, *standing.viewer, call});
  transaction.commit();
  response.headers.push_back({"Daybook-Position", std::to_string(standing.position.value)});
  response.headers.push_back({"Daybook-Log", log_name(context.identity)});
  return response;
}

void serve_after_wait(const QueryContext& context, api::CallPtr call, api::Respond respond, Below below, Run run) {
  const bool posted = context.workers->post([&context, call, respond, below, run = std::move(run)] {
    try {
      respond(in_snapshot(context, *call, below, run));
    } catch (const pg::Error& error) {
      // 57014: the statement took longer than a query may.
      const bool too_long = error.sqlstate() == "57014";
      respond(
          api::respond_problem(*call, api::unavailable(too_long ? "This query takes too long; ask for less at once."
                                                                : "The read models cannot be reached; come again in a moment.")));
    }
  });
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
