// AI Workflow Manager's tables, and what becomes of rows that cannot be brought.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "platform/postgres/connection.hpp"
#include "tests/e2e/caller.hpp"
#include "tests/e2e/import/comparison.hpp"
#include "tests/e2e/import/theirs.hpp"

namespace daybook::test::workflow_manager_test {
namespace {

const std::string nothing_is_nought = "what came to nothing is nought here";

const OnPurpose on_purpose{{{"webhooks.secret", "\"[sealed]\""},
                            {"integrations.credentials", "\"[sealed]\""},
                            {"ai_provider_configs.api_key", "\"[sealed]\""}},
                           {{"projects.actualHours@13", nothing_is_nought},
                            {"tasks.actualMinutes", nothing_is_nought + "; those of 101 are compared by themselves"},
                            {"tasks.actualCost", nothing_is_nought + "; those of 101 are compared by themselves"}},
                           {{"search_indexes", "what is searched is made anew of what was brought"}}};

RunResult import_from(DaybookProcess& daybook, const std::string& from, const std::vector<std::string>& more = {}) {
  std::vector<std::string> words{"import", "workflow_manager", "--allow-unsafe-database", "--from", from};
  words.insert(words.end(), more.begin(), more.end());
  return daybook.run(words);
}

// What is derived is what was brought forward and what the entries and runs say, together.
void expect_figures_of_the_frame(const DaybookProcess& daybook) {
  pg::Connection ours(daybook.database_url());
  const auto frame = ours.exec("SELECT \"actualMinutes\", \"actualCost\"::text FROM workflow_manager.tasks WHERE id = 101");
  ASSERT_EQ(frame.rows(), 1);
  EXPECT_EQ(frame.int64(0, 0), 95);
  EXPECT_EQ(frame.text(0, 1), "2.25");
}

TEST(WorkflowManagerImport, BringsEveryRowAndColumn) {
  DaybookProcess daybook;
  const auto theirs = theirs_in_postgres("workflow_manager");
  const auto run = import_from(daybook, theirs);
  EXPECT_EQ(run.exit_code, 0) << run.output;
  daybook.await_projection();
  EXPECT_THAT(differences(theirs, daybook.database_url(), "workflow_manager", on_purpose), testing::IsEmpty()) << run.output;
  expect_figures_of_the_frame(daybook);

  const auto again = import_from(daybook, theirs);
  EXPECT_THAT(again.output, testing::HasSubstr("Brought 0 of"));
  daybook.stop();
  expect_sound_and_rebuildable(daybook);
}

TEST(WorkflowManagerImportOfSqlite, BringsTheSame) {
  DaybookProcess daybook;
  TempDir folder;
  const auto run = import_from(daybook, theirs_in_sqlite("workflow_manager", folder / "workflow_manager.db"));
  EXPECT_EQ(run.exit_code, 0) << run.output;
  daybook.await_projection();
  EXPECT_THAT(differences(theirs_in_postgres("workflow_manager"), daybook.database_url(), "workflow_manager", on_purpose), testing::IsEmpty())
      << run.output;
}

// Rows that nothing can be made of, each with one that lies in it.
constexpr const char* broken_rows = R"sql(
INSERT INTO users VALUES (9, 'no address at all', 'Nobody', NULL, NULL, 'member', '{}', 'UTC', 'en', FALSE, NULL, '2025-01-09', '2025-01-09');
INSERT INTO skills VALUES (29, 'Lost', '', '', '', NULL, '[]', NULL, NULL, FALSE, FALSE, 9, NULL, 0, 0, NULL, '[]', 1, NULL, '2025-01-09', '2025-01-09');
INSERT INTO skill_tags VALUES (299, 29, 'lost', '2025-01-09', '2025-01-09');
INSERT INTO projects (id, title, "ownerId", "createdAt", "updatedAt") VALUES (19, 'Nobody''s', 9, '2025-01-09', '2025-01-09');
INSERT INTO tasks (id, "projectId", title, "createdAt", "updatedAt") VALUES (199, 19, 'Lost', '2025-01-09', '2025-01-09');
INSERT INTO comments (id, "taskId", "userId", content, "createdAt", "updatedAt") VALUES (699, 199, 1, 'Lost', '2025-01-09', '2025-01-09');
INSERT INTO tasks (id, "projectId", title, "parentTaskId", "createdAt", "updatedAt") VALUES
  (198, 11, 'Above itself', 197, '2025-01-09', '2025-01-09'), (197, 11, 'Below itself', 198, '2025-01-09', '2025-01-09');
INSERT INTO time_entries VALUES (799, 101, 2, '2025-06-09 09:00:00', '2025-06-09 08:00:00', 5, NULL, TRUE, FALSE, NULL, '2025-06-09', '2025-06-09');
)sql";

TEST(WorkflowManagerImportOfBrokenRows, LeavesThemOutWithWhatLiesInThemAndSaysWhy) {
  // Given
  DaybookProcess daybook;
  TempDir folder;
  const auto theirs = theirs_in_postgres("workflow_manager");
  pg::Connection(theirs).exec(broken_rows);

  // When
  const auto path = folder / "report.json";
  const auto run = import_from(daybook, theirs, {"--report", path.string()});

  // Then
  EXPECT_EQ(run.exit_code, 0) << run.output;
  std::ifstream file(path);
  const auto report = json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
  std::set<std::string> left_out;
  for (const auto& finding : report.at("findings").as_array())
    if (finding.at("kind") == "left_out") left_out.insert(std::string(finding.at("table").as_string()) + " " + std::string(finding.at("row").as_string()));
  EXPECT_THAT(left_out, testing::UnorderedElementsAre("users 9", "skills 29", "skill_tags 299", "projects 19", "tasks 199", "comments 699",
                                                      "time_entries 799"));
  EXPECT_THAT(run.output, testing::HasSubstr("circle"));
  daybook.await_projection();
  pg::Connection ours(daybook.database_url());
  EXPECT_EQ(ours.exec("SELECT count(*) FROM workflow_manager.tasks WHERE id IN (197, 198)").int64(0, 0), 2);
}

TEST(WorkflowManagerImportDryRun, FindsTheSameAndWritesNothing) {
  DaybookProcess daybook;
  const auto events = [&] { return pg::Connection(daybook.database_url()).exec("SELECT count(*) FROM log.events").int64(0, 0); };
  const auto before = events();
  const auto run = import_from(daybook, theirs_in_postgres("workflow_manager"), {"--dry-run"});
  EXPECT_EQ(run.exit_code, 0) << run.output;
  EXPECT_THAT(run.output, testing::HasSubstr(" 0 are left out."));
  EXPECT_EQ(events(), before);
}

}  // namespace
}  // namespace daybook::test::workflow_manager_test
