// What belongs to one person alone is not there while they are deleted, nor is what lies in it: whatever the command, and whether
// it is about such a thing or only names it.
#include "command-service/domain/automation/automation.hpp"
#include "command-service/domain/blueprint/blueprint.hpp"
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::owned_things_test {
namespace {

namespace user_events = events::user;

class OwnedThings : public Office {
 protected:
  const events::UserId eve = id_of<events::UserId>(6);  // an admin, who stays
  const events::IssueId inside = id_of<events::IssueId>(34);
  const events::IssueId new_issue = id_of<events::IssueId>(35);
  const events::CommentId said = id_of<events::CommentId>(60);
  const events::SkillId linting = id_of<events::SkillId>(70);
  const events::TemplateId launch = id_of<events::TemplateId>(71);
  const events::AutomationId greet = id_of<events::AutomationId>(72);
  const events::BlueprintId reviewer = id_of<events::BlueprintId>(74);

  auto blueprint(events::BlueprintId id) { return spec<Blueprint>(id, acme); }
  auto automation(events::AutomationId id) { return spec<Automation>(id, acme); }

  // A project, a skill, a template, an automation and a blueprint of ada's, and an issue with a comment in the project.
  void SetUp() override {
    Office::SetUp();
    user(eve).given(registered("eve"));
    workspace().as(olga).given(events::workspace::MemberJoined{id_of<events::MemberId>(106), eve, MemberRole::admin});
    project(payments).as(max).given(events::project::OwnerChanged{ada});
    auto in_project = opened(4);
    in_project.project_id = payments;
    issue(inside).as(max).given(in_project);
    events::comment::Posted posted{};
    posted.issue_id = inside;
    posted.content = "To do";
    comment(said).as(max).given(posted);
    events::skill::Published lint{};
    lint.name = "Lint";
    lint.is_public = true;
    skill(linting).as(ada).given(lint);
    events::template_::Published plan{};
    plan.name = "Launch";
    template_of(launch).as(ada).given(plan);
    events::automation::Defined defined{};
    defined.name = "Greet";
    defined.trigger.text = R"({"type":"manual"})";
    automation(greet).as(ada).given(defined);
    events::blueprint::Published agent_to_be{};
    agent_to_be.name = "Reviewer";
    agent_to_be.is_public = true;
    blueprint(reviewer).as(ada).given(agent_to_be);
  }

  void leave(events::UserId who) { user(who).when(user::Delete{}).then(user_events::Deleted{}); }
  void come_back(events::UserId who) { user(who).when(user::Restore{}).then(user_events::Restored{}); }

  static void expect(bool is_there, const std::optional<Rejection>& rejection, const char* what) {
    const bool hidden = rejection && rejection->kind == Rejection::Kind::not_found;
    EXPECT_EQ(!hidden, is_there) << what << (rejection ? ": " + rejection->detail : "");
  }
  void expect_project(bool is_there) {
    expect(is_there, project(payments).as(eve).when(project::Change{}).rejection(), "change the project");
    expect(is_there, project(payments).as(eve).when(project::Restore{}).rejection(), "restore the project");
    expect(is_there, project(payments).as(eve).when(project::Unstar{}).rejection(), "take a star back");
    expect(is_there, issue(inside).as(eve).when(issue::Change{}).rejection(), "change an issue in it");
    expect(is_there, issue(inside).as(eve).when(issue::Restore{}).rejection(), "restore an issue in it");
    expect(is_there, comment(said).as(max).when(comment::Restore{}).rejection(), "restore a comment in it");
  }
  void expect_what_was_made(bool is_there) {
    expect(is_there, skill(linting).as(eve).when(skill::Revise{}).rejection(), "revise the skill");
    expect(is_there, skill(linting).as(eve).when(skill::Restore{}).rejection(), "restore the skill");
    expect(is_there, skill(linting).as(max).when(skill::Use{}).rejection(), "use the skill");
    expect(is_there, template_of(launch).as(eve).when(template_::Revise{}).rejection(), "revise the template");
    expect(is_there, template_of(launch).as(eve).when(template_::Restore{}).rejection(), "restore the template");
    expect(is_there, blueprint(reviewer).as(eve).when(blueprint::Change{}).rejection(), "change the blueprint");
    expect(is_there, blueprint(reviewer).as(eve).when(blueprint::Restore{}).rejection(), "restore the blueprint");
    expect(is_there, blueprint(reviewer).as(max).when(blueprint::Download{}).rejection(), "download the blueprint");
    expect(is_there, automation(greet).as(eve).when(automation::Disable{}).rejection(), "switch the automation off");
    automation(greet).as(eve).when(automation::Enable{});
    expect(is_there, automation(greet).as(eve).when(automation::Restore{}).rejection(), "restore the automation");
  }
};

TEST_F(OwnedThings, AreNotThereWhileTheirOwnerIsDeletedAndComeBackWithThem) {
  expect_project(true);
  expect_what_was_made(true);
  leave(ada);
  expect_project(false);
  expect_what_was_made(false);
  come_back(ada);
  expect_project(true);
  expect_what_was_made(true);
}

TEST_F(OwnedThings, AreNotThereToBeReferredTo) {
  leave(ada);
  auto open = issue::Open{};
  open.title = Title("a");
  open.project_id = ProjectRef("PAY");
  issue(new_issue).as(max).when(open).then_rejected("unknown-reference", "/project_id");
  issue::SuggestSkill suggest{};
  suggest.skill_id = linting;
  issue(first).as(max).when(suggest).then_rejected("unknown-reference", "/skill_id");
  project::Create create{};
  create.name = Name("Of a template");
  create.template_id = events::EntityId{launch.value};
  project(id_of<events::ProjectId>(22)).as(max).when(create).then_rejected("unknown-reference", "/template_id");
  issue::Block block{};
  block.blocked_reason = Description("It waits.");
  block.blocked_by_issue_id = IssueRef(inside);
  issue(first).as(max).when(block).then_rejected("unknown-reference", "/blocked_by_issue_id");
}

TEST_F(OwnedThings, AProjectThatIsHandedOverFirstIsKept) {
  project::Change hand_over{};
  hand_over.owner_id = eve;
  project(payments).as(ada).when(hand_over).then(events::project::OwnerChanged{eve});
  leave(ada);
  expect_project(true);
  leave(eve);
  expect(false, project(payments).as(olga).when(project::Change{}).rejection(), "the new owner's from then on");
}

TEST_F(OwnedThings, AProjectOfNobodyStaysWhoeverIsDeleted) {
  project(payments).as(max).given(events::project::OwnerChanged{std::nullopt});
  leave(ada);
  leave(max);
  expect(true, project(payments).as(eve).when(project::Change{}).rejection(), "it is nobody's");
}

TEST_F(OwnedThings, OfAnybodyElseAreUntouched) {
  leave(max);
  expect_project(true);
  expect_what_was_made(true);
  expect(true, issue(first).as(eve).when(issue::Change{}).rejection(), "an issue is its workspace's, whoever opened it");
}

TEST_F(OwnedThings, WhatTheProgramOrAnAgentMadeIsNobodys) {
  const auto made = id_of<events::SkillId>(73);
  auto spec = skill(made);
  spec.context().actor_type = events::ActorType::agent;
  spec.context().actor_id = events::PrincipalId{robot.value};
  events::skill::Published published{};
  published.name = "Sort";
  spec.given(published);
  EXPECT_FALSE(world.facts.reference(events::stream_of(made))->owner);
}

}  // namespace
}  // namespace daybook::domain::owned_things_test
