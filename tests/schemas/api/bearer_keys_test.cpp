// Keys that are no access tokens: what is one, and who is asked whose it is.
#include "schemas/api/bearer_keys.hpp"

#include "platform/crypto/checked_token.hpp"
#include "schemas/api/known_holders.hpp"
#include "tests/schemas/api/frame.hpp"

namespace daybook::api::test {
namespace {

const auto key_id = *events::ApiKeyId::parse("0193fc00-0000-7000-8000-000000000002");

class BearerKeys : public Frame {
 protected:
  // A frame that knows one key, as whoever answers later or at once.
  ApiPtr with_key(ApiOptions options = {}) {
    auto api = make(std::move(options));
    api->find_holder = [this](std::string digest, std::function<void(Holder)> then) {
      ++asked;
      if (away) return then(unavailable("away"));
      Principal holder{user, {}};
      holder.api_key = key_id;
      then(digest == crypto::token_digest(key) ? std::optional(holder) : std::nullopt);
    };
    return api;
  }
  http::Response by(const ApiPtr& api, const std::string& token) { return send(api, "GET", "/api/v1/things/1", {{"Authorization", "Bearer " + token}}); }

  const std::string key = crypto::make_checked_token(api_key_prefix);
  int asked = 0;
  bool away = false;
};

TEST_F(BearerKeys, AKeyThatIsSomebodysLetsThemIn) {
  const auto api = with_key();
  EXPECT_EQ(by(api, key).status, 200);
  EXPECT_EQ(by(api, crypto::make_checked_token(api_key_prefix)).status, 401);
  EXPECT_EQ(asked, 2);
  EXPECT_EQ(get(api).status, 200) << "access tokens as before";
  EXPECT_EQ(asked, 2);
}

TEST_F(BearerKeys, ATypingErrorIsRefusedAndNobodyIsAsked) {
  const auto api = with_key();
  for (std::size_t at : {std::size_t{3}, std::size_t{10}, key.size() - 1}) {
    auto wrong = key;
    wrong[at] = wrong[at] == 'x' ? 'y' : 'x';
    EXPECT_EQ(by(api, wrong).status, 401) << wrong;
  }
  EXPECT_EQ(by(api, key + "x").status, 401);
  EXPECT_EQ(by(api, "dbk_").status, 401);
  EXPECT_EQ(asked, 0);
}

TEST_F(BearerKeys, OneOfAnotherSystemIsKnownByItsDigestAlone) {
  EXPECT_EQ(bearer_key_digest("af_1234567890"), crypto::token_digest("af_1234567890"));
  EXPECT_FALSE(bearer_key_digest("af_"));
  EXPECT_FALSE(bearer_key_digest("af_" + std::string(brought_in_characters_max, 'x')));
  EXPECT_FALSE(bearer_key_digest("xx_1234567890"));
  EXPECT_FALSE(bearer_key_digest(""));
}

TEST_F(BearerKeys, WhereWhoseItIsCannotBeFoundOutNobodyIsToldThatItIsWrong) {
  const auto api = with_key();
  away = true;
  const auto reply = by(api, key);
  EXPECT_EQ(reply.status, 503) << reply.body;
  EXPECT_FALSE(header(reply, "Retry-After").empty());
}

TEST_F(BearerKeys, WhatIsOpenAsksNobody) {
  const auto api = with_key();
  EXPECT_EQ(send(api, "GET", "/livez", {{"Authorization", "Bearer " + key}}).status, 200);
  EXPECT_EQ(asked, 0);
}

TEST_F(BearerKeys, AKeyAndItsHolderHaveOneRateBetweenThem) {
  ApiOptions options;
  options.rates.principal.requests = 2;
  const auto api = with_key(options);
  EXPECT_EQ(by(api, key).status, 200);
  EXPECT_EQ(get(api).status, 200);
  EXPECT_EQ(by(api, key).status, 429);
}

TEST_F(BearerKeys, EveryUseOfAKeyIsToldAndNoOther) {
  const auto api = with_key();
  std::vector<std::string> shown;
  api->on_key_shown = [&](const Call& call) { shown.push_back(call.principal->api_key->text()); };
  by(api, key);
  get(api);
  by(api, crypto::make_checked_token(api_key_prefix));
  EXPECT_EQ(shown, std::vector<std::string>{key_id.text()});
}

TEST_F(BearerKeys, WhatThrowsBehindALookUpIsAnsweredFor) {
  auto api = with_key();
  Route failing{};
  failing.id = "failing";
  failing.method = "GET";
  failing.path = "/api/v1/failing";
  failing.handler = [](CallPtr, Respond) { throw std::runtime_error("no"); };
  api->add(failing);
  EXPECT_EQ(send(api, "GET", "/api/v1/failing", {{"Authorization", "Bearer " + key}}).status, 500);
}

TEST(KnownHolders, AreFoundByDigest) {
  KnownHolders known;
  EXPECT_FALSE(known.find("one"));
  known.keep("one", Principal{user, {}});
  EXPECT_EQ(known.find("one")->user, user);
  EXPECT_FALSE(known.find("two"));
}

}  // namespace
}  // namespace daybook::api::test
