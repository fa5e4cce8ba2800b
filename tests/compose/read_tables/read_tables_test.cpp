// What timers find in the tables that are served, and by which way.
#include "compose/daybook/read_tables.hpp"

#include <gmock/gmock.h>

#include "command-service/reactors/rules.hpp"
#include "projector/core/generations.hpp"
#include "projector/core/read_table.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::app {
namespace {

using reactors::Due;
using reactors::Upcoming;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* workspace = "00000000-0000-7000-8000-0000000000aa";
constexpr const char* gone = "00000000-0000-7000-8000-0000000000bb";
constexpr const char* project = "00000000-0000-7000-8000-0000000000cc";

std::string id(int number) { return "00000000-0000-7000-8000-0000000001" + std::to_string(number); }
text::Instant day(int number) { return text::parse_instant("2030-01-" + std::to_string(number) + "T00:00:00Z").value(); }

// What every timer asks.
std::vector<Upcoming> questions() {
  struct Asked final : reactors::ReadModels {
    events::Position position() override { return {}; }
    std::vector<events::IssueId> issues_assigned_to(events::UserId, events::WorkspaceId, events::IssueId, std::size_t) override { return {}; }
    bool is_watched(events::IssueId) override { return false; }
    std::vector<Due> upcoming(const Upcoming& what, const Due&, text::Instant, std::size_t) override {
      all.push_back(what);
      return {};
    }
    std::vector<Upcoming> all;
  } asked;
  for (const auto& timer : reactors::all_timers({})) timer.due(asked, day(10));
  return asked.all;
}

class ReadTables : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto generation = projector::served_generation(connection_);
    schema_ = projector::schema_of(generation);
    projector::create_generation(connection_, generation);
    projector::create_indexes(connection_, generation);
    connection_.exec("UPDATE " + schema_ + ".checkpoint SET position = 7; INSERT INTO " + schema_ + ".workspaces (id, deleted_at) VALUES ('" + workspace +
                     "', NULL), ('" + gone + "', now()); INSERT INTO " + schema_ + ".projects (id, workspace_id, deleted_at) VALUES ('" + project + "', '" +
                     workspace + "', now())");
    tables_ = open_read_tables(url_);
    EXPECT_EQ(tables_->position(), events::Position{7});
  }
  void add(int number, int due, const std::string& more_columns = "", const std::string& more_values = "", const char* in = workspace) {
    connection_.exec("INSERT INTO " + schema_ + ".issues (id, workspace_id, status, due_at" + more_columns + ") VALUES ('" + id(number) + "', '" + in +
                     "', 'todo', '2030-01-" + std::to_string(due) + " 00:00:00Z'" + more_values + ")");
  }
  std::vector<std::string> found(const Due& after, text::Instant until, std::size_t max = 10) {
    std::vector<std::string> ids;
    for (const auto& due : tables_->upcoming(questions().front(), after, until, max)) ids.push_back(due.id.text());
    return ids;
  }

  const std::string url_ = test::PostgresServer::shared().fresh_database();
  pg::Connection connection_{url_};
  std::string schema_;
  std::unique_ptr<reactors::ReadModels> tables_;
};

TEST_F(ReadTables, WhatIsDueComesInTheOrderOfTimeAndIdPageByPage) {
  add(13, 11);
  add(12, 12);
  add(11, 12);
  add(14, 20);
  const Due first{text::instant_min, {}, {}};
  EXPECT_THAT(found(first, day(12)), ElementsAre(id(13), id(11), id(12)));
  EXPECT_THAT(found(first, day(12), 2), ElementsAre(id(13), id(11)));
  const auto page = tables_->upcoming(questions().front(), first, day(12), 2);
  EXPECT_EQ(page.back().at, day(12));
  EXPECT_EQ(page.back().workspace.text(), workspace);
  EXPECT_THAT(found(page.back(), day(12), 2), ElementsAre(id(12)));
}

TEST_F(ReadTables, WhatIsFinishedRemindedDeletedOrHiddenIsNotDue) {
  add(11, 11, ", deleted_at", ", now()");
  add(12, 11, ", reminded_due_at", ", '2030-01-11 00:00:00Z'");
  add(13, 11, ", project_id", std::string(", '") + project + "'");
  add(14, 11, "", "", gone);
  add(15, 11);
  connection_.exec("UPDATE " + schema_ + ".issues SET status = 'done' WHERE id = '" + id(15) + "'");
  EXPECT_THAT(found({text::instant_min, {}, {}}, day(12)), IsEmpty());
  // Reminded of another date it is
  add(16, 11, ", reminded_due_at", ", '2030-01-10 00:00:00Z'");
  EXPECT_THAT(found({text::instant_min, {}, {}}, day(12)), ElementsAre(id(16)));
}

TEST_F(ReadTables, EveryTimerReadsAnIndex) {
  for (const auto& question : questions()) {
    const std::string table = schema_ + "." + std::string(question.table);
    connection_.exec("INSERT INTO " + table + " (id, workspace_id, " + std::string(question.at) + ") SELECT gen_random_uuid(), '" + workspace +
                     "', now() + n * interval '1 hour' FROM generate_series(1, 3000) n; ANALYZE " + table);
    connection_.exec("SET enable_sort = off; SET enable_bitmapscan = off; SET plan_cache_mode = force_generic_plan");
    std::string plan;
    const auto rows = connection_.exec("EXPLAIN " + upcoming_sql(schema_, question),
                                       pg::Params().text("2030-01-01T00:00:00Z").text(workspace).text("2030-01-02T00:00:00Z").int64(10));
    for (int row = 0; row < rows.rows(); ++row) plan += rows.text(row, 0) + "\n";
    EXPECT_THAT(plan, HasSubstr("Index Cond: ((ROW(" + std::string(question.at))) << question.table;
    EXPECT_THAT(plan, Not(HasSubstr("Sort"))) << question.table;
  }
}

}  // namespace
}  // namespace daybook::app
