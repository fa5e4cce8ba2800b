// A workspace whose read models are held: what its members are told, what the others notice, what an operator does.
#include <gtest/gtest.h>

#include "platform/postgres/connection.hpp"
#include "platform/rocksdb/database.hpp"
#include "projector/core/read_table.hpp"
#include "projector/parking.hpp"
#include "projector/projector.hpp"
#include "tests/e2e/caller.hpp"

namespace daybook::test::parked_test {
namespace {

// Parks a workspace in both stores, as a projector does that meets a defect in its next event.
void park_from_the_next_event(DaybookProcess& daybook, const std::string& workspace) {
  const auto digest = daybook.run({"digest"});
  ASSERT_EQ(digest.exit_code, 0) << digest.output;
  projector::ParkedRow row{};
  row.id = events::EntityId::parse(workspace).value();
  row.position = events::Position{std::stoll(digest.output)}.next();
  row.event_type = "issue.opened";
  row.reason = "planted reason";
  auto store = rocks::Database::open(daybook.state_folder() / ("g" + std::to_string(projector::current_generation)));
  auto batch = store.batch();
  projector::StateStore rows(batch);
  rows.put(row);
  pg::Connection connection(daybook.database_url());
  projector::write_changes(connection, projector::current_generation, rows.changes());
  store.commit(batch, rocks::Sync::yes);
}

TEST(Parked, AHeldWorkspaceAnswers503ToItsMembersUntilItIsReDriven) {
  // Given two workspaces, one of them held
  DaybookProcess daybook;
  Team held(daybook, "Held"), other(daybook, "Other");
  daybook.stop();
  park_from_the_next_event(daybook, held.id);
  daybook.start();

  // When both are worked on; replies of commands are of the log
  held.owner = signed_in_again(daybook, held.owner);
  other.owner = signed_in_again(daybook, other.owner);
  const auto opened = held.owner.post(held.in("/issues"), object("title", "Unseen"), {{"Prefer", "return=minimal"}});
  EXPECT_EQ(opened.status, 201) << opened;
  const auto issue = other.issue();

  // Then its members are told so, strangers nothing, and everybody else reads on
  for (const auto* path : {"", "/issues", "/projects", "/search?q=unseen", "/activity"}) {
    const auto reply = held.owner.get(held.in(path));
    EXPECT_EQ(reply.status, 503) << path << reply;
    EXPECT_EQ(reply.code(), "parked") << path;
    EXPECT_FALSE(reply.header("Retry-After").empty()) << path;
  }
  EXPECT_EQ(other.owner.get(held.in()).status, 404);
  EXPECT_EQ(other.owner.get(other.in("/issues/" + issue)).status, 200);
  EXPECT_EQ(held.owner.get("/me").status, 200);

  // And the operator finds it in the metrics, in a list, and at the digest
  std::string metrics;
  for (const auto& url : daybook.urls()) metrics += http::Client(url).get("/metrics").body;
  EXPECT_NE(metrics.find("\ndaybook_projection_parked_scopes 1"), std::string::npos) << metrics;
  const auto listed = daybook.run({"projector", "parked"});
  EXPECT_EQ(listed.exit_code, 0) << listed.output;
  EXPECT_NE(listed.output.find("workspace " + held.id), std::string::npos) << listed.output;
  EXPECT_NE(listed.output.find("planted reason"), std::string::npos) << listed.output;
  daybook.stop();
  EXPECT_EQ(daybook.run({"digest"}).exit_code, 1);

  // When it is driven on, then it is whole
  const auto refused = daybook.run({"projector", "redrive", other.id});
  EXPECT_EQ(refused.exit_code, 1) << refused.output;
  const auto driven = daybook.run({"projector", "redrive", held.id, "--allow-unsafe-database"});
  EXPECT_EQ(driven.exit_code, 0) << driven.output;
  daybook.start();
  held.owner = signed_in_again(daybook, held.owner);
  EXPECT_EQ(held.owner.get(held.in("/issues/" + opened.id())).status, 200);
  daybook.stop();
  expect_sound_and_rebuildable(daybook);
}

}  // namespace
}  // namespace daybook::test::parked_test
