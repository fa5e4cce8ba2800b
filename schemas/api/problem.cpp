#include "schemas/api/problem.hpp"

namespace daybook::api {
namespace {

void member(std::string& out, std::string_view name, std::string_view value) {
  out += ",\"";
  out += name;
  out += "\":";
  events::write_json_string(value, out);
}

void field_errors(std::string& out, const std::vector<events::FieldError>& errors) {
  out += ",\"errors\":[";
  for (std::size_t i = 0; i < errors.size(); ++i) {
    out += i > 0 ? ",{\"pointer\":" : "{\"pointer\":";
    events::write_json_string(errors[i].pointer, out);
    member(out, "code", errors[i].code);
    member(out, "detail", errors[i].detail);
    out += '}';
  }
  out += ']';
}

}  // namespace

http::Response problem_response(const Problem& problem, std::string_view request_id, std::string_view instance) {
  http::Response response;
  response.status = problem.status;
  response.refusal = problem.code;
  response.content_type = "application/problem+json";
  auto& out = response.body;
  out = "{\"type\":";
  events::write_json_string("urn:daybook:problem:" + problem.code, out);
  member(out, "title", http::reason_phrase(problem.status));
  out += ",\"status\":" + std::to_string(problem.status);
  member(out, "detail", problem.detail);
  if (!instance.empty()) member(out, "instance", instance);
  member(out, "code", problem.code);
  if (!request_id.empty()) member(out, "request_id", request_id);
  if (problem.current_version) out += ",\"current_version\":" + std::to_string(*problem.current_version);
  if (!problem.errors.empty()) field_errors(out, problem.errors);
  out += '}';
  if (problem.retry_after_s) response.headers.push_back({"Retry-After", std::to_string(*problem.retry_after_s)});
  if (problem.status == 401) response.headers.push_back({"WWW-Authenticate", "Bearer"});
  std::string allow;
  for (const auto& method : problem.allow) allow += (allow.empty() ? "" : ", ") + method;
  if (!allow.empty()) response.headers.push_back({"Allow", allow});
  return response;
}

namespace {

std::string_view code_of_server_refusal(int status) {
  switch (status) {
    case 408: return "request-timeout";
    case 413: return "too-large";
    case 414: return "uri-too-long";
    case 431: return "header-too-large";
    case 500: return "internal";
    case 501: return "not-implemented";
    case 505: return "http-version-not-supported";
    default: return "bad-request";
  }
}

}  // namespace

Problem server_problem(int status, std::string_view detail) {
  Problem problem{};
  problem.status = status;
  problem.code = code_of_server_refusal(status);
  problem.detail = "The request was refused: " + std::string(detail) + ".";
  return problem;
}

Problem from_read_result(const events::ReadResult& result) {
  const bool malformed = result.kind == events::ReadResult::Kind::malformed;
  Problem problem{};
  problem.status = malformed ? 400 : 422;
  problem.code = malformed ? result.errors.front().code : "invalid";
  problem.detail = malformed ? result.errors.front().detail : "The body holds what cannot be accepted; each place is named.";
  problem.errors = result.errors;
  return problem;
}

Problem not_found(std::string what) {
  Problem problem{};
  problem.status = 404;
  problem.code = "not-found";
  problem.detail = "There is no such " + std::move(what) + ".";
  return problem;
}

Problem bad_parameter(std::string name, std::string code, std::string detail) {
  Problem problem{};
  problem.status = 400;
  problem.code = code;
  problem.detail = "The parameter '" + name + "' cannot be accepted: " + detail;
  problem.errors = {{std::move(name), std::move(code), std::move(detail)}};
  return problem;
}

Problem unavailable(std::string detail) {
  Problem problem{};
  problem.status = 503;
  problem.code = "unavailable";
  problem.detail = std::move(detail);
  problem.retry_after_s = retry_after_default_s;
  return problem;
}

}  // namespace daybook::api
