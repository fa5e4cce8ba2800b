// A week of three agents and the people around them, told through HTTP to the three services with Kafka between them, each of which loses
// its power in the middle of it. The clock is a test clock; the figures at the end were added up by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <optional>

#include "platform/text/instant.hpp"
#include "tests/e2e/scenario/agent_team.hpp"
#include "tests/e2e/scenario/stage.hpp"

namespace daybook::test {
namespace {

using Counts = std::map<std::string, int>;
using Wide = __int128;

std::int64_t nanos(const json::value& amount) { return std::llround(amount.to_number<double>() * 1e9); }
text::Instant instant(const json::value& text) { return text::parse_instant(text.as_string()).value(); }

class AgentWeek : public ::testing::Test {
 protected:
  void SetUp() override {
    stage_ = Stage::try_open("[clock]\ntest = true\n");
    if (!stage_) GTEST_SKIP() << no_stage;
    crew_ = std::make_unique<AgentTeam>(stage_->daybook());
  }

  // ---- Monday ----

  // A subscription for the week, two agents, and a third that is bought next door.
  void set_up_shop() {
    auto& t = *crew_;
    small_ = t.plan(R"({"name":"Crew","plan_type":"pro","price_monthly":70,"price_yearly":700,)"
                    R"("limits":{"agents":3,"workflows":1,"executions_per_month":12},)"
                    R"("unit_prices":[{"billing_unit":"storage_gb","price":0.2,"per":3}]})");
    large_ = t.plan(R"({"name":"Fleet","plan_type":"enterprise","price_monthly":140.7,"price_yearly":1407,)"
                    R"("limits":{"agents":4,"workflows":2,"executions_per_month":50},)"
                    R"("unit_prices":[{"billing_unit":"storage_gb","price":0.1,"per":1}]})");
    const auto until_monday = object("plan_id", small_, "billing_cycle", "monthly", "current_period_end", AgentTeam::moment(10));
    subscription_ = t.made(t.team.owner, "/subscriptions", until_monday);
    const auto listed = t.shop.owner.post(t.shop.in("/blueprints"),
                                          R"({"name":"Reviewer","category":"code","definition":{"kind":"agent","instructions":"Look closely."},)"
                                          R"("is_public":true,"pricing_model":"one-time","price":9.99})");
    ASSERT_EQ(listed.status, 201) << listed;
    blueprint_ = listed.id();
    const auto there = "/blueprints/" + blueprint_;
    EXPECT_EQ(t.team.owner.post(t.team.in(there + "/install")).code(), "purchase-required");
    t.made(t.team.owner, there + "/purchase", R"({"price":9.99,"currency":"USD"})");
    t.done(t.team.owner.post(t.team.in(there + "/download")));
    const auto installed = t.team.owner.post(t.team.in(there + "/install"), object("name", "Cara"));
    ASSERT_EQ(installed.status, 201) << installed;
    t.made(t.max, there + "/reviews", object("rating", 4, "comment", "Fine."));
    anna_.emplace(t.registered("Anna"));
    bert_.emplace(t.registered("Bert"));
    cara_.emplace(t.with_token(installed.text("/agent_id")));
    EXPECT_EQ(t.team.owner.post(t.team.in("/agents"), object("name", "Dora")).code(), "quota-exceeded") << "the plan has three";
  }

  void plan_the_work() {
    auto& t = *crew_;
    const auto ship = R"({"name":"Ship","definition":{"nodes":[{"id":"load","agent_id":")" + bert_->id + R"("}]}})";
    workflow_ = t.made(t.team.owner, "/workflows", ship);
    EXPECT_EQ(t.team.owner.post(t.team.in("/workflows"), ship).code(), "quota-exceeded") << "the plan has one";
    provider_ = t.made(t.team.owner, "/ai-providers", R"({"provider":"openai"})");
    t.done(t.team.owner.post(t.team.in("/ai-providers/" + provider_ + "/set-prices"), R"({"prices":[{"model":"large","input":2.5,"output":10}]})"));
    engine_ = t.made(t.team.owner, "/projects", object("name", "Engine", "key", "ENG"));
    dock_ = t.made(t.team.owner, "/projects", object("name", "Dock", "key", "DOC"));
    pump_ = t.issue(t.team.owner, "Pump", engine_, *anna_);
    valve_ = t.issue(t.max, "Valve", engine_, *bert_);
    crane_ = t.issue(t.team.owner, "Crane", dock_, *cara_);
  }

  // One run succeeds at the provider's price, one fails and succeeds when it is tried again. Then the command service loses its power while
  // two more are under way: one goes on as if nothing had been, of the other nobody hears again.
  void monday() {
    auto& t = *crew_;
    t.ended(*anna_, t.begun(*anna_, pump_, R"({"ai_provider":"openai","model":"large"})"), "complete", R"("usage":{"input":1001,"output":1})");
    const auto fell_over = t.begun(*bert_, valve_);
    t.ended(*bert_, fell_over, "fail", R"("error":"It fell over.","usage":{"input":400,"output":100},"reported_cost":0.75)");
    const auto again = t.retried(fell_over.run);
    t.ended(*bert_, t.claimed(*bert_, again), "complete", R"("usage":{"unsplit":50},"reported_cost":0.25)");
    t.expect_count("/usage", 6);
    EXPECT_EQ(t.used("monday", 1).status, 201);
    const auto survivor = t.begun(*anna_, pump_);
    silent_.emplace(t.begun(*cara_, crane_));

    stage_->lose_and_start(Part::command);

    t.ended(*anna_, survivor, "heartbeat", R"("progress":50)");
    t.ended(*anna_, survivor, "complete", R"("usage":{"input":10,"cache_read":90,"output":5},"reported_cost":1.5,"currency":"EUR")");
    const auto told_twice = t.used("monday", 99);
    EXPECT_EQ(told_twice.status, 200) << told_twice;
    EXPECT_TRUE(told_twice.at("/duplicate").as_bool());
  }

  // ---- the days after ----

  // The lease is over: the run is lost, comes too late, and is done by its next attempt.
  void tuesday() {
    auto& t = *crew_;
    t.it_is(4);
    EXPECT_TRUE(wait_until([&] { return t.get("/executions/" + silent_->run).text("/status") == "lost"; }, settle_limit));
    EXPECT_EQ(t.say(*cara_, *silent_, "complete", R"("reported_cost":1000)").code(), "stale-fencing-token");
    const auto again = t.retried(silent_->run);
    t.ended(*cara_, t.claimed(*cara_, again), "complete", R"("usage":{"input":20,"output":30},"reported_cost":0.5)");
  }

  // A larger plan; and a workflow is run while nothing is projected.
  void wednesday() {
    auto& t = *crew_;
    t.it_is(5);
    larger_since_ = change_plan(large_);
    EXPECT_EQ(t.get("/quota").number("/limits/agents"), 4);
    stage_->daybook().kill(Part::projector);
    const auto asked = object("execution_type", "workflow", "resource_id", workflow_, "project_id", dock_, "agent_id", bert_->id);
    const auto run = t.made(t.team.owner, "/executions", asked);
    t.ended(*bert_, t.claimed(*bert_, run), "complete", R"("reported_cost":0.1)");
    EXPECT_EQ(t.used("wednesday", 2.5).status, 201);
    stage_->daybook().start(Part::projector);
    EXPECT_TRUE(wait_until([&] { return t.get("/executions/" + run).text("/status") == "completed"; }, settle_limit));
  }

  // A budget stops what was asked for before it was there, until there is more of it.
  void thursday() {
    auto& t = *crew_;
    t.it_is(6);
    const auto run = t.requested(valve_, object("agent_id", anna_->id));
    budget(1);
    const auto stopped = anna_->caller.post(t.team.in("/executions:claim"), object("execution_id", run));
    EXPECT_EQ(stopped.status, 402) << "1.0025125 of 1 is spent: " << stopped;
    EXPECT_EQ(stopped.code(), "budget-exceeded");
    EXPECT_EQ(t.team.owner.post(t.team.in("/issues/" + pump_ + "/executions")).code(), "budget-exceeded");
    budget(5);
    t.ended(*anna_, t.claimed(*anna_, run), "complete", R"("usage":{"input":3,"reasoning":7},"reported_cost":2)");
    t.done(t.team.owner.post(t.team.in("/executions/" + run + "/correct-usage"), R"({"usage":{"input":3,"reasoning":8},"reported_cost":2.25})"));
    t.expect_count("/usage", 15);
    t.expect_count("/audit?event_type=usage_record.adjusted", 2);
  }

  // Max's key is in the wrong hands until it is revoked, which nobody can have missed.
  void a_key_is_leaked() {
    auto& t = *crew_;
    const auto key = t.max.post(t.team.in("/api-keys"), object("name", "CI", "permissions", json::array{"issues:*"}));
    ASSERT_EQ(key.status, 201) << key;
    Caller thief(t.daybook, key.text("/key"));
    EXPECT_EQ(thief.post(t.team.in("/issues"), object("title", "Cheap watches")).status, 201);
    EXPECT_EQ(thief.post(t.team.in("/projects"), object("name", "Mine")).code(), "missing-scope");
    EXPECT_EQ(thief.get(t.team.in("/projects")).code(), "missing-scope");
    t.expect_count("/audit?event_type=api_key.used", 1);
    t.done(t.team.owner.remove(t.team.in("/api-keys/" + key.id())));

    stage_->lose_and_start(Part::query);

    EXPECT_EQ(thief.get(t.team.in("/issues")).code(), "key-ended");
    EXPECT_EQ(thief.post(t.team.in("/issues"), object("title", "More watches")).code(), "key-ended");
    t.expect_count("/audit?event_type=access.command_denied", 2);
  }

  // Back to the smaller plan. Max leaves for good, and what is known of him is erased.
  void friday() {
    auto& t = *crew_;
    t.it_is(7);
    smaller_since_ = change_plan(small_);
    EXPECT_EQ(t.get("/quota").number("/limits/agents"), 3);
    const auto name = random_name("Maximilian");
    t.done(t.max.patch("/me", object("full_name", name)));
    t.made(t.max, "/issues/" + valve_ + "/comments", object("content", "It was stuck."));
    const auto key = t.max.post(t.team.in("/api-keys"), object("name", "Mine", "permissions", json::array{"*"}));
    EXPECT_EQ(key.status, 201) << key;
    t.expect_shown("/members?expand=user", name);
    EXPECT_EQ(t.max.remove("/me").status, 204);
    const auto erased = t.root.post("/users/" + t.max.user_id + "/erase");
    ASSERT_EQ(erased.status, 200) << erased;
    expect_nobody_knows(name);

    Caller by_key(t.daybook, key.text("/key")), nobody(t.daybook);
    EXPECT_EQ(by_key.get(t.team.in("/issues")).code(), "key-ended");
    EXPECT_EQ(by_key.post(t.team.in("/issues"), object("title", "Still here")).code(), "key-ended");
    t.expect_count("/audit?event_type=access.command_denied", 3);
    EXPECT_EQ(t.max.get("/me").status, 401);
    EXPECT_EQ(t.max.patch("/me", object("full_name", "Me again")).status, 401);
    EXPECT_EQ(nobody.post("/auth/refresh", object("refresh_token", t.max.refresh_token)).status, 401);
    EXPECT_EQ(nobody.post("/auth/login", object("email", t.max.email, "password", usual_password)).status, 401);
    const auto another = nobody.post("/auth/register", object("email", t.max.email, "password", usual_password));
    EXPECT_EQ(another.status, 201) << another;
    EXPECT_NE(another.text("/user/id"), t.max.user_id);
  }

  // The week is over and was paid for.
  void next_monday() {
    auto& t = *crew_;
    t.it_is(9);
    t.expect_shown("/usage/summary", R"("total_cost":4.169179167)");
    t.it_is(10);
    t.expect_count("/subscriptions/" + subscription_ + "/periods", 1);
  }

  // ---- what is the same on several days ----

  text::Instant change_plan(const std::string& plan) {
    auto& t = *crew_;
    const auto changed = t.team.owner.post(t.team.in("/subscriptions/" + subscription_ + "/change-plan"), object("plan_id", plan));
    EXPECT_EQ(changed.status, 200) << changed;
    return instant(changed.at("/updated_at"));
  }

  void budget(int monthly) {
    auto& t = *crew_;
    t.done(t.team.owner.patch(t.team.in("/projects/ENG"), object("settings", json::object{{"monthlyBudget", monthly}})));
  }

  void expect_nobody_knows(const std::string& name) {
    auto& t = *crew_;
    const auto& address = t.max.email;
    const auto look = [&](Caller& who, const std::string& path) {
      const auto reply = who.get(path);
      EXPECT_TRUE(reply.status == 200 || reply.status == 404) << path << ": " << reply;
      for (const auto& word : {name, address, address.substr(0, address.find('@'))})
        EXPECT_EQ(reply.raw.find(word), reply.raw.npos) << path << " tells " << word;
    };
    for (const auto* path : {"/members?expand=user", "/issues?expand=created_by", "/comments?expand=author", "/activity?limit=200&expand=actor",
                             "/audit?limit=200&expand=actor", "/api-keys", "/invitations", "/projects?expand=owner", "/executions?expand=created_by"})
      look(t.team.owner, t.team.in(path));
    look(t.team.owner, t.team.in("/search?q=" + name));
    look(t.team.owner, "/marketplace/blueprints/" + blueprint_ + "/reviews?expand=user");
    look(t.shop.owner, t.shop.in("/blueprints/" + blueprint_ + "/history"));
    const auto him = "/users/" + t.max.user_id, people = std::string("/users?deleted=include&limit=200");
    for (const auto& path : {him, him + "?deleted=include", people, people + "&q=" + name, people + "&email=" + address}) look(t.root, path);
    look(t.root, "/audit?limit=200&expand=actor");
  }

  // ---- the figures ----

  void expect_costs() {
    auto& t = *crew_;
    const auto shows = [&](const std::string& path, const std::string& costs, const std::string& tokens, const std::string& runs) {
      t.expect_shown(path, "\"costs\":[" + costs + "],\"token_usage\":{" + tokens + "}," + runs);
    };
    const auto usd = [](const std::string& cost) { return R"({"currency":"USD","cost":)" + cost + "}"; };
    const std::string euros = R"({"currency":"EUR","cost":1.5},)";
    const auto tokens = [](int input, int cache_read, int output, int reasoning, int unsplit) {
      const std::pair<const char*, int> kinds[] = {{"input", input},   {"cache_read", cache_read}, {"cache_write", 0},
                                                   {"output", output}, {"reasoning", reasoning},   {"unsplit", unsplit}};
      std::string all;
      for (const auto& [kind, count] : kinds) all += (all.empty() ? "\"" : ",\"") + std::string(kind) + "\":" + std::to_string(count);
      return all;
    };
    const auto runs = [](int all, int without_cost, int without_usage) {
      return "\"run_count\":" + std::to_string(all) + ",\"runs_without_cost\":" + std::to_string(without_cost) +
             ",\"runs_without_usage\":" + std::to_string(without_usage);
    };
    // By issue: 0.0025125 and 1.50 EUR; 0.75, 0.25 and the corrected 2.25; one lost, and 0.5
    shows("/issues/" + pump_, euros + usd("0.0025125"), tokens(1011, 90, 6, 0, 0), runs(2, 0, 0));
    shows("/issues/" + valve_, usd("3.25"), tokens(403, 0, 100, 8, 50), runs(3, 0, 0));
    shows("/issues/" + crane_, usd("0.5"), tokens(20, 0, 30, 0, 0), runs(2, 1, 1));
    // By project: two issues; an issue, and the workflow's run of 0.1 that told of no tokens
    shows("/projects/ENG", euros + usd("3.2525125"), tokens(1414, 90, 106, 8, 50), runs(5, 0, 0));
    shows("/projects/DOC", usd("0.6"), tokens(20, 0, 30, 0, 0), runs(3, 1, 2));
    shows("", euros + usd("3.8525125"), tokens(1434, 90, 136, 8, 50), runs(8, 1, 2));
    // By agent, who may have worked on what was another's
    shows("/agents/" + anna_->id, euros + usd("2.2525125"), tokens(1014, 90, 6, 8, 0), runs(3, 0, 0));
    shows("/agents/" + bert_->id, usd("1.1"), tokens(400, 0, 100, 0, 50), runs(3, 0, 1));
    shows("/agents/" + cara_->id, usd("0.5"), tokens(20, 0, 30, 0, 0), runs(2, 1, 1));
    t.expect_shown("/costs/totals?by=month&currency=USD", R"("month":"2031-03-01")");
    t.expect_shown("/costs/totals?by=month&currency=USD", R"("currency":"USD","cost":3.8525125,"input":1424)");
    EXPECT_EQ(t.counted("/executions", "status"), (Counts{{"completed", 6}, {"failed", 1}, {"lost", 1}}));
    EXPECT_EQ(t.counted("/executions", "execution_type"), (Counts{{"task", 7}, {"workflow", 1}}));
  }

  void expect_budgets_and_quotas() {
    auto& t = *crew_;
    t.expect_shown("/ai-providers/" + provider_, R"("current_spend":0.0025125)");
    t.done(t.team.owner.patch(t.team.in("/projects/ENG"), R"({"settings":{"monthlyBudget":3.2525125}})"));
    EXPECT_EQ(t.team.owner.post(t.team.in("/issues/" + pump_ + "/executions")).code(), "budget-exceeded") << "to the last digit";
    t.expect_shown("/quota", R"("limits":{"agents":3,"workflows":1,"executions_per_month":12},)"
                             R"("usage":{"agents":3,"workflows":1,"executions_per_month":8})");
    EXPECT_EQ(t.get("/quota").text("/resets_at"), "2031-04-01T00:00:00.000000Z");
  }

  // The three stretches touch each other, each is paid for by its time, and together they are what was due, rounded once.
  void expect_bill() {
    auto& t = *crew_;
    const auto bill = t.get("/subscriptions/" + subscription_ + "/periods");
    ASSERT_EQ(bill.rows().size(), 1u) << bill;
    const auto period = bill.rows().front();
    const auto& charges = period.at("charges").as_array();
    ASSERT_EQ(charges.size(), 3u) << bill;
    const auto start = instant(period.at("period_start")), end = instant(period.at("period_end"));
    const text::Instant edges[] = {start, larger_since_, smaller_since_, end};
    EXPECT_EQ(end, text::parse_instant(AgentTeam::moment(10)).value());
    const std::string* plans[] = {&small_, &large_, &small_};
    const std::int64_t prices[] = {70'000'000'000, 140'700'000'000, 70'000'000'000};
    const Wide length = (end - start).count();
    Wide due = 0;
    std::int64_t given = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      const auto& charge = charges[i];
      EXPECT_EQ(charge.at("plan_id").as_string(), *plans[i]);
      EXPECT_EQ(nanos(charge.at("price")), prices[i]);
      EXPECT_EQ(instant(charge.at("from")), edges[i]);
      EXPECT_EQ(instant(charge.at("to")), edges[i + 1]);
      const Wide exact = static_cast<Wide>(prices[i]) * (edges[i + 1] - edges[i]).count();
      const auto floor = static_cast<std::int64_t>(exact / length), amount = nanos(charge.at("amount"));
      EXPECT_TRUE(amount == floor || amount == floor + 1) << amount << " for " << floor;
      due += exact;
      given += amount;
    }
    EXPECT_TRUE(2 * (given * length - due) <= length && 2 * (due - given * length) <= length) << "half a nano-unit at most is rounded away";
    EXPECT_EQ(nanos(period.at("base")), given);
    // Six runs in dollars, the tokens of the five that told, 0.066666667 and 0.25 for storage
    t.expect_shown("/subscriptions/" + subscription_ + "/periods",
                   R"("usage":[{"billing_unit":"agent_run","quantity":6,"total_cost":3.8525125,"count":6},)"
                   R"({"billing_unit":"token","quantity":1613,"total_cost":0,"count":5},)"
                   R"({"billing_unit":"storage_gb","quantity":3.5,"total_cost":0.316666667,"count":2}],"usage_cost":4.169179167)");
    EXPECT_EQ(nanos(period.at("total")), given + 4'169'179'167);
    const auto renewed = t.get("/subscription");
    EXPECT_EQ(renewed.text("/current_period_start"), "2031-03-10T09:00:00.000000Z");
    EXPECT_EQ(renewed.text("/current_period_end"), "2031-04-10T09:00:00.000000Z");
    EXPECT_EQ(renewed.number("/price"), 70);
    EXPECT_EQ(t.counted("/usage", "billing_unit"), (Counts{{"agent_run", 7}, {"token", 6}, {"storage_gb", 2}}));
    t.expect_shown("/usage/summary", R"("usage_by_unit":{},"total_cost":0)");
  }

  void expect_market() {
    auto& t = *crew_;
    const auto sold = t.team.owner.get("/marketplace/blueprints/" + blueprint_);
    EXPECT_EQ(sold.number("/downloads"), 2) << "once by itself, once to be installed";
    EXPECT_EQ(sold.number("/installs"), 1);
    EXPECT_EQ(sold.number("/sales"), 1);
    EXPECT_EQ(sold.number("/reviews_count"), 1) << "what Max said of it stays";
    EXPECT_EQ(sold.number("/rating"), 4);
    EXPECT_EQ(t.count("/blueprint-purchases"), 1u);
  }

  void expect_records() {
    auto& t = *crew_;
    Counts activity{{"agent.registered", 3}, {"agent.token_issued", 3}, {"ai_provider.added", 1}, {"ai_provider.prices_set", 1},
                    {"api_key.issued", 2}, {"api_key.revoked", 2}, {"comment.posted", 1}, {"execution.claimed", 8},
                    {"execution.completed", 6}, {"execution.failed", 1}, {"execution.lost", 1}, {"execution.requested", 8},
                    {"execution.usage_corrected", 1}, {"issue.opened", 4}, {"project.created", 2}, {"project.settings_changed", 3},
                    {"subscription.plan_changed", 2}, {"subscription.renewed", 1}, {"subscription.started", 1},
                    {"subscription.unit_metered", 3}, {"usage_record.adjusted", 2}, {"usage_record.recorded", 15},
                    {"workflow.defined", 1}, {"workspace.created", 1}, {"workspace.member_joined", 2}, {"workspace.plan_changed", 3}};
    EXPECT_EQ(t.counted("/activity", "type"), activity);
    // The audit has beside them what is no news to the team
    activity.insert({{"access.command_denied", 3}, {"execution.progressed", 1}});
    auto audit = t.counted("/audit", "event_type");
    EXPECT_GE(audit["api_key.used"], 1) << "once a minute at most, by the machine's clock";
    audit.erase("api_key.used");
    EXPECT_EQ(audit, activity);
    EXPECT_EQ(t.count("/audit?success=false"), 4u) << "three denials, and the run that fell over";
  }

  std::unique_ptr<Stage> stage_;
  std::unique_ptr<AgentTeam> crew_;
  std::optional<Agent> anna_, bert_, cara_;
  std::optional<Held> silent_;
  std::string small_, large_, subscription_, blueprint_, workflow_, provider_, engine_, dock_, pump_, valve_, crane_;
  text::Instant larger_since_{}, smaller_since_{};
};

TEST_F(AgentWeek, EveryFigureItEndsWithIsWhatWasDone) {
  set_up_shop();
  if (HasFatalFailure()) return;
  plan_the_work();
  monday();
  tuesday();
  wednesday();
  thursday();
  a_key_is_leaked();
  friday();
  next_monday();

  expect_costs();
  expect_budgets_and_quotas();
  expect_bill();
  expect_market();
  expect_records();
  stage_->daybook().stop();
  expect_sound_and_rebuildable(stage_->daybook());
}

}  // namespace
}  // namespace daybook::test
