#pragma once
#include <memory>

#include "schemas/api/api.hpp"

namespace daybook::contracts::test {

/// Every route of the program, with nothing behind it: to be described, not to be called. That it is the same
/// set as the one that is served, `tests/e2e/contract_test.cpp` finds out.
std::unique_ptr<api::Api> every_route();

}  // namespace daybook::contracts::test
