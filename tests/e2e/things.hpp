#pragma once

#include "tests/e2e/operations.hpp"

namespace daybook::test {

inline constexpr const char* secret_words = "Zirconquartz";  ///< stands in everything that make_things makes

/// One of each thing of a workspace, made by its owner, and what bodies need to name them. A further thing
/// needs its line there, from where every test that walks all routes has it.
Values make_things(Caller& owner, const std::string& workspace);

/// Publishes a plan, unless there is one: with one on offer, make_things makes a subscription too.
void offer_plan(DaybookProcess& daybook);

/// What the person has of their own, by the names of path parameters.
Values make_ones_own(Caller& person);

/// Takes the person into the team and has them told of something; the notification's id.
std::string told_of_something(Team& team, Caller& person);

}  // namespace daybook::test
