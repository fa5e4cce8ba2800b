#pragma once
// From a call's parameters to a ListRequest; what cannot be accepted is named.
#include <variant>

#include "query-service/core/cursor.hpp"
#include "query-service/core/list_spec.hpp"

namespace daybook::query {

std::variant<ListRequest, api::Problem> read_list_request(const ListSpec& spec, std::vector<Scope> scope, const api::Call& call,
                                                          const Cursors& cursors);

}  // namespace daybook::query
