// What every GET can be asked: fields, embedded things, conditions, counts, deleted things, ETags, earlier
// addresses, history.
#include <gtest/gtest.h>

#include "platform/http/message.hpp"
#include "tests/e2e/caller.hpp"

namespace daybook::test::queries_test {
namespace {

class Queries : public ::testing::Test {
 protected:
  Reply get(const std::string& path, std::vector<http::Header> headers = {}) {
    return owner_.get(team_.in(path), headers);
  }
  std::string made(const std::string& path, const std::string& body) {
    const auto reply = owner_.post(team_.in(path), body);
    EXPECT_EQ(reply.status, 201) << reply;
    return reply.id();
  }
  Reply filtered(const std::string& condition, const std::string& more = "") {
    return get("/issues?filter=" + http::percent_encode(condition) + more);
  }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
};

TEST_F(Queries, FieldsTrimOneAndMany) {
  const auto id = team_.issue("one");
  const auto one = get("/issues/" + id + "?fields=title,number");
  EXPECT_EQ(json::serialize(one.body), R"({"number":1,"title":"one"})");
  EXPECT_EQ(json::serialize(get("/issues?fields=title").at("/data")), R"([{"title":"one"}])");
  const auto unknown = get("/issues?fields=title,mood");
  EXPECT_EQ(unknown.status, 400);
  EXPECT_EQ(unknown.pointer(), "fields");
  EXPECT_NE(unknown.text("/detail").find("'mood'"), std::string::npos) << unknown;
}

TEST_F(Queries, ExpandEmbedsTwoLevels) {
  // Given an issue with an assignee, two labels and a comment, and another with none of them
  const auto issue = team_.issue("full"), bare = team_.issue("bare");
  ASSERT_EQ(owner_
                .post(team_.in("/issues/" + issue + "/assign"),
                      object("assignee_type", "user", "assignee_id", owner_.user_id))
                .status,
            200);
  for (const auto* name : {"wet", "cold"}) {
    const auto label = made("/labels", object("name", name));
    EXPECT_EQ(owner_.post(team_.in("/issues/" + issue + "/labels"), object("label_id", label)).status, 201);
  }
  made("/issues/" + issue + "/comments", object("content", "words"));
  const auto wanted = "expand=assignee,labels,comments.author";

  // When it is read with all of that, then it stands there
  const auto one = get("/issues/" + issue + "?" + wanted);
  ASSERT_EQ(one.status, 200) << one;
  EXPECT_EQ(one.text("/assignee/id"), owner_.user_id);
  EXPECT_FALSE(one.text("/assignee/username").empty());
  EXPECT_EQ(one.text("/labels/0/name"), "cold") << "in the order of the labels' own list";
  EXPECT_EQ(one.text("/labels/1/name"), "wet");
  EXPECT_EQ(one.text("/comments/0/content"), "words");
  EXPECT_EQ(one.text("/comments/0/author/id"), owner_.user_id);
  EXPECT_TRUE(one.at("/assignee/email").is_null()) << "addresses are nobody else's business";

  // And in a list each row has its own
  const auto many = get("/issues?fields=number&" + std::string(wanted));
  EXPECT_EQ(many.text("/data/0/comments/0/author/id"), owner_.user_id) << many;
  EXPECT_TRUE(many.at("/data/1/assignee").is_null()) << bare;
  EXPECT_EQ(many.at("/data/1/comments").as_array().size(), 0u);
}

TEST_F(Queries, ExpandShowsNothingThatIsHidden) {
  const auto issue = team_.issue("one");
  const auto parent = team_.issue("parent");
  const auto label = made("/labels", object("name", "wet"));
  const auto comment = made("/issues/" + issue + "/comments", object("content", "words"));
  ASSERT_EQ(owner_.post(team_.in("/issues/" + issue + "/labels"), object("label_id", label)).status, 201);
  ASSERT_EQ(owner_.patch(team_.in("/issues/" + issue), object("parent_id", parent)).status, 200);
  for (const auto& path : {"/labels/" + label, "/comments/" + comment, "/issues/" + parent})
    ASSERT_EQ(owner_.remove(team_.in(path)).status, 204);
  const auto one = get("/issues/" + issue + "?expand=labels,comments,parent");
  EXPECT_EQ(one.at("/labels").as_array().size(), 0u) << one;
  EXPECT_EQ(one.at("/comments").as_array().size(), 0u);
  EXPECT_TRUE(one.at("/parent").is_null());
  EXPECT_TRUE(one.at("/parent_id").is_null());
}

TEST_F(Queries, ConditionsFilterLists) {
  const auto open = [&](const std::string& title, const std::string& priority) {
    return made("/issues", object("title", title, "priority", priority));
  };
  open("Mend the roof", "high");
  open("Paint the ROOF", "low");
  open("Sweep", "urgent");
  const auto titles = [&](const std::string& condition) {
    const auto reply = filtered(condition, "&sort=number");
    EXPECT_EQ(reply.status, 200) << reply;
    std::string out;
    for (const auto& row : reply.rows()) out += std::string(row.at("title").as_string()) + ";";
    return out;
  };
  EXPECT_EQ(titles(R"({"field":"title","op":"contains","value":"roof"})"), "Mend the roof;Paint the ROOF;");
  EXPECT_EQ(
      titles(
          R"({"and":[{"field":"title","op":"contains","value":"roof"},{"not":{"field":"priority","op":"eq","value":"low"}}]})"),
      "Mend the roof;");
  EXPECT_EQ(
      titles(
          R"({"or":[{"field":"priority","op":"in","value":["urgent"]},{"field":"number","op":"lt","value":2}]})"),
      "Mend the roof;Sweep;");
  EXPECT_EQ(titles(R"({"field":"assignee_id","op":"is_null","value":false})"), "");
  EXPECT_EQ(titles(R"({"field":"assignee_id","op":"ne","value":")" + owner_.user_id + R"("})"),
            "Mend the roof;Paint the ROOF;Sweep;");
  const auto refused = filtered(R"({"and":[{"field":"mood","op":"eq","value":1}]})");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.pointer(), "filter#/and/0/field");
}

TEST_F(Queries, CountsAreExactOrMarkedAsEstimated) {
  for (int i = 0; i < 3; ++i) team_.issue();
  const auto exact = get("/issues?limit=1&count=exact");
  EXPECT_EQ(exact.number("/page/count"), 3) << exact;
  EXPECT_EQ(exact.text("/page/count_is"), "exact");
  const auto estimate = get("/issues?limit=1&count=estimate&status=backlog");
  EXPECT_GE(estimate.number("/page/count"), 0) << estimate;
  EXPECT_EQ(estimate.text("/page/count_is"), "estimate");
  EXPECT_TRUE(get("/issues?limit=1").at("/page/count").is_null()) << "nothing is counted unasked";
}

TEST_F(Queries, DeletedThingsAreReadWhenAskedFor) {
  const auto issue = team_.issue();
  ASSERT_EQ(owner_.remove(team_.in("/issues/" + issue)).status, 204);
  EXPECT_EQ(get("/issues/" + issue).status, 404);
  EXPECT_EQ(get("/issues/" + issue + "?deleted=include").id(), issue);
  EXPECT_EQ(get("/issues/" + issue + "?deleted=only").id(), issue);
  EXPECT_EQ(get("/issues/" + team_.issue() + "?deleted=only").status, 404);
  EXPECT_EQ(get("/issues/" + issue + "?deleted=maybe").pointer(), "deleted");
  EXPECT_EQ(get("/issues/" + issue + "/history?deleted=include").text("/data/0/type"), "issue.deleted");
}

TEST_F(Queries, ADeletedWorkspaceIsThereForItsOwnersAlone) {
  auto member = team_.joined_by(daybook_, "admin");
  const auto gone = owner_.remove(team_.in());
  ASSERT_EQ(gone.status, 204);
  EXPECT_EQ(get("").status, 404);
  EXPECT_EQ(get("?deleted=include").id(), team_.id);
  EXPECT_EQ(get("/issues?deleted=include").status, 200);
  EXPECT_EQ(member.get(team_.in("?deleted=include&min_position=" + std::to_string(gone.position()))).status,
            404);
}

TEST_F(Queries, AnETagChangesWithWhateverIsShown) {
  // Given an issue with a parent
  const auto issue = team_.issue("child"), parent = team_.issue("parent");
  ASSERT_EQ(owner_.patch(team_.in("/issues/" + issue), object("parent_id", parent)).status, 200);
  const auto plain = get("/issues/" + issue), expanded = get("/issues/" + issue + "?expand=parent");
  EXPECT_EQ(plain.header("ETag").substr(0, 4), "\"v2-") << plain.header("ETag");
  EXPECT_NE(plain.header("ETag"), expanded.header("ETag"));
  EXPECT_EQ(get("/issues/" + issue, {{"If-None-Match", "\"x\", " + plain.header("ETag")}}).status, 304);

  // When the parent is renamed, then what embeds it has changed and the plain row has not
  ASSERT_EQ(owner_.patch(team_.in("/issues/" + parent), object("title", "mother")).status, 200);
  EXPECT_EQ(get("/issues/" + issue, {{"If-None-Match", plain.header("ETag")}}).status, 304);
  EXPECT_EQ(get("/issues/" + issue + "?expand=parent", {{"If-None-Match", expanded.header("ETag")}}).status,
            200);

  // And when it is deleted, then the plain row reads otherwise, though nothing was written to it
  ASSERT_EQ(owner_.remove(team_.in("/issues/" + parent)).status, 204);
  const auto orphan = get("/issues/" + issue, {{"If-None-Match", plain.header("ETag")}});
  EXPECT_EQ(orphan.status, 200);
  EXPECT_TRUE(orphan.at("/parent_id").is_null());
  EXPECT_EQ(owner_
                .patch(team_.in("/issues/" + issue), object("title", "orphan"),
                       {{"If-Match", orphan.header("ETag")}})
                .status,
            200);

  // And lists have one, too
  const auto list = get("/issues");
  EXPECT_EQ(get("/issues", {{"If-None-Match", list.header("ETag")}}).status, 304);
  team_.issue("another");
  EXPECT_EQ(get("/issues", {{"If-None-Match", list.header("ETag")}}).status, 200);
}

TEST_F(Queries, EarlierSlugsAndKeysStillLeadToTheThing) {
  const auto before = get("").text("/slug");
  ASSERT_EQ(owner_.patch(team_.in(), object("slug", random_name("new-"))).status, 200);
  EXPECT_EQ(owner_.get("/workspaces/" + before).id(), team_.id);
  const auto project = made("/projects", object("name", "Apollo", "key", "APO"));
  ASSERT_EQ(owner_.patch(team_.in("/projects/" + project), object("key", "GEM")).status, 200);
  EXPECT_EQ(get("/projects/APO").id(), project);
  EXPECT_EQ(get("/projects/gem").id(), project);
  EXPECT_EQ(get("/projects/ZZZ").status, 404);
  const auto issue = team_.issue();
  ASSERT_EQ(owner_.patch(team_.in(), object("issue_prefix", "MOON")).status, 200);
  EXPECT_EQ(get("/issues/issue-1").id(), issue);
}

TEST_F(Queries, HistoryTellsWhatHappenedToOneThingNewestFirst) {
  const auto label = made("/labels", object("name", "wet"));
  ASSERT_EQ(owner_.patch(team_.in("/labels/" + label), object("name", "soaked")).status, 200);
  made("/labels", object("name", "other"));
  const auto history = get("/labels/" + label + "/history");
  ASSERT_EQ(history.rows().size(), 2u) << history;
  EXPECT_EQ(history.text("/data/0/type"), "workspace.label_changed");
  EXPECT_EQ(json::serialize(history.at("/data/0/changes/name")), R"(["wet","soaked"])");
  EXPECT_EQ(history.text("/data/1/type"), "workspace.label_defined");
  EXPECT_EQ(get("/members/" + owner_.user_id + "/history").text("/data/0/entity_type"), "member");
  EXPECT_EQ(get("/history?limit=1").text("/data/0/entity_type"), "workspace");
}

TEST_F(Queries, AThingIsShownAsItStoodAtAnEarlierPosition) {
  // Given an issue in a project, renamed and moved out of it
  const auto project = made("/projects", object("name", "Launch", "key", "LNCH"));
  const auto opened = owner_.post(team_.in("/issues"), object("title", "First", "project_id", project));
  const auto address = "/issues/" + opened.text("/identifier");
  const auto renamed = owner_.patch(team_.in(address), R"({"title":"Second","project_id":null})");
  ASSERT_EQ(renamed.status, 200) << renamed;
  const auto as_of = [&](std::int64_t position, const std::string& more = "") {
    return get(address + "?as_of=" + std::to_string(position) + more);
  };

  // Then each state is there, with a tag of its own, and the plain read shows the newest
  const auto then = as_of(opened.position()), now = as_of(renamed.position());
  ASSERT_EQ(then.status, 200) << then;
  EXPECT_EQ(then.text("/title"), "First");
  EXPECT_EQ(then.text("/project_id"), project);
  EXPECT_EQ(now.text("/title"), "Second");
  EXPECT_EQ(now.body == get(address).body, true) << now;
  EXPECT_NE(then.header("ETag"), now.header("ETag"));
  EXPECT_EQ(get(address + "?as_of=" + std::to_string(opened.position()), {{"If-None-Match", then.header("ETag")}}).status, 304);
  EXPECT_EQ(json::serialize(as_of(opened.position(), "&fields=title").body), R"({"title":"First"})");
  EXPECT_EQ(get("/projects/LNCH?as_of=" + std::to_string(opened.position())).text("/name"), "Launch");
  EXPECT_EQ(owner_.get(team_.path + "?as_of=" + std::to_string(opened.position())).id(), team_.id);

  // And it was not there before its birth, is not there yet in what has not happened, and embeds nothing
  EXPECT_EQ(as_of(opened.position() - 1).status, 404);
  const auto future = as_of(1000000000, "&wait_ms=0");
  EXPECT_EQ(future.status, 504);
  EXPECT_EQ(future.code(), "not-yet");
  EXPECT_EQ(as_of(-1).code(), "out-of-range");
  const auto embedding = as_of(opened.position(), "&expand=project");
  EXPECT_EQ(embedding.status, 400) << embedding;
  EXPECT_EQ(embedding.code(), "not-with-as-of");
  EXPECT_EQ(get("/issues?as_of=1").code(), "unknown-parameter");

  // And what one may see is judged by today
  auto stranger = newcomer(daybook_, "eve");
  EXPECT_EQ(stranger.get(team_.in(address) + "?as_of=" + std::to_string(opened.position())).status, 404);
  ASSERT_EQ(owner_.remove(team_.in(address)).status, 204);
  EXPECT_EQ(as_of(opened.position()).status, 404);
  EXPECT_EQ(as_of(opened.position(), "&deleted=include").text("/title"), "First");
}

TEST_F(Queries, ASessionThatWasEndedReadsNoMore) {
  // Given a second session of the same person
  auto again = signed_in_again(daybook_, owner_);
  ASSERT_EQ(again.get("/me").status, 200);
  const auto sessions = owner_.get("/me/sessions");
  ASSERT_EQ(sessions.rows().size(), 2u) << sessions;

  // When the first one ends it, then its token is worth nothing, though it has not expired
  const auto newest = sessions.text("/data/0/id");
  ASSERT_EQ(owner_.remove("/me/sessions/" + newest).status, 204);
  EXPECT_EQ(owner_.get("/me").status, 200);
  const auto refused = again.get("/me");
  EXPECT_EQ(refused.status, 401) << refused;
  EXPECT_EQ(refused.code(), "session-ended");
  EXPECT_EQ(again.get(team_.in("/issues")).status, 401);
  EXPECT_EQ(owner_.get("/me/sessions").text("/data/0/revoked_because"), "revoked_by_user");
}

TEST_F(Queries, WhoDeletedThemselvesReadsNoMore) {
  auto ann = newcomer(daybook_);
  ASSERT_EQ(ann.remove("/me").status, 204);
  EXPECT_EQ(ann.get("/me").status, 401);
  EXPECT_EQ(ann.get("/workspaces").status, 401);
}

}  // namespace
}  // namespace daybook::test::queries_test
