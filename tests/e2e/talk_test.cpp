// Talking about an issue: answers, mentions and reactions.
#include <gtest/gtest.h>

#include "platform/http/message.hpp"
#include "tests/e2e/caller.hpp"

namespace daybook::test::talk_test {
namespace {

class Talk : public ::testing::Test {
 protected:
  Reply say(Caller& who, const std::string& body) { return who.post(issue_ + "/comments", body); }
  std::string said(Caller& who, const std::string& words) {
    const auto reply = say(who, object("content", words));
    EXPECT_EQ(reply.status, 201) << reply;
    return reply.id();
  }
  std::string answer(Caller& who, const std::string& to, const std::string& words) {
    const auto reply = say(who, object("content", words, "parent_id", to));
    EXPECT_EQ(reply.status, 201) << reply;
    return reply.id();
  }
  std::string one(const std::string& comment) const { return team_.in("/comments/" + comment); }
  std::string reaction(const std::string& comment, const std::string& emoji) const {
    return one(comment) + "/reactions/" + http::percent_encode(emoji);
  }
  static std::vector<std::string> contents(const Reply& reply) {
    std::vector<std::string> out;
    for (const auto& row : reply.rows()) out.emplace_back(row.at("content").as_string());
    return out;
  }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller max_ = team_.joined_by(daybook_, "member");
  std::string issue_ = team_.in("/issues/" + team_.issue());
};

TEST_F(Talk, AnswersStandBelowWhatTheyAnswer) {
  const auto question = said(max_, "What is it?");
  answer(team_.owner, question, "A light");
  const auto second = answer(max_, question, "A star");
  said(max_, "Something else");
  EXPECT_EQ(contents(max_.get(one(question) + "/replies")), (std::vector<std::string>{"A light", "A star"}));
  EXPECT_EQ(contents(max_.get(issue_ + "/comments?parent=none")), (std::vector<std::string>{"What is it?", "Something else"}));
  EXPECT_EQ(contents(max_.get(team_.in("/comments?parent=" + question))), (std::vector<std::string>{"A light", "A star"}));
  const auto whole = max_.get(one(question) + "?expand=replies.author");
  EXPECT_EQ(whole.text("/replies/0/author/id"), team_.owner.user_id) << whole;
  EXPECT_EQ(max_.get(one(second) + "?expand=parent").text("/parent/content"), "What is it?");
}

TEST_F(Talk, AnAnswerToWhatIsDeletedStaysAndAnswersNothing) {
  const auto question = said(max_, "What is it?");
  const auto light = answer(team_.owner, question, "A light");
  ASSERT_EQ(max_.remove(one(question)).status, 204);
  EXPECT_TRUE(max_.get(one(light)).at("/parent_id").is_null());
  EXPECT_EQ(max_.get(one(question) + "/replies").status, 404);
  EXPECT_EQ(contents(max_.get(issue_ + "/comments?parent=none")), std::vector<std::string>{"A light"});
  ASSERT_EQ(max_.post(one(question) + "/restore").status, 200);
  EXPECT_EQ(max_.get(one(light)).text("/parent_id"), question);
}

TEST_F(Talk, AnAnswerIsOnTheSameIssue) {
  const auto question = said(max_, "What is it?");
  const auto elsewhere = team_.in("/issues/" + team_.issue("Another"));
  const auto refused = max_.post(elsewhere + "/comments", object("content", "A light", "parent_id", question));
  EXPECT_EQ(refused.status, 422) << refused;
  EXPECT_EQ(refused.pointer(), "/parent_id") << refused;
}

TEST_F(Talk, MembersAreMentionedAndOthersAreNot) {
  const auto stranger = newcomer(daybook_, "stranger");
  const auto reply = say(team_.owner, object("content", "Look", "mentions", std::vector<std::string>{max_.user_id, stranger.user_id}));
  ASSERT_EQ(reply.status, 201) << reply;
  ASSERT_EQ(reply.at("/mentions").as_array().size(), 1u) << reply;
  EXPECT_EQ(reply.text("/mentions/0"), max_.user_id);
  const auto whole = max_.get(one(reply.id()) + "?expand=mentioned.user");
  EXPECT_EQ(whole.text("/mentioned/0/user/id"), max_.user_id) << whole;
  EXPECT_EQ(max_.get(one(reply.id()) + "/mentioned").rows().size(), 1u);
  EXPECT_EQ(max_.get(team_.in("/comments?mentions=" + max_.user_id)).rows().size(), 1u);
  EXPECT_EQ(max_.get(team_.in("/comments?mentions=" + stranger.user_id)).rows().size(), 0u);
  // Who has left is not shown among those mentioned
  ASSERT_EQ(team_.owner.remove(team_.in("/members/" + max_.user_id)).status, 204);
  EXPECT_EQ(team_.owner.get(one(reply.id()) + "/mentioned").rows().size(), 0u);
}

TEST_F(Talk, EachReactsOnceWithAnEmojiAndTakesItBack) {
  const auto comment = said(max_, "It works");
  const auto react = [&](Caller& who, const std::string& emoji) { return who.post(one(comment) + "/reactions", object("emoji", emoji)); };
  ASSERT_EQ(react(team_.owner, "🎉").status, 200);
  const auto once = max_.get(one(comment)).number("/version");
  const auto again = react(team_.owner, "🎉");
  EXPECT_EQ(again.number("/version"), once) << again;
  ASSERT_EQ(react(max_, "🎉").status, 200);
  const auto both = react(max_, "👍");
  EXPECT_EQ(both.at("/reactions/🎉").as_array().size(), 2u) << both;
  const auto shown = max_.get(one(comment));
  EXPECT_EQ(shown.at("/reactions"), both.at("/reactions")) << shown;
  EXPECT_EQ(shown.text("/reactions/🎉/0"), team_.owner.user_id);
  EXPECT_EQ(max_.get(one(comment) + "/reactions").rows().size(), 3u);
  const auto thumbs = max_.get(one(comment) + "/reactions?expand=user&emoji=" + http::percent_encode("👍"));
  EXPECT_EQ(thumbs.text("/data/0/user/id"), max_.user_id) << thumbs;
  EXPECT_EQ(max_.get(one(comment) + "?expand=all_reactions").at("/all_reactions").as_array().size(), 3u);

  ASSERT_EQ(max_.remove(reaction(comment, "👍")).status, 204);
  ASSERT_EQ(max_.remove(reaction(comment, "👍")).status, 204) << "nothing to take back";
  ASSERT_EQ(max_.remove(reaction(comment, "🎉")).status, 204);
  const auto after = max_.get(one(comment));
  EXPECT_EQ(after.at("/reactions").as_object().size(), 1u) << after;
  EXPECT_EQ(after.at("/reactions/🎉").as_array().size(), 1u) << after;
  // The activity tells of it
  const auto activity = max_.get(issue_ + "/activity").rows();
  EXPECT_EQ(activity.front().at("type"), "comment.reaction_withdrawn");
  EXPECT_EQ(activity.front().at("entity_type"), "reaction");
}

TEST_F(Talk, ViewersReadReactionsAndWhoLeftIsNotListed) {
  auto vic = team_.joined_by(daybook_, "viewer");
  const auto comment = said(max_, "It works");
  EXPECT_EQ(vic.post(one(comment) + "/reactions", object("emoji", "🎉")).status, 403);
  ASSERT_EQ(max_.post(one(comment) + "/reactions", object("emoji", "🎉")).status, 200);
  EXPECT_EQ(vic.get(one(comment) + "/reactions").rows().size(), 1u);
  ASSERT_EQ(team_.owner.remove(team_.in("/members/" + max_.user_id)).status, 204);
  EXPECT_EQ(vic.get(one(comment) + "/reactions").rows().size(), 0u);
}

TEST_F(Talk, AnEmojiIsAShortText) {
  const auto comment = said(max_, "It works");
  EXPECT_EQ(max_.post(one(comment) + "/reactions", object("emoji", "")).pointer(), "/emoji");
  EXPECT_EQ(max_.post(one(comment) + "/reactions", "{}").pointer(), "/emoji");
  ASSERT_EQ(max_.remove(one(comment)).status, 204);
  EXPECT_EQ(max_.post(one(comment) + "/reactions", object("emoji", "🎉")).status, 404);
}

}  // namespace
}  // namespace daybook::test::talk_test
