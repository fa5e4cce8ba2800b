// The platform model, in both kinds of database, and how an import is stopped, gone on with and repeated.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "platform/postgres/connection.hpp"
#include "tests/e2e/caller.hpp"
#include "tests/e2e/import/comparison.hpp"
#include "tests/e2e/import/theirs.hpp"

namespace daybook::test::platform_test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* password = "orchard gate 77";
constexpr const char* glass = "/workspaces/0b000000-0000-4000-8000-000000000001";
constexpr const char* second_house = "/workspaces/0b000000-0000-4000-8000-000000000002";

const OnPurpose on_purpose{
    {{"users.password_hash", "\"[sealed]\""}},
    {{"issues.issue_number@10000000-0000-4000-8000-000000000005", "it had none, and every issue has one here"},
     {"users.password_hash@0a000000-0000-4000-8000-000000000003", "what is sealed does not tell that there is none"}},
    {}};

RunResult import_from(DaybookProcess& daybook, const std::string& from, const std::vector<std::string>& more = {}) {
  std::vector<std::string> words{"import", "platform", "--allow-unsafe-database", "--from", from};
  words.insert(words.end(), more.begin(), more.end());
  return daybook.run(words);
}

std::int64_t events_in(const DaybookProcess& daybook) {
  return pg::Connection(daybook.database_url()).exec("SELECT count(*) FROM log.events").int64(0, 0);
}

Caller signed_in(const DaybookProcess& daybook, const std::string& email) {
  Caller caller(daybook);
  const auto reply = caller.post("/auth/login", object("email", email, "password", password));
  EXPECT_EQ(reply.status, 200) << reply;
  if (reply.status == 200) caller.token = reply.text("/access_token");
  return caller;
}

class PlatformImport : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    daybook_ = std::make_unique<DaybookProcess>();
    theirs_ = theirs_in_postgres("platform");
    first_ = import_from(*daybook_, theirs_);
    daybook_->await_projection();
  }
  static void TearDownTestSuite() { daybook_.reset(); }

  static inline std::unique_ptr<DaybookProcess> daybook_;
  static inline std::string theirs_;
  static inline RunResult first_;
};

TEST_F(PlatformImport, BringsEveryRowAndColumn) {
  EXPECT_EQ(first_.exit_code, 0) << first_.output;
  EXPECT_THAT(differences(theirs_, daybook_->database_url(), "platform", on_purpose), IsEmpty()) << first_.output;
}

TEST_F(PlatformImport, APasswordThatWasBroughtSignsIn) {
  auto maud = signed_in(*daybook_, "maud@platform.example");
  EXPECT_EQ(maud.get(glass).text("/name"), "Glass Orchard");
  EXPECT_EQ(maud.get(std::string(glass) + "/members?count=exact").number("/page/count"), 3);
}

TEST_F(PlatformImport, NumbersGoOnFromTheGreatest) {
  auto maud = signed_in(*daybook_, "maud@platform.example");
  const auto opened = maud.post(std::string(glass) + "/issues", object("title", "The next one"));
  EXPECT_EQ(opened.number("/number"), 42) << opened;
  auto piet = signed_in(*daybook_, "piet@platform.example");
  EXPECT_EQ(piet.get(std::string(second_house) + "/issues/10000000-0000-4000-8000-000000000005").number("/number"), 2);
}

TEST_F(PlatformImport, MakesNoActivityButTheirsAndOneSummary) {
  pg::Connection ours(daybook_->database_url());
  const auto found = ours.exec("SELECT count(*) FROM platform.activity_logs WHERE workspace_id::text = '0b000000-0000-4000-8000-000000000002'");
  EXPECT_EQ(found.int64(0, 0), 1);
}

TEST_F(PlatformImport, AddsNothingASecondTime) {
  const auto before = events_in(*daybook_);
  const auto second = import_from(*daybook_, theirs_);
  EXPECT_EQ(second.exit_code, 0) << second.output;
  EXPECT_THAT(second.output, HasSubstr("Brought 0 of"));
  EXPECT_EQ(events_in(*daybook_), before);
}

TEST_F(PlatformImport, BringsOnlyWhatIsNewOfASourceThatHasGrown) {
  const auto before = events_in(*daybook_);
  pg::Connection(theirs_).exec(
      "INSERT INTO comments VALUES ('11000000-0000-4000-8000-000000000009', '10000000-0000-4000-8000-000000000003', "
      "'0a000000-0000-4000-8000-000000000001', 'One more.', '2025-06-06 06:06:06', '2025-06-06 06:06:06')");
  const auto again = import_from(*daybook_, theirs_);
  EXPECT_EQ(again.exit_code, 0) << again.output;
  EXPECT_THAT(again.output, HasSubstr("comments: 1 of 4"));
  EXPECT_EQ(events_in(*daybook_), before + 2) << "it was posted, and its state was brought forward";
  daybook_->await_projection();
  EXPECT_THAT(differences(theirs_, daybook_->database_url(), "platform", on_purpose), IsEmpty());
}

TEST(PlatformImportOfSqlite, BringsTheSame) {
  DaybookProcess daybook;
  TempDir folder;
  const auto run = import_from(daybook, theirs_in_sqlite("platform", folder / "platform.db"));
  EXPECT_EQ(run.exit_code, 0) << run.output;
  daybook.await_projection();
  EXPECT_THAT(differences(theirs_in_postgres("platform"), daybook.database_url(), "platform", on_purpose), IsEmpty()) << run.output;
  daybook.stop();
  expect_sound_and_rebuildable(daybook);
}

TEST(PlatformImportDryRun, ReadsEverythingAndChangesNothing) {
  DaybookProcess daybook;
  TempDir folder;
  const auto before = events_in(daybook);
  const auto report = folder / "report.json";
  const auto run = import_from(daybook, theirs_in_postgres("platform"), {"--dry-run", "--report", report.string()});
  EXPECT_EQ(run.exit_code, 0) << run.output;
  EXPECT_EQ(events_in(daybook), before);
  std::ifstream file(report);
  const auto written = json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
  EXPECT_TRUE(written.at("is_dry_run").as_bool());
  EXPECT_EQ(written.at("tables").at("issues").at("brought").as_int64(), 5) << run.output;
}

TEST(PlatformImportBesideOthers, TakesWhoIsRegisteredForWhoTheyAreAndFreesWhatIsTaken) {
  // Given somebody with an address of theirs, and another one with a name of theirs
  DaybookProcess daybook;
  Caller maud(daybook), other(daybook);
  const auto registered = maud.post("/auth/register", object("email", "maud@platform.example", "password", usual_password));
  ASSERT_EQ(registered.status, 201) << registered;
  ASSERT_EQ(other.post("/auth/register", object("email", "piet@elsewhere.example", "password", usual_password, "username", "Piet Vos")).status, 201);

  // When the database is brought in
  const auto run = import_from(daybook, theirs_in_postgres("platform"));
  EXPECT_EQ(run.exit_code, 0) << run.output;

  // Then Maud stays who she is and owns their workspace, and Piet has another name
  EXPECT_THAT(run.output, HasSubstr("is here already"));
  EXPECT_THAT(run.output, HasSubstr("'Piet Vos' is taken"));
  daybook.await_projection();
  pg::Connection ours(daybook.database_url());
  const auto owner = ours.exec("SELECT user_id::text FROM platform.members WHERE id::text = '0c000000-0000-4000-8000-000000000001'");
  ASSERT_EQ(owner.rows(), 1);
  EXPECT_NE(owner.text(0, 0), "0a000000-0000-4000-8000-000000000001");
}

// A database from which nothing can be read is refused with a sentence.
TEST(PlatformImportRefused, SaysWhy) {
  DaybookProcess daybook;
  for (const auto* from : {"sqlite:/nowhere/at/all.db", "mysql://localhost/x"}) {
    const auto run = import_from(daybook, from);
    EXPECT_EQ(run.exit_code, 1) << run.output;
    EXPECT_THAT(run.output, HasSubstr("cannot be read"));
  }
  EXPECT_EQ(import_from(daybook, theirs_in_postgres("platform"), {"--owner", "nobody@nowhere.example"}).exit_code, 1);
}

}  // namespace
}  // namespace daybook::test::platform_test
