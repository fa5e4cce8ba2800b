// What is proved by use is told in the reply of the command that made it, and stands in the log sealed.
#include "tests/command-service/routes/desk.hpp"

namespace daybook::routes::test {
namespace {

constexpr auto id = "0193fc00-0000-7000-8000-000000000001";
const std::string hook_body = R"({"id":"0193fc00-0000-7000-8000-000000000001","name":"Mirror","url":"https://example.org/hook","events":["*"]})";

class Secrets : public Desk {
 protected:
  void expect_not_in_the_log(const std::string& secret) {
    const auto events = log->read(events::Position{}, 1000, 1 << 20);
    EXPECT_GT(events.size(), 3u);
    for (const auto& event : events) {
      EXPECT_EQ(event.data.find(secret), event.data.npos) << event.type;
      EXPECT_EQ(event.personal.value_or("").find(secret), std::string::npos) << event.type;
    }
  }
};

TEST_F(Secrets, ADrawnOneIsToldByWhatDrewItAndNeverAgain) {
  const auto made = post(in("/webhooks"), hook_body);
  ASSERT_EQ(made.status, 201) << made;
  const auto secret = made.text("/secret");
  EXPECT_TRUE(secret.starts_with("whsec_")) << secret;
  const auto hook = in("/webhooks/" + std::string(id));
  EXPECT_EQ(patch(hook, R"({"name":"Other"})").text("/secret"), "[sealed]");
  EXPECT_EQ(post(hook + "/disable").text("/secret"), "[sealed]");
  const auto again = post(in("/webhooks"), hook_body);
  EXPECT_EQ(again.status, 201) << again;
  EXPECT_EQ(again.header("ETag"), made.header("ETag"));
  EXPECT_EQ(again.text("/secret"), "[sealed]");
  expect_not_in_the_log(secret);
}

TEST_F(Secrets, RotatingTellsTheNewOneAloneAlsoAfterAStart) {
  const auto first = post(in("/webhooks"), hook_body).text("/secret");
  start_again();
  const auto hook = in("/webhooks/" + std::string(id));
  const auto drawn = post(hook + "/rotate-secret");
  ASSERT_EQ(drawn.status, 200) << drawn;
  EXPECT_TRUE(drawn.text("/secret").starts_with("whsec_"));
  EXPECT_NE(drawn.text("/secret"), first);
  const std::string given = "a-secret-of-mine";
  const auto rotated = post(hook + "/rotate-secret", R"({"secret":")" + given + "\"}");
  EXPECT_EQ(rotated.text("/secret"), given);
  start_again();
  EXPECT_EQ(post(hook + "/rotate-secret", R"({"secret":")" + given + "\"}").header("ETag"), rotated.header("ETag")) << "it is known to be the same";
  for (const auto& secret : {first, drawn.text("/secret"), given}) expect_not_in_the_log(secret);
}

TEST_F(Secrets, AnIdempotencyKeyRepeatsTheReplyAsItWas) {
  const Headers key{{"Idempotency-Key", "one"}};
  const auto made = post(in("/webhooks"), hook_body, key);
  patch(in("/webhooks/" + std::string(id)), R"({"name":"Other"})");
  EXPECT_EQ(post(in("/webhooks"), hook_body, key).raw, made.raw);
}

TEST_F(Secrets, ABulkTellsNone) {
  const auto reply = post(in("/commands"), R"({"commands":[{"type":"webhook.register","data":{"name":"a","url":"https://example.org","events":[]}}]})");
  ASSERT_EQ(reply.status, 200) << reply;
  EXPECT_EQ(reply.raw.find("whsec_"), reply.raw.npos);
}

TEST_F(Secrets, CredentialsAreShownByNameAndRepeatedByContent) {
  const auto body = [](const std::string& token) {
    return R"({"id":")" + std::string(id) + R"(","type":"slack","credentials":{"accessToken":")" + token + R"("}})";
  };
  const auto made = post(in("/integrations"), body("xoxb-planted"));
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_EQ(made.text("/credentials/accessToken"), "[sealed]");
  start_again();
  EXPECT_EQ(post(in("/integrations"), body("xoxb-planted")).raw, made.raw);
  EXPECT_EQ(post(in("/integrations"), body("xoxb-another")).status, 409);
  const auto path = in("/integrations/" + std::string(id));
  const auto replaced = post(path + "/replace-credentials", R"({"credentials":{"apiKey":"planted-too"}})");
  ASSERT_EQ(replaced.status, 200) << replaced;
  EXPECT_EQ(json::serialize(replaced.at("/credentials")), R"({"apiKey":"[sealed]"})");
  for (const auto* secret : {"xoxb-planted", "planted-too"}) expect_not_in_the_log(secret);
}

TEST_F(Secrets, CredentialsOfOnesOwnAreSealedAsOnesOwn) {
  const auto body = [](const std::string& token) {
    return R"({"id":")" + std::string(id) + R"(","type":"slack","credentials":{"accessToken":")" + token + R"("}})";
  };
  const auto made = post("/me/integrations", body("xoxb-planted"));
  ASSERT_EQ(made.status, 201) << made;
  const auto path = "/me/integrations/" + std::string(id);
  EXPECT_EQ(made.header("Location"), "/api/v1" + path);
  EXPECT_EQ(made.text("/credentials/accessToken"), "[sealed]");
  start_again();
  EXPECT_EQ(post("/me/integrations", body("xoxb-planted")).raw, made.raw);
  EXPECT_EQ(post("/me/integrations", body("xoxb-another")).status, 409);
  patch("/me", R"({"full_name":"Ann"})");
  const auto replaced = post(path + "/replace-credentials", R"({"credentials":{"apiKey":"planted-too"}})", {{"If-Match", made.header("ETag")}});
  ASSERT_EQ(replaced.status, 200) << replaced;
  EXPECT_EQ(json::serialize(replaced.at("/credentials")), R"({"apiKey":"[sealed]"})");
  EXPECT_EQ(post(path + "/disable", "", {{"If-Match", made.header("ETag")}}).status, 412);
  const auto max = sign_up("max");
  EXPECT_EQ(send(max, "DELETE", path).status, 404);
  EXPECT_EQ(send(max, "POST", "/me/integrations", body("xoxb-planted")).status, 409);
  EXPECT_EQ(post(in("/commands"), R"({"commands":[{"type":"my_integration.disable","id":")" + std::string(id) + "\"}]}").status, 422) << "not in a workspace";
  EXPECT_EQ(remove(path).status, 204);
  const auto events = log->read(events::Position{}, 1000, 1 << 20);
  for (const auto& event : events) {
    if (event.type.find("integration") != event.type.npos) { EXPECT_FALSE(event.workspace_id) << event.type; }
  }
  for (const auto* secret : {"xoxb-planted", "planted-too"}) expect_not_in_the_log(secret);
}

}  // namespace
}  // namespace daybook::routes::test
