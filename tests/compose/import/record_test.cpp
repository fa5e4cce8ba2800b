// How one record reads.
#include "compose/daybook/import/record.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "compose/daybook/import/report.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::importer {
namespace {

Reading read(Fields fields) {
  fields.try_emplace("title", R"("T")");
  fields.try_emplace("priority", "2");
  return read_record("x-1", "p1", fields);
}

bool notes(const Reading& reading, std::string_view reason) {
  return std::any_of(reading.notes.begin(), reading.notes.end(),
                     [&](const Note& note) { return note.reason == reason; });
}

TEST(Record, StatusesBecomeOurs) {
  const std::pair<const char*, const char*> words[] = {
      {"open", "todo"},          {"in_progress", "in_progress"}, {"blocked", "blocked"},  {"closed", "done"},
      {"hooked", "in_progress"}, {"pinned", "backlog"},          {"deferred", "backlog"}, {"done", "done"}};
  for (const auto& [theirs, ours] : words) {
    const auto reading = read({{"status", '"' + std::string(theirs) + '"'}});
    EXPECT_EQ(reading.status, ours) << theirs;
    EXPECT_FALSE(notes(reading, reason::unknown_status)) << theirs;
  }
}

TEST(Record, AnUnknownStatusIsBacklogReportedAndKept) {
  const auto reading = read({{"status", R"("adrift")"}});
  EXPECT_EQ(reading.status, "backlog");
  EXPECT_TRUE(notes(reading, reason::unknown_status));
  EXPECT_NE(reading.custom_fields.find(R"("beads.status":"adrift")"), std::string::npos);
}

TEST(Record, PrioritiesCountFromUrgentAndAMissingOneIsZero) {
  const char* ours[] = {"urgent", "high", "medium", "low", "none"};
  for (int i = 0; i < 5; ++i) EXPECT_EQ(read({{"priority", std::to_string(i)}}).priority, ours[i]);
  const auto missing = read_record("x-1", "p1", {{"title", R"("T")"}});
  EXPECT_EQ(missing.priority, "urgent");
  EXPECT_TRUE(notes(missing, reason::no_priority));
}

TEST(Record, AnUnknownPriorityIsMediumAndKept) {
  for (const auto* odd : {"5", "-1", R"("high")", "1.5"}) {
    const auto reading = read({{"priority", odd}});
    EXPECT_EQ(reading.priority, "medium") << odd;
    EXPECT_TRUE(notes(reading, reason::unknown_priority)) << odd;
  }
}

TEST(Record, AnUnknownTypeIsATaskAndKept) {
  EXPECT_EQ(read({{"issue_type", R"("epic")"}}).type, "epic");
  const auto reading = read({{"issue_type", R"("molecule")"}});
  EXPECT_EQ(reading.type, "task");
  EXPECT_NE(reading.custom_fields.find(R"("beads.issue_type":"molecule")"), std::string::npos);
}

TEST(Record, ATitleIsCutToWholeCharactersOnOneLine) {
  std::string words;
  for (int i = 0; i < 300; ++i) words += "日";
  const auto cut = read({{"title", '"' + words + '"'}});
  EXPECT_EQ(text::code_points(cut.title), 255U);
  EXPECT_TRUE(notes(cut, reason::title_cut));
  const auto line = read({{"title", R"("a\nb\u2028c\u0085d")"}});
  EXPECT_EQ(line.title, "a b c d");
  EXPECT_TRUE(notes(line, reason::title_one_line));
}

TEST(Record, ABlankTitleIsFilledWithTheRecordsId) {
  for (const auto* blank : {R"("")", R"("  ")", R"("\u3000")", "null"}) {
    const auto reading = read({{"title", blank}});
    EXPECT_EQ(reading.title, "x-1") << blank;
    EXPECT_TRUE(notes(reading, reason::title_filled)) << blank;
  }
}

TEST(Record, ALongDescriptionIsCutWithinTheLimitOfBytes) {
  std::string words;
  while (words.size() < 70'000) words += "ö";
  const auto reading = read({{"description", '"' + words + '"'}});
  EXPECT_LE(reading.description->size(), text_bytes_max);
  EXPECT_TRUE(text::valid_utf8(*reading.description));
  EXPECT_TRUE(notes(reading, reason::text_cut));
}

TEST(Record, UZeroIsTakenOutWhereverItStands) {
  const auto reading = read({{"description", R"("a\u0000b")"}, {"odd", R"({"\u0000k":["\u0000v"]})"}});
  EXPECT_EQ(reading.description, "ab");
  EXPECT_EQ(reading.custom_fields.find("u0000"), std::string::npos);
  EXPECT_NE(reading.custom_fields.find(R"({"k":["v"]})"), std::string::npos);
}

TEST(Record, ANumberBeyondADoubleIsNamedInsteadOfKept) {
  const auto [change, trouble] =
      parse_change(R"({"at":"2025-01-02T03:04:05Z","op":"created","id":"a","set":{"far":[1e999,-1e999,2]}})");
  ASSERT_TRUE(change) << trouble;
  EXPECT_EQ(change->set.at("far"), R"(["Infinity","-Infinity",2])");
}

TEST(Record, EveryFieldWithoutAPlaceIsKeptUnderBeads) {
  const auto reading = read(
      {{"design", R"("d")"}, {"pinned", "true"}, {"assignee", R"("p9")"}, {"deep", R"({"a":[1,null]})"}});
  EXPECT_EQ(
      reading.custom_fields,
      R"({"beads.assignee":"p9","beads.by":"p1","beads.deep":{"a":[1,null]},"beads.design":"d","beads.id":"x-1","beads.pinned":true})");
}

TEST(Record, AFieldNamedLikeOneOfOursDoesNotHideIt) {
  const auto reading = read({{"id", R"("other")"}});
  EXPECT_NE(reading.custom_fields.find(R"("beads.id":"x-1")"), std::string::npos);
  EXPECT_NE(reading.custom_fields.find(R"("beads.set.id":"other")"), std::string::npos);
}

TEST(Record, TheLargestCustomFieldsGiveWayToTheLimit) {
  const auto reading = read({{"design", '"' + std::string(66'000, 'D') + '"'}, {"notes", R"("kept")"}});
  EXPECT_LE(reading.custom_fields.size(), custom_fields_bytes_max);
  EXPECT_NE(reading.custom_fields.find("kept"), std::string::npos);
  EXPECT_TRUE(notes(reading, reason::custom_dropped));
}

TEST(Record, AnEstimateOutOfRangeIsKeptAmongTheCustomFields) {
  EXPECT_EQ(read({{"estimated_minutes", "90"}}).estimated_minutes, 90);
  const auto reading = read({{"estimated_minutes", "-5"}});
  EXPECT_EQ(reading.estimated_minutes, std::nullopt);
  EXPECT_NE(reading.custom_fields.find(R"("beads.estimated_minutes":-5)"), std::string::npos);
}

TEST(Record, CommentsWithoutTextAreReported) {
  const auto reading = read({{"comments", R"([{"text":" "},{"text":"hm","author":"p2"},4])"}});
  ASSERT_EQ(reading.comments.size(), 1U);
  EXPECT_EQ(reading.comments[0].text, "hm");
  EXPECT_TRUE(notes(reading, reason::comment_odd));
}

TEST(Record, ValuesOfAnotherKindAreTakenAsText) {
  const auto reading = read({{"title", "42"}, {"description", R"(["a"])"}});
  EXPECT_EQ(reading.title, "42");
  EXPECT_EQ(reading.description, R"(["a"])");
  EXPECT_TRUE(notes(reading, reason::not_a_text));
}

}  // namespace
}  // namespace daybook::importer
