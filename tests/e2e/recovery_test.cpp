// What remains when the process ends, well or badly, and what is never written down in the first place.
#include <gtest/gtest.h>

#include <signal.h>

#include <atomic>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "tests/e2e/caller.hpp"

namespace daybook::test::recovery_test {
namespace {

constexpr int writers = 3;
constexpr std::size_t acknowledged_before_kill = 60;
constexpr std::chrono::seconds writing_limit{20};

// The files of a folder as one text.
std::string contents(const std::filesystem::path& folder) {
  std::ostringstream all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.file_size() == 0) continue;
    all << std::ifstream(entry.path(), std::ios::binary).rdbuf();
  }
  return all.str();
}

TEST(Recovery, WhatIsPersonalIsInNeitherTheLogNorTheStateStore) {
  // Given people with words that are nowhere else
  DaybookProcess daybook;
  auto ann = newcomer(daybook, "plantedaddress");
  ASSERT_EQ(ann.patch("/me", object("full_name", "Plantedname Surname", "username", "planteduser")).status,
            200);
  const auto workspace = ann.post("/workspaces", object("name", "Orrery"));
  ASSERT_EQ(workspace.status, 201);
  ASSERT_EQ(ann.post("/workspaces/" + workspace.id() + "/issues", object("title", "Visibletitle")).status,
            201);
  auto guest = newcomer(daybook, "plantedguest");
  ASSERT_EQ(
      ann.post("/workspaces/" + workspace.id() + "/members", object("email", guest.email, "role", "viewer"))
          .status,
      201);
  EXPECT_EQ(ann.get("/me").text("/full_name"), "Plantedname Surname");
  const auto head = *daybook.position();
  daybook.stop();

  // When the log is printed, then every event is there, and none of those words
  const auto tail = daybook.run({"tail", "--json"});
  ASSERT_EQ(tail.exit_code, 0) << tail.output;
  std::istringstream lines(tail.output);
  std::int64_t position = 0;
  for (std::string line; std::getline(lines, line);)
    EXPECT_EQ(json::parse(line).at("position").as_int64(), ++position);
  EXPECT_EQ(position, head);
  const auto state = contents(daybook.state_folder());
  EXPECT_NE(tail.output.find("Visibletitle"), std::string::npos) << "the search itself would find something";
  for (const auto* secret :
       {"plantedaddress", "plantedguest", "Plantedname", "planteduser", usual_password}) {
    EXPECT_EQ(tail.output.find(secret), std::string::npos) << secret;
    EXPECT_EQ(state.find(secret), std::string::npos) << secret;
  }
  for (const auto& secret : {ann.refresh_token, ann.token})
    EXPECT_EQ(tail.output.find(secret), std::string::npos);
  expect_sound_and_rebuildable(daybook);
}

TEST(Recovery, WhatWasAcknowledgedOutlivesAKill) {
  // Given several who open issues as fast as they can
  DaybookProcess daybook;
  Team team(daybook);
  std::vector<std::vector<std::string>> acknowledged(writers);
  std::atomic<std::size_t> count{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < writers; ++i)
    threads.emplace_back([&, i] {
      http::Client client(daybook.url());
      for (int n = 0;; ++n) {
        const auto reply = client.send("POST", "/api/v1" + team.in("/issues"),
                                       {{"Authorization", "Bearer " + team.owner.token}},
                                       object("title", "issue " + std::to_string(n)));
        if (!reply.ok()) return;
        if (reply.status != 201) continue;
        acknowledged[static_cast<std::size_t>(i)].push_back(
            std::string(json::parse(reply.body).at("id").as_string()));
        ++count;
      }
    });
  EXPECT_TRUE(wait_until([&] { return count >= acknowledged_before_kill; }, writing_limit));

  // When the process is killed in the middle of it and started again
  daybook.kill();
  for (auto& thread : threads) thread.join();
  daybook.start();

  // Then every issue that was acknowledged is there, and the log goes on
  Caller owner(daybook, team.owner.token);
  const auto next = owner.post(team.in("/issues"), object("title", "after"));
  ASSERT_EQ(next.status, 201) << next;
  std::set<std::string> found;
  for (const auto& row : owner.all(team.in("/issues"))) found.insert(std::string(row.at("id").as_string()));
  for (const auto& ids : acknowledged)
    for (const auto& id : ids) EXPECT_TRUE(found.count(id)) << id;
  daybook.stop();
  expect_sound_and_rebuildable(daybook);
}

TEST(Recovery, WhoeverFollowsTheLogMayInterruptIt) {
  auto& daybook = DaybookProcess::shared();
  (void)newcomer(daybook);
  const auto said = daybook.folder() / "followed";
  const auto tail = daybook.begin({"tail", "-f"}, said);
  ASSERT_TRUE(wait_until([&] { return std::filesystem::exists(said) && std::filesystem::file_size(said) > 0; }, writing_limit));
  tail->send(SIGINT);
  EXPECT_TRUE(tail->wait(writing_limit));
}

TEST(Recovery, ARestartShowsWhatWasThere) {
  DaybookProcess daybook;
  Team team(daybook);
  const auto path = team.in("/issues/" + team.issue("lasting"));
  daybook.stop();
  daybook.start();
  Caller owner(daybook, team.owner.token);
  EXPECT_EQ(owner.get(path).text("/title"), "lasting");
  EXPECT_EQ(owner.patch(path, object("title", "changed")).status, 200);
  daybook.stop();
}

}  // namespace
}  // namespace daybook::test::recovery_test
