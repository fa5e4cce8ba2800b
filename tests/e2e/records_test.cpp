// Automations, webhooks and integrations as records: what they say is checked and kept, and what is sealed never comes back.
#include <gtest/gtest.h>

#include "platform/crypto/uuid_source.hpp"
#include "platform/postgres/connection.hpp"
#include "tests/e2e/things.hpp"

namespace daybook::test::records_test {
namespace {

constexpr std::chrono::seconds stream_limit{15};

class Records : public ::testing::Test {
 protected:
  Reply defined(const std::string& trigger, const std::string& actions = "[]", const std::string& more = "") {
    return owner_.post(team_.in("/automations"), R"({"name":"Greet","trigger":)" + trigger + R"(,"actions":)" + actions + more + "}");
  }
  Reply registered(const std::string& more = "") {
    return owner_.post(team_.in("/webhooks"), R"({"name":"Mirror","url":"http://127.0.0.1:9/hook","events":["issue.*"])" + more + "}");
  }
  Reply connected(const std::string& token) {
    return owner_.post(team_.in("/integrations"), object("type", "slack", "credentials", json::object{{"accessToken", token}}));
  }
  std::size_t count(const std::string& path) { return owner_.all(team_.in(path)).size(); }

  // Everything of the workspace that happened up to now, as a listener is told it.
  std::string told_live() {
    team_.issue("last of all");
    owner_.get(team_.in());  // waits until the read models show it
    http::Client client(daybook_.public_url());
    std::string text;
    const auto goes_on = [&](std::string_view chunk) {
      text += chunk;
      return text.find("last of all") == text.npos;
    };
    const auto result = client.stream("/api/v1" + team_.in("/events?from=0"), {{"Authorization", "Bearer " + owner_.token}}, goes_on, stream_limit);
    EXPECT_TRUE(result.ok()) << result.error;
    return text;
  }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
};

TEST_F(Records, AnAutomationIsKeptAsItWasSentAndListedByWhatItIs) {
  const std::string trigger = R"({ "type":"event" , "events":["issue.status_changed"]})";
  const auto label = owner_.post(team_.in("/labels"), object("name", "done")).id();
  const std::string actions = R"([{"type":"add_label","config":{"label_id":")" + label + R"("}},{"type":"send_notification","config":{"a":1.50}}])";
  const auto made = defined(trigger, actions, R"(,"condition":{"field":"issue.status","op":"eq","value":"done"})");
  ASSERT_EQ(made.status, 201) << made;
  const auto path = team_.in("/automations/" + made.id());
  const auto shown = owner_.get(path);
  EXPECT_NE(shown.raw.find(trigger), shown.raw.npos) << shown;
  EXPECT_NE(shown.raw.find(actions), shown.raw.npos) << shown;
  EXPECT_EQ(shown.number("/run_count"), 0);
  EXPECT_TRUE(shown.at("/is_enabled").as_bool());
  EXPECT_EQ(owner_.get(path + "?expand=created_by").text("/created_by/id"), owner_.user_id);

  const auto changed = owner_.patch(path, object("name", "Greet all", "is_enabled", false));
  ASSERT_EQ(changed.status, 200) << changed;
  EXPECT_EQ(owner_.get(path + "/history").text("/data/0/type"), "automation.disabled");
  EXPECT_EQ(count("/automations?enabled=false"), 1u);
  EXPECT_EQ(count("/automations?enabled=true"), 0u);
  EXPECT_EQ(owner_.post(path + "/enable").status, 200);
  ASSERT_EQ(owner_.remove(path).status, 204);
  EXPECT_EQ(count("/automations"), 0u);
  ASSERT_EQ(owner_.post(path + "/restore").status, 200);
  EXPECT_EQ(owner_.get(team_.in("/activity?entity=" + made.id())).rows().size(), 6u);
}

TEST_F(Records, WhatIsWrongWithAnAutomationIsSaidAtItsPlace) {
  const auto refused = defined(R"({"type":"schedule","cron":"often"})", R"([{"type":"comment","config":{"content":"Hi"}},{"type":"assign","config":{"assignee_id":1}}])",
                               R"(,"condition":{"all":[{"field":"issue.status","op":"eq","value":"finished"}]})");
  EXPECT_EQ(refused.status, 422) << refused;
  std::vector<std::string> places;
  for (const auto& error : refused.at("/errors").as_array()) places.emplace_back(error.at("pointer").as_string());
  EXPECT_EQ(places, (std::vector<std::string>{"/trigger/cron", "/condition/all/0/value", "/actions/1/config/assignee_id"}));
}

TEST_F(Records, WhatLiesInAProjectIsHiddenWithIt) {
  const auto project = owner_.post(team_.in("/projects"), object("name", "Engine")).id();
  const auto automation = defined(R"({"type":"manual"})", "[]", R"(,"project_id":")" + project + "\"");
  const auto webhook = registered(R"(,"project_id":")" + project + "\"");
  ASSERT_EQ(automation.status, 201) << automation;
  ASSERT_EQ(webhook.status, 201) << webhook;
  defined(R"({"type":"manual"})");
  EXPECT_EQ(count("/projects/" + project + "/automations"), 1u);
  EXPECT_EQ(count("/projects/" + project + "/webhooks"), 1u);
  EXPECT_EQ(count("/automations?project=none"), 1u);
  EXPECT_EQ(owner_.get(team_.in("/projects/" + project + "/activity?type=webhook.registered")).rows().size(), 1u);

  ASSERT_EQ(owner_.remove(team_.in("/projects/" + project)).status, 204);
  EXPECT_EQ(owner_.get(team_.in("/automations/" + automation.id())).status, 404);
  EXPECT_EQ(owner_.post(team_.in("/webhooks/" + webhook.id() + "/disable")).status, 404);
  EXPECT_EQ(count("/automations"), 1u);
  ASSERT_EQ(owner_.post(team_.in("/projects/" + project + "/restore")).status, 200);
  EXPECT_EQ(count("/automations"), 2u);
  EXPECT_EQ(owner_.patch(team_.in("/automations/" + automation.id()), R"({"project_id":null})").status, 200);
  EXPECT_EQ(count("/projects/" + project + "/automations"), 0u);
}

TEST_F(Records, AWebhooksSecretIsToldOnceByWhatMadeIt) {
  const auto id = crypto::UuidV7Source().next().text();
  const auto made = registered(R"(,"id":")" + id + "\"");
  ASSERT_EQ(made.status, 201) << made;
  const auto secret = made.text("/secret");
  EXPECT_TRUE(secret.starts_with("whsec_")) << secret;
  const auto path = team_.in("/webhooks/" + made.id());
  EXPECT_EQ(owner_.get(path).text("/secret"), "[sealed]");
  EXPECT_EQ(owner_.patch(path, object("name", "Other")).text("/secret"), "[sealed]");
  EXPECT_EQ(owner_.get(team_.in("/webhooks")).text("/data/0/secret"), "[sealed]");

  // Whoever repeats it by its id is not told what it was, whether or not it was they who registered it
  const auto again = registered(R"(,"id":")" + id + "\"");
  EXPECT_EQ(again.status, 201) << again;
  EXPECT_EQ(again.header("ETag"), made.header("ETag"));
  EXPECT_EQ(again.text("/secret"), "[sealed]");
  auto admin = team_.joined_by(daybook_, "admin");
  EXPECT_EQ(admin.post(team_.in("/webhooks"), R"({"name":"Mirror","url":"http://127.0.0.1:9/hook","events":["issue.*"],"id":")" + id + "\"}").text("/secret"),
            "[sealed]");

  const auto rotated = owner_.post(path + "/rotate-secret");
  ASSERT_EQ(rotated.status, 200) << rotated;
  EXPECT_TRUE(rotated.text("/secret").starts_with("whsec_"));
  EXPECT_NE(rotated.text("/secret"), secret);
  EXPECT_EQ(owner_.get(path).text("/secret"), "[sealed]");
  EXPECT_EQ(owner_.get(path + "/history").text("/data/0/type"), "webhook.secret_rotated");
}

TEST_F(Records, AnIdempotencyKeyRepeatsTheReplyAsItWas) {
  const auto body = R"({"name":"Mirror","url":"http://127.0.0.1:9/hook","events":["*"]})";
  const std::vector<http::Header> key{{"Idempotency-Key", random_name("key")}};
  const auto made = owner_.post(team_.in("/webhooks"), body, key), again = owner_.post(team_.in("/webhooks"), body, key);
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_EQ(again.text("/secret"), made.text("/secret"));
  EXPECT_EQ(count("/webhooks"), 1u);
}

TEST_F(Records, AWebhookIsRefusedWhereItCannotBe) {
  const auto refused = [&](const std::string& body, const std::string& pointer) {
    const auto reply = owner_.post(team_.in("/webhooks"), body);
    EXPECT_EQ(reply.status, 422) << reply;
    EXPECT_EQ(reply.pointer(), pointer) << reply;
  };
  refused(R"({"name":"a","url":"https://ann:pw@example.org","events":[]})", "/url");
  refused(R"({"name":"a","url":"https://example.org","events":["*","issue.exploded"]})", "/events/1");
  refused(R"({"name":"a","url":"https://example.org","events":[],"secret":"short"})", "/secret");
  refused(R"({"name":"a","url":"https://example.org","events":[],"headers":{"Host":"b"}})", "/headers/Host");
  refused(R"({"name":"a","url":"https://example.org","events":[],"headers":{"A":1}})", "/headers/A");
  EXPECT_EQ(registered(R"(,"headers":{"X-Team":"rockets"})").text("/headers/X-Team"), "rockets");
}

TEST_F(Records, AnIntegrationShowsTheNamesOfItsCredentials) {
  const auto made = connected("xoxb-1");
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_EQ(made.text("/credentials/accessToken"), "[sealed]");
  const auto path = team_.in("/integrations/" + made.id());
  const auto replaced = owner_.post(path + "/replace-credentials", R"({"credentials":{"apiKey":"k","channelId":"c"}})");
  ASSERT_EQ(replaced.status, 200) << replaced;
  EXPECT_EQ(json::serialize(owner_.get(path).at("/credentials")), R"({"apiKey":"[sealed]","channelId":"[sealed]"})");
  EXPECT_EQ(owner_.patch(path, R"({"settings":{"channel":"#a"},"is_enabled":false})").status, 200);
  EXPECT_EQ(owner_.get(path).text("/settings/channel"), "#a");
  EXPECT_EQ(owner_.post(path + "/note-sync", object("last_sync_at", "2026-01-05T09:00:00Z")).text("/last_sync_at"), "2026-01-05T09:00:00.000000Z");
  EXPECT_EQ(count("/integrations?type=slack"), 1u);
  EXPECT_EQ(count("/integrations?type=github"), 0u);
  ASSERT_EQ(owner_.remove(path).status, 204);
  EXPECT_EQ(count("/integrations"), 0u);
  EXPECT_EQ(owner_.post(path + "/restore").status, 200);
}

TEST_F(Records, AnIntegrationOfOnesOwnIsThereForNobodyElse) {
  const auto id = crypto::UuidV7Source().next().text();
  const auto body = R"({"type":"github","credentials":{"accessToken":"gho_1"},"id":")" + id + "\"}";
  const auto made = owner_.post("/me/integrations", body);
  ASSERT_EQ(made.status, 201) << made;
  const auto path = "/me/integrations/" + id;
  EXPECT_EQ(made.header("Location"), "/api/v1" + path);
  EXPECT_EQ(made.text("/user_id"), owner_.user_id);
  EXPECT_EQ(made.text("/credentials/accessToken"), "[sealed]");
  EXPECT_EQ(owner_.post("/me/integrations", body).raw, made.raw) << "the same id, the same reply";

  // It has a version of its own, whatever else happens to its person
  ASSERT_EQ(owner_.patch("/me", object("full_name", "Olga")).status, 200);
  const auto changed = owner_.patch(path, R"({"settings":{"org":"acme"},"is_enabled":false})", {{"If-Match", made.header("ETag")}});
  ASSERT_EQ(changed.status, 200) << changed;
  EXPECT_EQ(owner_.post(path + "/enable", "{}", {{"If-Match", made.header("ETag")}}).status, 412);
  EXPECT_EQ(owner_.post(path + "/replace-credentials", R"({"credentials":{"apiKey":"k"}})").text("/credentials/apiKey"), "[sealed]");
  EXPECT_EQ(owner_.post(path + "/note-sync", object("last_sync_at", "2026-01-05T09:00:00Z")).status, 200);
  const auto shown = owner_.get(path);
  EXPECT_EQ(shown.text("/settings/org"), "acme");
  EXPECT_EQ(json::serialize(shown.at("/credentials")), R"({"apiKey":"[sealed]"})");
  EXPECT_EQ(shown.text("/last_sync_at"), "2026-01-05T09:00:00.000000Z");
  EXPECT_EQ(owner_.get("/me/integrations?type=github&enabled=false").rows().size(), 1u);

  // No workspace of theirs has it, and nobody in it can reach it there or among their own
  auto admin = team_.joined_by(daybook_, "admin");
  EXPECT_EQ(count("/integrations?deleted=include"), 0u);
  EXPECT_EQ(admin.get(team_.in("/integrations/" + id)).status, 404);
  EXPECT_EQ(admin.remove(team_.in("/integrations/" + id)).status, 404);
  EXPECT_EQ(admin.get(path).status, 404);
  EXPECT_TRUE(admin.get("/me/integrations?deleted=include").rows().empty());
  EXPECT_EQ(admin.post("/me/integrations", body).status, 409) << "the id is taken";
  EXPECT_EQ(admin.post(team_.in("/integrations"), body).status, 409);
  EXPECT_EQ(owner_.get(team_.in("/activity?entity=" + id)).rows().size(), 0u);

  ASSERT_EQ(owner_.remove(path).status, 204);
  EXPECT_TRUE(owner_.get("/me/integrations").rows().empty());
  EXPECT_EQ(owner_.get("/me/integrations?deleted=only").rows().size(), 1u);
  EXPECT_EQ(owner_.post(path + "/disable").status, 404);
  EXPECT_EQ(owner_.post(path + "/restore").status, 200);
}

TEST_F(Records, NothingThatIsSealedComesBackByAnyWay) {
  // Given secrets that came in by every command that takes one
  const auto given = random_name("plantedsecretgiven"), second = random_name("plantedsecretsecond");
  const auto hook = registered(R"(,"secret":")" + given + "\"");
  ASSERT_EQ(hook.status, 201) << hook;
  const auto drawn = owner_.post(team_.in("/webhooks/" + hook.id() + "/rotate-secret")).text("/secret");
  ASSERT_TRUE(drawn.starts_with("whsec_"));
  ASSERT_EQ(owner_.post(team_.in("/webhooks/" + hook.id() + "/rotate-secret"), object("secret", second)).status, 200);
  const auto token = random_name("plantedtoken"), next = random_name("plantednexttoken");
  const auto chat = connected(token);
  ASSERT_EQ(chat.status, 201) << chat;
  ASSERT_EQ(owner_.post(team_.in("/integrations/" + chat.id() + "/replace-credentials"), object("credentials", json::object{{"apiKey", next}})).status, 200);
  const std::vector<std::string> planted{given, second, drawn, drawn.substr(10), token, next};
  const auto expect_none = [&](const std::string& text, const std::string& where) {
    for (const auto& secret : planted) EXPECT_EQ(text.find(secret), text.npos) << where << " tells " << secret;
  };

  // Then no route that reads, for whoever asks
  auto values = make_things(owner_, team_.id);
  values["webhook"] = hook.id();
  values["integration"] = chat.id();
  for (const auto& operation : all_operations(owner_)) {
    if (operation.method != "GET" || !operation.in_workspace() || operation.streams) continue;
    expect_none(owner_.get(path_of(operation, values)).raw, operation.id);
  }
  for (const auto& secret : planted) EXPECT_TRUE(owner_.get(team_.in("/search?q=" + secret)).rows().empty()) << secret;
  // nor the live events, the log and the read tables, nor what the program prints tell of any
  const auto told = told_live();
  EXPECT_NE(told.find("webhook.secret_rotated"), told.npos) << told;
  expect_none(told, "live events");
  pg::Connection connection(daybook_.database_url());
  for (const auto* table : {"log.events", "log.requests"}) {
    for (const auto& secret : planted) {
      const auto found = connection.exec_prepared("SELECT count(*) FROM " + std::string(table) + " t WHERE t::text LIKE '%' || $1::text || '%'",
                                                  pg::Params().text(secret));
      EXPECT_EQ(found.text(0, 0), "0") << table << " holds " << secret;
    }
  }
  EXPECT_EQ(connection.exec_prepared("SELECT count(*) FROM log.events t WHERE t::text LIKE '%' || $1::text || '%' AND personal IS NOT NULL",
                                     pg::Params().text(hook.id())).text(0, 0), "3") << "the search itself would find something";
  expect_none(daybook_.output(), "the program's log");
}

}  // namespace
}  // namespace daybook::test::records_test
