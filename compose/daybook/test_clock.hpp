#pragma once
// The clock of an installation that is there for tests (clock.test): it can be moved forward, so that what takes weeks can be seen
// in seconds. A log whose clock was moved is of no use for anything else.
#include <memory>
#include <optional>
#include <string>

#include "compose/daybook/config.hpp"
#include "platform/runtime/movable_clock.hpp"

namespace daybook::app {

// Why such a clock has no place here, in a sentence; nothing where it may be had.
std::optional<std::string> real_use(const Config& config);

// As far ahead as the log says. Null where the setting is not made; throws Refusal where it must not be. The log has to be there.
std::shared_ptr<runtime::MovableClock> open_test_clock(const Config& config);

// A line for whoever starts it; empty where there is none.
std::string test_clock_warning(const runtime::MovableClock* clock);

}  // namespace daybook::app
