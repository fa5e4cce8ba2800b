// Versions, conditional reads, and commands that are sent twice.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"

namespace daybook::test::concurrency_test {
namespace {

class Concurrency : public ::testing::Test {
 protected:
  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
};

TEST_F(Concurrency, AChangeBasedOnAnOldVersionIsRefusedWithTheCurrentOne) {
  // Given an issue that somebody has changed since it was read
  const auto opened = team_.owner.post(team_.in("/issues"), object("title", "one"));
  const auto path = team_.in("/issues/" + opened.id());
  ASSERT_EQ(team_.owner.patch(path, object("title", "two"), {{"If-Match", opened.header("ETag")}}).status,
            200);

  // When the old version is changed, then it is refused and nothing changes
  const auto late = team_.owner.patch(path, object("title", "three"), {{"If-Match", opened.header("ETag")}});
  EXPECT_EQ(late.status, 412) << late;
  EXPECT_EQ(late.code(), "version-conflict");
  const auto now = team_.owner.get(path);
  EXPECT_EQ(now.text("/title"), "two");
  EXPECT_EQ(late.number("/current_version"), now.number("/version"));

  // And the ETag of a read may be used for a change
  EXPECT_EQ(team_.owner.patch(path, object("title", "three"), {{"If-Match", now.header("ETag")}}).status,
            200);
}

TEST_F(Concurrency, AReadOfWhatIsKnownAlreadyIsAnsweredShortlyUntilItChanges) {
  const auto path = team_.in("/issues/" + team_.issue());
  const auto first = team_.owner.get(path);
  const auto etag = first.header("ETag");
  ASSERT_FALSE(etag.empty());
  const auto same = team_.owner.get(path, {{"If-None-Match", etag}});
  EXPECT_EQ(same.status, 304) << same;
  EXPECT_EQ(same.raw, "");
  ASSERT_EQ(team_.owner.patch(path, object("priority", "urgent")).status, 200);
  const auto changed = team_.owner.get(path, {{"If-None-Match", etag}});
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(changed.text("/priority"), "urgent");
}

TEST_F(Concurrency, ACommandSentTwiceWithOneKeyIsCarriedOutOnce) {
  // Given a command that was sent with a key
  const auto key = random_name("key");
  const auto body = object("title", "once");
  const auto first = team_.owner.post(team_.in("/issues"), body, {{"Idempotency-Key", key}});
  ASSERT_EQ(first.status, 201) << first;

  // When it is sent again, then the answer is the same and there is one issue
  const auto again = team_.owner.post(team_.in("/issues"), body, {{"Idempotency-Key", key}});
  EXPECT_EQ(again.status, 201) << again;
  EXPECT_EQ(again.id(), first.id());
  EXPECT_EQ(team_.owner.all(team_.in("/issues")).size(), 1u);

  // And the key with another body is refused
  const auto other =
      team_.owner.post(team_.in("/issues"), object("title", "other"), {{"Idempotency-Key", key}});
  EXPECT_EQ(other.status, 422) << other;
  EXPECT_EQ(team_.owner.all(team_.in("/issues")).size(), 1u);
}

TEST_F(Concurrency, AnIdGivenByTheSenderIsTakenOnce) {
  const std::string id =
      "01890000-0000-7000-8000-" + std::to_string(100'000'000'000 + std::rand() % 899'999'999);
  ASSERT_EQ(team_.owner.post(team_.in("/issues"), object("id", id, "title", "mine")).id(), id);
  EXPECT_EQ(team_.owner.post(team_.in("/issues"), object("id", id, "title", "mine")).status, 201);
  const auto again = team_.owner.post(team_.in("/issues"), object("id", id, "title", "mine again"));
  EXPECT_EQ(again.status, 409) << again;
  EXPECT_EQ(again.code(), "already-exists");
  EXPECT_EQ(team_.owner.all(team_.in("/issues")).size(), 1u);
}

}  // namespace
}  // namespace daybook::test::concurrency_test
