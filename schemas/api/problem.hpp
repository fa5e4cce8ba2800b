#pragma once
// Problem documents (RFC 9457): every error of the API has this one shape.
#include <optional>
#include <string>
#include <vector>

#include "events/core/json.hpp"
#include "platform/http/message.hpp"

namespace daybook::api {

struct Problem {
  int status = 500;
  std::string code;                              // kebab-case, stable, listed in docs/errors.md
  std::string detail;                            // a sentence for people
  std::vector<events::FieldError> errors;        // by JSON pointer, or by name of a parameter
  std::optional<std::int64_t> current_version;   // with version-conflict
  std::optional<int> retry_after_s;              // with 429 and 503
  std::vector<std::string> allow;                // with 405
};

inline constexpr int retry_after_default_s = 1;

http::Response problem_response(const Problem& problem, std::string_view request_id, std::string_view instance);

// What the server refuses before any route, each status with a code of its own.
Problem server_problem(int status, std::string_view detail);

// What the reader of a strict body found, as a problem: 400 for what is not JSON, 422 for what is not asked for.
Problem from_read_result(const events::ReadResult& result);

Problem not_found(std::string what);
Problem bad_parameter(std::string name, std::string code, std::string detail);   // 400
Problem unavailable(std::string detail);                                          // 503 with Retry-After

}  // namespace daybook::api
