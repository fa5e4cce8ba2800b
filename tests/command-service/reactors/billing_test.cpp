// What rules and timers do about billing, over a log in memory.
#include "command-service/reactors/billing.hpp"

#include "command-service/reactors/rules.hpp"
#include "tests/command-service/log/appender/desk.hpp"

namespace daybook::reactors {
namespace {

using domain::Plan;
using domain::Subscription;
using domain::UsageRecord;
using domain::Workspace;
using log::test::Desk;
using log::test::new_id;
using log::test::one;

// Shows what is said to be due, and nothing else.
class Shown final : public ReadModels {
 public:
  events::Position position() override { return {}; }
  std::vector<events::IssueId> issues_assigned_to(events::UserId, events::WorkspaceId, events::IssueId, std::size_t) override { return {}; }
  bool is_watched(events::IssueId) override { return false; }
  std::vector<Due> upcoming(const Upcoming& what, const Due& after, text::Instant until, std::size_t) override {
    std::vector<Due> found;
    for (const auto& each : due)
      if (what.table == "subscriptions" && after < each && each.at <= until) found.push_back(each);
    return found;
  }
  std::vector<Due> due;
};

class BillingReactions : public Desk {
 protected:
  log::ItemOutcome send(log::Execute execute) { return outcome(log::test::send(*main.appender, one(std::move(execute)))).items.front(); }
  std::vector<events::Envelope> events_of(events::StreamId id) const {
    return log->read_stream(id, events::StreamVersion{}, events::StreamVersion{1'000'000});
  }
  template <class A>
  typename A::State state(events::StreamId id) {
    const auto looked = send([=](log::Settling& settling) -> domain::Result<log::Accepted> {
      return log::Accepted{200, A::stream_type, id, id.value, settling.load<A>(id).version, nullptr};
    });
    return state_of<typename A::State>(looked);
  }

  // A subscription whose first period was over that many days ago.
  events::StreamId subscribed(int days_over) {
    events::plan::Published published{};
    published.plan_type = events::plan::PlanType::pro;
    published.price_monthly.nanos = 30;
    send(log::test::happened<Plan>(events::stream_of(plan), std::nullopt, {published}));
    events::subscription::Started started{};
    started.plan_id = plan;
    started.plan_type = events::plan::PlanType::pro;
    started.current_period_end = now() - std::chrono::days(days_over);
    started.current_period_start = started.current_period_end - std::chrono::days(30);
    started.anchor = started.current_period_end;
    started.price.nanos = 30;
    started.currency = "USD";
    const auto id = events::stream_of(ours);
    send(log::test::happened<Subscription>(id, place.acme, {started}));
    return id;
  }
  static text::Instant now() { return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()); }
  void close() {
    const auto item = close_periods(place.acme, ours);
    ASSERT_TRUE(send(item.execute));
  }

  events::Envelope ended(std::string type, std::string data) {
    events::Envelope cause{};
    cause.position = events::Position{head()};
    cause.event_id = new_id<events::EventId>();
    cause.stream_id = run;
    cause.stream_type = events::StreamType::execution;
    cause.type = std::move(type);
    cause.workspace_id = place.acme;
    cause.data = std::move(data);
    return cause;
  }
  UsageRecord::State recorded(std::string_view source) {
    std::optional<events::StreamId> found;
    send([&](log::Settling& settling) -> domain::Result<log::Accepted> {
      found = domain::usage_record::recorded_as(place.acme, source, run.text(), settling);
      return log::Accepted{200, Workspace::stream_type, events::stream_of(place.acme), place.acme.value, {}, nullptr};
    });
    return found ? state<UsageRecord>(*found) : UsageRecord::State{};
  }

  const events::PlanId plan = new_id<events::PlanId>();
  const events::SubscriptionId ours = new_id<events::SubscriptionId>();
  const events::StreamId run = new_id<events::StreamId>();
  Shown shown;
};

TEST_F(BillingReactions, APeriodThatIsOverIsClosedOnceAndTheWorkspaceFollows) {
  const auto id = subscribed(1);
  close();
  EXPECT_EQ(events_of(id).back().type, "subscription.renewed");
  EXPECT_EQ(state<Workspace>(events::stream_of(place.acme)).plan, events::plan::PlanType::pro);
  const auto events = head();
  close();
  EXPECT_EQ(head(), events) << "nothing is due any more";
}

TEST_F(BillingReactions, ATimerClosesWhatIsDue) {
  const auto id = subscribed(1);
  const auto timer = ended_periods();
  shown.due = {{now() + std::chrono::days(1), ours.value, place.acme}};
  EXPECT_TRUE(timer.due(shown, now()).empty());
  shown.due.front().at = now() - std::chrono::days(1);
  for (const auto& item : timer.due(shown, now())) send(item.execute);
  EXPECT_EQ(events_of(id).back().type, "subscription.renewed");
}

TEST_F(BillingReactions, WithItsPlanGoneItEndsAndTheWorkspaceIsFreeAgain) {
  const auto id = subscribed(1);
  send(log::test::happened<Workspace>(events::stream_of(place.acme), place.acme,
                                      {events::workspace::PlanChanged{events::plan::PlanType::pro, plan, ours}}));
  send(log::test::happened<Plan>(events::stream_of(plan), std::nullopt, {events::plan::Retired{}}));
  close();
  EXPECT_EQ(events_of(id).back().type, "subscription.expired");
  EXPECT_EQ(state<Workspace>(events::stream_of(place.acme)).plan, events::plan::PlanType::free);
}

TEST_F(BillingReactions, ARunWithTokensGivesTwoRecordsAndItsCostStandsOnOne) {
  subscribed(-5);
  Reactions reactions(domain_rules(), *main.appender, shown, nullptr);
  const auto cause = ended("execution.completed", R"({"usage":{"input":120,"output":30},"cost_nano":4500,"currency":"USD"})");
  reactions.react(cause);
  reactions.react(cause);
  EXPECT_EQ(recorded("execution").billing_unit, "agent_run");
  EXPECT_EQ(recorded("execution").total_cost.nanos, 4500);
  EXPECT_EQ(recorded("execution").subscription_id, ours);
  EXPECT_EQ(recorded("execution").version.value, 1) << "seen twice, recorded once";
  EXPECT_EQ(recorded("execution-tokens").quantity.nanos, 150'000'000'000);
  EXPECT_EQ(recorded("execution-tokens").total_cost.nanos, 0);
  // When the run is corrected, then the records are
  reactions.react(ended("execution.usage_corrected", R"({"usage":{"input":120,"output":80},"cost_nano":6000,"currency":"USD"})"));
  EXPECT_EQ(recorded("execution").total_cost.nanos, 6000);
  EXPECT_EQ(recorded("execution-tokens").quantity.nanos, 200'000'000'000);
}

TEST_F(BillingReactions, ARunOfWhichNothingIsKnownGivesNone) {
  Reactions reactions(domain_rules(), *main.appender, shown, nullptr);
  reactions.react(ended("execution.lost", R"({"usage":{},"currency":"USD"})"));
  EXPECT_EQ(recorded("execution").version.value, 0);
}

TEST_F(BillingReactions, TwoWhoRecordTheSameAtOnceMakeOneOfIt) {
  subscribed(-5);
  domain::usage_record::Record command{};
  command.source = domain::usage_record::Source("gateway");
  command.source_id = domain::usage_record::SourceId(run.text());
  command.billing_unit = domain::plan::BillingUnit("token");
  command.quantity.nanos = 5'000'000'000;
  command.unit_price = events::Decimal{7};
  std::vector<log::Request> requests;
  for (int i = 0; i < 8; ++i) requests.push_back(one(record_usage(place.acme, new_id<events::UsageRecordId>(), command).execute));
  send_together(std::move(requests));
  std::int64_t records = 0;
  for (const auto& event : log->read(events::Position{}, 1000, 1 << 24)) records += event.type == "usage_record.recorded" ? 1 : 0;
  EXPECT_EQ(records, 1);
}

}  // namespace
}  // namespace daybook::reactors
