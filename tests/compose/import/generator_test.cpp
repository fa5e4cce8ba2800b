#include "tests/compose/import/generator.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/compose/import/import_test_harness.hpp"

namespace daybook::importer::testing {
namespace {

TEST(Generator, TheSameSeedGivesTheSameLogAndAnotherSeedAnother) {
  EXPECT_EQ(generate_log(7, 200), generate_log(7, 200));
  EXPECT_NE(generate_log(7, 200), generate_log(8, 200));
}

TEST(Generator, MakesEveryOperationAndLinesOfOneMoment) {
  std::set<Operation> operations;
  std::set<text::Instant> moments;
  for (const auto& line : generate_log(1, 400)) {
    const auto change = change_of(line, 1);
    operations.insert(change.op);
    moments.insert(change.at);
  }
  EXPECT_EQ(operations.size(), 4U);
  EXPECT_LT(moments.size(), 300U);
}

TEST(Generator, MeetsEveryReasonThatAnImportReports) {
  std::set<std::string> met;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const Said said(generate_log(seed, 400));
    for (const auto& [reason, entry] : said.report.left_out()) met.insert(reason);
  }
  for (const auto reason :
       {reason::unknown_status,  reason::unknown_type,    reason::unknown_priority, reason::no_priority,
        reason::not_a_text,      reason::title_cut,       reason::title_filled,     reason::title_one_line,
        reason::text_cut,        reason::nul_removed,     reason::estimate_odd,     reason::custom_dropped,
        reason::label_odd,       reason::label_twice,     reason::comment_odd,      reason::edge_odd,
        reason::edge_of_another, reason::edge_to_itself,  reason::edge_twice,       reason::edge_details,
        reason::second_parent,   reason::edge_circle,     reason::parent_circle,    reason::edge_dangling,
        reason::edge_apart,      reason::edge_withdrawn,  reason::never_created,    reason::removed_unknown,
        reason::removed_twice,   reason::nothing_changed, reason::born_later})
    EXPECT_TRUE(met.contains(std::string(reason))) << reason;
}

}  // namespace
}  // namespace daybook::importer::testing
