#pragma once
// What a workspace used and may use, each in one document: GET …/usage/summary and GET …/quota.
#include <vector>

#include "schemas/api/api.hpp"

namespace daybook::query {

struct QueryContext;

std::vector<api::Route> usage_summary_routes(const QueryContext& context);

}  // namespace daybook::query
