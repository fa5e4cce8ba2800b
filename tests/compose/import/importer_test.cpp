// The whole import, over HTTP, against an API on plain maps.
#include "compose/daybook/import/importer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "compose/daybook/import/comparison.hpp"
#include "compose/daybook/import/progress.hpp"
#include "tests/compose/import/fake_api.hpp"
#include "tests/compose/import/generator.hpp"
#include "tests/compose/import/import_test_harness.hpp"
#include "tests/support/support.hpp"

namespace daybook::importer::testing {
namespace {

using ::testing::HasSubstr;
using Outcome = ImportResult::Outcome;

class ImporterTest : public ::testing::Test {
 protected:
  ImporterTest() : display(std::tmpfile()) { write(generate_log(3, 900)); }
  ~ImporterTest() override { std::fclose(display); }

  void write(const std::vector<std::string>& lines) {
    std::ofstream out(folder / "log");
    for (const auto& line : lines) out << line << "\n";
  }
  ImportOptions options() const { return {(folder / "log").string(), api.url(), "secret", "paint-shop", ""}; }
  ImportResult import() { return run_import(options(), stop.get_token(), display); }
  ComparisonResult compare() const {
    return compare_import({api.url(), "secret"}, (folder / "log").string(), workspace, 0);
  }

  test::TempDir folder;
  FakeApi api;
  std::stop_source stop;
  std::FILE* display;
};

TEST_F(ImporterTest, CarriesALogSoThatItComparesEqual) {
  const auto result = import();
  EXPECT_EQ(result.outcome, Outcome::finished) << result.message;
  EXPECT_EQ(result.changes, 900);
  EXPECT_GT(result.parts, 2);
  EXPECT_EQ(result.position, result.parts * 10);
  EXPECT_EQ(result.report.count_of(reason::refused), 0);
  const auto compared = compare();
  EXPECT_TRUE(compared.equal()) << compared.trouble << compared.differences.size();
  EXPECT_GT(compared.issues, 100U);
}

TEST_F(ImporterTest, AComparisonSeesWhatWasNotImported) {
  (void)import();
  std::ofstream(folder / "log", std::ios::app)
      << line_of("created", "extra", R"("set":{"title":"E"})", "2031-01-01T00:00:00Z") << "\n";
  EXPECT_EQ(compare().differences.size(), 1U);
}

TEST_F(ImporterTest, RunAgainItChangesNothing) {
  const auto first = import();
  const auto before = api.views();
  const auto second = import();
  EXPECT_EQ(second.outcome, Outcome::finished);
  EXPECT_EQ(second.parts_already_there, first.parts);
  EXPECT_TRUE(differences(before, api.views()).empty());
}

TEST_F(ImporterTest, StoppedMidwayItGoesOnWhereItEnded) {
  api.before_bulk = [this](std::int64_t seq) -> std::optional<http::Response> {
    if (seq == 2) stop.request_stop();
    return std::nullopt;
  };
  const auto first = import();
  EXPECT_EQ(first.outcome, Outcome::stopped);
  EXPECT_THAT(first.message, HasSubstr("Run the same command again"));
  EXPECT_EQ(api.last_seq(), 2);
  stop = {};
  api.before_bulk = nullptr;
  const auto second = import();
  EXPECT_EQ(second.outcome, Outcome::finished) << second.message;
  EXPECT_EQ(second.parts_already_there, 2);
  EXPECT_TRUE(compare().equal());
}

TEST_F(ImporterTest, AsksABusyServerAgain) {
  int busy = 2;
  api.before_bulk = [&](std::int64_t) -> std::optional<http::Response> {
    if (busy-- > 0) return http::Response{.status = 503, .body = "{}"};
    return std::nullopt;
  };
  const auto result = import();
  EXPECT_EQ(result.outcome, Outcome::finished);
  EXPECT_EQ(api.bulks, result.parts + 2);
}

TEST_F(ImporterTest, ReportsACommandThatIsRefusedAndGoesOn) {
  write({line_of("created", "a", R"("set":{"title":"A","priority":1})"),
         line_of("created", "b", R"("set":{"title":"B","priority":1})")});
  bool first = true;
  api.before_bulk = [&](std::int64_t) -> std::optional<http::Response> {
    if (!std::exchange(first, false)) return std::nullopt;
    return http::Response{
        .status = 422,
        .body = R"({"detail":"Not this one.","errors":[{"pointer":"/commands/0/data/title"}]})"};
  };
  const auto result = import();
  EXPECT_EQ(result.outcome, Outcome::finished);
  EXPECT_EQ(result.report.count_of(reason::refused), 1);
  EXPECT_THAT(result.report.text(), HasSubstr("line 1: issue.open: 422 Not this one."));
  EXPECT_EQ(api.views().size(), 1U);
}

TEST_F(ImporterTest, EndsWithASentenceWhenItMayNotGoOn) {
  auto wrong = options();
  wrong.token = "wrong";
  EXPECT_THAT(run_import(wrong, stop.get_token(), display).message, HasSubstr("401 Sign in."));
  auto elsewhere = options();
  elsewhere.workspace = "nowhere";
  EXPECT_THAT(run_import(elsewhere, stop.get_token(), display).message, HasSubstr("'nowhere'"));
  api.before_bulk = [](std::int64_t) {
    return std::optional(http::Response{.status = 403, .body = R"({"detail":"Owners only."})"});
  };
  const auto result = import();
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_THAT(result.message, HasSubstr("403 Owners only."));
}

TEST_F(ImporterTest, NamesTheLineThatCannotBeRead) {
  std::ofstream(folder / "log", std::ios::app) << "{\n";
  const auto result = import();
  EXPECT_EQ(result.outcome, Outcome::failed);
  EXPECT_THAT(result.message, HasSubstr("line 901"));
}

TEST(Progress, ShowsABarRateAndTheTimeThatIsLeft) {
  const auto line = progress_line({1000, 1200, 25, 100}, std::chrono::seconds(10));
  EXPECT_THAT(line, HasSubstr("[######..................]  25 %"));
  EXPECT_THAT(line, HasSubstr("100 changes/s"));
  EXPECT_THAT(line, HasSubstr("0:30 left"));
  EXPECT_THAT(progress_line({5, 5, 100, std::nullopt}, std::chrono::seconds(1)),
              ::testing::Not(HasSubstr("left")));
}

}  // namespace
}  // namespace daybook::importer::testing
