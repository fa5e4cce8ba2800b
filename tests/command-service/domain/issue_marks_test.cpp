// What is noted on an issue beside its fields: blocked or not, tags, commits, watchers.
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::issue_marks_test {
namespace {

namespace happened = events::issue;
using IssueMarks = Office;

const std::string sha = "0123456789abcdef0123456789abcdef01234567";

issue::Block block(std::optional<std::string> reason, std::optional<IssueRef> by = std::nullopt) {
  issue::Block command{};
  if (reason) command.blocked_reason = Description(*reason);
  command.blocked_by_issue_id = by;
  return command;
}
issue::LinkCommit link(const std::string& hash, int id = 0) {
  issue::LinkCommit command{};
  if (id != 0) command.id = id_of<events::CommitId>(id);
  command.sha = CommitSha(hash);
  return command;
}

TEST_F(IssueMarks, BlockingSaysWhyOrForWantOfWhichIssueAndLeavesTheStatus) {
  auto spec = issue(first);
  spec.as(max).when(block("No paper")).then(happened::Blocked{"No paper", std::nullopt}).when(block("No paper")).then_nothing();
  spec.when(block(std::nullopt, IssueRef(std::string("ABC-2")))).then(happened::Blocked{std::nullopt, second});
  EXPECT_EQ(spec.state().status, issue::Status::backlog);
  EXPECT_FALSE(spec.state().blocked_reason) << "the reason before is gone";
  spec.when(issue::Unblock{}).then(happened::Unblocked{}).when(issue::Unblock{}).then_nothing();
  EXPECT_FALSE(spec.state().blocked_by_issue_id);
}

TEST_F(IssueMarks, BlockingTakesAReasonOrAnotherUsableIssue) {
  auto spec = issue(first);
  spec.as(max).when(block(std::nullopt)).then_rejected("required", "/blocked_reason");
  spec.when(block("x", first)).then_rejected("cycle", "/blocked_by_issue_id");
  spec.when(block("x", foreign_issue)).then_rejected("unknown-reference", "/blocked_by_issue_id");
  issue(second).as(max).when(issue::Delete{});
  spec.when(block("x", second)).then_rejected("unknown-reference", "/blocked_by_issue_id");
  spec.as(vic).when(block("x")).then_rejected("forbidden");
}

TEST_F(IssueMarks, ABlockerThatIsGoneMayGoOnBeingNamed) {
  auto spec = issue(first);
  spec.as(max).when(block("x", second));
  issue(second).as(max).when(issue::Delete{});
  spec.when(block("y", second)).then(happened::Blocked{"y", second});
}

TEST_F(IssueMarks, TagsThatDifferInCaseAreOne) {
  auto spec = issue(first);
  spec.as(max).when(issue::AddTag{Tag("Äther")}).then(happened::Tagged{"Äther"});
  spec.when(issue::AddTag{Tag("äTHER")}).then_nothing();
  spec.when(issue::RemoveTag{Tag("ÄTHER")}).then(happened::Untagged{"Äther"}).when(issue::RemoveTag{Tag("x")}).then_nothing();
}

TEST_F(IssueMarks, APatchOfTagsSaysWhichCameAndWhichWent) {
  issue::Change change{};
  change.tags = std::vector<Tag>{Tag("a"), Tag("b"), Tag("A")};
  auto spec = issue(first);
  spec.as(max).when(change).then(happened::Tagged{"a"}, happened::Tagged{"b"}).when(change).then_nothing();
  change.tags = std::vector<Tag>{Tag("c"), Tag("b")};
  spec.when(change).then(happened::Untagged{"a"}, happened::Tagged{"c"});
  change.tags = events::Patch<std::vector<Tag>>::cleared();
  spec.when(change).then(happened::Untagged{"b"}, happened::Untagged{"c"});
}

TEST_F(IssueMarks, AnIssueHasAtMostFiftyTags) {
  issue::Change change{};
  std::vector<Tag> tags;
  for (int i = 0; i < 51; ++i) tags.push_back(Tag("tag " + std::to_string(i)));
  change.tags = tags;
  auto spec = issue(first);
  spec.as(max).when(change).then_rejected("too-many", "/tags");
  tags.pop_back();
  change.tags = tags;
  spec.when(change);
  EXPECT_EQ(spec.state().tags.size(), 50u);
  spec.when(issue::AddTag{Tag("one more")}).then_rejected("too-many");
}

TEST_F(IssueMarks, ACommitIsLinkedOnceByItsHashInLowerCase) {
  auto spec = issue(first);
  auto command = link("ABCDEF0", 80);
  command.message = Description("Fix");
  spec.as(max).when(command).then(happened::CommitLinked{id_of<events::CommitId>(80), "abcdef0", "Fix", {}, {}, {}});
  spec.when(link("abcdef0", 81)).then_rejected("already-exists", "/sha");
  spec.when(link(sha, 80)).then_rejected("already-exists", "/id");
  spec.when(issue::UnlinkCommit{id_of<events::CommitId>(80)}).then(happened::CommitUnlinked{id_of<events::CommitId>(80), "abcdef0"});
  spec.when(issue::UnlinkCommit{id_of<events::CommitId>(80)}).then_rejected("not-found");
  spec.when(link("abcdef0", 81));
  EXPECT_EQ(spec.state().commits.size(), 1u);
}

TEST_F(IssueMarks, ACommitsAuthorIsAUserAndNoNameIsKept) {
  auto spec = issue(first);
  auto command = link(sha, 80);
  command.author_email = Email("nora@example.org");
  spec.as(max).when(command);
  EXPECT_EQ(spec.state().commits.at(0).author_id, nora) << "registered, though no member";
  command = link("1111111", 81);
  command.author_email = Email("stranger@example.org");
  spec.when(command).then(happened::CommitLinked{id_of<events::CommitId>(81), "1111111", {}, {}, {}, {}});
  command = link("2222222", 82);
  command.author_id = id_of<events::UserId>(77);
  spec.when(command).then_rejected("unknown-reference", "/author_id");
  command.author_id = ada;
  command.author_email = Email("ada@example.org");
  spec.when(command).then_rejected("invalid", "/author_email");
}

TEST_F(IssueMarks, AViewerMayWatchAndSetWhetherToBeTold) {
  const auto id = events::WatcherId{context().fresh_id};
  auto spec = issue(first);
  spec.as(vic).when(issue::Watch{}).then(happened::Watched{id, vic, true}).when(issue::Watch{}).then_nothing();
  spec.when(issue::Watch{std::nullopt, false}).then(happened::Watched{id, vic, false});
  EXPECT_EQ(spec.state().watchers.size(), 1u);
  spec.when(issue::Unwatch{}).then(happened::Unwatched{id, vic}).when(issue::Unwatch{}).then_nothing();
}

TEST_F(IssueMarks, AViewerSaysOfNobodyElseThatTheyWatch) {
  auto spec = issue(first);
  spec.as(vic).when(issue::Watch{max, std::nullopt}).then_rejected("forbidden");
  spec.as(max).when(issue::Watch{vic, std::nullopt}).then(happened::Watched{events::WatcherId{context().fresh_id}, vic, true});
  spec.when(issue::Watch{nora, std::nullopt}).then_rejected("unknown-reference", "/user_id");
  spec.as(vic).when(issue::Unwatch{max}).then_rejected("forbidden");
}

TEST_F(IssueMarks, ADeletedIssueTakesNoMarks) {
  auto spec = issue(first);
  spec.as(max).when(issue::Delete{});
  spec.when(block("x")).then_rejected("not-found");
  spec.when(issue::Unblock{}).then_rejected("not-found");
  spec.when(issue::AddTag{Tag("x")}).then_rejected("not-found");
  spec.when(issue::RemoveTag{Tag("x")}).then_rejected("not-found");
  spec.when(link(sha)).then_rejected("not-found");
  spec.when(issue::UnlinkCommit{}).then_rejected("not-found");
  spec.when(issue::Watch{}).then_rejected("not-found");
  spec.when(issue::Unwatch{}).then_rejected("not-found");
}

}  // namespace
}  // namespace daybook::domain::issue_marks_test
