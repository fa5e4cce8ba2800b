// The agents of examples/ at work for Daybook itself: they claim, keep their lease, and say how it ended and what it took.
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>
#include <sstream>

#include "tests/e2e/caller.hpp"

namespace daybook::test::reference_agents_test {
namespace {

constexpr std::chrono::seconds limit{60};
constexpr int lease_seconds = 6;  // a heartbeat every two seconds, of which the second one makes it whole again

// An agent with a run of its own, on which it works until it is let go.
struct AtWork {
  std::string run;
  std::filesystem::path gate, output;
  std::unique_ptr<Process> process;
};

class ReferenceAgents : public ::testing::Test {
 protected:
  AtWork at_work(const std::string& name, std::vector<std::string> program) {
    const auto agent = team_.owner.post(team_.in("/agents"), object("name", name));
    EXPECT_EQ(agent.status, 201) << agent;
    const auto run = team_.owner.post(team_.in("/issues/" + team_.issue(name) + "/executions"),
                                      object("agent_id", agent.id(), "prompt", "hello", "lease_seconds", lease_seconds));
    EXPECT_EQ(run.status, 201) << run;
    AtWork begun{run.id(), folder_ / (name + ".gate"), folder_ / (name + ".log"), nullptr};
    std::vector<std::string> words{"/usr/bin/env", "DAYBOOK_URL=" + daybook_.public_url(), "DAYBOOK_WORKSPACE=" + team_.id,
                                   "DAYBOOK_TOKEN=" + agent.text("/token")};
    words.insert(words.end(), program.begin(), program.end());
    const auto work = "until [ -e '" + begun.gate.string() + "' ]; do :; done; tr a-z A-Z; "
                      R"(echo '{"usage": {"input": 3, "output": 5}, "reported_cost": 0.25}' > "$DAYBOOK_USED")";
    for (const auto& word : {std::string("--once"), std::string("--"), std::string("sh"), std::string("-c"), work}) words.push_back(word);
    begun.process = std::make_unique<Process>(words, ProcessOptions{folder_.path(), begun.output, "", SIGKILL});
    return begun;
  }
  Reply seen(const AtWork& work) { return team_.owner.get(team_.in("/executions/" + work.run)); }
  // Its lease was made whole again: a heartbeat was heard.
  void expect_kept(const AtWork& work) {
    std::string first;
    const auto renewed = [&] {
      const auto until = seen(work).text("/lease_expires_at");
      if (first.empty()) first = until;
      return until > first;
    };
    EXPECT_TRUE(wait_until(renewed, limit)) << seen(work) << said(work);
  }
  void expect_completed(AtWork& work) {
    std::ofstream(work.gate) << "go on";
    ASSERT_TRUE(work.process->wait(limit)) << said(work);
    EXPECT_EQ(work.process->exit_code(), 0) << said(work);
    EXPECT_TRUE(wait_until([&] { return seen(work).text("/status") == "completed"; }, limit)) << seen(work) << said(work);
    const auto run = seen(work);
    EXPECT_EQ(run.text("/response"), "HELLO");
    EXPECT_EQ(run.number("/token_usage/input"), 3);
    EXPECT_EQ(run.number("/token_usage/output"), 5);
    EXPECT_EQ(run.number("/tokens_used"), 8);
    EXPECT_NE(run.raw.find(R"("cost":0.25,"currency":"USD","cost_source":"reported")"), run.raw.npos) << run;
  }
  static std::string said(const AtWork& work) {
    std::ostringstream text;
    text << std::ifstream(work.output).rdbuf();
    return text.str();
  }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  TempDir folder_;
};

TEST_F(ReferenceAgents, ClaimWorkKeepTheirLeaseAndFinish) {
  const auto python = std::filesystem::current_path() / "examples/python/agent.py";  // tests run in the root of the repository
  AtWork both[] = {at_work("cpp", {DAYBOOK_CPP_AGENT}), at_work("python", {"/usr/bin/env", "python3", python})};
  for (const auto& work : both) expect_kept(work);
  for (auto& work : both) expect_completed(work);
}

}  // namespace
}  // namespace daybook::test::reference_agents_test
