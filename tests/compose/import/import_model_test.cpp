// A whole log, through the mapping into a model of the API, held against the plain replay. With
// DAYBOOK_BEADS_FILE in the environment a file takes the same way.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "compose/daybook/import/ids.hpp"
#include "compose/daybook/import/mapping.hpp"
#include "compose/daybook/import/parts.hpp"
#include "tests/compose/import/api_model.hpp"
#include "tests/compose/import/generator.hpp"

namespace daybook::importer::testing::import_model_test {
namespace {

const text::Uuid workspace = *text::Uuid::parse("0190a5b0-0000-7000-8000-000000000001");

/// Mapping, cutter, model and replay of one log, side by side.
class Course {
 public:
  void add(const Change& change) {
    mapping_.add(change);
    replay_.add(change);
  }
  void finish() {
    mapping_.finish();
    cutter_.finish();
    replay_.finish();
  }
  std::string first_difference() const {
    const auto all = differences(expected_issues(replay_, workspace), model_.views());
    if (all.empty()) return "";
    const auto& one = all.front();
    return std::to_string(all.size()) + " differences, first: " + one.issue + " " + one.field +
           ": expected " + one.expected + ", found " + one.found;
  }

  std::vector<std::string> refused;
  Report report;
  std::size_t parts = 0;
  std::size_t commands = 0;

 private:
  void carry(const Part& part) {
    ++parts;
    commands += part.commands.size();
    EXPECT_LE(part.commands.size(), part_commands_max);
    for (const auto& command : part.commands)
      if (const auto why = model_.carry(command); !why.empty())
        refused.push_back("line " + std::to_string(command.line) + " " + command.type + " " + command.data +
                          ": " + why);
  }

  ApiModel model_;
  PartCutter cutter_{[this](const Part& part) { carry(part); }};
  Mapping mapping_{{workspace, {}}, cutter_, report};
  Replay replay_;
};

class GeneratedImport : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(GeneratedImport, EndsWhereAPlainReplayEnds) {
  Course course;
  std::int64_t number = 0;
  for (const auto& line : generate_log(GetParam(), 400)) {
    auto [change, trouble] = parse_change(line);
    ASSERT_TRUE(change) << trouble << line;
    change->line = ++number;
    course.add(*change);
  }
  course.finish();
  EXPECT_TRUE(course.refused.empty())
      << course.refused.size() << " refused, first: " << course.refused.front();
  EXPECT_EQ(course.first_difference(), "");
}

INSTANTIATE_TEST_SUITE_P(FiftySeeds, GeneratedImport, ::testing::Range<std::uint64_t>(1, 51));

TEST(FileImport, EndsWhereAPlainReplayEnds) {
  const char* file = std::getenv("DAYBOOK_BEADS_FILE");
  if (!file) GTEST_SKIP() << "no DAYBOOK_BEADS_FILE";
  ChangeLog log(file);
  Course course;
  for (auto change : log) course.add(change);
  course.finish();
  EXPECT_EQ(log.error(), "");
  std::cout << course.report.text() << course.parts << " parts, " << course.commands << " commands\n";
  EXPECT_TRUE(course.refused.empty())
      << course.refused.size() << " refused, first: " << course.refused.front();
  EXPECT_EQ(course.first_difference(), "");
}

}  // namespace
}  // namespace daybook::importer::testing::import_model_test
