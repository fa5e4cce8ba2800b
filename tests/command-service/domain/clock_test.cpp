// Moving the clock of an installation that is there for tests.
#include "command-service/domain/access/clock.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace daybook::domain::access {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;

constexpr text::Instant now{std::chrono::seconds{1'800'000'000}};

user::State superuser() {
  user::State state{};
  state.is_superuser = true;
  return state;
}
// While the machine's clock is a day behind.
MoveClock by(std::int64_t seconds) { return {seconds, std::nullopt, now - hours(24)}; }
MoveClock to(text::Instant when) { return {std::nullopt, when, now - hours(24)}; }

// How far ahead it is then, or the code of the refusal.
std::string moved(const MoveClock& command, const user::State& who = superuser()) {
  const auto result = move_clock(who, command, now);
  if (!result) return result.error().code;
  return result->empty() ? "stays" : std::to_string(std::get<events::access::ClockMoved>(result->front()).ahead_microseconds);
}
std::string ahead(hours time) { return std::to_string(microseconds(time).count()); }

TEST(TestClock, IsSoFarAheadOfTheMachinesAsItIsMoved) {
  EXPECT_EQ(moved(by(3600)), ahead(hours(25)));
  EXPECT_EQ(moved(to(now + hours(48))), ahead(hours(72)));
}

TEST(TestClock, GoesForwardOnly) {
  EXPECT_EQ(moved(by(-1)), "clock-goes-back");
  EXPECT_EQ(moved(to(now - microseconds(1))), "clock-goes-back");
  EXPECT_EQ(moved(to(now)), "stays");
  EXPECT_EQ(moved(by(0)), "stays");
}

TEST(TestClock, IsMovedInOneWayAndToATimeThatThereIs) {
  EXPECT_EQ(moved(MoveClock{}), "required");
  auto both = by(1);
  both.set_to = now + hours(1);
  EXPECT_EQ(moved(both), "required");
  EXPECT_EQ(moved(by(std::numeric_limits<std::int64_t>::max())), "out-of-range");
  EXPECT_EQ(moved(to(text::instant_max)), "out-of-range");
}

TEST(TestClock, IsMovedBySuperusersAlone) {
  EXPECT_EQ(moved(by(1), user::State{}), "forbidden");
  auto gone = superuser();
  gone.deleted_at = now;
  EXPECT_EQ(moved(by(1), gone), "forbidden");
}

}  // namespace
}  // namespace daybook::domain::access
