// Two weeks of a scrum team, told through HTTP to the three services with Kafka between them. What the team does on the board carries the
// days on which it did so; the figures at the end were added up by hand.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/e2e/caller.hpp"
#include "tests/e2e/scenario/stage.hpp"

namespace daybook::test {
namespace {

class Scrum {
 public:
  explicit Scrum(DaybookProcess& daybook) : daybook(daybook) {}

  // ---- what people do ----

  // Done by the owner on that day of March 2026, 16:00 UTC.
  Reply on(int day, const std::string& type, const std::string& id, json::object data) {
    json::object command{{"type", type}, {"data", std::move(data)}, {"occurred_at", moment(day)}};
    if (!id.empty()) command["id"] = id;
    return team.owner.post(team.in("/commands"), json::serialize(json::object{{"commands", json::array{command}}}));
  }
  void done_on(int day, const std::string& type, const std::string& id, json::object data = {}) {
    const auto reply = on(day, type, id, std::move(data));
    EXPECT_EQ(reply.status, 200) << type << ": " << reply;
  }
  std::string made_on(int day, const std::string& type, json::object data) {
    const auto reply = on(day, type, "", std::move(data));
    EXPECT_EQ(reply.status, 200) << type << ": " << reply;
    return reply.text("/items/0/id");
  }
  std::string project(const std::string& name, const std::string& key) { return made(team.owner, "/projects", object("name", name, "key", key)); }
  std::string story(const std::string& title, const std::string& project, const std::string& epic, int points) {
    return made_on(2, "issue.open",
                   {{"title", title}, {"type", "story"}, {"project_id", project}, {"epic_id", epic}, {"story_points", points}});
  }
  void into(int day, const std::string& issue, const std::string& sprint) { done_on(day, "issue.change", issue, {{"sprint_id", sprint}}); }
  void becomes(int day, const std::string& issue, const std::string& status) { done_on(day, "issue.change", issue, {{"status", status}}); }
  void assign(const std::string& issue, const Caller& whom) {
    EXPECT_EQ(team.owner.post(team.in("/issues/" + issue + "/assign"), object("assignee_id", whom.user_id)).status, 200);
  }
  std::string log(Caller& who, const std::string& issue, int day, std::int64_t seconds) {
    return made(who, "/issues/" + issue + "/time-entries", object("start_time", moment(day), "duration_seconds", seconds));
  }
  std::string say(Caller& who, const std::string& issue, const std::string& words, const std::vector<std::string>& mentions = {}) {
    return made(who, "/issues/" + issue + "/comments", object("content", words, "mentions", mentions));
  }

  // ---- what is read ----

  // What somebody was told of, in the order of the words: it comes a moment after what it tells of.
  void expect_told(Caller& who, std::vector<std::string> types) {
    std::sort(types.begin(), types.end());
    std::vector<std::string> told;
    const auto all_came = [&] {
      told.clear();
      for (const auto& row : who.all("/me/notifications")) told.emplace_back(row.at("type").as_string());
      std::sort(told.begin(), told.end());
      return told.size() >= types.size();
    };
    EXPECT_TRUE(wait_until(all_came, settle_limit));
    EXPECT_EQ(told, types);
    EXPECT_EQ(who.get("/me").number("/unread_notifications"), static_cast<std::int64_t>(types.size()));
  }

  Reply get(const std::string& path) { return team.owner.get(team.in(path)); }
  std::size_t count(const std::string& path) { return team.owner.all(team.in(path)).size(); }
  // The rows of a list, each by two of its fields.
  std::vector<std::string> pairs(const std::string& path, std::string_view key, std::string_view value) {
    std::vector<std::string> all;
    for (const auto& row : team.owner.all(team.in(path))) all.push_back(json::serialize(row.at(key)) + " " + json::serialize(row.at(value)));
    return all;
  }

  static std::string moment(int day) { return "2026-03-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + "T16:00:00Z"; }

  DaybookProcess& daybook;
  Team team{daybook, "Lander"};
  Caller bob = team.joined_by(daybook, "member"), eve = team.joined_by(daybook, "member"), vic = team.joined_by(daybook, "viewer");

 private:
  std::string made(Caller& who, const std::string& path, const std::string& body) {
    const auto reply = who.post(team.in(path), body);
    EXPECT_EQ(reply.status, 201) << path << ": " << reply;
    return reply.id();
  }
};

using Rows = std::vector<std::string>;

class Fortnight : public ::testing::Test {
 protected:
  void SetUp() override {
    stage_ = Stage::try_open();
    if (!stage_) GTEST_SKIP() << no_stage;
    scrum_ = std::make_unique<Scrum>(stage_->daybook());
  }

  // Monday the 2nd: two projects, an epic over both, two sprints; the first begins.
  void plan() {
    auto& s = *scrum_;
    engine = s.project("Engine", "ENG");
    docs = s.project("Handbook", "DOC");
    epic = s.made_on(2, "issue.open", {{"title", "First flight"}, {"type", "epic"}, {"start_date", "2026-03-02"}, {"color", "#6b46c1"}});
    const std::pair<const char*, int> stories[] = {{"Pump", 3}, {"Valve", 5}, {"Nozzle", 8}, {"Igniter", 2}, {"Sensor", 1}, {"Frame", 5}};
    for (const auto& [title, points] : stories) work.push_back(s.story(title, engine, epic, points));
    pages = {s.story("Manual", docs, epic, 3), s.story("Checklist", docs, epic, 1)};
    one = s.made_on(2, "sprint.plan", {{"project_id", engine}, {"name", "One"}, {"start_date", "2026-03-02"}, {"end_date", "2026-03-06"}, {"capacity_points", 20}});
    two = s.made_on(2, "sprint.plan", {{"project_id", engine}, {"name", "Two"}, {"start_date", "2026-03-09"}, {"end_date", "2026-03-13"}});
    for (const int i : {0, 1, 2, 3}) s.into(2, work[i], one);
    EXPECT_EQ(s.on(2, "issue.change", work[5], {{"sprint_id", one}}).code(), "beyond-capacity") << "18 of 20 points are taken, and it has 5";
    EXPECT_EQ(s.on(2, "issue.change", pages[0], {{"sprint_id", one}}).status, 422) << "a sprint is its project's";
    s.done_on(2, "sprint.start", one);
    EXPECT_EQ(s.on(2, "sprint.start", two, {}).status, 409) << "one is active in a project";
    s.assign(work[0], s.bob);
    s.assign(work[1], s.eve);
    s.assign(work[2], s.eve);
  }

  // The first week: two stories are finished, time is logged and corrected, people talk.
  void first_week() {
    auto& s = *scrum_;
    s.becomes(3, work[0], "in_progress");
    s.becomes(4, work[0], "done");
    s.becomes(5, work[3], "done");
    s.log(s.bob, work[0], 3, 5400);
    const auto short_one = s.log(s.bob, work[0], 4, 1800);
    EXPECT_EQ(s.eve.patch(s.team.in("/time-entries/" + short_one), object("duration_seconds", 60)).status, 403) << "it is Bob's time";
    const auto longer = object("end_time", "2026-03-04T17:00:00Z", "duration_seconds", 3600);
    EXPECT_EQ(s.bob.patch(s.team.in("/time-entries/" + short_one), longer).status, 200);
    s.log(s.eve, work[1], 5, 59);
    const auto mistaken = s.log(s.eve, work[1], 5, 7200);
    EXPECT_EQ(s.eve.remove(s.team.in("/time-entries/" + mistaken)).status, 204);
    const auto outsider = newcomer(s.daybook, "outsider");
    asked = s.say(s.bob, work[1], "Is the valve in?", {s.eve.user_id, s.vic.user_id, outsider.user_id});
    const auto reply = s.eve.post(s.team.in("/issues/" + work[1] + "/comments"), object("content", "Tomorrow.", "parent_id", asked));
    EXPECT_EQ(reply.status, 201) << reply;
    EXPECT_EQ(s.vic.post(s.team.in("/issues/" + work[1] + "/comments"), object("content", "Me too")).status, 403) << "a viewer reads";
  }

  // Friday the 6th: the first sprint is completed, and what is not done goes into the second.
  void change_sprints() {
    auto& s = *scrum_;
    s.done_on(6, "sprint.complete", one, {{"carry_to_id", two}});
    s.into(9, work[4], two);
    s.into(9, work[5], two);
    s.done_on(9, "sprint.start", two);
  }

  // A document goes through review while the second week is worked.
  void write_a_document() {
    auto& s = *scrum_;
    const auto drafted = s.eve.post(s.team.in("/projects/DOC/documents"), object("title", "Launch checklist", "document_type", "prd", "content", "Fuel."));
    ASSERT_EQ(drafted.status, 201) << drafted;
    document = "/documents/" + drafted.id();
    const auto revise = [&](Caller& who, const std::string& content, const std::string& summary) {
      EXPECT_EQ(who.patch(s.team.in(document), object("content", content, "change_summary", summary)).status, 200);
    };
    revise(s.bob, "Fuel. Wind.", "asked for the wind");
    revise(s.eve, "Fuel. Wind. Range.", "and the range");
    EXPECT_EQ(s.vic.post(s.team.in(document + "/publish")).status, 403);
    EXPECT_EQ(s.bob.post(s.team.in(document + "/publish")).status, 200);
  }

  void second_week() {
    auto& s = *scrum_;
    s.becomes(10, work[1], "done");
    s.becomes(11, work[2], "done");
    s.becomes(12, work[4], "cancelled");
    s.becomes(12, pages[1], "done");
    s.log(s.eve, work[2], 10, 3600);
    s.done_on(13, "sprint.complete", two);
  }

  // The handbook is archived, deleted and brought back.
  void put_aside_and_back() {
    auto& s = *scrum_;
    const auto verb = [&](const std::string& what) { return s.team.owner.post(s.team.in("/projects/DOC" + what)).status; };
    EXPECT_EQ(verb("/archive"), 200);
    EXPECT_FALSE(s.get("/projects/DOC").at("/is_active").as_bool());
    EXPECT_EQ(s.get(document).status, 200) << "what is archived is still there";
    EXPECT_EQ(verb("/unarchive"), 200);
    ASSERT_EQ(s.team.owner.remove(s.team.in("/projects/DOC")).status, 204);
    EXPECT_EQ(s.get(document).status, 404);
    EXPECT_EQ(s.get("/issues/" + pages[0]).status, 404);
    EXPECT_EQ(s.count("/issues/" + epic + "/issues"), 6u);
    EXPECT_EQ(s.pairs("/issues/" + epic + "/progress", "issues_done", "issues_total"), (Rows{"4 6"}));
    EXPECT_TRUE(s.team.owner.all(s.team.in("/search?q=checklist")).empty());
    ASSERT_EQ(verb("/restore"), 200);
  }

  void eve_leaves() {
    auto& s = *scrum_;
    s.assign(work[5], s.eve);
    s.expect_told(s.eve, {"task_assigned", "task_assigned", "mentioned", "task_completed", "task_completed", "task_assigned"});
    ASSERT_EQ(s.eve.post(s.team.in("/leave")).status, 204);
    EXPECT_TRUE(s.get("/issues/" + work[5]).at("/assignee_id").is_null()) << "at once";
    EXPECT_EQ(s.eve.get(s.team.in("/issues")).status, 404);
    s.expect_told(s.eve, {});
    const auto unassigned = [&] {
      const auto rows = s.get("/activity?type=issue.unassigned").rows();
      return rows.size() == 3;
    };
    EXPECT_TRUE(wait_until(unassigned, settle_limit)) << "three issues were hers";
  }

  std::unique_ptr<Stage> stage_;
  std::unique_ptr<Scrum> scrum_;
  std::string engine, docs, epic, one, two, document, asked;
  std::vector<std::string> work, pages;
};

TEST_F(Fortnight, EveryFigureItEndsWithIsWhatWasDone) {
  plan();
  first_week();
  change_sprints();
  write_a_document();
  second_week();
  put_aside_and_back();
  eve_leaves();
  auto& s = *scrum_;

  // Sprints: 3 + 2 points in the first; 5 + 8 carried over, done in the second; 5 unfinished points went to the backlog
  const auto first = s.get("/sprints/" + one), second = s.get("/sprints/" + two);
  EXPECT_EQ(first.number("/velocity"), 5);
  EXPECT_EQ(first.number("/points"), 5);
  EXPECT_EQ(first.number("/issue_count"), 2);
  EXPECT_EQ(first.text("/carried_to_id"), two);
  EXPECT_EQ(second.number("/velocity"), 13);
  EXPECT_EQ(second.number("/done_points"), 13);
  EXPECT_EQ(second.number("/issue_count"), 3) << "the cancelled one stays";
  EXPECT_TRUE(s.get("/issues/" + work[5]).at("/sprint_id").is_null());
  EXPECT_EQ(s.pairs("/projects/ENG/velocity?sort=ended_at", "name", "velocity"), (Rows{"\"One\" 5", "\"Two\" 13"}));
  EXPECT_EQ(s.pairs("/sprints/" + one + "/burndown", "day", "remaining_points"),
            (Rows{"\"2026-03-02\" 18", "\"2026-03-04\" 15", "\"2026-03-05\" 13", "\"2026-03-06\" 0"}));
  EXPECT_EQ(s.pairs("/sprints/" + two + "/burndown", "day", "remaining_points"),
            (Rows{"\"2026-03-06\" 13", "\"2026-03-09\" 19", "\"2026-03-10\" 14", "\"2026-03-11\" 6", "\"2026-03-13\" 1"}));

  // The epic: four of six stories are done in one project, one of two in the other
  EXPECT_EQ(s.count("/issues/" + epic + "/issues"), 8u);
  auto progress = s.pairs("/issues/" + epic + "/progress", "issues_done", "issues_total");
  std::sort(progress.begin(), progress.end());
  EXPECT_EQ(progress, (Rows{"1 2", "4 6"}));

  // Time: 5400 + 3600 s, 59 s, 3600 s; what was removed does not count
  EXPECT_EQ(s.get("/issues/" + work[0]).number("/actual_minutes"), 150);
  EXPECT_EQ(s.get("/issues/" + work[1]).number("/actual_minutes"), 0);
  EXPECT_EQ(s.get("/issues/" + work[2]).number("/actual_minutes"), 60);
  EXPECT_EQ(json::serialize(s.get("/projects/ENG").at("/actual_hours")), "3.52E0");
  EXPECT_EQ(s.count("/time-entries?user=" + s.eve.user_id), 2u) << "her time stays when she has left";

  // The document: drafted once, revised twice, published
  const auto published = s.get(document);
  EXPECT_EQ(published.text("/status"), "published");
  EXPECT_EQ(published.number("/revision"), 3);
  EXPECT_EQ(s.get(document + "/versions/1").text("/content"), "Fuel.");
  EXPECT_EQ(s.count(document + "/versions"), 3u);
  EXPECT_EQ(s.count("/search?q=range"), 1u);

  // Talk: who is no member was dropped from the mentions
  const auto comment = s.get("/comments/" + asked);
  EXPECT_EQ(comment.at("/mentions").as_array().size(), 2u) << comment;
  EXPECT_EQ(s.count("/issues/" + work[1] + "/comments"), 2u);
  s.expect_told(s.bob, {"task_assigned", "task_completed", "comment_reply"});
  s.expect_told(s.vic, {"mentioned"});
  EXPECT_EQ(s.vic.post("/me/notifications/read-all").status, 204);
  EXPECT_EQ(s.vic.get("/me").number("/unread_notifications"), 0);

  // Everything is there again, the project active, and every read model equals a fresh replay
  EXPECT_TRUE(s.get("/projects/DOC").at("/is_active").as_bool());
  EXPECT_EQ(s.count("/issues"), 9u);
  EXPECT_EQ(s.count("/activity?project=" + docs + "&type=project.restored"), 1u);
  stage_->daybook().stop();
  expect_sound_and_rebuildable(stage_->daybook());
}

}  // namespace
}  // namespace daybook::test
