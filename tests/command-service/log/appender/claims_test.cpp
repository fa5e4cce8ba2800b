// Runs that many claim at once, and what becomes of them in whatever order their holders and the timer speak.
#include <rapidcheck.h>

#include <algorithm>
#include <set>
#include <thread>

#include "command-service/domain/execution/execution.hpp"
#include "tests/command-service/domain/runs.hpp"
#include "tests/command-service/log/appender/desk.hpp"

namespace daybook::log::test {
namespace {

using domain::Execution;
using events::ExecutionId;
using events::execution::Requested;

constexpr int claimers = 200;
constexpr int waiting = 150;

// As the route does it; 204 where nothing is ready.
Execute claim_next(const Place& place) {
  return [=, fresh = new_uuid()](Settling& settling) -> domain::Result<Accepted> {
    domain::CommandContext plain{};
    plain.actor_type = events::ActorType::user;
    plain.actor_id = events::PrincipalId{place.olga.value};
    plain.user = place.olga;
    plain.now = settling.now();
    plain.fresh_id = fresh;
    const auto context = domain::admit(plain, settling.load<domain::Workspace>(events::stream_of(place.acme)), domain::execution::Claim::permission);
    if (!context) return context.error();
    const domain::execution::Claim claim{};
    const auto run = choose(claim, *context, settling);
    if (!run) return run.error();
    if (!*run) return Accepted{204, events::StreamType::workspace, events::stream_of(place.acme), place.acme.value, {}, nullptr};
    const auto stream = events::stream_of(**run);
    const auto decided = decide(settling.load<Execution>(stream), claim, *context, settling);
    if (!decided) return decided.error();
    if (auto appended = settling.append<Execution>(stream, place.acme, *decided); !appended) return appended.error();
    return Accepted{200, Execution::stream_type, stream, stream.value, settling.load<Execution>(stream).version, nullptr};
  };
}

class Claiming : public Desk {
 protected:
  void ask_for(int runs) {
    std::vector<Execute> executes;
    for (int n = 0; n < runs; ++n) {
      const auto id = new_id<ExecutionId>();
      executes.push_back(happened<Execution>(events::stream_of(id), place.acme, {Requested{}}));
    }
    const auto outcome = send(*main.appender, many(std::move(executes), true));
    ASSERT_FALSE(outcome.refused_item);
  }
  // Each run to one claimer at most; whoever got none found none.
  void expect_each_once(const std::vector<Reply>& replies) {
    std::set<StreamId> runs;
    std::set<std::int64_t> tokens;
    int without = 0;
    for (const auto& reply : replies) {
      const auto& item = outcome(reply).items.front();
      ASSERT_TRUE(item) << item.error().code;
      if (item->status == 204) {
        ++without;
        continue;
      }
      EXPECT_TRUE(runs.insert(item->stream).second) << "handed out twice";
      EXPECT_TRUE(tokens.insert(state_of<Execution::State>(item).fencing_token.value()).second);
    }
    EXPECT_EQ(runs.size(), static_cast<std::size_t>(waiting));
    EXPECT_EQ(without, claimers - waiting);
  }
};

TEST_F(Claiming, TwoHundredWhoseClaimsFallIntoOneBatchNeverGetTheSameRun) {
  ask_for(waiting);
  std::vector<Request> requests;
  for (int n = 0; n < claimers; ++n) requests.push_back(one(claim_next(place)));
  expect_each_once(send_together(std::move(requests)));
}

TEST_F(Claiming, TwoHundredAtSeveralProcessesNeverGetTheSameRun) {
  ask_for(waiting);
  constexpr int processes = 4;
  std::vector<Process> others;
  for (int n = 0; n < processes; ++n) others.push_back(start());
  std::vector<std::vector<Reply>> replies(processes);
  {
    std::vector<std::jthread> threads;
    for (int n = 0; n < processes; ++n)
      threads.emplace_back([&, n] {
        std::vector<std::future<Reply>> futures;
        for (int i = 0; i < claimers / processes; ++i) futures.push_back(submit(*others[n].appender, one(claim_next(place))));
        for (auto& future : futures) replies[n].push_back(reply_of(std::move(future)));
      });
  }
  std::vector<Reply> all;
  for (auto& some : replies) std::move(some.begin(), some.end(), std::back_inserter(all));
  expect_each_once(all);
  for (auto& other : others) other.appender->drain();
}

}  // namespace
}  // namespace daybook::log::test

namespace daybook::domain {
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
    if (before.status == Status::running && changed && what != 4 && what != 5) RC_ASSERT(before.fencing_token == token);
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
    for (int n = 0; n < made_; ++n)
      if (runs(n) == **found) RC_ASSERT(state_of(n).status == Status::pending);
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
      if (run.fencing_token) RC_ASSERT(tokens.insert(*run.fencing_token).second);
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
}  // namespace daybook::domain
