// What becomes of runs in whatever order their holders, others and the timer speak.
#include <rapidcheck.h>

#include <set>

#include "tests/command-service/domain/runs.hpp"

namespace daybook::domain::execution_story_test {
namespace {

using events::execution::Status;

constexpr int runs_in_a_story = 3;
constexpr int kinds_of_step = 8;

// Steps that any order may bring: claims, beats, ends with whatever token, the timer, another try.
class Story : public Runs {
 public:
  void TestBody() override {}
  void begin() {
    SetUp();
    more_at_once(runs_in_a_story);
    for (int n = 0; n < runs_in_a_story; ++n) requested(n, [](auto& request) { request.max_attempts = 3; });
    made_ = runs_in_a_story;
  }

  void step(int which, int what, int token, int seconds) {
    const int n = which % made_;
    const auto before = state_of(n);
    time_ += std::chrono::seconds(seconds);
    const bool changed = take(n, what, token);
    const auto& after = state_of(n);
    RC_ASSERT(!changed || !has_ended(before.status));
    RC_ASSERT(!has_ended(before.status) || after == before);
    RC_ASSERT(before.status != Status::running || !changed || what == 4 || what == 5 || before.fencing_token == token);
    RC_ASSERT(after.fencing_token == before.fencing_token || before.status == Status::pending);
    expect_sound();
  }

 private:
  // Whether the run is another one than before.
  bool take(int n, int what, int token) {
    const auto version = state_of(n).version;
    const auto context = admitted(max, time_);
    const auto say = [&](const auto& command) { (void)happens(n, decide(state_of(n), command, context, world.facts), context); };
    switch (what) {
      case 0: say(claim_of(n)); break;
      case 1: say(execution::Heartbeat{token, time_.count() % 100, {}}); break;
      case 2: say(with_token<execution::Complete>(token)); break;
      case 3: say(with_token<execution::Fail>(token)); break;
      case 4: say(execution::Lose{}); break;
      case 5: say(execution::Cancel{}); break;
      case 6: {
        const auto tried = execution::retry(state_of(made_), state_of(n), execution::Retry{}, context, world.facts);
        if (!happens(made_, tried, context)) ++made_;
        break;
      }
      default: claim_any(context);
    }
    return state_of(n).version != version;
  }
  void claim_any(const CommandContext& context) {
    execution::Claim claim{};
    claim.agent_id = robot;
    const auto found = choose(claim, context, world.facts);
    if (!found || !*found) return;
    for (int n = 0; n < made_; ++n) RC_ASSERT(runs(n) != **found || state_of(n).status == Status::pending);
  }
  template <class Command>
  static Command with_token(int token) {
    Command command{};
    command.fencing_token = token;
    return command;
  }
  // Each token was given once, and robot is taken to run as many as go on.
  void expect_sound() {
    std::set<std::int64_t> tokens;
    std::int64_t running = 0;
    for (int n = 0; n < made_; ++n) {
      const auto& run = state_of(n);
      if (run.status == Status::running) ++running;
      RC_ASSERT(run.lease_expires_at.has_value() == (run.status == Status::running));
      RC_ASSERT(!run.fencing_token || tokens.insert(*run.fencing_token).second);
      RC_ASSERT(run.retry_count < run.max_attempts);
    }
    RC_ASSERT(running_of_robot() == running);
  }

  int made_ = 0;
  std::chrono::seconds time_{0};
};

TEST(RunsInAnyOrder, KeepTheirEndForEverAndHaveOneHolderAtMost) {
  const bool holds = rc::check([] {
    Story story;
    story.begin();
    const auto steps = *rc::gen::container<std::vector<std::tuple<int, int, int, int>>>(
        rc::gen::tuple(rc::gen::inRange(0, 50), rc::gen::inRange(0, kinds_of_step), rc::gen::inRange(0, 6), rc::gen::inRange(0, 200)));
    for (const auto& [which, what, token, seconds] : steps) story.step(which, what, token, seconds);
  });
  EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace daybook::domain::execution_story_test
