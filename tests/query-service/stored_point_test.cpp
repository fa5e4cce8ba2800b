// One thing reads the same from the state store as from PostgreSQL, whatever hides it, however it is addressed and whoever asks.
#include "query-service/core/stored_point.hpp"

#include <gtest/gtest.h>

#include "projector/core/read_table.hpp"
#include "projector/read_models/read_model.hpp"
#include "query-service/routes/resources.hpp"
#include "tests/projector/history.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/support.hpp"

namespace daybook::query::test {
namespace {

using namespace projector::test;
using events::Position;

constexpr int generation = 1, issues_of_the_history = 14;
const auto space = id_of<events::WorkspaceId>(0x10000), other_space = id_of<events::WorkspaceId>(0x20000);
const auto owner = id_of<events::UserId>(1), left = id_of<events::UserId>(3);
const auto second = id_of<events::UserId>(2), fourth = id_of<events::UserId>(4);
const auto project = id_of<events::ProjectId>(0x13001);
const auto agent = id_of<events::AgentId>(0x14001);
events::IssueId issue(int n) { return id_of<events::IssueId>(0x15000 + n); }

// Both stores after a history that can go on.
class StoredPointTest : public testing::Test {
 protected:
  StoredPointTest() : connection(daybook::test::PostgresServer::shared().fresh_database()) {
    projector::create_generation(connection, generation);
    connection.exec("SET timezone = 'UTC'");
    fold();
    history.act_as(owner);
  }

  // Brings what was added to the history into both stores.
  void fold() {
    for (auto event : history.take()) {
      event.position = position = position.next();
      auto overlay = database.batch();
      projector::StateStore store(overlay);
      projector::apply(event, store);
      overlay.put_unseen(projector::checkpoint_key(), events::to_json(projector::Checkpoint{position, {}, {}, {}}));
      projector::write_changes(connection, generation, store.changes());
      database.commit(overlay);
    }
    connection.exec("UPDATE read_g1.checkpoint SET position = " + std::to_string(position.value));
  }

  // Somebody whom the history does not know yet.
  void register_user(events::UserId id) {
    events::user::Registered registered{};
    registered.email = events::Personal(id.text() + "@example.org");
    registered.username = events::Personal(id.text());
    history.user(id, registered);
  }

  std::vector<std::string> texts(const std::string& sql) {
    const auto rows = connection.exec(sql);
    std::vector<std::string> out;
    for (int i = 0; i < rows.rows(); ++i) out.push_back(rows.text(i, 0));
    return out;
  }
  // Every word by which a thing of the kind was ever addressed, in either workspace, and some by which none was.
  std::vector<std::string> words_of(const Resource& resource) {
    const std::string table = "read_g1." + std::string(resource.table);
    auto words = texts("SELECT " + std::string(resource.address_column) + "::text FROM " + table);
    EXPECT_FALSE(words.empty()) << resource.what;
    if (!resource.short_column.empty())
      for (auto& word : texts("SELECT " + std::string(resource.short_column) + " FROM " + table)) words.push_back(word);
    for (auto& word : texts("SELECT word FROM read_g1.former_addresses")) words.push_back(word);
    words.insert(words.end(), {"issue-7", "p1", "", "no such word", std::string("\0", 1), owner.text(), space.text()});
    return words;
  }
  bool same_json(const std::string& one, const std::string& other) {
    return connection.exec_prepared("SELECT $1::jsonb = $2::jsonb", pg::Params().text(one).text(other)).boolean(0, 0);
  }

  void expect_the_same(const Viewer& viewer, const Resource& resource, const std::string& of, const std::string& word, Deleted deleted) {
    const auto shown = all_of(resource);
    auto columns = columns_for(shown);
    const auto table = find_one(connection, {"read_g1", viewer}, resource, of, word, deleted, columns);
    const auto stored = find_one(reader.read(), viewer, resource, {of, word, deleted, {}}, shown);
    const auto where = std::string(resource.what) + " '" + word + "', deleted " + std::string(word_of(deleted)) + ", for " + viewer.user.text() + ", " + viewer.role;
    ASSERT_EQ(table.has_value(), stored.has_value()) << where;
    if (!table) return;
    ++found_;
    EXPECT_TRUE(same_json(table->row.json + "}", stored->row.json + "}")) << where << "\n" << table->row.json << "\n" << stored->row.json;
    EXPECT_EQ(table->id, stored->id) << where;
    EXPECT_EQ(table->version, stored->version) << where;
    EXPECT_EQ(table->changed, stored->changed) << where;
    EXPECT_EQ(table->nulled, stored->nulled) << where;
    if (table->nulled) ++nulled_;
  }
  void expect_all_the_same() {
    for (const auto resource_of : all_resources()) {
      const auto& resource = resource_of();
      if (!resource.stored || resource.owner_column.empty()) continue;  // nobody reads those alone
      if (resource.mine.empty()) { ASSERT_EQ(resource.stored().row, resource.row) << resource.what; }
      for (const auto& word : words_of(resource))
        for (const auto& of : {space.text(), other_space.text()})
          for (const auto deleted : {Deleted::exclude, Deleted::include, Deleted::only})
            for (const auto& viewer : viewers) expect_the_same(viewer, resource, of, word, deleted);
    }
  }
  void expect_the_same_standing(events::UserId user, events::SessionId session, const std::string& word) {
    for (const bool deleted_too : {false, true}) {
      const auto table = open_snapshot(connection, "read_g1", {user, session}, word, deleted_too);
      connection.exec("ROLLBACK");
      const auto stored = find_standing(reader.read(), {user, session}, word, deleted_too);
      const auto who = user.text() + " in '" + word + "'";
      EXPECT_EQ(table.position, stored.position) << who;
      EXPECT_EQ(table.signed_out, stored.signed_out) << who;
      ASSERT_EQ(table.viewer.has_value(), stored.viewer.has_value()) << who;
      if (!table.viewer) continue;
      ++found_;
      EXPECT_EQ(table.viewer->workspace, stored.viewer->workspace) << who;
      EXPECT_EQ(table.viewer->role, stored.viewer->role) << who;
      EXPECT_EQ(table.viewer->is_superuser, stored.viewer->is_superuser) << who;
    }
  }

  daybook::test::TempDir folder;
  rocks::Database database = rocks::Database::open(folder / "state");
  projector::StateReader reader{database};
  pg::Connection connection;
  Position position{};
  History history = busy_history(issues_of_the_history);
  // Whoever sees all, and members of whom each is let into something else.
  const std::vector<Viewer> viewers{{owner, space, "owner"}, {second, space, "member"}, {fourth, space, "viewer"}};
  int found_ = 0, nulled_ = 0;
};

TEST_F(StoredPointTest, EveryThingReadsTheSameByEveryAddress) {
  expect_all_the_same();
  EXPECT_GT(found_, 2 * issues_of_the_history);
}

TEST_F(StoredPointTest, WhatIsGoneHidesAndNullsTheSame) {
  // Given issues assigned to somebody who has left, somebody who has not and an agent, below other issues, and keys that changed
  namespace is = events::issue;
  history.issue(space, issue(1), is::Assigned{is::AssigneeType::user, events::PrincipalId{left.value}});
  history.issue(space, issue(3), is::Assigned{is::AssigneeType::user, events::PrincipalId{owner.value}});
  history.issue(space, issue(5), is::Assigned{is::AssigneeType::agent, events::PrincipalId{agent.value}});
  history.issue(space, issue(7), is::ParentChanged{issue(4)});   // in a project
  history.issue(space, issue(9), is::ParentChanged{issue(6)});   // deleted
  history.issue(space, issue(11), is::ParentChanged{issue(1)});  // there
  history.project(space, project, events::project::KeyChanged{"NEW"});
  fold();
  expect_all_the_same();
  const int nulled_before = nulled_;
  EXPECT_GT(nulled_before, 0);

  // When the project and the agent are deleted, then what lies in them and points at them changes alike
  history.project(space, project, events::project::Deleted{});
  history.agent(space, agent, events::agent::Retired{});
  fold();
  nulled_ = 0;
  expect_all_the_same();
  EXPECT_GT(nulled_, nulled_before);
}

TEST_F(StoredPointTest, WhatBelongsToSomebodyDeletedHidesTheSame) {
  // Given an automation that an agent made, which is nobody's
  events::automation::Defined defined{};
  defined.name = "Robin's";
  defined.trigger.text = "{}";
  auto& made = history.add(events::StreamType::automation, id_of<events::AutomationId>(0x1F001).value, space, events::automation::Event(defined));
  made.actor_type = events::ActorType::agent;
  made.actor_id = events::PrincipalId{agent.value};
  fold();
  expect_all_the_same();
  const int found_before = found_;

  // When the owner of a project, who made the skills, is deleted, then these are hidden, with what lies in them and points at them
  const auto is_there = [&](const Resource& resource, const std::string& id) {
    return find_one(reader.read(), viewers[1], resource, {space.text(), id, Deleted::include, {}}, all_of(resource)).has_value();
  };
  const auto lint = texts("SELECT id::text FROM read_g1.skills WHERE deleted_at IS NULL AND workspace_id = '" + space.text() + "'").at(0);
  EXPECT_TRUE(is_there(skills(), lint));
  EXPECT_TRUE(is_there(projects(), project.text()));
  EXPECT_TRUE(is_there(issues(), issue(4).text()));
  history.user(owner, events::user::Deleted{});
  fold();
  found_ = 0;
  expect_all_the_same();
  EXPECT_LT(found_, found_before);
  EXPECT_FALSE(is_there(projects(), project.text()));
  EXPECT_FALSE(is_there(issues(), issue(4).text()));
  EXPECT_FALSE(is_there(skills(), lint));
  EXPECT_TRUE(is_there(automations(), id_of<events::AutomationId>(0x1F001).text()));
  EXPECT_TRUE(is_there(issues(), issue(1).text())) << "it lies in no project";

  // And there again when they are
  history.user(owner, events::user::Restored{});
  fold();
  found_ = 0;
  expect_all_the_same();
  EXPECT_EQ(found_, found_before);
}

TEST_F(StoredPointTest, WhatIsPrivateHidesTheSame) {
  // Given a project that only its owner sees, who has left, issues that lie in it or point into it, and a star of another
  namespace pr = events::project;
  history.issue(space, issue(7), events::issue::ParentChanged{issue(4)});  // in the project
  history.project(space, project, pr::OwnerChanged{left});
  history.project(space, project, pr::Starred{id_of<events::ProjectStarId>(0x1), second});
  fold();
  expect_all_the_same();
  const int found_before = found_;
  history.project(space, project, pr::VisibilityChanged{pr::Visibility::private_});
  fold();
  found_ = 0;
  expect_all_the_same();
  EXPECT_LT(found_, found_before);

  // When one is let in as a member and another as its owner, then they see it again
  history.project(space, project, pr::MemberAdded{id_of<events::ProjectMemberId>(0x2), second, pr::MemberRole::member});
  register_user(fourth);
  history.project(space, project, pr::OwnerChanged{fourth});
  fold();
  found_ = 0;
  expect_all_the_same();
  EXPECT_GT(found_, found_before) << "and the project has one member more to be found";
}

TEST_F(StoredPointTest, AnEarlierStateOfWhenItLayInWhatIsPrivateIsNotShown) {
  // Given an issue that left a project, which then became private
  const auto in_project = issue(4);
  history.issue(space, in_project, events::issue::Moved{});
  history.project(space, project, events::project::VisibilityChanged{events::project::Visibility::private_});
  fold();
  const auto read = [&](const Viewer& viewer, std::optional<Position> as_of) {
    return find_one(reader.read(), viewer, issues(), {space.text(), in_project.text(), Deleted::exclude, as_of}, all_of(issues())).has_value();
  };
  EXPECT_TRUE(read(viewers[1], std::nullopt));
  EXPECT_TRUE(read(viewers[0], Position{position.value - 2}));
  EXPECT_FALSE(read(viewers[1], Position{position.value - 2}));
}

TEST_F(StoredPointTest, WhoAsksStandsTheSame) {
  const auto expect_everybody_the_same = [&] {
    for (int n = 1; n <= 4; ++n)
      for (const auto& word : {space.text(), other_space.text(), std::string("space-1"), std::string("space-new"), std::string("nowhere"),
                               std::string("\xff"), std::string()})
        expect_the_same_standing(id_of<events::UserId>(n), id_of<events::SessionId>(0x900 + n), word);
  };
  expect_everybody_the_same();
  EXPECT_GT(found_, 0);

  // And so after an earlier slug, the end of a session and that of a workspace
  history.workspace(space, events::workspace::SlugChanged{"space-new"});
  history.user(id_of<events::UserId>(2), events::user::SessionRevoked{id_of<events::SessionId>(0x902), {}});
  fold();
  expect_everybody_the_same();
  history.workspace(space, events::workspace::MemberRoleChanged{id_of<events::MemberId>(0x11001), owner, events::workspace::MemberRole::owner});
  history.workspace(space, events::workspace::Deleted{});
  fold();
  expect_everybody_the_same();
}

TEST_F(StoredPointTest, ASuperuserReadsEveryWorkspaceUntilTheyAreNoneAnyMore) {
  const auto stranger = fourth;
  register_user(stranger);
  history.user(stranger, events::user::SuperuserGranted{});
  history.user(second, events::user::SuperuserGranted{});
  history.act_as(owner);
  fold();
  const auto expect_the_same = [&] {
    for (const auto& user : {stranger, second})
      for (const auto& word : {space.text(), std::string("space-2"), std::string("nowhere"), std::string()})
        expect_the_same_standing(user, {}, word);
  };
  expect_the_same();
  const auto viewer = [&](bool deleted_too = false) { return find_standing(reader.read(), {stranger, {}}, space.text(), deleted_too).viewer; };
  ASSERT_TRUE(viewer());
  EXPECT_TRUE(viewer()->sees_all());
  EXPECT_EQ(viewer()->role, superuser_role);
  history.workspace(space, events::workspace::Deleted{});
  fold();
  expect_the_same();
  EXPECT_FALSE(viewer());
  EXPECT_TRUE(viewer(true));
  history.user(stranger, events::user::SuperuserRevoked{});
  history.workspace(space, events::workspace::Restored{});
  fold();
  expect_the_same();
  EXPECT_FALSE(viewer());
}

TEST_F(StoredPointTest, ARememberedStandingEndsWithTheNextChange) {
  Standings standings;
  const auto viewer = [&] { return standings.find(reader.read(), {second, {}}, space.text(), false).viewer; };
  ASSERT_TRUE(viewer());
  EXPECT_EQ(viewer()->role, "admin") << "from memory";
  EXPECT_FALSE(standings.find(reader.read(), {second, {}}, "nowhere", false).viewer);
  history.workspace(space, events::workspace::MemberLeft{id_of<events::MemberId>(0x11002), second});
  fold();
  EXPECT_FALSE(viewer());
  EXPECT_EQ(standings.find(reader.read(), {owner, {}}, space.text(), false).position, position);
}

TEST_F(StoredPointTest, AnEarlierStateIsShownAsItWasAndOnlyToWhoMaySeeItNow) {
  const auto title_as_of = [&](std::int64_t at) -> std::string {
    Shown shown{{issues().field("title")}, {}, true};
    const auto found = find_one(reader.read(), viewers[0], issues(), {space.text(), issue(2).text(), Deleted::exclude, Position{at}}, shown);
    return found ? found->row.json + "}" : "nothing";
  };
  events::issue::Edited edited{};
  edited.title = "Another title";
  const auto before = position.value;
  history.issue(space, issue(2), edited);
  fold();
  EXPECT_EQ(title_as_of(before), R"({"title":"Work nº 2 \\ \"quoted\""})");
  EXPECT_EQ(title_as_of(before + 1), R"({"title":"Another title"})");
  EXPECT_EQ(title_as_of(1), "nothing") << "before its birth";
  history.issue(space, issue(2), events::issue::Deleted{});
  fold();
  EXPECT_EQ(title_as_of(before), "nothing") << "deleted now";
}

// As text, whichever store it is from.
std::string said_of(const Standing& standing) {
  auto text = std::string(standing.signed_out ? "ended" : "live") + " " + (standing.viewer ? standing.viewer->user.text() + " " + standing.viewer->role : "nobody");
  for (const auto& scope : standing.scopes.value_or(std::vector<std::string>{})) text += " " + scope;
  return text + (standing.good_until ? " until " + text::format_instant(*standing.good_until) : "");
}

TEST_F(StoredPointTest, CallersOfEveryKindStandAlikeInBothStores) {
  // Given keys and an agent's token in every state, and some that nobody knows
  const auto token = id_of<events::AgentTokenId>(0x1F761), another_token = id_of<events::AgentTokenId>(0x1F769);
  std::vector<api::Principal> callers{{owner, {}}, {left, {}}};
  for (int n = 1; n <= 5; ++n) {
    api::Principal by_key{id_of<events::UserId>(n), {}};
    by_key.api_key = id_of<events::ApiKeyId>(0x1D760 + n);
    callers.push_back(by_key);
    by_key.user = fourth;
    callers.push_back(by_key);
  }
  for (const auto shown : {token, another_token, events::AgentTokenId{}}) {
    api::Principal robot{};
    robot.agent = agent;
    robot.agent_token = shown;
    callers.push_back(robot);
  }
  const auto compare = [&](const std::string& when) {
    for (const auto& caller : callers)
      for (const auto& word : {space.text(), other_space.text(), std::string()})
        EXPECT_EQ(said_of(find_standing(connection, "read_g1", caller, word)), said_of(find_standing(reader.read(), caller, word, false)))
            << when << ": " << caller.id().text() << " in '" << word << "'";
  };
  compare("as they are");
  // Then each ends with what it hangs on
  history.agent(space, agent, events::agent::TokenIssued{another_token, "another"});
  history.api_key(space, id_of<events::ApiKeyId>(0x1D761), events::api_key::Revoked{});
  fold();
  compare("after a revocation and another token");
  history.agent(space, agent, events::agent::Retired{});
  history.workspace(space, events::workspace::Deleted{});
  fold();
  compare("after the workspace went");
}

TEST_F(StoredPointTest, AnAgentIsAViewerOfItsWorkspaceByItsTokenAlone) {
  api::Principal robot{};
  robot.agent = agent;
  const auto token = id_of<events::AgentTokenId>(0x1F76A);
  history.agent(space, agent, events::agent::TokenIssued{token, "another"});
  fold();
  EXPECT_TRUE(find_standing(reader.read(), robot, space.text(), false).signed_out) << "without a token";
  robot.agent_token = token;
  const auto standing = find_standing(reader.read(), robot, space.text(), false);
  EXPECT_FALSE(standing.signed_out);
  ASSERT_TRUE(standing.viewer);
  EXPECT_EQ(standing.viewer->role, "viewer");
  EXPECT_EQ(standing.viewer->user.value, agent.value);
  EXPECT_FALSE(find_standing(reader.read(), robot, other_space.text(), false).viewer);
}

}  // namespace
}  // namespace daybook::query::test
