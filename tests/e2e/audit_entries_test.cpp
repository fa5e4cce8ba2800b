// The audit: an entry for each event, for what was refused and for what was taken out of the house; for admins, and for ever.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "tests/e2e/caller.hpp"

namespace daybook::test::audit_entries_test {
namespace {

class AuditEntries : public ::testing::Test {
 protected:
  // On a server of their own: it tells only so many kinds of refusals apart in a minute, and other tests make hundreds.
  static void SetUpTestSuite() { own_ = std::make_unique<DaybookProcess>(); }
  static void TearDownTestSuite() { own_.reset(); }

  json::array entries(const std::string& query) { return owner_.get(team_.in("/audit?" + query)).rows(); }
  // The one entry that such a question finds, once it is there.
  json::object wait_for(Caller& caller, const std::string& path) {
    json::array rows;
    EXPECT_TRUE(wait_until([&] {
      rows = caller.get(path).rows();
      return !rows.empty();
    })) << path;
    return rows.empty() ? json::object() : rows.front().as_object();
  }
  http::ClientResult file(const std::string& path, std::vector<http::Header> headers = {}) {
    headers.push_back({"Authorization", "Bearer " + owner_.token});
    headers.push_back({"Daybook-Min-Position", std::to_string(*daybook_.position())});
    return http::Client(daybook_.public_url()).send("GET", "/api/v1" + path, headers, "");
  }
  static std::size_t lines_of(const std::string& text) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }
  RunResult admin(const std::string& what, const std::string& email) { return daybook_.run({"admin", what, email, "--allow-unsafe-database"}); }

  static inline std::unique_ptr<DaybookProcess> own_;
  DaybookProcess& daybook_ = *own_;
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
};

TEST_F(AuditEntries, EachEventIsOneAndIsFound) {
  const auto issue = team_.issue();
  ASSERT_EQ(owner_.patch(team_.in("/issues/" + issue), object("title", "Second light")).status, 200);
  const auto about = entries("resource=" + issue);
  ASSERT_EQ(about.size(), 2u);
  EXPECT_EQ(about[0].at("event_type").as_string(), "issue.edited");
  EXPECT_EQ(about[0].at("action").as_string(), "edited");
  EXPECT_EQ(about[0].at("resource_type").as_string(), "issue");
  EXPECT_EQ(about[0].at("actor_id").as_string(), owner_.user_id);
  EXPECT_EQ(about[0].at("via_type").as_string(), "session");
  EXPECT_TRUE(about[0].at("success").as_bool());
  EXPECT_EQ(about[0].at("details").at("title").as_string(), "Second light");
  EXPECT_EQ(entries("event_type=issue.opened&resource=" + issue).size(), 1u);
  EXPECT_EQ(entries("action=opened&resource_type=issue&actor=" + owner_.user_id).size(), 1u);
  EXPECT_EQ(entries("until=2020-01-01T00:00:00Z").size(), 0u);
  EXPECT_EQ(entries("since=2020-01-01T00:00:00Z&resource=" + issue).size(), 2u);
  auto outsider = newcomer(daybook_), member = team_.joined_by(daybook_, "member");
  EXPECT_EQ(outsider.get(team_.in("/audit")).status, 404);
  EXPECT_EQ(member.get(team_.in("/audit")).status, 403);
}

TEST_F(AuditEntries, WhatIsDeniedIsWrittenDownWithWhoAndFromWhere) {
  auto member = team_.joined_by(daybook_, "member");
  ASSERT_EQ(member.remove(team_.in()).status, 403);
  const auto denied = wait_for(owner_, team_.in("/audit?success=false&actor=" + member.user_id));
  ASSERT_FALSE(denied.empty());
  EXPECT_EQ(denied.at("event_type").as_string(), "access.command_denied");
  EXPECT_EQ(denied.at("resource_id").as_string(), team_.id);
  EXPECT_EQ(denied.at("details").at("operation").as_string(), "deleteWorkspace");
  EXPECT_EQ(denied.at("details").at("code").as_string(), "forbidden");
  EXPECT_EQ(denied.at("ip_address").as_string(), "127.0.0.1");

  // One of several commands, too
  const auto label = owner_.post(team_.in("/labels"), object("name", "red")).id();
  const auto bulk = member.post(team_.in("/commands"), object("atomic", false, "commands", json::array{{{"type", "label.delete"}, {"id", label}}}));
  ASSERT_EQ(bulk.number("/items/0/status"), 403) << bulk;
  EXPECT_TRUE(wait_until([&] {
    for (const auto& entry : entries("success=false&actor=" + member.user_id))
      if (entry.at("details").at("operation").as_string() == "label.delete") return true;
    return false;
  }));
}

TEST_F(AuditEntries, ASignInThatProvedNothingIsWrittenDownWithoutWhatWasTypedIn) {
  auto supervisor = newcomer(daybook_, "supervisor");
  ASSERT_EQ(admin("grant", supervisor.email).exit_code, 0);
  const auto started = wait_for(supervisor, "/audit?event_type=user.session_started&actor=" + supervisor.user_id);
  ASSERT_FALSE(started.empty());
  EXPECT_EQ(started.at("ip_address").as_string(), "127.0.0.1");
  Caller nobody(daybook_);
  const auto typed = random_name("typed") + "@example.org";
  ASSERT_EQ(nobody.post("/auth/login", object("email", typed, "password", "guessed by somebody")).status, 401);
  json::object refused;
  EXPECT_TRUE(wait_until([&] {
    const auto since = std::string(started.at("created_at").as_string());
    for (const auto& entry : supervisor.get("/audit?event_type=access.sign_in_refused&since=" + since).rows())
      if (entry.at("details").at("operation").as_string() == "login") refused = entry.as_object();
    return !refused.empty();
  }));
  ASSERT_FALSE(refused.empty());
  EXPECT_TRUE(refused.at("actor_id").is_null());
  EXPECT_EQ(refused.at("ip_address").as_string(), "127.0.0.1");
  EXPECT_EQ(supervisor.get("/audit?limit=200").raw.find(typed), std::string::npos);
  ASSERT_EQ(admin("revoke", supervisor.email).exit_code, 0);
  EXPECT_TRUE(wait_until([&] { return supervisor.get("/audit").status == 403; }));
}

TEST_F(AuditEntries, OutliveTheirWorkspace) {
  auto admin_of_it = team_.joined_by(daybook_, "admin");
  ASSERT_EQ(owner_.remove(team_.in()).status, 204);
  EXPECT_EQ(owner_.get(team_.in("/audit")).status, 404);
  const auto kept = owner_.get(team_.in("/audit?deleted=include"));
  ASSERT_EQ(kept.status, 200) << kept;
  EXPECT_EQ(kept.text("/data/0/event_type"), "workspace.deleted");
  EXPECT_EQ(admin_of_it.get(team_.in("/audit?deleted=include")).status, 404);
}

TEST_F(AuditEntries, AreTakenAsAFileWhichIsWrittenDown) {
  // Given more entries than one page of a file has
  for (int bulk = 0; bulk < 2; ++bulk) {
    json::array commands(150, json::object{{"type", "issue.open"}, {"data", {{"title", "One, \"two\""}, {"description", "three\nfour"}}}});
    ASSERT_EQ(owner_.post(team_.in("/commands"), json::serialize(json::object{{"commands", commands}})).status, 200);
  }
  const auto all = owner_.all(team_.in("/audit")).size();
  ASSERT_GT(all, 300u);
  const auto lines = file(team_.in("/audit?format=jsonl"));
  ASSERT_EQ(lines.status, 200) << lines.body.substr(0, 500);
  EXPECT_EQ(lines.header("Content-Type"), "application/jsonl");
  EXPECT_EQ(lines_of(lines.body), all);
  const auto first = json::parse(lines.body.substr(0, lines.body.find('\n')));
  EXPECT_EQ(first.at("event_type").as_string(), "issue.opened");
  const auto table = file(team_.in("/audit?event_type=issue.opened&fields=position,action,details"), {{"Accept", "text/csv"}});
  EXPECT_EQ(lines_of(table.body), 301u);
  EXPECT_EQ(table.body.substr(0, table.body.find('\r')), "action,details,position");
  for (const auto* words : {R"(""title"":""One, \""two\"""")", R"(""description"":""three\nfour"")"})
    EXPECT_NE(table.body.find(words), table.body.npos) << table.body.substr(0, 1000);
  EXPECT_EQ(table.body.find("incomplete"), table.body.npos);

  EXPECT_TRUE(wait_until([&] { return entries("event_type=access.exported").size() >= 2; }));
  const auto exported = entries("event_type=access.exported&actor=" + owner_.user_id);
  EXPECT_EQ(exported.at(0).at("details").at("operation").as_string(), "listAuditEntries");
  EXPECT_EQ(owner_.get(team_.in("/audit?format=xml")).status, 400);
}

}  // namespace
}  // namespace daybook::test::audit_entries_test
