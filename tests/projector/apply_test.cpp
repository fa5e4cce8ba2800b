#include <gtest/gtest.h>

#include "platform/rocksdb/key_codec.hpp"
#include "platform/text/base64.hpp"
#include "projector/read_models/activity.hpp"
#include "projector/read_models/agent.hpp"
#include "projector/read_models/comment.hpp"
#include "projector/read_models/dependency.hpp"
#include "projector/read_models/issue.hpp"
#include "projector/read_models/label.hpp"
#include "projector/read_models/label_link.hpp"
#include "projector/read_models/member.hpp"
#include "projector/read_models/project.hpp"
#include "projector/read_models/search.hpp"
#include "projector/read_models/user.hpp"
#include "projector/read_models/workspace.hpp"
#include "tests/projector/history.hpp"
#include "tests/support/support.hpp"

namespace daybook::projector::test {
namespace {

using namespace events;
namespace ws = events::workspace;
namespace is = events::issue;

const auto ada = id_of<UserId>(1), max = id_of<UserId>(2);
const auto space = id_of<WorkspaceId>(0x100);
const auto member = id_of<MemberId>(0x110);
const auto label = id_of<LabelId>(0x120);
const auto apollo = id_of<ProjectId>(0x130), gemini = id_of<ProjectId>(0x131);
const auto bug = id_of<IssueId>(0x140), other = id_of<IssueId>(0x141);

class ReadModels : public testing::Test {
 protected:
  // Folds what was added to the history, as one batch.
  void fold() {
    auto overlay = database.batch();
    StateStore store(overlay);
    for (auto event : history.take()) {
      event.position = position = position.next();
      apply(event, store);
    }
    database.commit(overlay);
  }
  template <class Row, class IdType>
  std::optional<Row> row(IdType id) {
    auto overlay = database.batch();
    return StateStore(overlay).get<Row>(id.value);
  }
  template <class Row>
  std::vector<Row> rows() {
    std::vector<Row> all;
    for (auto at = database.seek(table_prefix(table_of<Row>())); at.valid(); at.next()) {
      EXPECT_TRUE(from_json(at.value(), all.emplace_back(), Reading::lenient));
    }
    return all;
  }
  // Ids of a table's rows in the order of one of its indexes.
  template <class Row>
  std::vector<text::Uuid> by_index(std::string_view name, text::Uuid value) {
    return by_parts<Row>(name, index_part(value));
  }
  template <class Row>
  std::vector<text::Uuid> by_parts(std::string_view name, const std::string& parts) {
    const auto& table = table_of<Row>();
    std::vector<text::Uuid> ids;
    for (auto at = database.seek(index_prefix(table, index_number(table, name), parts)); at.valid(); at.next())
      ids.push_back(id_in_index_key(at.key()));
    return ids;
  }
  std::vector<std::string> feed(std::string_view index, text::Uuid value) {
    std::vector<std::string> types;
    for (const auto id : by_index<ActivityRow>(index, value))
      types.push_back(row<ActivityRow>(EventId{id})->type);
    return types;
  }
  ActivityRow newest() {
    return row<ActivityRow>(EventId{by_index<ActivityRow>("by_workspace", space.value).at(0)}).value();
  }

  void open_workspace() {
    ws::Created created{};
    created.name = "Lab";
    created.slug = "lab";
    created.owner_id = ada;
    history.workspace(space, created);
  }
  void open_issue(IssueId id, std::optional<ProjectId> project = {}) {
    is::Opened opened{};
    opened.number = 1;
    opened.identifier = "ISSUE-1";
    opened.title = "It rains in";
    opened.project_id = project;
    history.issue(space, id, opened);
  }

  daybook::test::TempDir folder;
  rocks::Database database = rocks::Database::open(folder / "state");
  Position position{};
  History history{ada};
};

using Strings = std::vector<std::string>;

TEST_F(ReadModels, AWorkspaceIsTheFoldOfItsStream) {
  open_workspace();
  history.workspace(space, ws::Renamed{"Laboratory"});
  history.workspace(space, ws::Deleted{});
  fold();
  const auto found = row<WorkspaceRow>(space).value();
  EXPECT_EQ(found.name, "Laboratory");
  EXPECT_EQ(found.slug, "lab");
  EXPECT_EQ(found.version, StreamVersion{3});
  EXPECT_EQ(found.born, Position{1});
  EXPECT_EQ(found.changed, Position{3});
  EXPECT_TRUE(found.deleted_at);
  history.workspace(space, ws::Restored{});
  fold();
  EXPECT_FALSE(row<WorkspaceRow>(space)->deleted_at);
}

TEST_F(ReadModels, MembersComeFromTheWorkspaceStreamAndLeave) {
  open_workspace();
  history.workspace(space, ws::MemberJoined{member, max, ws::MemberRole::member});
  fold();
  EXPECT_EQ(row<MemberRow>(member)->user_id, max);
  EXPECT_EQ(row<MemberRow>(member)->workspace_id, space);
  EXPECT_EQ(by_index<MemberRow>("by_workspace", space.value), std::vector{member.value});
  history.workspace(space, ws::MemberRoleChanged{member, max, ws::MemberRole::admin});
  fold();
  EXPECT_EQ(row<MemberRow>(member)->role, ws::MemberRole::admin);
  EXPECT_EQ(row<MemberRow>(member)->version, StreamVersion{3});
  EXPECT_EQ(newest().changes.text, R"({"role":["member","admin"]})");
  EXPECT_EQ(newest().entity_type, "member");
  EXPECT_EQ(row<WorkspaceRow>(space)->version, StreamVersion{1})
      << "what is about a member does not touch the workspace";
  history.workspace(space, ws::MemberLeft{member, max});
  fold();
  EXPECT_FALSE(row<MemberRow>(member));
  EXPECT_TRUE(by_index<MemberRow>("by_workspace", space.value).empty());
}

TEST_F(ReadModels, LabelsAreDefinedChangedDeletedAndRestored) {
  open_workspace();
  history.workspace(space, ws::LabelDefined{label, "wet", "#0000ff", "rain"});
  history.workspace(space, ws::LabelChanged{label, "very wet", "#0000ff", "rain"});
  fold();
  EXPECT_EQ(row<LabelRow>(label)->name, "very wet");
  EXPECT_EQ(newest().changes.text, R"({"name":["wet","very wet"]})");
  history.workspace(space, ws::LabelDeleted{label});
  fold();
  EXPECT_TRUE(row<LabelRow>(label)->deleted_at);
  history.workspace(space, ws::LabelRestored{label});
  fold();
  EXPECT_FALSE(row<LabelRow>(label)->deleted_at);
}

TEST_F(ReadModels, AProjectKeepsItsKeyStatusAndOwner) {
  project::Created created{};
  created.key = "AP";
  created.name = "Apollo";
  history.project(space, apollo, created);
  history.project(space, apollo, project::StatusChanged{project::Status::completed});
  history.project(space, apollo, project::OwnerChanged{max});
  history.project(space, apollo, project::Archived{});
  fold();
  const auto found = row<ProjectRow>(apollo).value();
  EXPECT_EQ(found.key, "AP");
  EXPECT_EQ(found.status, project::Status::completed);
  EXPECT_EQ(found.owner_id, max);
  EXPECT_TRUE(found.archived_at);
  EXPECT_EQ(newest().project_id, apollo);
}

TEST_F(ReadModels, AnIssueIsTheFoldOfItsStream) {
  open_issue(bug);
  history.issue(space, bug, is::StatusChanged{is::Status::in_progress});
  history.issue(space, bug, is::Assigned{is::AssigneeType::user, PrincipalId{max.value}});
  history.issue(space, bug, is::Estimated{3, 90});
  fold();
  const auto found = row<IssueRow>(bug).value();
  EXPECT_EQ(found.workspace_id, space);
  EXPECT_EQ(found.status, is::Status::in_progress);
  EXPECT_EQ(found.assignee_id, PrincipalId{max.value});
  EXPECT_EQ(found.story_points, 3);
  EXPECT_TRUE(found.started_at);
  EXPECT_EQ(found.created_by_id, PrincipalId{ada.value});
}

TEST_F(ReadModels, AnAgentIsTheFoldOfItsStream) {
  const auto robin = id_of<AgentId>(0x150);
  agent::Registered registered{};
  registered.name = "Robin";
  history.agent(space, robin, registered);
  history.agent(space, robin, agent::StatusChanged{agent::Status::busy});
  history.agent(space, robin, agent::Retired{});
  fold();
  EXPECT_EQ(row<AgentRow>(robin)->status, agent::Status::busy);
  EXPECT_TRUE(row<AgentRow>(robin)->deleted_at);
}

TEST_F(ReadModels, LabelLinksAppearAndVanish) {
  const auto link = id_of<LabelLinkId>(0x160);
  open_issue(bug);
  history.issue(space, bug, is::LabelAttached{link, label});
  fold();
  EXPECT_EQ(row<IssueLabelRow>(link)->label_id, label);
  EXPECT_EQ(row<IssueLabelRow>(link)->issue_id, bug);
  EXPECT_EQ(row<IssueLabelRow>(link)->workspace_id, space);
  EXPECT_EQ(by_index<IssueLabelRow>("by_issue", bug.value), std::vector{link.value});
  history.issue(space, bug, is::LabelDetached{link, label});
  fold();
  EXPECT_FALSE(row<IssueLabelRow>(link));
  EXPECT_TRUE(by_index<IssueLabelRow>("by_issue", bug.value).empty());
}

TEST_F(ReadModels, DependenciesAppearAndVanish) {
  const auto dependency = id_of<DependencyId>(0x170);
  open_issue(bug);
  history.issue(space, bug, is::DependencyAdded{dependency, other, is::DependencyType::blocked_by});
  fold();
  EXPECT_EQ(row<DependencyRow>(dependency)->depends_on_id, other);
  EXPECT_EQ(row<DependencyRow>(dependency)->dependency_type, is::DependencyType::blocked_by);
  history.issue(space, bug, is::DependencyRemoved{dependency, other, is::DependencyType::blocked_by});
  fold();
  EXPECT_FALSE(row<DependencyRow>(dependency));
  EXPECT_TRUE(by_index<DependencyRow>("by_issue", bug.value).empty());
}

TEST_F(ReadModels, WhatIsAddedAndRemovedInOneBatchLeavesNothing) {
  const auto link = id_of<LabelLinkId>(0x160);
  open_issue(bug);
  history.issue(space, bug, is::LabelAttached{link, label});
  history.issue(space, bug, is::LabelDetached{link, label});
  fold();
  EXPECT_TRUE(rows<IssueLabelRow>().empty());
  EXPECT_TRUE(by_index<IssueLabelRow>("by_issue", bug.value).empty());
}

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

TEST_F(ReadModels, WhatIsSaidOfALabelThatWasNeverDefinedMakesNone) {
  open_workspace();
  history.workspace(space, ws::LabelChanged{label, "very wet", "#0000ff", "rain"});
  fold();
  EXPECT_FALSE(row<LabelRow>(label));
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

TEST_F(ReadModels, WhatIsPersonalStandsInNoRow) {
  user::Registered registered{};
  registered.email = Personal("ada@example.org");
  registered.username = Personal("ada-lovelace");
  registered.full_name = Personal("Ada Lovelace");
  registered.home_workspace_id = space;
  history.user(ada, registered);
  user::SessionStarted session{};
  session.session_id = id_of<SessionId>(0x190);
  session.refresh_token_hash = Personal("secret-token-hash");
  session.address = Personal("192.0.2.7");
  history.user(ada, session);
  history.user(ada, user::EmailChanged{Personal("countess@example.org")});
  fold();
  ASSERT_TRUE(row<UserRow>(ada));
  EXPECT_EQ(row<UserRow>(ada)->home_workspace_id, space);
  for (const std::string plain : {"ada@example.org", "ada-lovelace", "Ada Lovelace", "secret-token-hash",
                                  "192.0.2.7", "countess@example.org"}) {
    for (auto at = database.seek(""); at.valid(); at.next()) {
      EXPECT_EQ(at.value().find(plain), std::string_view::npos) << plain;
      EXPECT_EQ(at.value().find(text::hex_encode(plain)), std::string_view::npos) << plain;
    }
  }
  EXPECT_TRUE(rows<ActivityRow>().empty()) << "an account's events are nobody's activity";
}

TEST_F(ReadModels, FoldingInOneBatchOrInManyGivesTheSameRows) {
  const auto events = busy_history(6).events();
  const auto folded = [&](std::size_t batch_size) {
    daybook::test::TempDir place;
    auto store = rocks::Database::open(place / "state");
    for (std::size_t from = 0; from < events.size(); from += batch_size) {
      auto overlay = store.batch();
      StateStore rows(overlay);
      for (auto i = from; i < std::min(events.size(), from + batch_size); ++i) {
        auto event = events[i];
        event.position = Position{static_cast<std::int64_t>(i) + 1};
        apply(event, rows);
      }
      store.commit(overlay);
    }
    std::map<std::string, std::string> all;
    for (auto at = store.seek(""); at.valid(); at.next()) all.emplace(at.key(), at.value());
    return all;
  };
  const auto one = folded(events.size());
  EXPECT_GT(one.size(), 100u);
  EXPECT_EQ(folded(1), one);
  EXPECT_EQ(folded(7), one);
}

}  // namespace
}  // namespace daybook::projector::test
