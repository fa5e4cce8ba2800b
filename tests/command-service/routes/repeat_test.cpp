// A new thing may bring its own id. Sent again it is answered as at first; the id with another content is taken.
#include "tests/command-service/routes/desk.hpp"

namespace daybook::routes::test {
namespace {

constexpr auto id = "0193fc00-0000-7000-8000-000000000001", other_id = "0193fc00-0000-7000-8000-000000000002";

// {"id":…, and the members given}
std::string with_id(const std::string& members) { return std::string(R"({"id":")") + id + "\"," + members + "}"; }

class Repeated : public Desk {
 protected:
  // `path` makes the same thing twice, then refuses `other` under the same id. `between` happens to it after its birth.
  Reply twice(const std::string& path, const std::string& members, const std::string& other, const std::function<void()>& between = [] {}) {
    const auto first = post(path, with_id(members));
    EXPECT_EQ(first.status, 201) << first;
    between();
    const auto before = head();
    const auto again = post(path, with_id(members));
    EXPECT_EQ(again.status, 201) << again;
    EXPECT_EQ(but_for_secrets(again), but_for_secrets(first));
    EXPECT_EQ(again.header("ETag"), first.header("ETag"));
    EXPECT_EQ(again.header("Location"), first.header("Location"));
    const auto taken = post(path, with_id(other));
    EXPECT_EQ(taken.status, 409) << taken;
    EXPECT_EQ(taken.text("/errors/0/pointer"), "/id") << taken;
    EXPECT_EQ(head(), before) << "nothing was written";
    return first;
  }
  // A token is told once.
  static std::string but_for_secrets(const Reply& reply) {
    auto body = reply.body.as_object();
    body.erase("token");
    return json::serialize(body);
  }
  std::string label(const std::string& name) { return post(in("/labels"), R"({"name":")" + name + R"("})").id(); }
};

TEST_F(Repeated, AnIssueThoughItWasChangedSince) {
  post(in("/projects"), R"({"name":"Core","key":"CORE"})");
  const auto first = twice(in("/issues"), R"("title":"One","project_id":"CORE","priority":"high")", R"("title":"One")",
                           [&] { patch(in("/issues/ISSUE-1"), R"({"title":"Renamed","project_id":null})"); });
  EXPECT_EQ(first.number("/number"), 1);
  EXPECT_EQ(post(in("/issues"), R"({"title":"Two"})").number("/number"), 2);
}

TEST_F(Repeated, AnIssueThoughItWasDeletedSince) {
  twice(in("/issues"), R"("title":"One")", R"("title":"Two")", [&] { remove(in("/issues/ISSUE-1")); });
}

TEST_F(Repeated, AnIssueAssignedToSomeoneWhoLeftSince) {
  const auto bob = sign_up("bob");
  post(in("/members"), R"({"email":"bob@example.org"})");
  twice(in("/issues"), R"("title":"One","assignee_id":")" + bob.id + "\"", R"("title":"One")", [&] { remove(in("/members/" + bob.id)); });
}

TEST_F(Repeated, AProjectWhoseKeyItHoldsItself) {
  twice(in("/projects"), R"("name":"Core","key":"CORE")", R"("name":"Core","key":"CORE","emoji":"*")");
}

TEST_F(Repeated, AProjectWhoseKeyWasMadeFromItsName) {
  post(in("/projects"), R"({"name":"Core"})");
  twice(in("/projects"), R"("name":"Core")", R"("name":"Core","owner_id":null)");
}

TEST_F(Repeated, AWorkspaceByItsMakerAlone) {
  const auto first = twice("/workspaces", R"("name":"Night","slug":"crew")", R"("name":"Night","slug":"night")");
  EXPECT_EQ(first.text("/slug"), "crew-1") << "the slug was taken";
  EXPECT_EQ(first.header("ETag"), "\"v2\"");
  EXPECT_EQ(send(sign_up("bob"), "POST", "/workspaces", with_id(R"("name":"Night","slug":"crew")")).status, 409);
}

TEST_F(Repeated, ALabelThoughItWasRenamedSince) {
  twice(in("/labels"), R"("name":"red")", R"("name":"blue")", [&] { patch(in("/labels/" + std::string(id)), R"({"name":"crimson"})"); });
}

TEST_F(Repeated, AMemberByAddressThoughTheirRoleWasChangedSince) {
  const auto bob = sign_up("bob");
  twice(in("/members"), R"("email":"bob@example.org","role":"viewer")", R"("email":"bob@example.org")",
        [&] { patch(in("/members/" + bob.id), R"({"role":"admin"})"); });
}

TEST_F(Repeated, ALabelLink) {
  post(in("/issues"), R"({"title":"One"})");
  const auto red = label("red"), blue = label("blue");
  twice(in("/issues/ISSUE-1/labels"), R"("label_id":")" + red + "\"", R"("label_id":")" + blue + "\"");
}

TEST_F(Repeated, ALinkThatWasTakenAwayIsMadeAnew) {
  post(in("/issues"), R"({"title":"One"})");
  const auto red = label("red");
  const auto link = with_id(R"("label_id":")" + red + "\"");
  EXPECT_EQ(post(in("/issues/ISSUE-1/labels"), link).header("ETag"), "\"v2\"");
  remove(in("/issues/ISSUE-1/labels/" + red));
  EXPECT_EQ(post(in("/issues/ISSUE-1/labels"), link).header("ETag"), "\"v4\"");
}

TEST_F(Repeated, ADependencyHoweverTheOtherIssueIsNamed) {
  post(in("/issues"), R"({"title":"One"})");
  const auto two = post(in("/issues"), R"({"title":"Two"})").id();
  twice(in("/issues/ISSUE-1/dependencies"), R"("depends_on_id":"ISSUE-2")", R"("depends_on_id":"ISSUE-2","dependency_type":"related")");
  EXPECT_EQ(post(in("/issues/ISSUE-1/dependencies"), with_id(R"("depends_on_id":")" + two + "\"")).status, 201);
}

TEST_F(Repeated, ACommentThoughOneItMentionedLeftSince) {
  post(in("/issues"), R"({"title":"One"})");
  const auto bob = sign_up("bob");
  post(in("/members"), R"({"email":"bob@example.org"})");
  twice(in("/issues/ISSUE-1/comments"), R"("content":"Hello","mentions":[")" + bob.id + "\"]", R"("content":"Hello")",
        [&] { remove(in("/members/" + bob.id)); });
}

TEST_F(Repeated, AnAgent) { twice(in("/agents"), R"("name":"Robot")", R"("name":"Robot","model":"m1")"); }

TEST_F(Repeated, ThoughTheStreamMovedSinceTheVersionItWasBasedOn) {
  const auto issue = post(in("/issues"), R"({"title":"One"})");
  const auto body = with_id(R"("label_id":")" + label("red") + "\"");
  EXPECT_EQ(post(in("/issues/ISSUE-1/labels"), body, {{"If-Match", "\"v1\""}}).status, 201);
  EXPECT_EQ(post(in("/issues/ISSUE-1/labels"), body, {{"If-Match", "\"v1\""}}).status, 201);
}

TEST_F(Repeated, AnIdOfAnotherWorkspaceIsTakenWhateverItSays) {
  post(in("/issues"), with_id(R"("title":"One")"));
  const auto bob = sign_up("bob");
  const auto camp = send(bob, "POST", "/workspaces", R"({"name":"Camp"})").id();
  const auto reply = send(bob, "POST", "/workspaces/" + camp + "/issues", with_id(R"("title":"One")"));
  EXPECT_EQ(reply.code(), "already-exists");
  EXPECT_EQ(reply.raw.find("One"), std::string::npos);
}

TEST_F(Repeated, WithinOneBulkAndFromOneToTheNext) {
  const auto bulk = R"({"commands":[
      {"type":"issue.open","id":")" + std::string(id) + R"(","data":{"title":"One"}},
      {"type":"issue.open","id":")" + id + R"(","data":{"title":"One"}},
      {"type":"label.define","id":")" + other_id + R"(","data":{"name":"red"}},
      {"type":"label.define","id":")" + other_id + R"(","data":{"name":"red"}}]})";
  const auto first = post(in("/commands"), bulk);
  ASSERT_EQ(first.status, 200) << first;
  const auto written = head();
  const auto again = post(in("/commands"), bulk);
  EXPECT_EQ(again.raw, first.raw);
  EXPECT_EQ(head(), written);
  EXPECT_EQ(first.number("/items/1/status"), 201);
  const auto other = post(in("/commands"), R"({"atomic":false,"commands":[{"type":"issue.open","id":")" + std::string(id) + R"(","data":{"title":"Two"}}]})");
  EXPECT_EQ(other.text("/items/0/code"), "already-exists");
}

TEST_F(Repeated, ByAProcessThatHasNotSeenTheFirst) {
  post(in("/issues"), with_id(R"("title":"One")"));
  patch(in("/issues/ISSUE-1"), R"({"title":"Renamed"})");
  start_again();
  EXPECT_EQ(post(in("/issues"), with_id(R"("title":"One")")).text("/title"), "One");
}

}  // namespace
}  // namespace daybook::routes::test
