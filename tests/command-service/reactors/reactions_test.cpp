// What rules do about an event, over a log in memory.
#include <set>

#include "command-service/reactors/reactor.hpp"
#include "tests/command-service/log/appender/desk.hpp"

namespace daybook::reactors {
namespace {

using log::test::Desk;
using log::test::many;
using log::test::new_id;
using log::test::one;

// The issues that the read models would find, whatever has become of them since.
class Found final : public ReadModels {
 public:
  events::Position position() override { return {}; }
  std::vector<events::IssueId> issues_assigned_to(events::UserId, events::WorkspaceId, events::IssueId after, std::size_t max) override {
    std::vector<events::IssueId> page;
    for (auto it = issues.upper_bound(after); it != issues.end() && page.size() < max; ++it) page.push_back(*it);
    return page;
  }
  bool is_watched(events::IssueId) override { return false; }
  std::vector<Due> upcoming(const Upcoming&, const Due&, text::Instant, std::size_t) override { return {}; }
  std::set<events::IssueId> issues;
};

class ReactionsTest : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    domain::workspace::AddMember add{};
    add.user_id = max;
    send(log::test::register_user(max, "max"));
    send(log::test::command_on<domain::Workspace>(place, events::stream_of(place.acme), add));
  }
  void send(log::Execute execute) { outcome(log::test::send(*main.appender, one(std::move(execute)))); }
  events::IssueId assigned_to_max(const std::string& title) {
    const auto id = new_id<events::IssueId>();
    send(log::test::open_issue(place, id, title));
    domain::issue::Assign assign{};
    assign.assignee_id = events::PrincipalId{max.value};
    send(log::test::command_on<domain::Issue>(place, events::stream_of(id), assign));
    found.issues.insert(id);
    return id;
  }
  events::Envelope removal() {
    send(log::test::command_on<domain::Workspace>(place, events::stream_of(place.acme), domain::workspace::RemoveMember{max}));
    return log->read(events::Position{head() - 1}, 1, 1 << 20).front();
  }
  events::Envelope last_of(events::IssueId issue) const { return stream_of(issue).back(); }

  const events::UserId max = new_id<events::UserId>();
  Found found;
};

TEST_F(ReactionsTest, WhoIsRemovedHasNothingAssignedAnyMore) {
  // Given two pages of issues that are Max's
  for (std::size_t i = 0; i <= commands_max; ++i) assigned_to_max("Issue " + std::to_string(i));
  const auto cause = removal();
  Reactions reactions(domain_rules(), *main.appender, found, nullptr);
  // When the removal is reacted to, then the system takes each from him, because of it
  reactions.react(cause);
  for (const auto issue : found.issues) {
    const auto last = last_of(issue);
    ASSERT_EQ(last.type, "issue.unassigned");
    EXPECT_EQ(last.actor_type, events::ActorType::system);
    EXPECT_EQ(last.origin, events::Origin::reactor);
    EXPECT_EQ(last.causation_id, cause.event_id);
    EXPECT_EQ(last.correlation_id, cause.correlation_id);
    EXPECT_EQ(last.depth, 1);
  }
  // And once more does nothing
  const auto before = head();
  reactions.react(cause);
  EXPECT_EQ(head(), before);
  EXPECT_EQ(reactions.stats().at("unassign_who_left").refused, 0u);
}

TEST_F(ReactionsTest, WhatIsToldWhileADatabaseIsBroughtInNoRuleSees) {
  const auto issue = assigned_to_max("His for good");
  auto cause = removal();
  cause.via_type = events::ViaType::database_import;
  const auto before = head();
  Reactions(domain_rules(), *main.appender, found, nullptr).react(cause);
  EXPECT_EQ(head(), before);
  EXPECT_NE(last_of(issue).type, "issue.unassigned");
}

TEST_F(ReactionsTest, WhatHasChangedSinceIsLeftAlone) {
  // Given one that was assigned to somebody else since, and one that was deleted
  const auto passed_on = assigned_to_max("Passed on"), deleted = assigned_to_max("Deleted"), kept = assigned_to_max("Kept");
  const auto cause = removal();
  domain::issue::Assign assign{};
  assign.assignee_id = events::PrincipalId{place.olga.value};
  send(log::test::command_on<domain::Issue>(place, events::stream_of(passed_on), assign));
  send(log::test::command_on<domain::Issue>(place, events::stream_of(deleted), domain::issue::Delete{}));
  // When the removal is reacted to late
  Reactions(domain_rules(), *main.appender, found, nullptr).react(cause);
  // Then only what is still his is taken
  EXPECT_EQ(last_of(passed_on).type, "issue.assigned");
  EXPECT_EQ(last_of(deleted).type, "issue.deleted");
  EXPECT_EQ(last_of(kept).type, "issue.unassigned");
}

TEST_F(ReactionsTest, WhoIsAMemberAgainKeepsWhatIsAssigned) {
  const auto issue = assigned_to_max("Stays");
  const auto cause = removal();
  domain::workspace::AddMember again{};
  again.user_id = max;
  send(log::test::command_on<domain::Workspace>(place, events::stream_of(place.acme), again));
  Reactions(domain_rules(), *main.appender, found, nullptr).react(cause);
  EXPECT_EQ(last_of(issue).type, "issue.assigned");
}

TEST_F(ReactionsTest, AChainOfCausesComesToAnEnd) {
  const auto issue = assigned_to_max("Stays");
  auto cause = removal();
  cause.depth = events::chain_depth_max;
  Reactions(domain_rules(), *main.appender, found, nullptr).react(cause);
  EXPECT_EQ(last_of(issue).type, "issue.assigned");
}

TEST_F(ReactionsTest, ADefectOfOneRuleIsReportedAndStopsNoOther) {
  const auto issue = assigned_to_max("Taken");
  const auto cause = removal();
  std::vector<Rule> rules{{"broken", {cause.type}, [](const Reaction&) { throw std::logic_error("division by zero"); }}};
  rules.push_back(domain_rules().front());
  std::string said;
  Reactions reactions(rules, *main.appender, found, [&](const std::string& why) { said = why; });
  reactions.react(cause);
  EXPECT_EQ(said, "the rule broken failed at event " + std::to_string(cause.position.value) + ": division by zero");
  EXPECT_EQ(reactions.stats().at("broken").failed, 1u);
  EXPECT_EQ(last_of(issue).type, "issue.unassigned");
}

}  // namespace
}  // namespace daybook::reactors
