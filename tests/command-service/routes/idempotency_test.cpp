// Idempotency-Key: a request that is sent again is not carried out again.
#include "tests/command-service/routes/desk.hpp"

namespace daybook::routes::test {
namespace {

const Headers key = {{"Idempotency-Key", "\"k-1\""}};

class Idempotency : public Desk {
 protected:
  Reply open(const std::string& title, Headers headers = key) { return post(in("/issues"), R"({"title":")" + title + R"("})", std::move(headers)); }
};

TEST_F(Idempotency, TheSameRequestIsAnsweredAgainAsItWasThen) {
  const auto first = open("One");
  patch(in("/issues/ISSUE-1"), R"({"title":"Renamed"})");
  const auto written = head();
  const auto again = open("One");
  EXPECT_EQ(again.status, 201) << again;
  EXPECT_EQ(again.raw, first.raw);
  EXPECT_EQ(again.header("ETag"), first.header("ETag"));
  EXPECT_EQ(again.header("Location"), first.header("Location"));
  EXPECT_EQ(head(), written);
}

TEST_F(Idempotency, ByAProcessThatKnowsItFromTheLogAlone) {
  const auto first = open("One");
  start_again();
  EXPECT_EQ(open("One").raw, first.raw);
}

TEST_F(Idempotency, ALabelIsAnsweredAgainAtItsOwnVersion) {
  const auto define = [&] { return post(in("/labels"), R"({"name":"red"})", key); };
  const auto first = define();
  patch(in("/labels/" + first.id()), R"({"name":"crimson"})");
  const auto again = define();
  EXPECT_EQ(again.raw, first.raw);
  EXPECT_EQ(again.header("ETag"), first.header("ETag"));
}

TEST_F(Idempotency, AnotherBodyOrAnotherConditionIsRefused) {
  open("One");
  const auto other = open("Two");
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(other.code(), "idempotency-key-reused");
  EXPECT_EQ(open("One", {key.front(), {"If-Match", "\"v1\""}}).code(), "idempotency-key-reused");
}

TEST_F(Idempotency, AKeyBelongsToItsPrincipalAndRoute) {
  const auto bob = sign_up("bob");
  post(in("/members"), R"({"email":"bob@example.org"})");
  open("One");
  EXPECT_EQ(send(bob, "POST", in("/issues"), R"({"title":"Bob's"})", key).text("/identifier"), "ISSUE-2");
  EXPECT_EQ(post(in("/labels"), R"({"name":"red"})", key).status, 201);
}

TEST_F(Idempotency, WhatWasRefusedMayBeTriedAgain) {
  const auto rename = [&] { return patch(in("/issues/ISSUE-1"), R"({"title":"Two"})", key); };
  EXPECT_EQ(rename().code(), "not-found");
  open("One", {});
  EXPECT_EQ(rename().text("/title"), "Two");
}

TEST_F(Idempotency, ARequestUnderWayIsNotBegunTwice) {
  log->lock();
  auto first = submit(ann, "POST", in("/issues"), R"({"title":"One"})", key);
  auto second = submit(ann, "POST", in("/issues"), R"({"title":"One"})", key);
  ASSERT_EQ(second.wait_for(std::chrono::seconds(30)), std::future_status::ready);
  const auto refused = second.get();
  log->unlock();
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.code(), "in-progress");
  EXPECT_EQ(refused.header("Retry-After"), "1");
  EXPECT_EQ(first.get().status, 201);
}

TEST_F(Idempotency, TheOutcomesOfABulkAreKeptRefusalsIncluded) {
  const auto bulk = [&] {
    return post(in("/commands"), R"({"atomic":false,"commands":[{"type":"issue.open","data":{"title":"One"}},{"type":"issue.delete","id":"ISSUE-7"}]})", key);
  };
  const auto first = bulk();
  EXPECT_EQ(first.number("/items/1/status"), 404);
  for (int i = 0; i < 6; ++i) open("Another", {});
  const auto again = bulk();
  EXPECT_EQ(again.at("/items"), first.at("/items"));
  EXPECT_TRUE(again.at("/replayed").as_bool());
}

TEST_F(Idempotency, ABulkOfOneRefusedCommandIsABulk) {
  const auto bulk = [&] { return post(in("/commands"), R"({"atomic":false,"commands":[{"type":"issue.delete","id":"ISSUE-1"}]})", key); };
  EXPECT_EQ(bulk().number("/items/0/status"), 404);
  open("One", {});
  EXPECT_EQ(bulk().number("/items/0/status"), 404);
}

TEST_F(Idempotency, AnAtomicBulkThatWasRefusedMayBeTriedAgain) {
  const auto bulk = [&] { return post(in("/commands"), R"({"commands":[{"type":"issue.delete","id":"ISSUE-1"}]})", key); };
  EXPECT_EQ(bulk().status, 404);
  open("One", {});
  EXPECT_EQ(bulk().status, 200);
}

TEST_F(Idempotency, OneselfToo) {
  const auto rename = [&](const std::string& name) { return patch("/me", R"({"full_name":")" + name + R"("})", key); };
  const auto first = rename("Ann");
  EXPECT_EQ(rename("Ann").raw, first.raw);
  EXPECT_EQ(rename("Anna").code(), "idempotency-key-reused");
}

TEST_F(Idempotency, NothingIsRepeatedToASessionThatHasEnded) {
  open("One");
  send({}, "POST", "/auth/logout", R"({"refresh_token":")" + ann.refresh_token + R"("})");
  EXPECT_EQ(open("One").code(), "session-ended");
}

TEST_F(Idempotency, AKeyIsOneOfUpTo255Characters) {
  EXPECT_EQ(open("One", {{"Idempotency-Key", std::string(255, 'k')}}).status, 201);
  for (const auto& broken : {Headers{{"Idempotency-Key", std::string(256, 'k')}}, Headers{{"Idempotency-Key", ""}}, Headers{{"Idempotency-Key", "\"\""}},
                             Headers{{"Idempotency-Key", "a"}, {"Idempotency-Key", "b"}}}) {
    const auto reply = open("One", broken);
    EXPECT_EQ(reply.status, 400) << reply;
    EXPECT_EQ(reply.code(), "bad-header");
  }
}

}  // namespace
}  // namespace daybook::routes::test
