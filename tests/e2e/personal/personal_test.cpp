// What is personal stands in one table, and what is secret stands nowhere.
#include <gtest/gtest.h>

#include <set>

#include "platform/postgres/connection.hpp"
#include "platform/text/base64.hpp"
#include "tests/e2e/kafka_server.hpp"
#include "tests/e2e/outbox.hpp"
#include "tests/e2e/personal/dump.hpp"
#include "tests/e2e/personal/kept.hpp"
#include "tests/e2e/personal/planted.hpp"
#include "tests/e2e/things.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::test {
namespace {

namespace fs = std::filesystem;
constexpr const char* loopback_address = "127.71.83.97";  // one's own, and no other test's
constexpr const char* topic = "daybook.events.1";
constexpr std::chrono::seconds relay_limit{60};

using Found = std::vector<std::string>;
const Found nothing;

class PersonalData : public ::testing::Test {
 protected:
  // Plants one word of each kind, and remembers it.
  std::string plant(const std::string& what, const std::string& word, bool readable) {
    planted_.push_back({what, word, readable});
    return word;
  }
  std::string plant_name(const std::string& what) {
    return plant(what, "Quux \"" + random_name("planted") + "\" Ünïcode", true);
  }
  std::string plant_email(const std::string& what) {
    return plant(what, random_name("planted") + "@example.org", true);
  }
  std::string plant_secret(const std::string& what) {
    return plant(what, random_name("planted") + " secret", false);
  }
  void plant_tokens(const std::string& what, const Reply& reply) {
    plant(what + "'s access token", reply.text("/access_token"), false);
    plant(what + "'s refresh token", reply.text("/refresh_token"), false);
    // The random part alone too, in case only that were kept.
    plant(what + "'s refresh token, its end", reply.text("/refresh_token").substr(50), false);
  }

  // Everything over HTTP that takes something personal, accepted and refused.
  void live(DaybookProcess& daybook) {
    Caller ann(daybook);
    const auto email = plant_email("e-mail of a registration");
    const auto password = plant_secret("password of a registration");
    const std::vector<http::Header> agent{{"User-Agent", plant_secret("user agent of a registration")}};
    auto reply = ann.post("/auth/register",
                          object("email", email, "password", password, "username",
                                 plant("username of a registration", random_name("planted"), true),
                                 "full_name", plant_name("full name of a registration")),
                          agent);
    ASSERT_EQ(reply.status, 201) << reply;
    ann.user_id = reply.text("/user/id");
    ann.token = reply.text("/access_token");
    plant_tokens("registration", reply);

    // From an address of its own, by the username
    address_ = plant("address of a login", loopback_address, true);
    const auto login = output_of({"/usr/bin/curl", "-s", "-S", "--interface", loopback_address, "-A",
                                  plant_secret("user agent of a login"), daybook.url() + "/api/v1/auth/login",
                                  "--json", object("email", email, "password", password)});
    const Reply logged_in{200, login, json::parse(login), {}};
    ASSERT_FALSE(logged_in.text("/access_token").empty()) << login;
    plant_tokens("login", logged_in);
    reply = Caller(daybook).post("/auth/refresh", object("refresh_token", logged_in.text("/refresh_token")));
    ASSERT_EQ(reply.status, 200) << reply;
    plant_tokens("refresh", reply);

    // Changed, and looked at
    reply = ann.patch(
        "/me", object("email", plant_email("changed e-mail"), "username",
                      plant("changed username", random_name("planted"), true), "full_name",
                      plant_name("changed full name"), "avatar",
                      plant("avatar", "https://example.org/" + random_name("planted") + ".png", true)));
    ASSERT_EQ(reply.status, 200) << reply;
    const auto changed = plant_secret("changed password");
    ASSERT_EQ(ann.post("/me/password", object("current_password", password, "new_password", changed)).status,
              204);
    EXPECT_FALSE(ann.get("/me").text("/full_name").empty());

    // Refused: typed in wrongly, taken, in the wrong place
    EXPECT_EQ(
        Caller(daybook)
            .post("/auth/login",
                  object("email", plant("e-mail nobody has", random_name("planted") + "@example.org", false),
                         "password", plant_secret("wrong password")))
            .status,
        401);
    EXPECT_EQ(Caller(daybook)
                  .post("/auth/register", object("email", ann.get("/me").text("/email"), "password",
                                                 plant_secret("password of a refused registration")))
                  .status,
              409);
    EXPECT_EQ(Caller(daybook)
                  .post("/auth/register",
                        object("email", plant("not an e-mail", random_name("planted") + " at home", false),
                               "password", plant_secret("password beside it")))
                  .status,
              422);
    EXPECT_EQ(ann.get("/me?email=" + plant("e-mail in a query", random_name("planted"), false)).status, 400);
    EXPECT_EQ(Caller(daybook, plant("token that is none", random_name("planted"), false)).get("/me").status,
              401);

    // Named by others, also in a bulk and under a key
    Caller guest(daybook);
    const auto guest_email = plant_email("e-mail of a guest");
    reply = guest.post("/auth/register",
                       object("email", guest_email, "password", plant_secret("password of a guest")));
    ASSERT_EQ(reply.status, 201) << reply;
    guest.token = reply.text("/access_token");
    plant_tokens("guest", reply);
    const auto workspace = ann.post("/workspaces", object("name", "Orrery"),
                                    {{"Idempotency-Key", plant_secret("idempotency key")}});
    ASSERT_EQ(workspace.status, 201) << workspace;
    const auto in = "/workspaces/" + workspace.id();
    reply = ann.post(in + "/commands",
                     json::serialize(json::object{
                         {"commands",
                          {json::object{{"type", "member.add"},
                                        {"data", {{"email", guest_email}, {"role", "viewer"}}}}}}}));
    ASSERT_EQ(reply.status, 200) << reply;
    EXPECT_EQ(ann.post(in + "/members",
                       object("email",
                              plant("e-mail of a stranger", random_name("planted") + "@example.org", false),
                              "role", "viewer"))
                  .status,
              422);
    const auto invited = plant_email("e-mail of somebody invited");
    ASSERT_EQ(ann.post(in + "/invitations", object("email", invited)).status, 201);
    // Its end: the beginning names stream and id
    plant("token of an invitation", token_in(mail_to(daybook, invited, "You are invited to Orrery")).substr(44), false);
    ASSERT_EQ(ann.post(in + "/issues", object("title", "Visibletitle")).status, 201);

    bill(ann, in);
    keep_secrets(ann, in);
    look_as_others_do(daybook, guest, workspace.id(), ann);
  }

  // Replaced, refused, and read again by its owner
  void bill(Caller& ann, const std::string& in) {
    const auto billing = [&](const std::string& address) {
      return json::serialize(json::object{{"billing_info", json::object{{"customerId", "cus_1"}, {"billingEmail", address}}}});
    };
    ASSERT_EQ(ann.patch(in + "/billing", billing(plant_email("e-mail that bills went to"))).status, 200);
    const auto address = plant_email("e-mail that bills go to");
    const auto changed = ann.patch(in + "/billing", billing(address));
    ASSERT_EQ(changed.status, 200) << changed;
    EXPECT_EQ(changed.text("/billing_info/billingEmail"), "[sealed]");
    EXPECT_EQ(ann.patch(in + "/billing", billing(plant("e-mail of no bills", random_name("planted") + " at home", false))).status, 422);
    EXPECT_EQ(ann.get(in + "/billing").text("/billing_info/billingEmail"), address);
  }

  // What is proved by use: given and drawn, replaced, and refused.
  void keep_secrets(Caller& ann, const std::string& in) {
    const auto given = plant("secret of a webhook", random_name("planted-secret-of-a-webhook"), false);
    const auto hook = ann.post(in + "/webhooks", object("name", "Mirror", "url", "http://127.0.0.1:9/hook", "events", json::array{"*"},
                                                        "secret", given));
    ASSERT_EQ(hook.status, 201) << hook;
    EXPECT_EQ(hook.text("/secret"), given);
    const auto rotated = ann.post(in + "/webhooks/" + hook.id() + "/rotate-secret");
    ASSERT_EQ(rotated.status, 200) << rotated;
    plant("secret that was drawn", rotated.text("/secret"), false);
    plant("secret that was drawn, its end", rotated.text("/secret").substr(10), false);
    EXPECT_EQ(ann.post(in + "/webhooks/" + hook.id() + "/rotate-secret", object("secret", plant_secret("secret that is none"))).status, 422);
    const auto credentials = [&](const std::string& what) { return json::object{{"accessToken", plant_secret(what)}}; };
    const auto chat = ann.post(in + "/integrations", object("type", "slack", "credentials", credentials("access token of a service")));
    ASSERT_EQ(chat.status, 201) << chat;
    ASSERT_EQ(ann.post(in + "/integrations/" + chat.id() + "/replace-credentials", object("credentials", credentials("its next access token"))).status, 200);
    EXPECT_EQ(ann.post(in + "/integrations", object("type", "Slack", "credentials", credentials("access token of no service"))).status, 422);
    const auto own = ann.post("/me/integrations", object("type", "slack", "credentials", credentials("access token of one's own")));
    ASSERT_EQ(own.status, 201) << own;
    ASSERT_EQ(ann.post("/me/integrations/" + own.id() + "/replace-credentials", object("credentials", credentials("its next one"))).status, 200);
    EXPECT_EQ(ann.get("/me/integrations/" + own.id()).text("/credentials/accessToken"), "[sealed]");
    keep_api_keys(ann, in);
  }

  void keep_api_keys(Caller& ann, const std::string& in) {
    const auto key = [&](const std::string& what) { return plant(what, random_name("planted-api-key"), false); };
    for (const auto& configs : {in + "/ai-providers", std::string("/me/ai-providers")}) {
      const auto config = ann.post(configs, object("provider", "openai", "api_key", key("api key at " + configs)));
      ASSERT_EQ(config.status, 201) << config;
      ASSERT_EQ(ann.post(configs + "/" + config.id() + "/replace-credentials", object("api_key", key("next api key at " + configs))).status, 200);
      EXPECT_EQ(ann.post(configs, object("provider", "openai", "api_key", key("api key of a refused config"))).status, 409);
    }
  }

  // Whoever else is in the workspace sees ids, not persons.
  void look_as_others_do(DaybookProcess& daybook, Caller& guest, const std::string& workspace, Caller& owner) {
    const Search search(planted_);
    offer_plan(daybook);
    auto values = make_things(owner, workspace);
    const auto in = "/workspaces/" + workspace;
    for (const auto& published : {"/skills/" + values.at("skill"), "/templates/" + values.at("template"), "/blueprints/" + values.at("blueprint")})
      ASSERT_EQ(owner.post(in + published + "/list").status, 200);
    const auto theirs = object("assignee_id", guest.get("/me").id());
    ASSERT_EQ(owner.post(in + "/issues/" + values.at("issue") + "/assign", theirs).status, 200);
    ASSERT_TRUE(wait_until([&] { return !guest.get("/me/notifications").rows().empty(); }));
    values["notification"] = guest.get("/me/notifications").text("/data/0/id");
    values.merge(make_ones_own(guest));
    EXPECT_TRUE(wait_until([&] { return guest.get("/audit/tree-head").status == 200; })) << "the log is signed within a second";
    for (const auto& operation : all_operations(guest)) {
      if (operation.method != "GET" || operation.streams || operation.id == "getMe") continue;
      const auto reply = guest.get(path_of(operation, values));
      // Some is for admins alone; keys are their holder's, and what a mail offers is for whoever has it.
      const bool is_anothers = operation.id == "getOffer" || operation.path.find("{api_key}") != operation.path.npos;
      EXPECT_TRUE(reply.status < 400 || reply.status == 403 || (is_anothers && reply.status == 404)) << operation << ": " << reply;
      EXPECT_EQ(search.find_all(reply.raw), nothing) << operation;
    }
  }

  std::vector<Planted> planted_;
  std::string address_;
};

// The tables of people and of the audit's addresses, their indexes and what is stored apart from them.
std::set<fs::path> files_of_people(const std::string& database_url, const fs::path& data) {
  pg::Connection connection(database_url);
  const auto rows = connection.exec(
      "WITH tables AS (SELECT unnest(ARRAY['read_g7.people'::regclass, 'read_g7.audit_addresses'::regclass]) AS id) "
      "SELECT pg_relation_filepath(c.oid) FROM pg_class c WHERE c.oid IN (SELECT id FROM tables "
      "UNION SELECT indexrelid FROM pg_index JOIN tables ON indrelid = id "
      "UNION SELECT reltoastrelid FROM pg_class JOIN tables ON oid = id)");
  std::set<fs::path> files;
  for (int i = 0; i < rows.rows(); ++i) files.insert(data / rows.text(i, 0));
  return files;
}

TEST_F(PersonalData, StandsInTheTableOfPeopleAloneAndSecretsStandNowhere) {
  PostgresServer server({.of_its_own = true});
  const auto kafka = KafkaServer::try_start();
  DaybookProcess daybook(
      Surroundings{.kafka_brokers = kafka ? kafka->brokers() : "", .database_url = server.fresh_database()});
  ASSERT_NO_FATAL_FAILURE(live(daybook));
  const Search search(planted_);
  Caller anybody(daybook);
  EXPECT_EQ(search.find_all(anybody.get("//metrics").raw), nothing) << "metrics";

  // Kafka: everything in the topic, and every file of the broker
  if (kafka) {
    const auto head = *daybook.position();
    EXPECT_TRUE(wait_until(
        [&] { return kafka->dump(topic).find("ce_position=" + std::to_string(head)) != std::string::npos; },
        relay_limit));
    const auto dumped = kafka->dump(topic);
    EXPECT_NE(dumped.find("Visibletitle"), std::string::npos) << "the search itself would find something";
    EXPECT_EQ(search.find_all(dumped), nothing) << "topic";
    expect_nothing_in(kafka->folder(), search);
  }
  daybook.stop();

  // A dump of the database
  for (const auto& [table, rows] : dump_of(daybook.database_url())) {
    if (table == "read_g7.people") {
      EXPECT_EQ(search.find_secrets(rows), nothing) << table;
      for (const auto* what : {"changed e-mail", "changed username", "avatar", "e-mail of a guest", "e-mail of somebody invited", "e-mail that bills go to"})
        EXPECT_NE(rows.find(std::find_if(planted_.begin(), planted_.end(),
                                         [&](const auto& p) { return p.what == what; })
                                ->word),
                  rows.npos)
            << "the search itself would find " << what;
    } else if (table == "read_g7.audit_addresses") {
      EXPECT_EQ(search.find_secrets(rows), nothing) << table;
      EXPECT_NE(rows.find(loopback_address), rows.npos) << "an auditor sees from where somebody came";
    } else {
      EXPECT_EQ(search.find_all(rows), nothing) << (table.empty() ? "definitions" : table);
    }
    EXPECT_EQ(rows.find("$argon2"), rows.npos) << table << " holds a password's hash in the open";
  }

  // The files of the cluster. The write-ahead log repeats what was written to these, until it is recycled.
  const auto people = files_of_people(daybook.database_url(), server.data_folder());
  for (const auto* const order : {"VACUUM (ANALYZE)", "CHECKPOINT"})
    pg::Connection(daybook.database_url()).exec(order);
  server.stop();
  auto may_hold = people;
  for (const auto& segment : fs::directory_iterator(server.data_folder() / "pg_wal"))
    may_hold.insert(segment.path());
  expect_nothing_in(server.data_folder(), search, may_hold);
  EXPECT_EQ(search.find_all(server.log()), nothing) << "PostgreSQL's log";

  // The state store: every row, once everything is compacted; and everything else the process has written,
  // its log included
  for (const auto& folder : fs::directory_iterator(daybook.state_folder())) {
    const auto rows = rows_of_state_store(folder.path());
    EXPECT_NE(rows.find("Visibletitle"), rows.npos) << "the search itself would find something";
    EXPECT_EQ(search.find_all(rows), nothing) << folder.path();
  }
  for (const auto* route : {"/api/v1/auth/register", "/api/v1/auth/login", "/api/v1/me"})
    EXPECT_NE(daybook.output().find("\"route\":\"" + std::string(route) + "\""), std::string::npos) << "the log has the requests";
  fs::remove_all(daybook.outbox());   // mails are for whom they go to
  expect_nothing_in(daybook.folder(), search);
  if (!kafka) GTEST_SKIP() << "All but Kafka was searched: its jars could not be fetched from Maven Central.";
}

TEST(PlantedWords, AreFoundHoweverTheyAreWritten) {
  const std::string word = "Ann \"Quux\" Ünïcode";
  const Search search({{"name", word, true}});
  for (const auto& text :
       {"a " + word + " b", std::string("ANN \"QUUX\" Ünïcode"), json::serialize(json::value(word)),
        http::percent_encode(word), text::hex_encode("xx" + word), text::base64_encode(word),
        text::base64_encode("x" + word + "y"), text::base64_encode("xx" + word + "yy"),
        text::base64url_encode("xxx" + word)})
    EXPECT_FALSE(search.find_all(text).empty()) << text;
  EXPECT_TRUE(search.find_all("somebody else").empty());
  EXPECT_TRUE(search.find_secrets(word).empty());
}

}  // namespace
}  // namespace daybook::test
