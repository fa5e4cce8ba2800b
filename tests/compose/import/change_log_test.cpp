#include "compose/daybook/import/change_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zstd.h>

#include <fstream>

#include "tests/compose/import/import_test_harness.hpp"
#include "tests/support/support.hpp"

namespace daybook::importer::testing {
namespace {

using ::testing::HasSubstr;

class ChangeLogTest : public ::testing::Test {
 protected:
  std::string file_with(const std::string& bytes) {
    const auto path = folder / "log";
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }
  static std::string compressed(const std::string& bytes) {
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
    return out;
  }
  static std::vector<std::string> ids_in(ChangeLog& log) {
    std::vector<std::string> ids;
    for (const auto& change : log) ids.push_back(change.id);
    return ids;
  }
  static std::string many_lines(int count) {
    std::string out;
    for (int i = 0; i < count; ++i)
      out += line_of("created", "x-" + std::to_string(i), R"("set":{"title":"a"})") + "\n";
    return out;
  }

  test::TempDir folder;
};

TEST_F(ChangeLogTest, ReadsEveryMemberOfALine) {
  ChangeLog log(file_with(
      R"({"seq":9,"at":"2025-01-02T03:04:05Z","by":"p7","op":"changed","id":"x-1","set":{"title":"é","n":[1,{"a":null}]},"unset":["notes"]})"));
  const auto change = log.next();
  ASSERT_TRUE(change);
  EXPECT_EQ(change->line, 1);
  EXPECT_EQ(text::format_instant(change->at), "2025-01-02T03:04:05.000000Z");
  EXPECT_EQ(change->by, "p7");
  EXPECT_EQ(change->op, Operation::changed);
  EXPECT_EQ(change->set.at("title"), R"("é")");
  EXPECT_EQ(change->set.at("n"), R"([1,{"a":null}])");
  EXPECT_THAT(change->unset, ::testing::ElementsAre("notes"));
  EXPECT_FALSE(log.next());
  EXPECT_EQ(log.error(), "");
}

TEST_F(ChangeLogTest, ReadsPlainAndCompressedLogsAlike) {
  const auto lines = many_lines(5000);
  ChangeLog plain(file_with(lines));
  const auto expected = ids_in(plain);
  ASSERT_EQ(expected.size(), 5000U);
  ChangeLog packed(file_with(compressed(lines)));
  EXPECT_EQ(ids_in(packed), expected);
  EXPECT_EQ(packed.error(), "");
  EXPECT_EQ(packed.first_line(), plain.first_line());
  EXPECT_EQ(packed.bytes_read(), packed.bytes_total());
}

TEST_F(ChangeLogTest, ReadsAFrameOfLongRunsToItsEnd) {
  // One line far longer than what comes out of the decompressor at once.
  const auto line = line_of("created", "x", R"("set":{"title":")" + std::string(1'000'000, 'a') + "\"}");
  ChangeLog log(file_with(compressed(line + "\n" + many_lines(3))));
  EXPECT_EQ(ids_in(log).size(), 4U);
  EXPECT_EQ(log.error(), "");
}

TEST_F(ChangeLogTest, ReadsTheStandardInput) {
  const auto path = file_with(many_lines(3));
  std::FILE* const before = std::freopen(path.c_str(), "rb", stdin);
  ASSERT_NE(before, nullptr);
  ChangeLog log("-");
  EXPECT_EQ(ids_in(log).size(), 3U);
  EXPECT_EQ(log.bytes_total(), std::nullopt);
}

TEST_F(ChangeLogTest, PassesOverBlankLinesAndNeedsNoLastLineBreak) {
  ChangeLog log(file_with("\n" + line_of("created", "a") + "\r\n  \n" + line_of("removed", "a")));
  EXPECT_EQ(ids_in(log).size(), 2U);
}

TEST_F(ChangeLogTest, NamesTheLineThatCannotBeRead) {
  const auto good = line_of("created", "a") + "\n";
  const std::pair<std::string, std::string> odd[] = {
      {"{", "not JSON"},
      {"[]", "an object"},
      {R"({"op":"created"})", "no id"},
      {line_of("merged", "a"), "op"},
      {line_of("created", "a", "", "yesterday"), "not a time"}};
  for (const auto& [line, why] : odd) {
    ChangeLog log(file_with(good + line + "\n" + good));
    EXPECT_EQ(ids_in(log).size(), 1U);
    EXPECT_THAT(log.error(), HasSubstr("line 2: "));
    EXPECT_THAT(log.error(), HasSubstr(why));
  }
}

TEST_F(ChangeLogTest, RefusesALineLongerThanItsLimit) {
  ChangeLog log(file_with(std::string(ChangeLog::line_bytes_max + 1, ' ') + "\n"));
  EXPECT_FALSE(log.next());
  EXPECT_THAT(log.error(), HasSubstr("longer than 8 MiB"));
}

TEST_F(ChangeLogTest, TellsOfAMissingFileAndOfDamage) {
  ChangeLog missing((folder / "nothing").string());
  EXPECT_FALSE(missing.next());
  EXPECT_THAT(missing.error(), HasSubstr("No such file"));
  const auto whole = compressed(many_lines(5000));
  ChangeLog cut(file_with(whole.substr(0, whole.size() / 2)));
  ids_in(cut);
  EXPECT_THAT(cut.error(), HasSubstr("ends too early"));
}

}  // namespace
}  // namespace daybook::importer::testing
