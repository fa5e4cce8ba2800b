// After an erasure nothing of the person is found, what others wrote of them is named, and log and read models still hold.
#include <gtest/gtest.h>

#include "platform/postgres/connection.hpp"
#include "tests/e2e/kafka_server.hpp"
#include "tests/e2e/outbox.hpp"
#include "tests/e2e/personal/dump.hpp"
#include "tests/e2e/personal/kept.hpp"
#include "tests/e2e/things.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::test {
namespace {

namespace fs = std::filesystem;
using Found = std::vector<std::string>;

constexpr const char* own_address = "127.71.83.98";  // one's own, and no other test's
constexpr const char* known_as = "Zebulon Quartermain";   // others write it, so it stays where they did

class ErasedPerson : public ::testing::Test {
 protected:
  std::string plant(const std::string& what, const std::string& word) {
    planted_.push_back({what, word, true});
    return word;
  }
  std::string plant_word(const std::string& what) { return plant(what, random_name("planted") + " words"); }

  // Everything that a person can put where it is theirs.
  void plant_all() {
    email_ = plant("e-mail", random_name("planted") + "@example.org");
    ASSERT_EQ(team_.owner.post(team_.in("/invitations"), object("email", email_)).status, 201);
    const auto token = token_in(mail_to(daybook_, email_, "You are invited to Rocket Lab"));
    const auto password = plant_word("password");
    auto reply = person_.post("/auth/register", object("email", email_, "password", password, "username", plant("username", random_name("planted"))),
                              {{"User-Agent", plant_word("user agent")}});
    ASSERT_EQ(reply.status, 201) << reply;
    person_.token = reply.text("/access_token");
    person_.user_id = reply.text("/user/id");
    plant("refresh token", reply.text("/refresh_token"));
    ASSERT_EQ(person_.post("/invitations/" + token + "/accept").status, 200);
    ASSERT_EQ(second_.owner.post(second_.in("/invitations"), object("email", email_)).status, 201);

    plant("address of a sign-in", own_address);
    const auto login = output_of({"/usr/bin/curl", "-s", "-S", "--interface", own_address, daybook_.url() + "/api/v1/auth/login", "--json",
                                  object("email", email_, "password", password)});
    ASSERT_NE(login.find("access_token"), login.npos) << login;
    reply = person_.patch("/me", object("full_name", known_as, "avatar", plant("avatar", "https://example.org/" + random_name("planted") + ".png"),
                                        "username", plant("changed username", random_name("planted"))));
    ASSERT_EQ(reply.status, 200) << reply;
    const auto credentials = json::object{{"accessToken", plant_word("credentials of one's own integration")}};
    ASSERT_EQ(person_.post("/me/integrations", object("type", "slack", "credentials", credentials)).status, 201);
    ASSERT_EQ(person_.post("/me/ai-providers", object("provider", "openai", "api_key", plant("key of one's own AI provider", random_name("planted")))).status, 201);
    reply = person_.post(team_.in("/api-keys"), object("name", "Mirror", "permissions", json::array{"issues:read"}));
    ASSERT_EQ(reply.status, 201) << reply;
    key_ = plant("API key", reply.text("/key"));
  }

  // By others: by name, by mentioning, and as whom they send bills to.
  void be_written_of() {
    issue_ = team_.owner.post(team_.in("/issues"), object("title", std::string("Ask ") + known_as)).id();
    const auto comment = team_.owner.post(team_.in("/issues/" + issue_ + "/comments"),
                                          object("content", "Please look at this.", "mentions", json::array{person_.user_id}));
    ASSERT_EQ(comment.status, 201) << comment;
    comment_ = comment.id();
    const auto billed = second_.owner.patch(second_.in("/billing"), object("billing_info", json::object{{"billingEmail", email_}}));
    ASSERT_EQ(billed.status, 200) << billed;
  }

  void expect_mentions(const Reply& erased) {
    std::map<std::string, std::string> links;
    for (const auto& mention : erased.at("/mentions").as_array())
      links[std::string(mention.at("id").as_string())] = std::string(mention.at("link").as_string());
    for (const auto& id : {issue_, comment_}) {
      ASSERT_EQ(links.count(id), 1u) << erased;
      EXPECT_EQ(team_.owner.get(links[id].substr(std::string("/api/v1").size())).id(), id);
    }
    // Who is billed is the workspace's affair: its owner takes the address away
    EXPECT_EQ(links[second_.id], "/api/v1" + second_.in("/billing")) << erased;
    ASSERT_EQ(second_.owner.patch(second_.in("/billing"), R"({"billing_info":null})").status, 200);
    EXPECT_TRUE(second_.owner.get(second_.in("/billing")).at("/billing_info").is_null());
  }

  // Everything that can be read, as a page and as a file.
  void expect_no_reply_tells(Caller& caller, const Search& search, Values values) {
    values.merge(make_ones_own(caller));
    values["user"] = values["notification"] = person_.user_id;
    for (const auto& operation : all_operations(caller)) {
      if (operation.method != "GET" || operation.streams) continue;
      const auto reply = caller.get(path_of(operation, values));
      EXPECT_LT(reply.status, 500) << operation << ": " << reply;
      EXPECT_EQ(search.find_all(reply.raw), Found{}) << operation;
      const auto file = caller.get(path_of(operation, values), {{"Accept", "text/csv"}});
      EXPECT_EQ(search.find_all(file.raw), Found{}) << operation << " as a file";
    }
  }

  PostgresServer server_{{.of_its_own = true}};
  DaybookProcess daybook_{Surroundings{.database_url = server_.fresh_database()}};
  Team team_{daybook_}, second_{daybook_, "Orrery"};
  Caller person_{daybook_};
  Caller superuser_ = newcomer(daybook_, "supervisor");
  std::vector<Planted> planted_;
  std::string email_, key_, issue_, comment_;
};

TEST_F(ErasedPerson, IsFoundNowhereAfterwardsWhileTheLogStillHolds) {
  ASSERT_EQ(daybook_.run({"admin", "grant", superuser_.email, "--allow-unsafe-database"}).exit_code, 0);
  ASSERT_NO_FATAL_FAILURE(plant_all());
  ASSERT_NO_FATAL_FAILURE(be_written_of());
  const Search search(planted_);
  ASSERT_NE(search.find_all(superuser_.get("/users/" + person_.user_id).raw), Found{}) << "the search itself would find something";
  const auto invitation_elsewhere = [&] { return second_.owner.get(second_.in("/invitations")); };
  ASSERT_NE(search.find_all(invitation_elsewhere().raw), Found{});
  EXPECT_LT(Caller(daybook_, key_).get(team_.in("/issues")).status, 300);

  // Given somebody who was deleted; before that, and by others, nobody is erased
  const auto erase = "/users/" + person_.user_id + "/erase";
  EXPECT_EQ(superuser_.post(erase).code(), "not-deleted");
  ASSERT_EQ(person_.remove("/me").status, 204);
  EXPECT_EQ(team_.owner.post(erase).status, 403);

  // When they are erased
  const auto erased = superuser_.post(erase);
  ASSERT_EQ(erased.status, 200) << erased;
  EXPECT_EQ(erased.text("/user_id"), person_.user_id);
  expect_mentions(erased);
  EXPECT_EQ(superuser_.post(erase).text("/erased_at"), erased.text("/erased_at")) << "once more changes nothing";
  EXPECT_EQ(Caller(daybook_, key_).get(team_.in("/issues")).status, 401);
  EXPECT_EQ(invitation_elsewhere().text("/data/0/status"), "revoked");

  // Then no reply tells of them
  offer_plan(daybook_);
  const auto values = make_things(team_.owner, team_.id);
  expect_no_reply_tells(team_.owner, search, values);
  expect_no_reply_tells(superuser_, search, values);
  EXPECT_EQ(search.find_all(invitation_elsewhere().raw), Found{});
  EXPECT_EQ(search.find_all(superuser_.get("//metrics").raw), Found{}) << "metrics";
  daybook_.stop();

  // The log is sound, and made anew the read models are the same
  expect_sound_and_rebuildable(daybook_);
  for (const auto& [table, rows] : dump_of(daybook_.database_url())) EXPECT_EQ(search.find_all(rows), Found{}) << (table.empty() ? "definitions" : table);

  // Nothing is left in files but what the write-ahead log repeats until it is recycled
  for (const auto* const order : {"VACUUM FULL", "CHECKPOINT"}) pg::Connection(daybook_.database_url()).exec(order);
  server_.stop();
  EXPECT_EQ(search.find_all(server_.log()), Found{}) << "PostgreSQL's log";
  fs::remove_all(server_.data_folder() / "pg_wal");
  expect_nothing_in(server_.data_folder(), search);
  for (const auto& folder : fs::directory_iterator(daybook_.state_folder()))
    EXPECT_EQ(search.find_all(rows_of_state_store(folder.path())), Found{}) << folder.path();
  fs::remove_all(daybook_.outbox());   // mails are for whom they went to
  expect_nothing_in(daybook_.folder(), search);
}

}  // namespace
}  // namespace daybook::test
