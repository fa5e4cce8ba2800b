// What every list can be asked. The lists are those the server itself says it has, so that a new one is in this test from its
// first day and cannot lack a convention of docs/api.md.
#include <gtest/gtest.h>

#include "platform/http/message.hpp"
#include "tests/e2e/things.hpp"

namespace daybook::test::lists_test {
namespace {

constexpr std::string_view base = "/api/v1";

// The target of a Link field's part, as callers take paths; empty where there is none such.
std::string linked(const Reply& reply, const std::string& relation) {
  const auto links = reply.header("Link");
  const auto mark = links.find(">; rel=\"" + relation + "\"");
  if (mark == links.npos) return "";
  const auto start = links.rfind('<', mark) + 1 + base.size();
  return links.substr(start, mark - start);
}

struct List {
  Operation operation;
  std::string path;
  Caller& caller;

  Reply ask(const std::string& question) const {
    return caller.get(path + (path.find('?') == path.npos ? "?" : "&") + question);
  }
  Reply filtered(const std::string& condition) const { return ask("filter=" + http::percent_encode(condition)); }
  void expect_refusal(const std::string& question, const std::string& pointer) const {
    const auto reply = ask(question);
    EXPECT_EQ(reply.status, 400) << operation << " " << question << ": " << reply;
    EXPECT_EQ(reply.pointer(), pointer) << operation << " " << question << ": " << reply;
    EXPECT_EQ(reply.header("Content-Type").substr(0, 24), "application/problem+json") << operation;
  }
  // Lists of things, or one that may be gone.
  static bool is_embedded(const json::value& schema) {
    const auto* type = schema.is_object() ? schema.as_object().if_contains("type") : nullptr;
    return type != nullptr && (type->is_array() || *type == "array");
  }
  json::object properties() const { return operation.row.at("properties").as_object(); }
  // What the row has only where it is asked for; what is long is a field, and asked for as one.
  std::vector<std::string> embeddable() const {
    std::vector<std::string> names;
    const auto& required = operation.row.at("required").as_array();
    for (const auto& [name, schema] : properties())
      if (std::find(required.begin(), required.end(), json::value(name)) == required.end() && is_embedded(schema)) names.emplace_back(name);
    return names;
  }
};

class Lists : public ::testing::Test {
 protected:
  Lists() {
    offer_plan(daybook_);
    auto values = make_things(team_.owner, team_.id);
    for (const auto& published : {"/skills/" + values["skill"], "/blueprints/" + values["blueprint"]})
      EXPECT_EQ(team_.owner.post(team_.in(published + "/list")).status, 200);
    make_things(team_.owner, team_.id);  // two of each
    values.merge(make_ones_own(team_.owner));
    make_ones_own(team_.owner);
    values["guest"] = newcomer(daybook_, "guest").user_id;
    for (auto& operation : all_operations(team_.owner)) {
      if (operation.row.empty() || operation.for_superusers) continue;
      const auto path = path_of(operation, values);
      lists_.push_back({std::move(operation), path, team_.owner});
    }
    EXPECT_GT(lists_.size(), 20u);
  }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  std::vector<List> lists_;
};

TEST_F(Lists, AreWalkedByCursorsAndLinksInBothDirections) {
  std::vector<std::string> walked;
  for (const auto& list : lists_) {
    const auto first = list.ask("limit=1&count=exact");
    ASSERT_EQ(first.status, 200) << list.operation << ": " << first;
    EXPECT_EQ(first.number("/page/limit"), 1) << list.operation;
    EXPECT_EQ(first.text("/page/count_is"), "exact") << list.operation;
    const auto count = first.number("/page/count");
    EXPECT_EQ(first.rows().size(), count > 0 ? 1u : 0u) << list.operation;
    EXPECT_EQ(first.text("/page/prev"), "") << list.operation;
    EXPECT_EQ(first.text("/page/next").empty(), count < 2) << list.operation << ": " << first;
    if (count < 2) continue;
    walked.push_back(list.operation.id);
    const auto next = linked(first, "next");
    EXPECT_NE(next.find(first.text("/page/next")), next.npos) << list.operation << ": " << first.header("Link");
    const auto second = list.caller.get(next);
    ASSERT_EQ(second.rows().size(), 1u) << list.operation << ": " << second;
    EXPECT_NE(second.rows(), first.rows()) << list.operation;
    const auto back = list.caller.get(linked(second, "prev"));
    EXPECT_EQ(back.rows(), first.rows()) << list.operation << ": " << back;
    // And the way on holds for no other list: not for one with a condition, empty though it be
    const auto foreign = list.filtered(R"({"field":")" + std::string(list.properties().begin()->key()) +
                                       R"(","op":"is_null","value":false})");
    EXPECT_EQ(foreign.status, 200) << list.operation << ": " << foreign;
    EXPECT_EQ(list.ask("filter=" + http::percent_encode(R"({"field":"id","op":"is_null","value":false})") +
                       "&cursor=" + first.text("/page/next"))
                  .code(),
              "invalid-cursor")
        << list.operation;
  }
  EXPECT_GT(walked.size(), 10u);
  EXPECT_NE(std::find(walked.begin(), walked.end(), "search"), walked.end());
}

TEST_F(Lists, NameWhateverTheyDoNotTake) {
  for (const auto& list : lists_) {
    for (const auto* limit : {"0", "201", "-1", "x", ""}) list.expect_refusal("limit=" + std::string(limit), "limit");
    list.expect_refusal("cursor=mood", "cursor");
    list.expect_refusal("sort=mood", "sort");
    list.expect_refusal("fields=mood", "fields");
    list.expect_refusal("count=mood", "count");
    list.expect_refusal("mood=1", "mood");
    list.expect_refusal("limit=1&limit=1", "limit");
    list.expect_refusal("min_position=-1", "min_position");
    list.expect_refusal("wait_ms=10001", "wait_ms");
    list.expect_refusal("expand=mood", "expand");
    list.expect_refusal("deleted=mood", "deleted");
    list.expect_refusal("filter=mood", "filter#");
    list.expect_refusal("filter=" + http::percent_encode(R"({"field":"mood","op":"eq","value":1})"), "filter#/field");
  }
}

TEST_F(Lists, ShowTheFieldsAndEmbedTheThingsThatAreAskedFor) {
  for (const auto& list : lists_) {
    const auto whole = list.ask("limit=200");
    for (const auto& [name, schema] : list.properties()) {
      if (list.operation.row.at("required").as_array().empty()) break;
      const auto embeds = list.embeddable();
      const bool embedded = std::find(embeds.begin(), embeds.end(), name) != embeds.end();
      const auto question = (embedded ? "expand=" : "fields=") + std::string(name);
      const auto reply = list.ask("limit=200&" + question);
      ASSERT_EQ(reply.status, 200) << list.operation << " " << question << ": " << reply;
      ASSERT_EQ(reply.rows().size(), whole.rows().size()) << list.operation << " " << question;
      for (const auto& row : reply.rows()) {
        EXPECT_TRUE(row.as_object().contains(name)) << list.operation << " " << question;
        EXPECT_EQ(row.as_object().size(), embedded ? whole.rows()[0].as_object().size() + 1 : 1u) << list.operation << " " << question;
      }
    }
  }
}

TEST_F(Lists, AreFilteredByConditionsAndShowDeletedRowsOnRequest) {
  for (const auto& list : lists_) {
    const auto all = list.ask("limit=200").rows();
    EXPECT_EQ(list.filtered(R"({"field":"id","op":"is_null","value":true})").rows().size(), 0u) << list.operation;
    if (!all.empty()) {
      const auto id = std::string(all.back().at("id").as_string());
      const auto one = list.filtered(R"({"field":"id","op":"eq","value":")" + id + "\"}");
      ASSERT_EQ(one.rows().size(), 1u) << list.operation << ": " << one;
      EXPECT_EQ(one.text("/data/0/id"), id) << list.operation;
    }
    // Plans are everybody's, those that other tests have retired too.
    if (!list.properties().contains("deleted_at") || list.operation.id == "listPlans") continue;
    EXPECT_EQ(list.ask("limit=200&deleted=include").rows().size(), all.size()) << list.operation;
    EXPECT_EQ(list.ask("deleted=only").rows().size(), 0u) << list.operation;
    EXPECT_EQ(list.ask("limit=200&deleted=exclude").rows(), all) << list.operation;
  }
}

TEST_F(Lists, SayWhatTheyShowAndWhetherItHasChanged) {
  for (const auto& list : lists_) {
    const auto reply = list.ask("limit=200");
    EXPECT_FALSE(reply.header("Daybook-Log").empty()) << list.operation;
    EXPECT_GT(reply.position(), 0) << list.operation;
    EXPECT_EQ(list.caller.get(list.path, {{"If-None-Match", list.ask("limit=50").header("ETag")}}).status, 304) << list.operation;
    EXPECT_EQ(list.ask("count=estimate").text("/page/count_is"), "estimate") << list.operation;
    const auto early = list.ask("wait_ms=0&min_position=1000000000");
    EXPECT_EQ(early.status, 504) << list.operation << ": " << early;
    EXPECT_EQ(early.code(), "not-yet") << list.operation;
    EXPECT_EQ(list.caller.get(list.path, {{"Daybook-Log", "another.1"}}).status, 410) << list.operation;
  }
}

TEST_F(Lists, SearchShowsDeletedIssuesAndCommentsOnRequest) {
  const auto issue = team_.in("/issues/" + team_.issue("kestrel"));
  const auto comment = team_.owner.post(issue + "/comments", object("content", "a kestrel, too")).id();
  const auto found = [&](const std::string& more) { return team_.owner.get(team_.in("/search?q=kestrel" + more)).rows().size(); };
  EXPECT_EQ(found(""), 2u);
  ASSERT_EQ(team_.owner.remove(team_.in("/comments/" + comment)).status, 204);
  EXPECT_EQ(found(""), 1u);
  EXPECT_EQ(found("&deleted=include"), 2u);
  EXPECT_EQ(found("&deleted=only&type=comment"), 1u);
  ASSERT_EQ(team_.owner.remove(issue).status, 204);
  EXPECT_EQ(found(""), 0u);
  EXPECT_EQ(found("&deleted=only"), 1u) << "what lies in something deleted stays hidden";
}

TEST_F(Lists, SearchLeadsWithTheIssueThatIsNamedAndEmbedsWhatItFinds) {
  const auto named = team_.owner.get(team_.in("/issues/" + team_.issue("the one"))).text("/identifier");
  team_.issue(named + " " + named + " is spoken of");
  const auto found = team_.owner.get(team_.in("/search?expand=entity,issue.project&q=" + named));
  ASSERT_EQ(found.rows().size(), 2u) << found;
  EXPECT_EQ(found.text("/data/0/identifier"), named);
  EXPECT_EQ(found.text("/data/0/entity/title"), "the one");
  EXPECT_EQ(found.text("/data/1/title"), found.text("/data/1/entity/title"));
  EXPECT_EQ(team_.owner.get(team_.in("/search?sort=rank&q=" + named)).text("/data/1/identifier"), named);
}

}  // namespace
}  // namespace daybook::test::lists_test
