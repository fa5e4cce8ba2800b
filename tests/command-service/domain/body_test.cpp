// Commands are read from request bodies as they stand: what a body may say, and what it may not.
#include "events/core/json.hpp"
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::body_test {
namespace {

template <class Command>
std::string refused(const std::string& body) {
  Command command{};
  return events::from_json(body, command, events::Reading::strict).text();
}

TEST(Bodies, AnIssueNeedsOnlyATitle) {
  issue::Open command{};
  EXPECT_TRUE(events::from_json(R"({"title":"Pay","type":"bug","project_id":"PAY","due_at":"2026-11-21"})",
                                command, events::Reading::strict));
  EXPECT_EQ(command.title.text, "Pay");
  EXPECT_EQ(command.type, issue::Type::bug);
  EXPECT_EQ(command.project_id->text, "PAY");
  EXPECT_FALSE(command.status);
  EXPECT_EQ(refused<issue::Open>("{}"), "/title required: This field is required.");
  EXPECT_EQ(refused<issue::Open>(R"({"title":" "})"), "/title blank: This must not be blank.");
}

TEST(Bodies, APatchTellsNotSentFromNull) {
  issue::Change command{};
  EXPECT_TRUE(
      events::from_json(R"({"description":null,"story_points":3})", command, events::Reading::strict));
  EXPECT_TRUE(command.description.sent);
  EXPECT_FALSE(command.description.value);
  EXPECT_EQ(command.story_points.value, 3);
  EXPECT_FALSE(command.title.sent);
}

TEST(Bodies, NoBodySetsWhatTheServerSets) {
  EXPECT_NE(refused<workspace::Create>(R"({"name":"X","is_personal":true})").find("unknown-field"),
            std::string::npos);
  EXPECT_NE(refused<user::Register>(R"({"email":"a@b.c","password":"12345678","password_hash":"x"})")
                .find("unknown-field"),
            std::string::npos);
  EXPECT_NE(refused<workspace::ChangeMember>(
                R"({"user_id":"00000000-0000-0000-0000-000000000001","role":"owner"})")
                .find("unknown-field"),
            std::string::npos);
  EXPECT_NE(refused<user::ChangePassword>(
                R"({"current_password":"a","new_password":"12345678","verified_hash":"x"})")
                .find("unknown-field"),
            std::string::npos);
}

TEST(Bodies, EveryTextKeepsItsRule) {
  EXPECT_NE(refused<user::Register>(R"({"email":"nobody","password":"12345678"})").find("/email invalid"),
            std::string::npos);
  EXPECT_NE(refused<user::Register>(R"({"email":"a@b.c","password":"1"})").find("/password too-short"),
            std::string::npos);
  EXPECT_NE(refused<workspace::DefineLabel>(R"({"name":"a","color":"red"})").find("/color invalid"),
            std::string::npos);
  EXPECT_NE(refused<workspace::Change>(R"({"slug":"Not A Slug"})").find("/slug invalid"), std::string::npos);
}

}  // namespace
}  // namespace daybook::domain::body_test
