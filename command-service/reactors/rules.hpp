#pragma once
// What rules.cpp lists.
#include "command-service/reactors/rule.hpp"

namespace daybook::reactors {

Rule unassign_who_left();

}  // namespace daybook::reactors
