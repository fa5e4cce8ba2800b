#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::comment_test {
namespace {

namespace happened = events::comment;
using comment::ContentType;
using events::Patch;
using Comments = Office;

const auto fresh = id_of<events::CommentId>(90);
const auto reply = id_of<events::CommentId>(91);

comment::Post saying(const std::string& words, IssueRef on) {
  comment::Post command{};
  command.issue_id = std::move(on);
  command.content = Content(words);
  return command;
}

TEST_F(Comments, AMemberPostsMarkdownUnlessSaid) {
  comment(fresh)
      .as(max)
      .when(saying("Hello", first))
      .then(happened::Posted{first, std::nullopt, "Hello", ContentType::markdown, {}});
  comment(fresh).as(max).when(saying("Hello", first)).then_rejected("already-exists", "/id");
  comment(reply).as(vic).when(saying("Hello", first)).then_rejected("forbidden");
}

TEST_F(Comments, MentionsOfStrangersAndRepetitionsAreDropped) {
  auto command = saying("Hello", first);
  command.mentions = std::vector{ada, nora, ada, vic};
  command.content_type = ContentType::text;
  comment(fresh).as(max).when(command).then(
      happened::Posted{first, std::nullopt, "Hello", ContentType::text, {ada, vic}});
  command.mentions = std::vector(101, ada);
  comment(reply).as(max).when(command).then_rejected("too-many", "/mentions");
}

TEST_F(Comments, ACommentNeedsAnOpenIssueOfTheWorkspace) {
  comment::Post nowhere{};
  nowhere.content = Content("X");
  comment(fresh).as(max).when(nowhere).then_rejected("required", "/issue_id");
  comment(fresh).as(max).when(saying("X", foreign_issue)).then_rejected("not-found");
  comment(fresh).as(max).when(saying("X", IssueRef(std::string("ABC-99")))).then_rejected("not-found");
  issue(first).given(events::issue::Deleted{});
  comment(fresh).as(max).when(saying("X", first)).then_rejected("not-found");
}

TEST_F(Comments, ARepliedToCommentIsOfTheSameIssueAndThere) {
  comment(fresh).as(max).when(saying("Hello", first));
  auto command = saying("Reply", IssueRef(std::string("ABC-1")));
  command.parent_id = fresh;
  comment(reply).as(ada).when(command).then(
      happened::Posted{first, fresh, "Reply", ContentType::markdown, {}});
  const auto another = id_of<events::CommentId>(92);
  command.issue_id = second;
  comment(another).as(ada).when(command).then_rejected("unknown-reference", "/parent_id");
  command = saying("Reply", first);
  command.parent_id = events::CommentId{first.value};
  comment(another).as(ada).when(command).then_rejected("unknown-reference", "/parent_id");
  comment(fresh).as(max).when(comment::Delete{});
  command.parent_id = fresh;
  comment(another).as(ada).when(command).then_rejected("unknown-reference", "/parent_id");
}

TEST_F(Comments, OnlyTheAuthorEdits) {
  auto spec = comment(fresh);
  spec.as(max).when(saying("Hello", first));
  comment::Edit edit{};
  edit.content = Content("Bye");
  edit.mentions = std::vector{ada, nora};
  spec.as(olga).when(edit).then_rejected("forbidden");
  spec.as(max)
      .when(edit)
      .then(happened::Edited{"Bye", ContentType::markdown, {ada}})
      .when(edit)
      .then_nothing();
  comment::Edit clear{};
  clear.mentions = Patch<std::vector<events::UserId>>::cleared();
  spec.when(clear).then(happened::Edited{"Bye", ContentType::markdown, {}});
  clear.content = Patch<Content>::cleared();
  spec.when(clear).then_rejected("required", "/content");
}

TEST_F(Comments, TheAuthorOrAnAdminDeletesAndRestores) {
  workspace().as(olga).given(
      events::workspace::MemberJoined{id_of<events::MemberId>(106), nora, MemberRole::member});
  auto spec = comment(fresh);
  spec.as(max).when(saying("Hello", first));
  spec.as(nora).when(comment::Delete{}).then_rejected("forbidden");
  spec.when(comment::Restore{}).then_rejected("forbidden");
  spec.as(ada).when(comment::Delete{}).then(happened::Deleted{});
  spec.when(comment::Delete{}).then_rejected("not-found");
  spec.as(max).when(comment::Edit{}).then_rejected("not-found");
  spec.when(comment::Restore{}).then(happened::Restored{}).when(comment::Restore{}).then_nothing();
}

comment::React reacting(const std::string& emoji) {
  comment::React command{};
  command.emoji = Emoji(emoji);
  return command;
}
comment::WithdrawReaction withdrawing(const std::string& emoji) {
  comment::WithdrawReaction command{};
  command.emoji = Emoji(emoji);
  return command;
}

TEST_F(Comments, APersonReactsOnceWithEachEmoji) {
  auto spec = comment(fresh);
  spec.as(max).when(saying("Hello", first));
  const auto id = events::ReactionId{context().fresh_id};
  spec.as(ada).when(reacting("🎉")).then(happened::Reacted{id, ada, "🎉"}).when(reacting("🎉")).then_nothing();
  spec.when(reacting("👍")).then(happened::Reacted{id, ada, "👍"});
  spec.as(max).when(reacting("🎉")).then(happened::Reacted{id, max, "🎉"});
  EXPECT_EQ(spec.state().reactions, (happened::Reactions{{"🎉", {ada, max}}, {"👍", {ada}}}));
}

TEST_F(Comments, OnlyOnesOwnReactionIsWithdrawn) {
  auto spec = comment(fresh);
  spec.as(max).when(saying("Hello", first));
  const auto adas = id_of<events::ReactionId>(70), olgas = id_of<events::ReactionId>(71);
  spec.given(happened::Reacted{adas, ada, "🎉"}, happened::Reacted{olgas, olga, "🎉"});
  spec.as(max).when(withdrawing("🎉")).then_nothing();
  spec.as(ada).when(withdrawing("👍")).then_nothing();
  spec.when(withdrawing("🎉")).then(happened::ReactionWithdrawn{adas, ada, "🎉"}).when(withdrawing("🎉")).then_nothing();
  EXPECT_EQ(spec.state().reactions, (happened::Reactions{{"🎉", {olga}}}));
  spec.as(olga).when(withdrawing("🎉")).then(happened::ReactionWithdrawn{olgas, olga, "🎉"});
  EXPECT_TRUE(spec.state().reactions.empty());
  EXPECT_TRUE(spec.state().each_reaction.empty());
}

TEST_F(Comments, ViewersAndStrangersDoNotReact) {
  auto spec = comment(fresh);
  spec.as(max).when(saying("Hello", first));
  spec.as(vic).when(reacting("🎉")).then_rejected("forbidden");
  spec.when(withdrawing("🎉")).then_rejected("forbidden");
  spec.as(nora).when(reacting("🎉")).then_rejected("not-found");
}

TEST_F(Comments, NobodyReactsToWhatIsDeleted) {
  auto spec = comment(fresh);
  spec.as(max).when(saying("Hello", first)).when(comment::Delete{});
  spec.when(reacting("🎉")).then_rejected("not-found");
  spec.when(comment::Restore{});
  issue(first).given(events::issue::Deleted{});
  spec.when(reacting("🎉")).then_rejected("not-found");
  spec.when(withdrawing("🎉")).then_rejected("not-found");
}

TEST_F(Comments, ReactionsHaveALimit) {
  auto spec = comment(fresh);
  spec.as(max).when(saying("Hello", first));
  for (int n = 0; n < static_cast<int>(comment::reactions_max); ++n)
    spec.given(happened::Reacted{id_of<events::ReactionId>(2000 + n), id_of<events::UserId>(2000 + n), "🎉"});
  spec.when(reacting("🎉")).then_rejected("too-many", "");
}

TEST_F(Comments, ACommentOnADeletedIssueIsNotFound) {
  auto spec = comment(fresh);
  spec.as(max).when(saying("Hello", first));
  issue(first).given(events::issue::Deleted{});
  spec.when(comment::Edit{}).then_rejected("not-found");
  spec.when(comment::Delete{}).then_rejected("not-found");
  spec.when(comment::Restore{}).then_rejected("not-found");
}

}  // namespace
}  // namespace daybook::domain::comment_test
