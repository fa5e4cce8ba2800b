// Runs that many claim at once.
#include <algorithm>
#include <set>
#include <thread>

#include "command-service/domain/execution/execution.hpp"
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
