// Whatever is wrong with a request is said in one problem document, and changes nothing.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"

namespace daybook::test::bad_input_test {
namespace {

struct BadRequest {
  std::string why;
  std::string method, path;  // below the workspace
  std::string body;
  int status;
  std::string code, pointer;
};

class BadInput : public ::testing::Test {
 protected:
  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};

  // A change that changes nothing tells the head of the log.
  std::int64_t head() {
    const auto reply = team_.owner.patch(team_.in(), "{}");
    EXPECT_EQ(reply.status, 200) << reply;
    return reply.position();
  }
  static void expect_problem(const Reply& reply, int status, const std::string& code,
                             const std::string& pointer, const std::string& why) {
    EXPECT_EQ(reply.status, status) << why << ": " << reply;
    EXPECT_EQ(reply.header("Content-Type").substr(0, 24), "application/problem+json") << why << ": " << reply;
    EXPECT_EQ(reply.number("/status"), status) << why << ": " << reply;
    EXPECT_EQ(reply.code(), code) << why << ": " << reply;
    EXPECT_EQ(reply.pointer(), pointer) << why << ": " << reply;
    EXPECT_FALSE(reply.text("/title").empty()) << why;
    EXPECT_EQ(reply.text("/request_id"), reply.header("X-Request-Id")) << why;
  }
};

TEST_F(BadInput, IsNamedByCodeAndPointerAndChangesNothing) {
  // Given a workspace with an issue
  team_.issue();
  const auto before = head();

  // When each of these is sent
  const std::vector<BadRequest> requests{
      {"unknown field", "POST", "/issues", R"({"title":"a","nope":1})", 422, "invalid", "/nope"},
      {"wrong type", "POST", "/issues", R"({"title":7})", 422, "invalid", "/title"},
      {"missing field", "POST", "/issues", R"({})", 422, "invalid", "/title"},
      {"too long", "POST", "/issues", object("title", std::string(10'000, 'x')), 422, "invalid", "/title"},
      {"unknown word", "POST", "/issues", R"({"title":"a","status":"lost"})", 422, "invalid", "/status"},
      {"number out of range", "POST", "/issues", R"({"title":"a","story_points":101})", 422, "out-of-range",
       "/story_points"},
      {"number with a fraction", "POST", "/issues", R"({"title":"a","story_points":1.5})", 422, "invalid",
       "/story_points"},
      {"id that is none", "POST", "/labels", R"({"name":"a","id":"7"})", 422, "invalid", "/id"},
      {"repeated key", "POST", "/issues", R"({"title":"a","title":"b"})", 400, "repeated-key", "/title"},
      {"trailing bytes", "POST", "/issues", R"({"title":"a"} x)", 400, "not-json", ""},
      {"two values", "POST", "/issues", R"({"title":"a"}{"title":"b"})", 400, "not-json", ""},
      {"not JSON", "POST", "/issues", "title=a", 400, "not-json", ""},
      {"not UTF-8", "POST", "/issues", "{\"title\":\"\xff\"}", 400, "not-json", ""},
      {"lone surrogate", "POST", "/issues", R"({"title":"\ud800"})", 422, "invalid", "/title"},
      {"too deep", "POST", "/issues",
       R"({"title":"a","custom_fields":)" + std::string(64, '[') + std::string(64, ']') + "}", 400,
       "too-deep", ""},
      {"an array", "POST", "/issues", "[]", 422, "invalid", ""},
      {"unknown parameter", "GET", "/issues?colour=red", "", 400, "unknown-parameter", "colour"},
      {"unknown parameter of a command", "POST", "/issues?dry_run=1", R"({"title":"a"})", 400,
       "unknown-parameter", "dry_run"},
      {"repeated parameter", "GET", "/issues?limit=1&limit=2", "", 400, "repeated-parameter", "limit"},
      {"limit of nothing", "GET", "/issues?limit=0", "", 400, "out-of-range", "limit"},
      {"limit too high", "GET", "/issues?limit=201", "", 400, "out-of-range", "limit"},
      {"unknown sort", "GET", "/issues?sort=colour", "", 400, "unknown-value", "sort"},
      {"unknown word in a filter", "GET", "/issues?status=lost", "", 400, "unknown-value", "status"},
      {"cursor of nothing", "GET", "/issues?cursor=abc", "", 400, "invalid-cursor", "cursor"},
      {"search for nothing", "GET", "/search", "", 400, "required", "q"},
      {"search for an empty word", "GET", "/search?q=", "", 400, "invalid", "q"},
      {"search in what holds no words", "GET", "/search?q=a&type=label", "", 400, "unknown-value", "type"},
      {"bad position", "GET", "/issues?min_position=-1", "", 400, "out-of-range", "min_position"},
      {"unknown path", "GET", "/nowhere", "", 404, "not-found", ""},
      {"unknown issue", "GET", "/issues/ISSUE-999", "", 404, "not-found", ""},
      {"unknown issue to change", "PATCH", "/issues/ISSUE-999", R"({"title":"b"})", 404, "not-found", ""},
      {"wrong method", "DELETE", "/search", "", 405, "method-not-allowed", ""},
  };
  for (const auto& bad : requests)
    // Then the answer names what is wrong
    expect_problem(team_.owner.send(bad.method, team_.in(bad.path), bad.body), bad.status, bad.code,
                   bad.pointer, bad.why);

  // And nothing was written
  EXPECT_EQ(head(), before);
}

TEST_F(BadInput, TheCursorOfAnotherListIsRefused) {
  team_.issue("one");
  team_.issue("two");
  const auto cursor = team_.owner.get(team_.in("/issues?limit=1")).text("/page/next");
  ASSERT_FALSE(cursor.empty());
  expect_problem(team_.owner.get(team_.in("/issues?limit=1&sort=-title&cursor=" + cursor)), 400,
                 "invalid-cursor", "cursor", "another sort");
  expect_problem(team_.owner.get(team_.in("/labels?cursor=" + cursor)), 400, "invalid-cursor", "cursor",
                 "another table");
}

TEST_F(BadInput, AnotherMethodIsRefusedWithThoseThatAreAllowed) {
  const auto reply = team_.owner.send("PUT", team_.in("/issues"), "{}");
  EXPECT_EQ(reply.status, 405) << reply;
  EXPECT_NE(reply.header("Allow").find("GET"), std::string::npos) << reply.header("Allow");
  EXPECT_NE(reply.header("Allow").find("POST"), std::string::npos) << reply.header("Allow");
}

TEST_F(BadInput, AnotherMediaTypeIsRefused) {
  const auto before = head();
  expect_problem(team_.owner.post(team_.in("/issues"), R"({"title":"a"})", {{"Content-Type", "text/plain"}}),
                 415, "unsupported-media-type", "", "text");
  EXPECT_EQ(head(), before);
}

TEST_F(BadInput, ABodyBeyondTheLimitIsRefused) {
  const auto before = head();
  const auto reply = team_.owner.post(team_.in("/issues"), object("title", std::string((1u << 20) + 1, 'x')));
  EXPECT_EQ(reply.status, 413) << reply.status << reply.raw.substr(0, 200);
  EXPECT_EQ(reply.code(), "too-large");
  EXPECT_EQ(head(), before);
}

TEST_F(BadInput, NobodyGetsInWithoutAToken) {
  for (const auto* token : {"", "nonsense"}) {
    Caller nobody(daybook_, token);
    const auto reply = nobody.get(team_.in("/issues"));
    EXPECT_EQ(reply.status, 401) << reply;
    EXPECT_EQ(reply.header("WWW-Authenticate"), "Bearer");
    EXPECT_EQ(nobody.post(team_.in("/issues"), R"({"title":"a"})").status, 401);
  }
}

}  // namespace
}  // namespace daybook::test::bad_input_test
