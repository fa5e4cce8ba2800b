// Server-sent events.
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "tests/e2e/caller.hpp"
#include "tests/e2e/exchanges.hpp"

namespace daybook::test::live_test {
namespace {

constexpr std::chrono::seconds stream_limit{15};

// Collects "event:" words until enough came; `between` runs once, when the stream is open and has said what is awaited.
class Listener {
 public:
  Listener(const DaybookProcess& daybook, const Caller& caller)
      : client_(daybook.public_url()), authorization_("Bearer " + caller.token) {}
  // Without an Authorization field, as a browser's event source.
  explicit Listener(const DaybookProcess& daybook) : client_(daybook.public_url()) {}

  int listen(const std::string& path, std::size_t enough, const std::function<void()>& between = {}) {
    bool told = false;
    const auto on_chunk = [&](std::string_view chunk) {
      text += chunk;
      if (between && !told && count(text, awaited) > 0) {
        told = true;
        between();
      }
      return count(text, "\nevent: ") < enough;
    };
    std::vector<http::Header> headers = extra;
    if (!authorization_.empty()) headers.push_back({"Authorization", authorization_});
    const auto result = client_.stream("/api/v1" + path, headers, on_chunk, stream_limit);
    EXPECT_TRUE(result.ok()) << result.error << "\n" << text;
    record_exchange("GET", "/api/v1" + path, "", result);
    return result.status;
  }
  static std::size_t count(std::string_view text, std::string_view word) {
    std::size_t times = 0;
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++times;
    return times;
  }
  std::string text;
  std::string awaited = "\n\n";
  std::vector<http::Header> extra;

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
  team_.owner.get(team_.in());  // waits until the read models know the workspace
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
  listener.awaited = "\"heard\"";

  // When they are removed and an issue is opened, then the stream ends without it
  listener.listen(team_.in("/events?from=" + std::to_string(from)), 100, [&] {
    EXPECT_EQ(team_.owner.remove(team_.in("/members/" + member.user_id)).status, 204);
    team_.issue("unheard");
  });
  EXPECT_NE(listener.text.find("\"heard\""), std::string::npos) << listener.text;
  EXPECT_EQ(listener.text.find("unheard"), std::string::npos) << listener.text;
}

TEST_F(Live, FiltersAreByTypeThingAndProject) {
  // Given two projects with an issue each, one of them commented
  const auto from = team_.owner.patch(team_.in(), "{}").position();
  const auto project = [&](const char* key) {
    return team_.owner.post(team_.in("/projects"), object("name", key, "key", key)).id();
  };
  const auto apollo = project("APO"), gemini = project("GEM");
  const auto issue = [&](const std::string& in) {
    return team_.owner.post(team_.in("/issues"), object("title", "t", "project_id", in)).id();
  };
  const auto there = issue(apollo), elsewhere = issue(gemini);
  team_.owner.post(team_.in("/issues/" + there + "/comments"), object("content", "words"));
  team_.owner.get(team_.in());
  const auto heard = [&](const std::string& filter, std::size_t enough) {
    Listener listener(daybook_, team_.owner);
    listener.listen(team_.in("/events?from=" + std::to_string(from) + "&" + filter), enough);
    return listener.text;
  };

  // Then each filter lets its own through and nothing else
  const auto of_project = heard("project=APO", 3);
  EXPECT_NE(of_project.find("event: project.created"), std::string::npos);
  EXPECT_NE(of_project.find("event: comment.posted"), std::string::npos);
  EXPECT_EQ(of_project.find(elsewhere), std::string::npos);
  const auto of_kind = heard("type=project.*,comment.posted", 3);
  EXPECT_EQ(of_kind.find("event: issue"), std::string::npos) << of_kind;
  const auto of_thing = heard("entity=" + there, 2);
  EXPECT_EQ(of_thing.find("event: project"), std::string::npos) << of_thing;
  for (const auto* wrong : {"type=mood", "entity=x", "project=ZZZ", "from=-1"})
    EXPECT_EQ(team_.owner.get(team_.in("/events?" + std::string(wrong))).status, 400) << wrong;
}

TEST_F(Live, GoesOnAfterTheLastEventIdAndRefusesPositionsOfAnotherLog) {
  const auto from = team_.owner.patch(team_.in(), "{}").position();
  const auto first = team_.issue("one"), second = team_.issue("two");
  team_.owner.get(team_.in());
  Listener listener(daybook_, team_.owner);
  listener.listen(team_.in("/events?from=" + std::to_string(from)), 1);
  const auto id = listener.text.substr(listener.text.find("id: ") + 4);
  Listener again(daybook_, team_.owner);
  again.extra = {{"Last-Event-ID", id.substr(0, id.find('\n'))}};
  again.listen(team_.in("/events?from=0"), 1);
  EXPECT_EQ(again.text.find(first), std::string::npos) << again.text;
  EXPECT_NE(again.text.find(second), std::string::npos) << again.text;
  for (const auto* foreign : {"from=999999999999", "log=0190a1b2-c3d4-7e5f-8a9b-000000000001.1"}) {
    const auto refused = team_.owner.get(team_.in("/events?" + std::string(foreign)));
    EXPECT_EQ(refused.status, 410) << refused;
    EXPECT_EQ(refused.code(), "log-replaced");
  }
}

TEST_F(Live, ABacklogLargerThanTheBufferArrivesWhole) {
  constexpr int issues = 12;
  const auto from = team_.owner.patch(team_.in(), "{}").position();
  for (int i = 0; i < issues; ++i)
    ASSERT_EQ(
        team_.owner.post(team_.in("/issues"), object("title", "t", "description", std::string(60000, 'x')))
            .status,
        201);
  team_.owner.get(team_.in());
  Listener listener(daybook_, team_.owner);
  listener.listen(team_.in("/events?from=" + std::to_string(from)), issues);
  EXPECT_EQ(Listener::count(listener.text, "\nevent: issue.opened"), std::size_t{issues});
}

TEST_F(Live, ATicketOpensTheEventsOnce) {
  const auto from = std::to_string(team_.owner.patch(team_.in(), "{}").position());
  const auto issue = team_.issue();
  team_.owner.get(team_.in());
  const auto made = team_.owner.post(team_.in("/events/ticket"));
  ASSERT_EQ(made.status, 201) << made;
  EXPECT_EQ(made.header("Cache-Control"), "no-store");
  const auto path = team_.in("/events?from=" + from + "&ticket=" + made.text("/ticket"));
  Caller nobody(daybook_);
  EXPECT_EQ(nobody.get(team_.in("/issues?ticket=" + made.text("/ticket"))).status, 401)
      << "it is for events alone";
  Team other(daybook_);
  EXPECT_EQ(nobody.get(other.in("/events?ticket=" + made.text("/ticket"))).status, 401)
      << "and for one workspace";
  Listener listener(daybook_);
  listener.listen(path, 1);
  EXPECT_NE(listener.text.find(issue), std::string::npos) << listener.text;
  EXPECT_EQ(nobody.get(path).status, 401) << "and once";
  EXPECT_EQ(other.owner.post(team_.in("/events/ticket")).status, 404);
}

TEST(LiveEnd, ADrainingProcessTellsClientsToComeAgain) {
  DaybookProcess daybook;
  Team team(daybook);
  const auto from = std::to_string(team.owner.patch(team.in(), "{}").position());
  team.issue();
  team.owner.get(team.in());
  std::thread stopper;
  Listener listener(daybook, team.owner);
  listener.listen(team.in("/events?from=" + from), 100,
                  [&] { stopper = std::thread([&] { daybook.stop(); }); });
  stopper.join();
  EXPECT_NE(listener.text.find("\nretry: 1000\n"), std::string::npos) << listener.text;
}

TEST_F(Live, WhoseSessionEndsHearsNoMore) {
  auto again = signed_in_again(daybook_, team_.owner);
  const auto from = team_.owner.patch(team_.in(), "{}").position();
  team_.issue("heard");
  again.get(team_.in("?min_position=" + std::to_string(team_.owner.get(team_.in()).position())));
  const auto session = session_of(again);
  Listener listener(daybook_, again);
  listener.listen(team_.in("/events?from=" + std::to_string(from)), 100, [&] {
    EXPECT_EQ(team_.owner.remove("/me/sessions/" + session).status, 204);
    team_.issue("unheard");
  });
  EXPECT_NE(listener.text.find("\"heard\""), std::string::npos) << listener.text;
  EXPECT_EQ(listener.text.find("unheard"), std::string::npos) << listener.text;
}

TEST_F(Live, AKeyHearsByItsWordUntilItIsRevoked) {
  // Given a key that may read events, and one that may read everything but those
  const auto issued = [&](const char* word) {
    return team_.owner.post(team_.in("/api-keys"), object("name", "CI", "permissions", json::array{word}));
  };
  const auto made = issued("events:read");
  ASSERT_EQ(made.status, 201) << made;
  Caller key(daybook_, made.text("/key")), deaf(daybook_, issued("issues:*").text("/key"));
  const auto refused = deaf.get(team_.in("/events"));
  EXPECT_EQ(refused.status, 403) << refused;
  EXPECT_EQ(refused.code(), "missing-scope");
  EXPECT_EQ(deaf.post(team_.in("/events/ticket")).code(), "missing-scope");

  // When it listens and is revoked, then the stream ends, and its ticket opens no other
  const auto from = team_.owner.patch(team_.in(), "{}").position();
  team_.issue("heard");
  const auto ticket = key.post(team_.in("/events/ticket"));
  ASSERT_EQ(ticket.status, 201) << ticket;
  team_.owner.get(team_.in());
  Listener listener(daybook_, key);
  listener.awaited = "\"heard\"";
  listener.listen(team_.in("/events?from=" + std::to_string(from)), 100, [&] {
    EXPECT_EQ(team_.owner.remove(team_.in("/api-keys/" + made.id())).status, 204);
    team_.issue("unheard");
  });
  EXPECT_NE(listener.text.find("\"heard\""), std::string::npos) << listener.text;
  EXPECT_EQ(listener.text.find("unheard"), std::string::npos) << listener.text;
  team_.owner.get(team_.in());
  EXPECT_EQ(key.get(team_.in("/events")).code(), "key-ended");
  EXPECT_EQ(Caller(daybook_).get(team_.in("/events?ticket=" + ticket.text("/ticket"))).code(), "key-ended");
}

TEST_F(Live, AnAgentHearsWhatItMayReadUntilItsTokenIsRevoked) {
  const auto agent = team_.owner.post(team_.in("/agents"), object("name", "Robin"));
  ASSERT_EQ(agent.status, 201) << agent;
  const Caller robin(daybook_, agent.text("/token"));
  const auto hidden = team_.owner.post(team_.in("/projects"), object("name", "Hidden", "visibility", "private")).id();
  const auto from = team_.owner.patch(team_.in(), "{}").position();
  EXPECT_EQ(team_.owner.post(team_.in("/issues"), object("title", "secret", "project_id", hidden)).status, 201);
  team_.issue("heard");
  team_.owner.get(team_.in());
  Listener listener(daybook_, robin);
  listener.awaited = "\"heard\"";
  listener.listen(team_.in("/events?from=" + std::to_string(from)), 100, [&] {
    EXPECT_EQ(team_.owner.remove(team_.in("/agents/" + agent.id() + "/token")).status, 204);
    team_.issue("unheard");
  });
  EXPECT_NE(listener.text.find("\"heard\""), std::string::npos) << listener.text;
  EXPECT_EQ(listener.text.find("secret"), std::string::npos) << listener.text;
  EXPECT_EQ(listener.text.find("unheard"), std::string::npos) << listener.text;
}

}  // namespace
}  // namespace daybook::test::live_test
