// Agent Factory's tables, passwords and keys that go on to work, and databases with its older names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/postgres/connection.hpp"
#include "tests/e2e/caller.hpp"
#include "tests/e2e/import/comparison.hpp"
#include "tests/e2e/import/theirs.hpp"

namespace daybook::test::agent_factory_test {
namespace {

constexpr const char* foundry = "/workspaces/2a000000-0000-4000-8000-000000000001";
constexpr const char* password = "factory floor 99";

const OnPurpose on_purpose{{{"users.hashed_password", "\"[sealed]\""}, {"api_keys.key_hash", "\"[sealed]\""}}, {}, {}};

RunResult import_from(DaybookProcess& daybook, const std::string& from) {
  return daybook.run({"import", "agent_factory", "--allow-unsafe-database", "--from", from});
}

Caller holding(const DaybookProcess& daybook, const std::string& key) {
  Caller caller(daybook);
  caller.token = key;
  return caller;
}

int signing_in(const DaybookProcess& daybook, const std::string& email) {
  Caller caller(daybook);
  return caller.post("/auth/login", object("email", email, "password", password)).status;
}

void expect_people_and_keys_to_work(const DaybookProcess& daybook) {
  EXPECT_EQ(signing_in(daybook, "vera@factory.example"), 200);
  EXPECT_NE(signing_in(daybook, "gone@factory.example"), 200) << "who was not active is not";
  auto furnace = holding(daybook, "af_fixture_key_of_the_first_tenant");
  EXPECT_EQ(furnace.get(std::string(foundry) + "/agents?count=exact").number("/page/count"), 2);
  EXPECT_EQ(furnace.post(std::string(foundry) + "/agents", object("name", "Not mine to make")).status, 403);
  EXPECT_EQ(holding(daybook, "af_fixture_key_that_was_revoked").get(std::string(foundry) + "/agents").status, 401);
}

TEST(AgentFactoryImport, BringsEveryRowAndColumn) {
  DaybookProcess daybook;
  const auto theirs = theirs_in_postgres("agent_factory");
  const auto run = import_from(daybook, theirs);
  EXPECT_EQ(run.exit_code, 0) << run.output;
  daybook.await_projection();
  EXPECT_THAT(differences(theirs, daybook.database_url(), "agent_factory", on_purpose), testing::IsEmpty()) << run.output;

  const auto again = import_from(daybook, theirs);
  EXPECT_THAT(again.output, testing::HasSubstr("Brought 0 of"));
  expect_people_and_keys_to_work(daybook);
  daybook.stop();
  expect_sound_and_rebuildable(daybook);
}

// A quota says all that there is to have: what it does not name is nought.
TEST(AgentFactoryImport, KeepsWhatAQuotaMeans) {
  DaybookProcess daybook;
  EXPECT_EQ(import_from(daybook, theirs_in_postgres("agent_factory")).exit_code, 0);
  daybook.await_projection();
  Caller vera(daybook);
  const auto reply = vera.post("/auth/login", object("email", "vera@factory.example", "password", password));
  ASSERT_EQ(reply.status, 200) << reply;
  vera.token = reply.text("/access_token");
  EXPECT_EQ(vera.post(std::string(foundry) + "/agents", object("name", "A third")).status, 201);
  const auto refused = vera.post(std::string(foundry) + "/executions", object("execution_type", "agent", "resource_id", "2c000000-0000-4000-8000-000000000001"));
  EXPECT_EQ(refused.status, 402) << refused;
}

TEST(AgentFactoryImportOfSqlite, BringsTheSame) {
  DaybookProcess daybook;
  TempDir folder;
  const auto run = import_from(daybook, theirs_in_sqlite("agent_factory", folder / "agent_factory.db"));
  EXPECT_EQ(run.exit_code, 0) << run.output;
  daybook.await_projection();
  EXPECT_THAT(differences(theirs_in_postgres("agent_factory"), daybook.database_url(), "agent_factory", on_purpose), testing::IsEmpty()) << run.output;
}

// A database that was made before some columns got the names of today.
constexpr const char* older_names = R"sql(
ALTER TABLE agents RENAME COLUMN created_by TO user_id;
ALTER TABLE workflows ADD COLUMN description TEXT;
UPDATE workflows SET description = 'Hot work.';
ALTER TABLE executions RENAME COLUMN execution_type TO type;
ALTER TABLE executions RENAME COLUMN resource_id TO entity_id;
ALTER TABLE executions RENAME COLUMN output_data TO result;
ALTER TABLE audit_logs RENAME COLUMN details TO metadata;
ALTER TABLE audit_logs ALTER COLUMN id TYPE TEXT USING 'entry-' || id;
)sql";

TEST(AgentFactoryImportOfOlderNames, BringsTheSame) {
  DaybookProcess daybook;
  const auto theirs = theirs_in_postgres("agent_factory");
  pg::Connection(theirs).exec(older_names);
  const auto run = import_from(daybook, theirs);
  EXPECT_EQ(run.exit_code, 0) << run.output;
  daybook.await_projection();
  // The names of today are asked for: what is compared is what a database with them holds.
  auto but_for_audit = on_purpose;
  but_for_audit.left_out.emplace("audit_logs", "texts that were no UUID have ids made of them");
  EXPECT_THAT(differences(theirs_in_postgres("agent_factory"), daybook.database_url(), "agent_factory", but_for_audit), testing::IsEmpty()) << run.output;
  pg::Connection ours(daybook.database_url());
  EXPECT_EQ(ours.exec("SELECT count(*) FROM agent_factory.audit_logs WHERE event_type IN ('agent.created', 'auth.login')").int64(0, 0), 2);
}

}  // namespace
}  // namespace daybook::test::agent_factory_test
