#include <gtest/gtest.h>

#include "projector/read_models/issue.hpp"
#include "projector/read_models/project.hpp"
#include "projector/read_models/search.hpp"
#include "projector/read_models/workspace.hpp"
#include "tests/projector/read_models_fixture.hpp"

namespace daybook::projector::test::apply_across_test {
namespace {

TEST_F(ReadModels, ActivityTellsWhoDidWhatAndHowTheRowChanged) {
  open_issue(bug, apollo);
  fold();
  EXPECT_EQ(newest().changes.text.find(R"("title":[null,"It rains in"])") != std::string::npos, true)
      << newest().changes.text;
  EXPECT_EQ(newest().changes.text.find("due_at"), std::string::npos) << "what was never set has not changed";
  history.act_as(max);
  history.issue(space, bug, is::StatusChanged{is::Status::done});
  fold();
  const auto line = newest();
  EXPECT_EQ(line.entity_type, "issue");
  EXPECT_EQ(line.entity_id, EntityId{bug.value});
  EXPECT_EQ(line.action, "status_changed");
  EXPECT_EQ(line.type, "issue.status_changed");
  EXPECT_EQ(line.actor_id, PrincipalId{max.value});
  EXPECT_EQ(line.project_id, apollo);
  EXPECT_EQ(line.issue_id, bug);
  EXPECT_EQ(line.details.text, R"({"status":"done"})");
  EXPECT_EQ(line.position, Position{2});
  EXPECT_NE(line.changes.text.find(R"("status":["backlog","done"])"), std::string::npos) << line.changes.text;
  EXPECT_EQ(line.changes.text.find("version"), std::string::npos);
}

TEST_F(ReadModels, FeedsRunNewestFirst) {
  open_workspace();
  open_issue(bug, apollo);
  open_issue(other);
  history.act_as(max);
  history.issue(space, bug, is::StatusChanged{is::Status::done});
  history.issue(space, bug, is::Moved{gemini});
  fold();
  EXPECT_EQ(feed("by_workspace", space.value), (Strings{"issue.moved", "issue.status_changed", "issue.opened",
                                                        "issue.opened", "workspace.created"}));
  EXPECT_EQ(feed("by_project", apollo.value), (Strings{"issue.status_changed", "issue.opened"}));
  EXPECT_EQ(feed("by_project", gemini.value), Strings{"issue.moved"});
  EXPECT_EQ(feed("by_entity", bug.value), (Strings{"issue.moved", "issue.status_changed", "issue.opened"}));
  EXPECT_EQ(feed("by_actor", max.value), (Strings{"issue.moved", "issue.status_changed"}));
}

TEST_F(ReadModels, SearchFollowsTheWordsOfIssuesAndComments) {
  const auto remark = id_of<CommentId>(0x180);
  open_issue(bug, apollo);
  comment::Posted posted{};
  posted.issue_id = bug;
  posted.content = "through the roof";
  history.comment(space, remark, posted);
  fold();
  EXPECT_EQ(row<SearchRow>(bug)->title, "It rains in");
  EXPECT_EQ(row<SearchRow>(remark)->text, "through the roof");
  EXPECT_EQ(row<SearchRow>(remark)->issue_id, bug);
  is::Edited edited{};
  edited.title = "It pours";
  edited.description = "every night";
  history.issue(space, bug, edited);
  history.comment(space, remark, comment::Deleted{});
  fold();
  EXPECT_EQ(row<SearchRow>(bug)->title, "It pours");
  EXPECT_EQ(row<SearchRow>(bug)->text, "every night");
  EXPECT_EQ(row<SearchRow>(remark)->text, "through the roof") << "who asks for deleted things finds it still";
  history.comment(space, remark, comment::Restored{});
  comment::Edited again{};
  again.content = "through the window";
  history.comment(space, remark, again);
  fold();
  EXPECT_EQ(row<SearchRow>(remark)->text, "through the window");
}

TEST_F(ReadModels, SearchKnowsOfWhatItsWordsAreAndSinceWhen) {
  open_issue(bug, apollo);
  fold();
  const auto opened = row<SearchRow>(bug).value();
  EXPECT_EQ(opened.metadata.identifier, "ISSUE-1");
  EXPECT_EQ(opened.metadata.status, "backlog");
  EXPECT_EQ(opened.metadata.project_id, apollo);
  EXPECT_EQ(opened.updated_at, opened.created_at);
  // What it is changes without its words
  history.issue(space, bug, is::StatusChanged{is::Status::done});
  history.issue(space, bug, is::Moved{gemini});
  fold();
  const auto moved = row<SearchRow>(bug).value();
  EXPECT_EQ(moved.metadata.status, "done");
  EXPECT_EQ(moved.metadata.project_id, gemini);
  EXPECT_EQ(moved.updated_at, opened.updated_at);
  is::Edited edited{};
  edited.title = "It pours";
  history.issue(space, bug, edited);
  fold();
  const auto edited_row = row<SearchRow>(bug).value();
  EXPECT_EQ(edited_row.created_at, opened.created_at);
  EXPECT_GT(edited_row.updated_at, opened.updated_at);
}

TEST_F(ReadModels, ShortAddressesAreFoundAndFollowTheirChange) {
  open_workspace();
  project::Created created{};
  created.key = "AP";
  history.project(space, apollo, created);
  open_issue(bug);
  fold();
  const auto key = [&](std::string_view word) { return index_part(space.value) + index_part(word); };
  EXPECT_EQ(by_parts<IssueRow>("by_identifier", key("ISSUE-1")), std::vector{bug.value});
  EXPECT_EQ(by_parts<ProjectRow>("by_key", key("AP")), std::vector{apollo.value});
  history.project(space, apollo, project::KeyChanged{"APO"});
  history.workspace(space, ws::SlugChanged{"laboratory"});
  fold();
  EXPECT_TRUE(by_parts<ProjectRow>("by_key", key("AP")).empty());
  EXPECT_EQ(by_parts<ProjectRow>("by_key", key("APO")), std::vector{apollo.value});
  EXPECT_TRUE(by_parts<WorkspaceRow>("by_slug", index_part("lab")).empty());
  EXPECT_EQ(by_parts<WorkspaceRow>("by_slug", index_part("laboratory")), std::vector{space.value});
  history.project(space, apollo, project::KeyChanged{"AP"});
  history.project(space, apollo, project::KeyChanged{"APOLLO"});
  fold();
  EXPECT_TRUE(by_parts<ProjectRow>("by_key", key("AP")).empty()) << "a key that came and went in one batch leaves nothing";
  EXPECT_EQ(by_parts<ProjectRow>("by_key", index_part(space.value)), std::vector{apollo.value});
}

TEST_F(ReadModels, LongWordsAreCutForSearchBetweenCharacters) {
  open_issue(bug);
  is::Edited edited{};
  edited.title = "long";
  std::string description = "x";
  while (description.size() <= search_text_bytes_max) description += "ü";
  edited.description = description;
  history.issue(space, bug, edited);
  fold();
  const auto text = row<SearchRow>(bug)->text;
  EXPECT_LE(text.size(), search_text_bytes_max);
  EXPECT_GE(text.size(), search_text_bytes_max - 4);
  EXPECT_EQ(text, description.substr(0, text.size()));
  EXPECT_EQ(text.size() % 2, 1u) << "no half character at the end";
}

}  // namespace
}  // namespace daybook::projector::test::apply_across_test
