#include <gtest/gtest.h>

#include <set>

#include "platform/text/base64.hpp"
#include "projector/read_models/activity.hpp"
#include "projector/read_models/agent.hpp"
#include "projector/read_models/dependency.hpp"
#include "projector/read_models/invitation.hpp"
#include "projector/read_models/issue.hpp"
#include "projector/read_models/label.hpp"
#include "projector/read_models/label_link.hpp"
#include "projector/read_models/member.hpp"
#include "projector/read_models/project.hpp"
#include "projector/read_models/project_member.hpp"
#include "projector/read_models/user.hpp"
#include "projector/read_models/workspace.hpp"
#include "tests/projector/read_models_fixture.hpp"

namespace daybook::projector::test::apply_test {
namespace {

const auto member = id_of<MemberId>(0x110);
const auto label = id_of<LabelId>(0x120);

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

TEST_F(ReadModels, MembersAndStarsAreRowsOfTheirOwnAndTheProjectKeepsItsStreamsVersion) {
  namespace pr = events::project;
  pr::Created created{};
  created.name = "Apollo";
  created.visibility = pr::Visibility::private_;
  history.project(space, apollo, created);
  history.project(space, apollo, pr::MemberAdded{id_of<ProjectMemberId>(0x150), max, pr::MemberRole::admin});
  history.project(space, apollo, pr::Starred{id_of<ProjectStarId>(0x151), max});
  fold();
  const auto joined = row<ProjectMemberRow>(id_of<ProjectMemberId>(0x150));
  ASSERT_TRUE(joined);
  EXPECT_EQ(joined->project_id, apollo);
  EXPECT_EQ(joined->workspace_id, space);
  EXPECT_EQ(joined->user_id, max);
  EXPECT_EQ(joined->role, pr::MemberRole::admin);
  EXPECT_EQ(joined->joined_at, joined->created_at);
  EXPECT_EQ(joined->version.value, 2);
  EXPECT_EQ(row<ProjectRow>(apollo)->version.value, 3);
  EXPECT_EQ(row<ProjectRow>(apollo)->visibility, pr::Visibility::private_);
  const auto both = index_part(apollo.value) + index_part(max.value);
  EXPECT_EQ(by_parts<ProjectMemberRow>("by_user", both).size(), 1u);
  EXPECT_EQ(by_parts<ProjectStarRow>("by_user", both).size(), 1u);
  for (const auto& line : rows<ActivityRow>()) EXPECT_EQ(line.project_id, apollo) << line.type << ": hidden with the project";

  history.project(space, apollo, pr::MemberRemoved{id_of<ProjectMemberId>(0x150), max});
  history.project(space, apollo, pr::Unstarred{id_of<ProjectStarId>(0x151), max});
  fold();
  EXPECT_TRUE(rows<ProjectMemberRow>().empty());
  EXPECT_TRUE(rows<ProjectStarRow>().empty());
  EXPECT_TRUE(by_parts<ProjectMemberRow>("by_user", both).empty());
}

TEST_F(ReadModels, DeletingAProjectWritesItsRowAndALineForPeopleAndAuditorsWhateverLiesInIt) {
  namespace pr = events::project;
  pr::Created created{};
  created.name = "Apollo";
  history.project(space, apollo, created);
  constexpr int issues = 500;
  for (int n = 0; n < issues; ++n) {
    is::Opened opened{};
    opened.title = "Work";
    opened.number = n + 1;
    opened.identifier = "ABC-" + std::to_string(n + 1);
    opened.project_id = apollo;
    history.issue(space, id_of<IssueId>(0x1000 + n), opened);
  }
  fold();
  const auto changed_by = [&](const pr::Event& event) {
    history.project(space, apollo, event);
    auto overlay = database.batch();
    StateStore store(overlay);
    auto events = history.take();
    events.front().position = position = position.next();
    apply(events.front(), store);
    database.commit(overlay);
    std::multiset<std::string> tables;
    for (const auto& [at, change] : store.changes()) tables.emplace(at.table->name);
    return tables;
  };
  EXPECT_EQ(changed_by(pr::Deleted{}), (std::multiset<std::string>{"activity", "audit_entries", "projects"}));
  EXPECT_EQ(changed_by(pr::Restored{}), (std::multiset<std::string>{"activity", "audit_entries", "projects"}));
  EXPECT_EQ(changed_by(pr::VisibilityChanged{pr::Visibility::private_}), (std::multiset<std::string>{"activity", "audit_entries", "projects"}));
}

TEST_F(ReadModels, AnIssueIsTheFoldOfItsStream) {
  open_issue(bug);
  history.issue(space, bug, is::StatusChanged{is::Status::in_progress});
  history.issue(space, bug, is::Assigned{is::AssigneeType::user, PrincipalId{max.value}});
  history.issue(space, bug, is::Estimated{3, 90, {}, {}});
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

TEST_F(ReadModels, WhatIsSaidOfALabelThatWasNeverDefinedMakesNone) {
  open_workspace();
  history.workspace(space, ws::LabelChanged{label, "very wet", "#0000ff", "rain"});
  fold();
  EXPECT_FALSE(row<LabelRow>(label));
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

TEST_F(ReadModels, AnInvitationIsARowWithoutWhomItWentTo) {
  open_workspace();
  const auto id = id_of<InvitationId>(0x1a0);
  invitation::Sent sent{};
  sent.email = Personal("eve@example.org");
  sent.token_hash = Personal("secret-token-hash");
  sent.expires_at = *text::parse_instant("2026-03-08T10:00:00Z");
  history.invitation(space, id, sent);
  history.invitation(space, id, invitation::Resent{id_of<MailedTokenId>(0x1b0), Personal("another-hash"), *text::parse_instant("2026-03-15T10:00:00Z")});
  history.invitation(space, id, invitation::Accepted{max, id_of<MemberId>(0x1c0)});
  fold();
  const auto after = row<InvitationRow>(id);
  ASSERT_TRUE(after);
  EXPECT_EQ(after->workspace_id, space);
  EXPECT_EQ(after->status, invitation::Status::accepted);
  EXPECT_EQ(after->sent_count, 2);
  EXPECT_EQ(after->expires_at, *text::parse_instant("2026-03-15T10:00:00Z"));
  EXPECT_EQ(after->accepted_by_id, max);
  EXPECT_TRUE(after->closed_at);
  EXPECT_EQ(newest().type, "invitation.accepted");
  for (const std::string plain : {"eve@example.org", "secret-token-hash", "another-hash"})
    for (auto at = database.seek(""); at.valid(); at.next()) EXPECT_EQ(at.value().find(plain), std::string_view::npos) << plain;
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
}  // namespace daybook::projector::test::apply_test
