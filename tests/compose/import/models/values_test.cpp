#include "compose/daybook/import/models/values.hpp"

#include <gtest/gtest.h>

#include "events/issue/events.hpp"
#include "tests/compose/import/models/rows.hpp"

namespace daybook::importer::models::test {
namespace {

using events::issue::Status;

// The values of a row with this in column `x`.
struct One {
  explicit One(std::optional<std::string> words) : cells{{"id", "7"}, {"x", std::move(words)}}, row(cells), values("things", row) {}
  Cells cells;
  WrittenRow row;
  Values values;
};

std::string moment(const char* words) {
  const auto read = One(words).values.time("x");
  return read ? text::format_instant(*read) : "none";
}

TEST(Values, TimesWithoutAZoneAreUtcAndKeepTheirMicroseconds) {
  EXPECT_EQ(moment("2025-01-02 03:04:05.000006"), "2025-01-02T03:04:05.000006Z");
  EXPECT_EQ(moment("2025-01-02T03:04:05"), "2025-01-02T03:04:05.000000Z");
}

TEST(Values, TimesWithAZoneAreTheMomentThatTheyName) {
  EXPECT_EQ(moment("2025-01-02 03:04:05+00"), "2025-01-02T03:04:05.000000Z");
  EXPECT_EQ(moment("2025-01-02 03:04:05.5+02:00"), "2025-01-02T01:04:05.500000Z");
  EXPECT_EQ(moment("2025-01-02T03:04:05-0130"), "2025-01-02T04:34:05.000000Z");
  EXPECT_EQ(moment("2025-01-02T03:04:05Z"), "2025-01-02T03:04:05.000000Z");
}

TEST(Values, WhatCannotBeReadIsNotedAndIsNoValue) {
  One odd("next spring");
  EXPECT_EQ(odd.values.time("x"), std::nullopt);
  EXPECT_EQ(odd.values.integer("x"), std::nullopt);
  EXPECT_EQ(odd.values.json("x"), std::nullopt);
  EXPECT_FALSE(odd.values.is_left_out());
  ASSERT_EQ(odd.values.findings().size(), 3u);
  EXPECT_EQ(odd.values.findings()[0].kind, FindingKind::changed);
  EXPECT_EQ(odd.values.findings()[0].table, "things");
  EXPECT_EQ(odd.values.findings()[0].row, "7");
  EXPECT_EQ(odd.values.findings()[0].column, "x");
}

TEST(Values, NullIsNothingAndNothingToNote) {
  One none(std::nullopt);
  EXPECT_EQ(none.values.text("x"), std::nullopt);
  EXPECT_EQ(none.values.time("x"), std::nullopt);
  EXPECT_EQ(none.values.word("x", Status::todo), Status::todo);
  EXPECT_TRUE(none.values.findings().empty());
}

TEST(Values, WithoutWhatIsRequiredTheRowIsLeftOut) {
  One none("");
  EXPECT_EQ(none.values.required_text("x"), "");
  EXPECT_TRUE(none.values.is_left_out());
  EXPECT_EQ(none.values.findings().at(0).kind, FindingKind::left_out);
}

TEST(Values, TruthIsToldInManyWays) {
  for (const auto* yes : {"t", "true", "TRUE", "1"}) EXPECT_EQ(One(yes).values.boolean("x"), true) << yes;
  for (const auto* no : {"f", "false", "0"}) EXPECT_EQ(One(no).values.boolean("x"), false) << no;
  EXPECT_EQ(One("maybe").values.boolean("x"), std::nullopt);
}

TEST(Values, AmountsAreExactAndRoundedToTheEvenOneBeyondNineDigits) {
  EXPECT_EQ(One("0.0567").values.decimal("x")->nanos, 56'700'000);
  EXPECT_EQ(One("1.0000000005").values.decimal("x")->nanos, 1'000'000'000);
  EXPECT_EQ(One("1.0000000015").values.decimal("x")->nanos, 1'000'000'002);
  EXPECT_EQ(One("1.00000000051").values.decimal("x")->nanos, 1'000'000'001);
  EXPECT_EQ(One("-1.0000000016").values.decimal("x")->nanos, -1'000'000'002);
  EXPECT_EQ(One("much").values.decimal("x"), std::nullopt);
}

TEST(Values, WordsAreFoundInEitherCaseByTheirsAndByOurs) {
  const WordPairs pairs{{"review", "in_review"}};
  EXPECT_EQ(One("IN_PROGRESS").values.word("x", Status::backlog), Status::in_progress);
  EXPECT_EQ(One("Review").values.word("x", Status::backlog, pairs), Status::in_review);
  One odd("pondering");
  EXPECT_EQ(odd.values.word("x", Status::backlog, pairs), Status::backlog);
  EXPECT_EQ(odd.values.findings().size(), 1u);
}

TEST(Values, ListsOfTextsAreJsonOrPostgresArrays) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(One("[\"a\",\"b c\"]").values.texts("x"), (Texts{"a", "b c"}));
  EXPECT_EQ(One("{a,\"b \\\"c\\\"\",NULL}").values.texts("x"), (Texts{"a", "b \"c\""}));
  EXPECT_EQ(One("{}").values.texts("x"), Texts{});
}

TEST(Values, LongTextsAreCutBetweenCharacters) {
  One words("aä");
  EXPECT_EQ(words.values.cut("x", "aä", 2), "a");
  EXPECT_EQ(words.values.cut("x", "aä", 3), "aä");
  EXPECT_EQ(words.values.findings().size(), 1u);
}

}  // namespace
}  // namespace daybook::importer::models::test
