#include "events/core/numbered_id.hpp"

#include <gtest/gtest.h>

namespace daybook::events {
namespace {

using Table = NumberedTable;

TEST(NumberedId, TellsTheNumberThatItWasMadeOf) {
  for (const std::int64_t number : {std::int64_t{0}, std::int64_t{1}, std::int64_t{255}, std::int64_t{256}, std::int64_t{7'654'321}, numbered_id_max}) {
    const auto id = numbered_id(Table::prism_stories, number);
    EXPECT_EQ(number_in(Table::prism_stories, id), number);
  }
}

TEST(NumberedId, IsWrittenTheSameForEver) {
  EXPECT_EQ(numbered_id(Table::workflow_manager_tasks, 17).text(), "00000000-0011-8004-8064-6179626f6f6b");
  EXPECT_EQ(numbered_id(Table::prism_epics, 0x0102030405).text(), "00010203-0405-8038-8064-6179626f6f6b");
  EXPECT_EQ(numbered_id(Table::prism_epics, 1).version(), 8);
}

TEST(NumberedId, TellsNothingOfAnotherTable) {
  const auto id = numbered_id(Table::workflow_manager_tasks, 17);
  EXPECT_EQ(number_in(Table::workflow_manager_projects, id), std::nullopt);
}

TEST(NumberedId, TellsNothingOfAnIdThatWasNotMadeOfANumber) {
  EXPECT_EQ(number_in(Table::workflow_manager_tasks, text::Uuid{}), std::nullopt);
  EXPECT_EQ(number_in(Table::workflow_manager_tasks, *text::Uuid::parse("0192f0c1-2345-7abc-8def-0123456789ab")), std::nullopt);
}

TEST(NumberedId, TellsNothingOfANumberBeyondTheLargest) {
  auto id = numbered_id(Table::prism_sprints, numbered_id_max);
  id.bytes[0] = 0xFF;
  EXPECT_EQ(number_in(Table::prism_sprints, id), std::nullopt);
}

}  // namespace
}  // namespace daybook::events
