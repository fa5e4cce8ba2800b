// Every column of the four models, written by commands, is read back by the API and by the views; reports see the workspaces they may see
// and no others; and a replay of the log gives the same rows.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "tests/e2e/things.hpp"
#include "tests/e2e/views/proof.hpp"
#include "tests/e2e/views/translated.hpp"

namespace daybook::test::views_test {
namespace {

namespace fs = std::filesystem;

constexpr const char* story_folder = "tests/e2e/views/story";
constexpr std::size_t columns_there_are = 494;
constexpr const char* everybodys = "agent_factory.plans";  // of no workspace

using Rows = std::map<std::string, std::vector<std::string>>;

Rows all_rows(Views& views) {
  Rows rows;
  for (const auto& view : views.names()) rows[view] = views.rows(view);
  return rows;
}

bool mentions(const std::vector<std::string>& rows, const std::string& words) {
  return std::any_of(rows.begin(), rows.end(), [&](const std::string& row) { return row.find(words) != row.npos; });
}

// The story is told once; the tests look at it in their order.
class FourModels : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    daybook_ = std::make_unique<DaybookProcess>(Surroundings{.as = Deployed::single, .settings = "[webhooks]\nallowed_networks = [\"127.0.0.0/8\"]\n"});
    story_ = std::make_unique<Story>(*daybook_);
    std::vector<fs::path> chapters;
    for (const auto& file : fs::directory_iterator(story_folder))
      if (file.path().filename() != "witnesses.json") chapters.push_back(file.path());
    std::sort(chapters.begin(), chapters.end());
    for (const auto& chapter : chapters) story_->tell(chapter);
  }
  static void TearDownTestSuite() {
    story_.reset();
    daybook_.reset();
  }

  // As a report sees it that may see these.
  Rows seen_with(const std::string& workspaces) {
    views_.become_reporter(workspaces);
    auto rows = all_rows(views_);
    views_.become_oneself();
    return rows;
  }

  static inline std::unique_ptr<DaybookProcess> daybook_;
  static inline std::unique_ptr<Story> story_;
  const std::vector<Column> columns_ = columns_in(columns_file);
  Views views_{daybook_->database_url()};
};

TEST_F(FourModels, ShowWhatWasWrittenInEveryColumn) {
  ASSERT_EQ(columns_.size(), columns_there_are);
  const auto witnesses = story_->witnesses(fs::path(story_folder) / "witnesses.json");
  Proof proof(*story_, views_, columns_, witnesses);
  std::size_t proven = 0;
  for (const auto& column : columns_) {
    const auto reasons = proof.against(column);
    if (reasons.empty()) ++proven;
    for (const auto& reason : reasons) ADD_FAILURE() << reason;
  }
  std::cout << proven << " of " << columns_.size() << std::endl;
  EXPECT_EQ(proven, columns_.size());
}

TEST_F(FourModels, ShowReportsTheWorkspacesThatAreNamedAndNothingElse) {
  if (!views_.have_reporters()) GTEST_SKIP() << "the database's role may not make others";
  // Given another tenant, whose every word is known
  offer_plan(*daybook_);
  Team others(*daybook_, "Zirconquartz Yard");
  make_things(others.owner, others.id);
  const auto one = story_->id("w");
  daybook_->await_projection();
  // When at one moment each is looked at by itself, and nobody, and both
  views_.stand_still();
  const auto of_one = seen_with(one), of_others = seen_with(others.id), of_nobody = seen_with("");
  const auto of_both = seen_with(one + "," + others.id);
  // Then nothing of the one is with the other
  for (const auto& view : views_.names()) {
    for (const auto& words : {std::string(secret_words), others.id, others.owner.user_id})
      EXPECT_FALSE(mentions(of_one.at(view), words)) << view << ": " << words;
    for (const auto& words : {one, story_->id("ann"), std::string("harbour")})
      EXPECT_FALSE(mentions(of_others.at(view), words)) << view << ": " << words;
    if (view == everybodys) continue;
    EXPECT_EQ(of_nobody.at(view), std::vector<std::string>{}) << view;
    EXPECT_EQ(of_both.at(view).size(), of_one.at(view).size() + of_others.at(view).size()) << view << ": nobody is in both";
  }
  EXPECT_TRUE(mentions(of_others.at("platform.issues"), secret_words));
  // And there is something to see in every table
  for (const auto& column : columns_) EXPECT_FALSE(of_one.at(column.of()).empty()) << column.of();
}

TEST_F(FourModels, AreReadByReportsWhichHaveNoOtherWay) {
  if (!views_.have_reporters()) GTEST_SKIP() << "the database's role may not make others";
  views_.become_reporter(story_->id("w"));
  EXPECT_THROW(views_.rows("read_models.generations"), pg::Error);
  EXPECT_THROW(views_.rows("log.events"), pg::Error);
  views_.become_oneself();
}

// Last, for it leaves another generation behind.
TEST_F(FourModels, AreTheSameAfterAReplay) {
  daybook_->await_projection();
  daybook_->stop();
  const auto before = all_rows(views_);
  const auto rebuilt = daybook_->run({"rebuild", "--beside", "--allow-unsafe-database"});
  ASSERT_EQ(rebuilt.exit_code, 0) << rebuilt.output;
  daybook_->start();
  daybook_->await_projection();
  Views again(daybook_->database_url());
  const auto after = all_rows(again);
  ASSERT_EQ(before.size(), after.size());
  for (const auto& [view, rows] : before) EXPECT_EQ(after.at(view), rows) << view;
}

}  // namespace
}  // namespace daybook::test::views_test
