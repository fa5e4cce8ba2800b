#include "schemas/api/access_token.hpp"

#include <gtest/gtest.h>

#include "tests/support/support.hpp"

namespace daybook::api {
namespace {

class AccessTokenMemory : public testing::Test {
 protected:
  std::shared_ptr<const crypto::KeyFile> make_keys() {
    return std::make_shared<const crypto::KeyFile>(std::get<crypto::KeyFile>(crypto::KeyFile::create(folder_ / std::to_string(++files_), now)));
  }
  const daybook::test::TempDir folder_;
  int files_ = 0;
  text::Instant now{std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now())};
  AccessTokens tokens{make_keys(), [this] { return now; }};
  const Principal ann{*events::UserId::parse("0193fc00-0000-7000-8000-000000000001"), *events::SessionId::parse("0193fc00-0000-7000-8000-000000000002")};
};

TEST_F(AccessTokenMemory, GivesTheSameAnswerAgain) {
  const auto token = tokens.issue(ann);
  for (int i = 0; i < 2; ++i) {
    const auto principal = tokens.verify(token);
    ASSERT_TRUE(principal);
    EXPECT_EQ(principal->user, ann.user);
    EXPECT_EQ(principal->session, ann.session);
  }
}

TEST_F(AccessTokenMemory, EndsWithTheToken) {
  const auto token = tokens.issue(ann);
  ASSERT_TRUE(tokens.verify(token));
  now += access_token_lifetime + std::chrono::minutes(2);
  EXPECT_FALSE(tokens.verify(token));
}

TEST_F(AccessTokenMemory, KnowsNoOtherTokenByIt) {
  auto token = tokens.issue(ann);
  ASSERT_TRUE(tokens.verify(token));
  token[token.size() / 2] = token[token.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(tokens.verify(token));
  EXPECT_FALSE(AccessTokens(make_keys(), [this] { return now; }).verify(tokens.issue(ann)));
}

}  // namespace
}  // namespace daybook::api
