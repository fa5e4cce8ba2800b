#pragma once
// The clock of an installation that is there for tests. Moving it is nobody's stream's affair, so it is written down as access is.
#include "command-service/domain/access/access.hpp"
#include "command-service/domain/user/user.hpp"

namespace daybook::domain::access {

inline constexpr text::Instant clock_latest = std::chrono::sys_days{std::chrono::year{9000} / 1 / 1};

// By a superuser: by so many seconds, or to a time, never back.
struct MoveClock {
  std::optional<std::int64_t> advance_seconds;
  std::optional<text::Instant> set_to;
  // Not of the body: what the machine's own clock says.
  text::Instant machine_now{};
};
BOOST_DESCRIBE_STRUCT(MoveClock, (), (advance_seconds, set_to))

// What it comes to, `now` being the log's time; nothing where the clock stands there already.
Result<std::vector<events::access::Event>> move_clock(const user::State& who, const MoveClock& command, text::Instant now);

}  // namespace daybook::domain::access
