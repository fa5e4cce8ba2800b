#include "command-service/routes/problem.hpp"

namespace daybook::routes {
namespace {

int status_of(domain::Rejection::Kind kind) {
  using Kind = domain::Rejection::Kind;
  switch (kind) {
    case Kind::malformed: return 400;
    case Kind::unauthenticated: return 401;
    case Kind::quota_exceeded: return 402;
    case Kind::forbidden: return 403;
    case Kind::not_found: return 404;
    case Kind::already_exists: return 409;
    case Kind::in_progress: return 409;
    case Kind::version_conflict: return 412;
    case Kind::invalid: return 422;
    case Kind::precondition_required: return 428;
    case Kind::too_large: return 413;
    case Kind::log_replaced: return 410;
  }
  return 500;
}

}  // namespace

api::Problem problem_of(const domain::Rejection& rejection) {
  api::Problem problem{};
  problem.status = status_of(rejection.kind);
  problem.code = rejection.code;
  problem.detail = rejection.detail;
  problem.errors = rejection.errors;
  problem.current_version = rejection.current_version;
  if (problem.status == 409 && rejection.kind == domain::Rejection::Kind::in_progress) problem.retry_after_s = api::retry_after_default_s;
  return problem;
}

}  // namespace daybook::routes
