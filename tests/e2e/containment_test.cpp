// What lies in something deleted is hidden with it, and nothing is written for it.
#include <gtest/gtest.h>

#include <set>

#include "platform/postgres/connection.hpp"
#include "tests/e2e/caller.hpp"

namespace daybook::test::containment_test {
namespace {

constexpr int bulk_most = 500;  // commands in one request

class Containment : public ::testing::Test {
 protected:
  std::string project(int issues) {
    const auto id = owner_.post(team_.in("/projects"), object("name", "Full")).id();
    json::array commands;
    for (int i = 0; i < issues; ++i)
      commands.push_back({{"type", "issue.open"}, {"data", {{"title", "Issue " + std::to_string(i)}, {"project_id", id}}}});
    if (issues == 0) return id;
    const auto opened = owner_.post(team_.in("/commands"), json::serialize(json::object{{"commands", commands}}));
    EXPECT_EQ(opened.status, 200) << opened;
    EXPECT_EQ(opened.at("/items").as_array().size(), static_cast<std::size_t>(issues));
    return id;
  }
  // How many rows of all read tables were written by the event at that position.
  std::int64_t rows_written_at(std::int64_t position) {
    pg::Connection connection(daybook_.database_url());
    std::int64_t rows = 0;
    const auto tables = connection.exec("SELECT table_schema || '.' || table_name FROM information_schema.columns"
                                        " WHERE table_schema ~ '^read_g' AND column_name = 'changed'");
    for (int i = 0; i < tables.rows(); ++i)
      rows += connection.exec("SELECT count(*) FROM " + std::string(tables.text(i, 0)) + " WHERE changed = " + std::to_string(position)).int64(0, 0);
    return rows;
  }
  std::size_t count(const std::string& path) { return owner_.all(team_.in(path)).size(); }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
};

TEST_F(Containment, FiveHundredIssuesAreOpenedByOneBulkCommandAndNumberedWithoutAGap) {
  project(bulk_most);
  const auto issues = owner_.all(team_.in("/issues?sort=number"));
  ASSERT_EQ(issues.size(), static_cast<std::size_t>(bulk_most));
  for (int i = 0; i < bulk_most; ++i) {
    EXPECT_EQ(issues[i].at("number").as_int64(), i + 1);
    EXPECT_EQ(issues[i].at("title").as_string(), "Issue " + std::to_string(i));
  }
  json::array one_more(bulk_most + 1, json::object{{"type", "issue.open"}, {"data", {{"title", "One too many"}}}});
  const auto refused = owner_.post(team_.in("/commands"), json::serialize(json::object{{"commands", one_more}}));
  EXPECT_EQ(refused.status, 422) << refused;
  EXPECT_EQ(refused.pointer(), "/commands");
}

TEST_F(Containment, DeletingAFullProjectIsOneEventAndOneRowAsOfAnEmptyOne) {
  const auto full = project(bulk_most), empty = project(0);
  for (const auto& id : {full, empty}) {
    const auto deleted = owner_.remove(team_.in("/projects/" + id));
    ASSERT_EQ(deleted.status, 204) << deleted;
    EXPECT_EQ(count("/issues?project=" + id), 0u);
    EXPECT_EQ(rows_written_at(deleted.position()), 1) << "the project's own row";
  }
  EXPECT_EQ(count("/issues"), 0u);
  ASSERT_EQ(owner_.post(team_.in("/projects/" + full + "/restore")).status, 200);
  EXPECT_EQ(count("/issues"), static_cast<std::size_t>(bulk_most));
  EXPECT_EQ(count("/activity?type=project.deleted"), 2u);
}

TEST_F(Containment, WhatWasDeletedByItselfStaysSoWhenItsContainerComesBack) {
  const auto id = project(2);
  const auto issues = owner_.all(team_.in("/issues?sort=number"));
  const auto issue = [&](int i) { return team_.in("/issues/" + std::string(issues[i].at("id").as_string())); };
  ASSERT_EQ(owner_.post(issue(1) + "/comments", object("content", "deep down")).status, 201);
  ASSERT_EQ(owner_.remove(issue(0)).status, 204);
  ASSERT_EQ(owner_.remove(team_.in("/projects/" + id)).status, 204);
  EXPECT_EQ(count("/comments"), 0u);
  EXPECT_EQ(owner_.post(issue(1) + "/comments", object("content", "refused")).status, 404);
  ASSERT_EQ(owner_.post(team_.in("/projects/" + id + "/restore")).status, 200);
  EXPECT_EQ(owner_.get(issue(0)).status, 404);
  EXPECT_EQ(owner_.get(issue(1)).status, 200);
  EXPECT_EQ(count("/comments"), 1u);
}

TEST_F(Containment, EverythingWithTextIsFoundAndHiddenWithWhatItLiesIn) {
  const auto id = owner_.post(team_.in("/projects"), object("name", "Saltmarsh", "description", "Reeds.")).id();
  const auto in_it = [&](const std::string& list, const std::string& body) { return owner_.post(team_.in("/projects/" + id + list), body).status; };
  ASSERT_EQ(in_it("/sprints", object("name", "One", "goal", "Count the reeds")), 201);
  ASSERT_EQ(in_it("/documents", object("title", "Of reeds", "content", "They grow.")), 201);
  ASSERT_EQ(owner_.post(team_.in("/agents"), object("name", "Warden", "instructions", "Watch the reeds")).status, 201);
  const auto found = [&](const std::string& words) {
    std::set<std::string> types;
    for (const auto& row : owner_.all(team_.in("/search?q=" + words))) types.emplace(row.at("entity_type").as_string());
    return types;
  };
  using Types = std::set<std::string>;
  EXPECT_EQ(found("reeds"), (Types{"project", "sprint", "document", "agent"}));
  ASSERT_EQ(owner_.patch(team_.in("/projects/" + id), object("description", "Sedge.")).status, 200);
  EXPECT_EQ(found("reeds"), (Types{"sprint", "document", "agent"}));
  ASSERT_EQ(owner_.remove(team_.in("/projects/" + id)).status, 204);
  EXPECT_EQ(found("reeds"), (Types{"agent"}));
  EXPECT_EQ(found("sedge"), Types{});
  ASSERT_EQ(owner_.post(team_.in("/projects/" + id + "/restore")).status, 200);
  EXPECT_EQ(found("sedge"), (Types{"project"}));
  EXPECT_EQ(found("reeds"), (Types{"sprint", "document", "agent"}));
}

}  // namespace
}  // namespace daybook::test::containment_test
