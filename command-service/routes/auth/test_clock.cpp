// The clock of an installation that is there for tests, moved by superusers. Where clock.test is not set there is none.
#include "command-service/domain/access/clock.hpp"
#include "command-service/routes/auth/session.hpp"
#include "command-service/routes/routes.hpp"

namespace daybook::routes {

struct ClockReading {
  text::Instant now{};
};
BOOST_DESCRIBE_STRUCT(ClockReading, (), (now))

namespace {

using domain::access::MoveClock;
using TestClock = std::shared_ptr<runtime::MovableClock>;

// How far ahead the clock is to be is what the events say; with none it stays.
Result<std::chrono::microseconds> move(log::Settling& settling, const api::Principal& principal, const MoveClock& command) {
  auto moved = domain::access::move_clock(settling.load<domain::User>(events::stream_of(principal.user)), command, settling.now());
  if (!moved) return std::move(moved.error());
  const auto day = domain::access::stream_of_day(domain::access::Kind::clock, std::nullopt, text::date_of(settling.now()));
  if (auto done = settling.append<domain::Access>(events::stream_of(day), std::nullopt, *moved); !done) return std::move(done.error());
  std::chrono::microseconds ahead(0);
  for (const auto& event : *moved) ahead = std::chrono::microseconds(std::get<events::access::ClockMoved>(event).ahead_microseconds);
  return ahead;
}

// The log says how far ahead the clock is before it is: whoever is told so finds it again after a restart.
void carry_clock(const CommandTools& tools, const TestClock& clock, const api::CallPtr& call, MoveClock command, api::Respond respond) {
  if (clock) command.machine_now = clock->machine_now();
  const auto principal = *call->principal;
  auto ahead = std::make_shared<std::chrono::microseconds>(0);
  auto request = as_user(tools, *call, principal.user);
  request.items.push_back({[=](log::Settling& settling) -> Result<log::Accepted> {
                             if (auto refusal = check_signed_in(settling, principal)) return std::move(*refusal);
                             const auto moved = move(settling, principal, command);
                             if (!moved) return moved.error();
                             if (!clock) return domain::not_found("test clock");
                             *ahead = *moved;
                             return log::Accepted{};
                           },
                           std::nullopt});
  send_request(tools, call, std::move(respond), std::move(request), [clock, call, ahead](const log::Outcome& outcome) {
    const auto& item = outcome.items.front();
    if (!item) return problem_reply(*call, item.error());
    clock->be_ahead(*ahead);
    http::Response response;
    response.headers.push_back({"Cache-Control", "no-store"});
    response.body = events::to_json(ClockReading{clock->now()});
    return response;
  });
}

}  // namespace

std::vector<api::Route> test_clock_routes(const CommandTools& tools, std::shared_ptr<runtime::MovableClock> clock) {
  api::Route route{};
  route.id = "moveTestClock";
  route.method = "POST";
  route.path = "/api/v1/test-clock";
  route.summary = "Moves the clock of an installation that is there for tests (clock.test); a superuser's.";
  route.tag = "operations";
  route.permission = "superuser";
  route.body = &events::type_info<MoveClock>();
  route.reply = &events::type_info<ClockReading>();
  route.reply_fields = {"Daybook-Position", "Daybook-Log", "Cache-Control"};
  route.handler = api::with_body<MoveClock>([&tools, clock = std::move(clock)](api::CallPtr call, MoveClock command, api::Respond respond) {
    carry_clock(tools, clock, call, command, std::move(respond));
  });
  return {std::move(route)};
}

}  // namespace daybook::routes
