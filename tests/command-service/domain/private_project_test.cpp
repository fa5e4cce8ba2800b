// A private project, and everything in it, is not there for who is neither in it nor an admin of the workspace: whatever the
// command, and whether it is about such a thing or only names it.
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::private_project_test {
namespace {

namespace happened = events::project;
using project::Visibility;

class PrivateProjects : public Office {
 protected:
  const events::UserId eve = id_of<events::UserId>(6);  // a member of the workspace like max, but not in the project
  const events::IssueId inside = id_of<events::IssueId>(34);
  const events::CommentId said = id_of<events::CommentId>(60);

  void SetUp() override {
    Office::SetUp();
    workspace().as(olga).given(events::workspace::MemberJoined{id_of<events::MemberId>(106), eve, MemberRole::member});
    auto in_project = opened(4);
    in_project.project_id = payments;
    issue(inside).as(max).given(in_project);
    events::comment::Posted posted{};
    posted.issue_id = inside;
    posted.content = "Between us";
    comment(said).as(eve).given(posted);
    project(payments).as(max).given(happened::VisibilityChanged{Visibility::private_});
  }

  // Tries everything there is about the project and about what lies in it; whether each was found.
  void expect_everything(bool is_there, events::UserId who) {
    const auto expect = [&](const auto& spec, const char* what) {
      const bool hidden = spec.rejection() && spec.rejection()->kind == Rejection::Kind::not_found;
      EXPECT_EQ(!hidden, is_there) << what;
    };
    expect(project(payments).as(who).when(project::Change{}), "change");
    expect(project(payments).as(who).when(project::Unarchive{}), "unarchive");
    expect(project(payments).as(who).when(project::Restore{}), "restore");
    expect(project(payments).as(who).when(project::Unstar{}), "unstar");
    expect(project(payments).as(who).when(project::AddMember{{}, vic, {}}), "add a member");
    expect(issue(inside).as(who).when(issue::Change{}), "change an issue");
    expect(issue(inside).as(who).when(issue::Restore{}), "restore an issue");
    expect(issue(inside).as(who).when(issue::Unassign{}), "unassign");
    expect(issue(inside).as(who).when(issue::DetachLabel{urgent}), "detach a label");
    expect(comment(said).as(who).when(comment::Restore{}), "restore a comment");
    comment::Post post{};
    post.issue_id = IssueRef(inside);
    post.content = Content("Me too");
    expect(comment(id_of<events::CommentId>(61)).as(who).when(post), "comment");
    post.issue_id = IssueRef("ABC-4");
    expect(comment(id_of<events::CommentId>(62)).as(who).when(post), "comment by the identifier");
  }

  // Tries to name the project and the issue in it elsewhere.
  void expect_references(bool taken, events::UserId who) {
    const auto expect = [&](const auto& spec, const char* pointer) {
      const bool refused = spec.rejection() && spec.rejection()->code == "unknown-reference" && spec.rejection()->errors.front().pointer == pointer;
      EXPECT_EQ(!refused, taken) << pointer;
    };
    int next = 200;
    for (const auto& word : {payments.text(), std::string("PAY")}) {
      issue::Open open{};
      open.title = Title("In");
      open.project_id = ProjectRef(word);
      expect(issue(id_of<events::IssueId>(++next)).as(who).when(open), "/project_id");
      expect(issue(first).as(who).when(issue::Move{ProjectRef(word)}), "/project_id");
      issue(first).as(who).when(issue::Move{});
    }
    issue::Open below{};
    below.title = Title("Below");
    below.parent_id = IssueRef(inside);
    expect(issue(id_of<events::IssueId>(++next)).as(who).when(below), "/parent_id");
    issue::AddDependency edge{};
    edge.depends_on_id = IssueRef("ABC-4");
    expect(issue(second).as(who).when(edge), "/depends_on_id");
  }
};

TEST_F(PrivateProjects, IsNotThereForAMemberOfTheWorkspaceWhoIsNotInIt) {
  expect_everything(false, eve);
  expect_references(false, eve);
}

TEST_F(PrivateProjects, IsThereForItsOwnerAndForAdminsAndOwnersOfTheWorkspace) {
  for (const auto who : {max, ada, olga}) expect_everything(true, who);
  expect_references(true, max);
}

TEST_F(PrivateProjects, IsThereForItsMembersForAsLongAsTheyAre) {
  project(payments).as(max).when(project::AddMember{{}, eve, {}});
  expect_everything(true, eve);
  expect_references(true, eve);
  project(payments).as(max).when(project::RemoveMember{eve});
  expect_everything(false, eve);
}

TEST_F(PrivateProjects, AnAuthorIsShutOutFromTheirOwnWordsToo) {
  comment::Edit edit{};
  edit.content = Content("Not so");
  comment(said).as(eve).when(edit).then_rejected("not-found");
  comment(said).as(eve).when(comment::Delete{}).then_rejected("not-found");
}

TEST_F(PrivateProjects, IsThereForAllAgainOnceItIsTheWorkspaces) {
  project::Change change{};
  change.visibility = Visibility::workspace;
  project(payments).as(max).when(change).then(happened::VisibilityChanged{Visibility::workspace});
  project(payments).as(max).when(change).then_nothing();
  comment(said).as(eve).when(comment::Restore{}).then_nothing();
  EXPECT_FALSE(world.facts.reference(events::stream_of(payments))->restricted);
}

TEST_F(PrivateProjects, ItsNewOwnerSeesItAndTheOldOneDoesNotUnlessTheyAreAMember) {
  project(payments).as(ada).given(happened::OwnerChanged{eve});
  expect_everything(true, eve);
  expect_everything(false, max);
  project(payments).as(eve).when(project::AddMember{id_of<events::ProjectMemberId>(71), max, {}});
  expect_everything(true, max);
}

TEST_F(PrivateProjects, NobodyShutsThemselvesOutByWhatTheySayOfIt) {
  project::Change change{};
  change.owner_id = eve;
  project(payments).as(max).when(change).then_rejected("out-of-sight", "/owner_id");
  change.owner_id = events::Patch<events::UserId>::cleared();
  project(payments).as(max).when(change).then_rejected("out-of-sight", "/owner_id");
  project(payments).as(ada).when(change).then(happened::OwnerChanged{std::nullopt});

  project::Create command{};
  command.name = Name("Hidden");
  command.visibility = Visibility::private_;
  command.owner_id = eve;
  const auto fresh = id_of<events::ProjectId>(23);
  project(fresh).as(max).when(command).then_rejected("out-of-sight", "/visibility");
  command.owner_id = max;
  project(fresh).as(max).when(command);
  project(fresh).as(eve).when(project::Restore{}).then_rejected("not-found");
}

TEST_F(PrivateProjects, AnIssueThatIsMovedIntoItGoesWithItsCommentsAndOneThatIsMovedOutComesBack) {
  const auto word = id_of<events::CommentId>(63);
  events::comment::Posted posted{};
  posted.issue_id = first;
  posted.content = "Aloud";
  comment(word).as(max).given(posted);
  issue(first).as(max).when(issue::Move{ProjectRef("PAY")});
  issue(first).as(eve).when(issue::Change{}).then_rejected("not-found");
  comment(word).as(eve).when(comment::Restore{}).then_rejected("not-found");
  issue(first).as(max).when(issue::Move{});
  issue(first).as(eve).when(issue::Change{}).then_nothing();
  comment(word).as(eve).when(comment::Restore{}).then_rejected("forbidden");
}

TEST_F(PrivateProjects, WhoLeavesTheWorkspaceIsUnassignedInsideAllTheSame) {
  issue(inside).as(max).when(issue::Assign{{}, events::PrincipalId{eve.value}});
  workspace().as(olga).given(events::workspace::MemberRemoved{id_of<events::MemberId>(106), eve});
  auto context = this->context();
  context.workspace = &workspace().state();
  const SeenFacts seen(world.facts, context);
  EXPECT_TRUE(seen.open(events::stream_of(inside))) << "the program itself sees everything";
}

}  // namespace
}  // namespace daybook::domain::private_project_test
