// Server-sent events.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/e2e/caller.hpp"

namespace daybook::test {
namespace {

constexpr std::chrono::seconds stream_limit{15};

// Collects "event:" words until enough came; `between` runs once, after the first of them.
class Listener {
 public:
  Listener(const DaybookProcess& daybook, const Caller& caller)
      : client_(daybook.url()), authorization_("Bearer " + caller.token) {}

  int listen(const std::string& path, std::size_t enough, const std::function<void()>& between = {}) {
    bool told = false;
    const auto on_chunk = [&](std::string_view chunk) {
      text += chunk;
      if (between && !told && count(text, "\n\n") > 0) {
        told = true;
        between();
      }
      return count(text, "\nevent: ") < enough;
    };
    const auto result =
        client_.stream("/api/v1" + path, {{"Authorization", authorization_}}, on_chunk, stream_limit);
    EXPECT_TRUE(result.ok()) << result.error << "\n" << text;
    return result.status;
  }
  static std::size_t count(std::string_view text, std::string_view word) {
    std::size_t times = 0;
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++times;
    return times;
  }
  std::string text;

 private:
  http::Client client_;
  std::string authorization_;
};

class Live : public ::testing::Test {
 protected:
  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
};

TEST_F(Live, EventsAfterAPositionComeInOrderAndThenThoseThatHappen) {
  // Given two issues after a position, and traffic of somebody else
  const auto from = team_.owner.patch(team_.in(), "{}").position();
  const auto first = team_.issue("one"), second = team_.issue("two");
  Team stranger(daybook_);
  stranger.issue("not yours");

  // When somebody listens from there, and a third is opened while they do
  std::string third;
  Listener listener(daybook_, team_.owner);
  listener.listen(team_.in("/events?from=" + std::to_string(from)), 3, [&] {
    stranger.issue("not yours either");
    third = team_.issue("three");
  });

  // Then they hear of the three, in order, and of nothing else
  const auto at = [&](const std::string& id) { return listener.text.find("\"subject\":\"" + id); };
  ASSERT_NE(at(first), std::string::npos) << listener.text;
  ASSERT_NE(at(third), std::string::npos) << listener.text;
  EXPECT_LT(at(first), at(second));
  EXPECT_LT(at(second), at(third));
  EXPECT_EQ(Listener::count(listener.text, "\nevent: issue.opened"), 3u) << listener.text;
  EXPECT_EQ(listener.text.find("not yours"), std::string::npos);
}

TEST_F(Live, WithoutAPositionOnlyWhatHappensFromNowOnIsSent) {
  team_.issue("before");
  team_.owner.get(team_.in());  // waits until the read models show it
  std::string after;
  Listener listener(daybook_, team_.owner);
  listener.listen(team_.in("/events"), 1, [&] { after = team_.issue("after"); });
  EXPECT_NE(listener.text.find(after), std::string::npos) << listener.text;
  EXPECT_EQ(listener.text.find("\"before\""), std::string::npos) << listener.text;
}

TEST_F(Live, WhoeverIsRemovedHearsNoMore) {
  // Given a member who listens
  auto member = team_.joined_by(daybook_, "member");
  const auto from = team_.owner.patch(team_.in(), "{}").position();
  team_.issue("heard");
  member.get(team_.in());
  Listener listener(daybook_, member);

  // When they are removed and an issue is opened, then the stream ends without it
  listener.listen(team_.in("/events?from=" + std::to_string(from)), 100, [&] {
    EXPECT_EQ(team_.owner.remove(team_.in("/members/" + member.user_id)).status, 204);
    team_.issue("unheard");
  });
  EXPECT_NE(listener.text.find("\"heard\""), std::string::npos) << listener.text;
  EXPECT_EQ(listener.text.find("unheard"), std::string::npos) << listener.text;
}

}  // namespace
}  // namespace daybook::test
