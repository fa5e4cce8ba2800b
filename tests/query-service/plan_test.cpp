// The plans of every list: each sort key is backed by an index, on the first page and on any other, in both
// directions.
#include <gmock/gmock.h>

#include "query-service/core/rows.hpp"
#include "tests/query-service/read_tables.hpp"
#include "tests/query-service/requests.hpp"

namespace daybook::query::test {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

constexpr int rows_of_each_table = 3000;  // enough for an index to be worth it

// Sorting is made so dear that a plan sorts only where no index has the order.
std::string plan_of(ReadTables& tables, SqlQuery query) {
  query.sql = "EXPLAIN " + query.sql;
  std::string out;
  const auto rows = run_sql(tables.connection(), query);
  for (int i = 0; i < rows.rows(); ++i) out += rows.text(i, 0) + "\n";
  return out;
}

TEST(Plans, EverySortKeyReadsAnIndexHoweverFarTheWalkHasCome) {
  ReadTables tables;
  tables.connection().exec("SET enable_sort = off; SET enable_bitmapscan = off");
  for (const auto* resource : listed_tables()) {
    tables.add_many(*resource, rows_of_each_table);
    for (const auto key : resource->sorts)
      for (const bool descending : {false, true}) {
        auto request =
            test::request(*resource, "sort=" + std::string(descending ? "-" : "") + std::string(key));
        request.scope = {{resource->owner_column, tables.owner()}};
        const Columns columns{{}, {key, "id"}};
        const auto first = list_sql(request, columns, sight(tables.schema(), a_member));
        const auto rows = rows_of(run_sql(tables.connection(), first), columns);
        ASSERT_FALSE(rows.empty()) << resource->table;
        for (const bool backwards : {false, true}) {
          request.place = Place{rows.back().keys, backwards};
          const auto name =
              std::string(resource->table) + " by " + (descending ? "-" : "") + std::string(key);
          const auto on_first = plan_of(tables, first);
          const auto further = plan_of(tables, list_sql(request, columns, sight(tables.schema(), a_member)));
          EXPECT_THAT(on_first, Not(HasSubstr("  Sort  "))) << name;
          EXPECT_THAT(further, Not(HasSubstr("  Sort  "))) << name;
          // And the place is found by the index, too: the rows before it are not read again.
          EXPECT_THAT(further, ContainsRegex("Index Cond: .*" + std::string(key) + ".*(<|>)")) << name;
        }
      }
  }
}

// What is found is ranked and sorted, but only what is found is read.
TEST(Plans, SearchReadsTheIndexOfWords) {
  ReadTables tables;
  tables.add_many(issues(), rows_of_each_table);
  tables.connection().exec("INSERT INTO read_g1.search (id, entity_id, entity_type, workspace_id, issue_id, title, text)"
                           " SELECT id, id, 'issue', workspace_id, id, title, '' FROM read_g1.issues; ANALYZE read_g1.search");
  auto request = test::request(search(), "q=17");
  request.scope = {{"workspace_id", tables.owner()}};
  const auto first = list_sql(request, columns_for(request.shown), sight(tables.schema()));
  EXPECT_THAT(plan_of(tables, first), HasSubstr("Index Scan on search_using_gin"));
  const auto columns = Columns{{}, {"rank", "id"}};
  const auto rows = rows_of(run_sql(tables.connection(), list_sql(request, columns, sight(tables.schema()))), columns);
  ASSERT_FALSE(rows.empty());
  request.place = Place{rows.back().keys, false};
  EXPECT_THAT(plan_of(tables, list_sql(request, columns_for(request.shown), sight(tables.schema()))), HasSubstr("Index Scan on search_using_gin"));
}

}  // namespace
}  // namespace daybook::query::test
