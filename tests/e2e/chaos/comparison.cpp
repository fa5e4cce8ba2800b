#include "tests/e2e/chaos/comparison.hpp"

#include <gtest/gtest.h>

#include <map>

#include "platform/postgres/connection.hpp"

namespace daybook::test {
namespace {

// A digest of the rows of each read table, whatever their order.
std::map<std::string, std::string> read_tables(const std::string& database_url) {
  pg::Connection connection(database_url);
  std::map<std::string, std::string> digests;
  const auto tables = connection.exec(
      "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables "
      "WHERE table_schema LIKE 'read\\_g%'");
  for (int i = 0; i < tables.rows(); ++i) {
    const auto name = tables.text(i, 0);
    digests[name] = connection
                        .exec(
                            "SELECT count(*) || ' rows, ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER "
                            "BY t::text COLLATE \"C\")), '') FROM " +
                            name + " t")
                        .text(0, 0);
  }
  return digests;
}

}  // namespace

void expect_the_same_when_projected_anew(DaybookProcess& daybook) {
  const auto grown = read_tables(daybook.database_url());
  ASSERT_GT(grown.size(), 5u);
  expect_sound_and_rebuildable(daybook);
  const auto anew = read_tables(daybook.database_url());
  for (const auto& [table, digest] : grown)
    EXPECT_EQ(anew.count(table) ? anew.at(table) : "no table", digest) << table;
}

}  // namespace daybook::test
