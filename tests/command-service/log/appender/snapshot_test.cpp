// Long streams are kept folded: whoever loads one goes on from there, and nobody believes what is kept more than the events.
#include "command-service/log/memory_audit.hpp"
#include "tests/command-service/log/appender/desk.hpp"

namespace daybook::log::test {
namespace {

using events::IssueId;
using IssueState = events::issue::State;

class SnapshotTest : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    send(*main.appender, one(open_issue(place, issue, "Long")));
    rename(snapshot_interval_events);
  }
  // So many events on the issue, the last of which names it "Name <count>".
  void rename(std::int64_t count) {
    std::vector<Execute> renames;
    for (std::int64_t i = 1; i <= count; ++i) renames.push_back(rename_issue(place, issue, "Name " + std::to_string(i)));
    ASSERT_FALSE(send(*main.appender, many(std::move(renames), true)).refused_item);
  }
  Snapshot kept() const { return log->snapshots().at(events::stream_of(issue)); }
  void change(const std::function<void(Snapshot&)>& change) {
    log->tamper_snapshots([&](auto& all) { change(all.at(events::stream_of(issue))); });
  }
  void drop() {
    log->tamper_snapshots([](auto& all) { all.clear(); });
  }
  // The issue as a process sees it that has just started.
  IssueState seen_by_a_newcomer() {
    auto newcomer = start();
    const auto seen = send(*newcomer.appender, one(look(events::stream_of(issue))));
    return state_of<IssueState>(seen.items.at(0));
  }
  AuditReport audit() {
    MemoryReader reader(log);
    MemoryAuditTables tables(log);
    return verify(reader, tables, audit_options(start().ring));
  }
  static void replace(std::string& text, const std::string& word, const std::string& by) {
    ASSERT_NE(text.find(word), text.npos) << text;
    text.replace(text.find(word), word.size(), by);
  }

  const IssueId issue = new_id<IssueId>();
  const std::string last = "Name " + std::to_string(snapshot_interval_events);
};

TEST_F(SnapshotTest, ALongStreamIsKeptWithTheBatchThatMadeItLong) {
  EXPECT_EQ(kept().version.value, snapshot_interval_events + 1);
  rename(snapshot_interval_events - 1);
  EXPECT_EQ(kept().version.value, snapshot_interval_events + 1);
  send(*main.appender, one(rename_issue(place, issue, "One more")));
  EXPECT_EQ(kept().version.value, 2 * snapshot_interval_events + 1);
}

TEST_F(SnapshotTest, WhoeverLoadsTheStreamGoesOnFromWhatIsKept) {
  const auto true_state = kept().state;
  change([&](Snapshot& snapshot) { replace(snapshot.state, last, "Kept"); });
  EXPECT_EQ(seen_by_a_newcomer().title, "Kept");
  EXPECT_EQ(seen_by_a_newcomer().version.value, snapshot_interval_events + 1);
  change([&](Snapshot& snapshot) { snapshot.state = true_state; });
}

TEST_F(SnapshotTest, EventsBehindWhatIsKeptAreFoldedOnTop) {
  send(*main.appender, one(rename_issue(place, issue, "Later")));
  EXPECT_EQ(kept().version.value, snapshot_interval_events + 1);
  auto newcomer = start();
  const auto same = send(*newcomer.appender, one(rename_issue(place, issue, "Later")));
  EXPECT_EQ(same.items.at(0)->version.value, snapshot_interval_events + 2) << "nothing to change";
  const auto next = send(*newcomer.appender, one(rename_issue(place, issue, "Latest")));
  EXPECT_EQ(next.items.at(0)->version.value, snapshot_interval_events + 3);
}

TEST_F(SnapshotTest, WhatIsKeptMayBeDroppedAndIsKeptAgainByWhoeverFoldsTheStream) {
  drop();
  EXPECT_EQ(seen_by_a_newcomer().title, last);
  auto newcomer = start();
  send(*newcomer.appender, one(rename_issue(place, issue, "After")));
  EXPECT_EQ(kept().version.value, snapshot_interval_events + 2);
}

TEST_F(SnapshotTest, WhatIsOfAnotherFoldOrCannotBeReadIsIgnored) {
  for (const auto& spoil : std::vector<std::function<void(Snapshot&)>>{
           [](Snapshot& snapshot) { snapshot.fold[0] ^= 1; snapshot.state = "{}"; },
           [](Snapshot& snapshot) { snapshot.state = "{"; },
           [](Snapshot& snapshot) { snapshot.version = StreamVersion{7}; }}) {
    change(spoil);
    const auto seen = seen_by_a_newcomer();
    EXPECT_EQ(seen.title, last);
    EXPECT_EQ(seen.version.value, snapshot_interval_events + 1);
  }
  drop();
}

TEST_F(SnapshotTest, AnAuditFindsWhatDoesNotFollowFromTheEvents) {
  EXPECT_TRUE(audit().sound());
  const auto true_state = kept().state;
  change([&](Snapshot& snapshot) { replace(snapshot.state, last, "Forged"); });
  const auto report = audit();
  ASSERT_EQ(report.side_findings.size(), 1u);
  EXPECT_NE(report.side_findings[0].find(events::stream_of(issue).text()), std::string::npos) << report.side_findings[0];
  change([&](Snapshot& snapshot) { snapshot.state = true_state; });
}

TEST(SnapshotForm, IsThereUnlessAStateHoldsWhatIsPersonal) {
  EXPECT_FALSE(domain::aggregate_ops<domain::User>().snapshot);
  ASSERT_TRUE(domain::aggregate_ops<domain::Issue>().snapshot);
  ASSERT_TRUE(domain::aggregate_ops<domain::Workspace>().snapshot);
  EXPECT_NE(domain::aggregate_ops<domain::Issue>().snapshot->fold, domain::aggregate_ops<domain::Workspace>().snapshot->fold);
}

}  // namespace
}  // namespace daybook::log::test
