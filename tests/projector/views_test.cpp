// The four models as views: what columns they have, whom they show what, and that a row is found by its keys.
#include "projector/views/views.hpp"

#include <atomic>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <thread>

#include "tests/projector/projector_fixture.hpp"

namespace daybook::projector::test::views_test {
namespace {

constexpr std::string_view schemas = "('platform', 'workflow_manager', 'agent_factory', 'prism')";

// A line of the tables of facts.
struct Fact {
  std::string system, table, column, type, constraint;
};

std::vector<Fact> facts_of(const std::string& path) {
  std::ifstream in(path);
  std::vector<Fact> facts;
  std::string line;
  std::getline(in, line);  // the names of the columns
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    Fact fact;
    for (auto* cell : {&fact.system, &fact.table, &fact.column, &fact.type, &fact.constraint}) std::getline(cells, *cell, '\t');
    facts.push_back(fact);
  }
  return facts;
}
std::vector<Fact> described() { return facts_of("tests/fixtures/domain/columns.tsv"); }
std::vector<Fact> named_only() { return facts_of("tests/fixtures/domain/columnless.tsv"); }

// How PostgreSQL calls the type here.
std::string view_type(const std::string& type) {
  static const std::map<std::string, std::string> types{
      {"str", "text"},           {"String", "text"},      {"Text", "text"},
      {"TEXT", "text"},          {"VARCHAR", "text"},     {"ENUM", "text"},
      {"JSON", "jsonb"},         {"JSONB", "jsonb"},      {"dict", "jsonb"},
      {"INTEGER", "bigint"},     {"SERIAL", "bigint"},    {"int", "bigint"},
      {"Integer", "bigint"},     {"REAL", "double precision"}, {"Float", "double precision"},
      {"DECIMAL", "numeric(10,4)"}, {"DATE", "date"},     {"BOOLEAN", "boolean"},
      {"Boolean", "boolean"},    {"UUID", "uuid"},        {"TIMESTAMP", "timestamp without time zone"},
      {"DateTime", "timestamp without time zone"},        {"datetime", "timestamp with time zone"}};
  return types.at(type.substr(0, type.find_first_of(" (")));
}

std::set<std::string> wanted_columns() {
  std::set<std::string> wanted;
  for (const auto& facts : {described(), named_only()})
    for (const auto& fact : facts) wanted.insert(fact.system + "." + fact.table + "." + fact.column + " " + view_type(fact.type));
  return wanted;
}

bool is_key(const Fact& fact) {
  static const std::regex key("PRIMARY KEY|UNIQUE|FOREIGN KEY|\\(PK|\\(FK|\\(unique|SERIAL");
  return std::regex_search(fact.type + " " + fact.constraint, key);
}

// A secret is shown to nobody, so nothing is found by it; a text that is searched has its number from one of seven tables, and what
// blocks a task is told by the task or by its oldest dependency.
const std::set<std::string> found_by_no_index{"agent_factory.api_keys.key_hash", "workflow_manager.search_indexes.id",
                                              "workflow_manager.tasks.blockedByTaskId"};

class ViewsTest : public ProjectorTest {
 protected:
  // The read tables of a generation, empty, with the views over them.
  void install(int generation = current_generation) {
    create_generation(connection, generation);
    create_indexes(connection, generation);
    install_views(connection, generation);
  }
  // A busy history, projected, and the views that come with it.
  void live() {
    served_generation(connection);
    project("a");
  }
  std::set<std::string> ask(const std::string& sql) {
    const auto found = connection.exec(sql);
    std::set<std::string> words;
    for (int i = 0; i < found.rows(); ++i) words.insert(std::string(found.text(i, 0)));
    return words;
  }
  std::string one(const std::string& sql) { return std::string(connection.exec(sql).text(0, 0)); }
  std::int64_t number_of(const std::string& id, std::int64_t born, int code) {
    return connection.exec("SELECT read_models.number_of('" + id + "', " + std::to_string(born) + ", " + std::to_string(code) + ")").int64(0, 0);
  }
  std::set<std::string> views() {
    return ask("SELECT quote_ident(schemaname) || '.' || quote_ident(viewname) FROM pg_views WHERE schemaname IN " + std::string(schemas));
  }
  // Whether the plan looks the value up in an index.
  bool is_looked_up(const Fact& fact, const std::string& value) {
    const auto plan = connection.exec("EXPLAIN SELECT * FROM " + fact.system + "." + fact.table + " WHERE " + pg::quote_identifier(fact.column) +
                                      " = '" + value + "'");
    for (int i = 0; i < plan.rows(); ++i) {
      const std::string line(plan.text(i, 0));
      if (line.find("Index Cond") != line.npos && line.find(value) != line.npos) return true;
    }
    return false;
  }

  pg::Connection connection{url};
};

TEST_F(ViewsTest, HaveEachTableAndColumnOfTheFourModelsInItsType) {
  install();
  const auto found = ask("SELECT nspname || '.' || relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute"
                         " JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace"
                         " WHERE attnum > 0 AND NOT attisdropped AND nspname IN " + std::string(schemas));
  const auto wanted = wanted_columns();
  EXPECT_EQ(described().size(), 494u);
  for (const auto& column : wanted) EXPECT_TRUE(found.contains(column)) << "missing: " << column;
  for (const auto& column : found) EXPECT_TRUE(wanted.contains(column)) << "too many: " << column;
}

TEST_F(ViewsTest, AllCanBeReadOverABusyHistory) {
  live();
  const auto all = views();
  EXPECT_FALSE(all.empty());
  for (const auto& view : all) EXPECT_NO_THROW(connection.exec("SELECT * FROM " + view)) << view;
  EXPECT_EQ(one("SELECT count(*) FROM platform.issues"), one("SELECT count(*) FROM read_models.shown_issues"));
  EXPECT_NE(one("SELECT count(*) FROM platform.issues"), "0");
}

TEST_F(ViewsTest, ANumberIsThatOfTheImportedIdAndElseOfWhereTheRowBegan) {
  install();
  constexpr int organizations = 49, projects = 51, longest = 0x1FF;
  EXPECT_EQ(number_of("00000000-002a-8031-8064-6179626f6f6b", 7, organizations), 42);
  EXPECT_EQ(number_of("00000000-0000-8031-8064-6179626f6f6b", 7, organizations), 0);
  EXPECT_EQ(number_of("00e8d4a5-0fff-8031-8064-6179626f6f6b", 7, organizations), 999'999'999'999);
  EXPECT_EQ(number_of("00000000-002a-81ff-8064-6179626f6f6b", 7, longest), 42);
  EXPECT_EQ(number_of("00000000-002a-8031-8064-6179626f6f6b", 7, projects), 1'000'000'000'007) << "it is the number of another table";
  EXPECT_EQ(number_of("0190a1b2-0000-7000-8000-000000000001", 7, organizations), 1'000'000'000'007);
  EXPECT_TRUE(connection.exec("SELECT read_models.number_of(NULL, NULL, 49)").is_null(0, 0));
}

TEST_F(ViewsTest, ANumberLeadsBackToItsRow) {
  live();
  const auto organizations = connection.exec("SELECT id, slug FROM prism.organizations");
  ASSERT_GT(organizations.rows(), 0);
  for (int i = 0; i < organizations.rows(); ++i)
    EXPECT_EQ(ask("SELECT slug FROM prism.organizations WHERE id = " + std::string(organizations.text(i, 0))),
              std::set{std::string(organizations.text(i, 1))});
}

TEST_F(ViewsTest, FindARowByEachOfItsKeysThroughAnIndex) {
  install();
  connection.exec("SET enable_seqscan = off");
  const std::map<std::string, std::string> values{{"bigint", "424242"}, {"uuid", "3f0c1f9e-0000-4000-8000-00000000abcd"}, {"text", "3f0c1f9e-0000-4000-8000-00000000abcd"}};
  for (const auto& fact : described()) {
    const auto name = fact.system + "." + fact.table + "." + fact.column;
    if (!is_key(fact) || found_by_no_index.contains(name)) continue;
    EXPECT_TRUE(is_looked_up(fact, values.at(view_type(fact.type)))) << name;
  }
}

TEST_F(ViewsTest, AReporterSeesTheWorkspacesItIsSetTo) {
  live();
  if (one("SELECT count(*) FROM pg_roles WHERE rolname = 'daybook_report'") == "0") GTEST_SKIP() << "the database's role may not make others";
  const auto workspace = one("SELECT workspace_id FROM platform.issues LIMIT 1");
  const auto all = count("SELECT count(*) FROM platform.workspaces");
  const auto people = ask("SELECT user_id FROM platform.members WHERE workspace_id = '" + workspace + "'");
  ASSERT_GT(all, 1);

  connection.exec("SET ROLE daybook_report");
  auto each = views();
  each.erase("agent_factory.plans");  // are everybody's
  for (const auto& view : each) EXPECT_EQ(one("SELECT count(*) FROM " + view), "0") << view << " without a setting";
  connection.exec("SET daybook.workspaces = '" + workspace + "'");
  EXPECT_EQ(ask("SELECT id FROM platform.workspaces"), std::set{workspace});
  EXPECT_EQ(ask("SELECT DISTINCT workspace_id FROM platform.issues"), std::set{workspace});
  EXPECT_EQ(ask("SELECT id FROM platform.users"), people);
  EXPECT_EQ(one("SELECT count(*) FROM prism.organizations"), "1");
  EXPECT_THROW(connection.exec("SELECT * FROM " + schema_of(current_generation) + ".users"), pg::Error);
  EXPECT_THROW(connection.exec("SELECT * FROM read_models.shown_users"), pg::Error);
}

TEST_F(ViewsTest, NobodyWritesThroughThem) {
  live();
  EXPECT_THROW(connection.exec("DELETE FROM platform.workspaces"), pg::Error);
  EXPECT_THROW(connection.exec("UPDATE prism.organizations SET name = 'Mine'"), pg::Error);
  EXPECT_THROW(connection.exec("INSERT INTO platform.users (id) VALUES ('x')"), pg::Error);
}

TEST_F(ViewsTest, WhatIsContainedInSomethingDeletedIsInNoneOfThem) {
  live();
  const auto project = one("SELECT project_id FROM platform.issues WHERE project_id IS NOT NULL LIMIT 1");
  connection.exec("UPDATE " + schema_of(current_generation) + ".projects SET deleted_at = now() WHERE id = '" + project + "'");
  EXPECT_EQ(one("SELECT count(*) FROM platform.projects WHERE id = '" + project + "'"), "0");
  EXPECT_EQ(one("SELECT count(*) FROM platform.issues WHERE project_id = '" + project + "'"), "0");
  EXPECT_EQ(one("SELECT count(*) FROM platform.comments c WHERE NOT EXISTS (SELECT FROM platform.issues i WHERE i.id = c.issue_id)"), "0");
  EXPECT_EQ(one("SELECT count(*) FROM prism.stories s WHERE NOT EXISTS (SELECT FROM prism.projects p WHERE p.id = s.project_id)"), "0");
}

TEST_F(ViewsTest, InstalledAgainNothingIsTouched) {
  install();
  const auto before = one("SELECT 'platform.issues'::regclass::oid");
  install_views(connection, current_generation);
  EXPECT_EQ(one("SELECT 'platform.issues'::regclass::oid"), before);
}

TEST_F(ViewsTest, ComeBackWithReadTablesThatWereDropped) {
  live();
  const auto all = views();
  drop_generation(connection, current_generation);
  EXPECT_TRUE(views().empty());
  install();
  EXPECT_EQ(views(), all);
}

TEST_F(ViewsTest, FourServicesThatStartTogetherInstallThemOnce) {
  create_generation(connection, current_generation);
  std::vector<std::thread> services;
  std::atomic<int> done{0};
  for (int i = 0; i < 4; ++i)
    services.emplace_back([&] {
      pg::Connection own(url);
      create_indexes(own, current_generation);
      install_views(own, current_generation);
      ++done;
    });
  for (auto& service : services) service.join();
  EXPECT_EQ(done, 4);
  EXPECT_EQ(one("SELECT count(*) FROM read_models.installed_views"), "1");
}

TEST_F(ViewsTest, ShowTheGenerationThatIsServed) {
  live();
  const auto shown = [&] { return one("SELECT pg_get_viewdef('read_models.shown_users'::regclass)"); };
  EXPECT_NE(shown().find(schema_of(current_generation) + "."), std::string::npos);
  const int next = begin_generation(connection);
  create_generation(connection, next);
  install_views_if_served(connection, next);
  EXPECT_NE(shown().find(schema_of(current_generation) + "."), std::string::npos) << "until it is served";
  serve_generation(connection, next);
  EXPECT_NE(shown().find(schema_of(next) + "."), std::string::npos);
  install_views_if_served(connection, current_generation);
  drop_generation(connection, current_generation);
  EXPECT_FALSE(views().empty()) << "the other's";
}

TEST_F(ViewsTest, ALaterProgramsViewsStay) {
  live();
  connection.exec("INSERT INTO read_models.generations VALUES (100, 100, true)");
  connection.exec("DROP VIEW platform.users");
  install_views_if_served(connection, current_generation);
  EXPECT_FALSE(views().contains("platform.users"));
}

TEST_F(ViewsTest, TablesOfAnotherProgramAreNotDropped) {
  create_generation(connection, current_generation);
  connection.exec("CREATE SCHEMA prism; CREATE TABLE prism.notes (id integer)");
  EXPECT_THROW(install_views(connection, current_generation), Stopped);
  EXPECT_EQ(one("SELECT count(*) FROM prism.notes"), "0");
}

}  // namespace
}  // namespace daybook::projector::test::views_test
