#pragma once

#include "tests/e2e/daybook_process.hpp"

namespace daybook::test {

/// Of a stopped Daybook: the audit finds the log sound, and projecting everything anew gives the same state
/// store and the same rows in every read table as there were.
void expect_the_same_when_projected_anew(DaybookProcess& daybook);

}  // namespace daybook::test
