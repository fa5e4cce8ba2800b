#pragma once
#include "command-service/domain/core/decision.hpp"
#include "schemas/api/problem.hpp"

namespace daybook::routes {

// The one switch from a rejection to the wire.
api::Problem problem_of(const domain::Rejection& rejection);

}  // namespace daybook::routes
