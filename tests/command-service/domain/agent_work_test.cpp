// What an agent may send: it writes to what is assigned to it and no further.
#include "command-service/domain/agent/work.hpp"

#include "command-service/domain/core/callers.hpp"
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::agent_work_test {
namespace {

class AgentsWork : public Office {
 protected:
  const events::CommentId remark = id_of<events::CommentId>(81);

  void SetUp() override {
    Office::SetUp();
    issue(first).as(max).given(assigned_to(robot));
    events::comment::Posted posted{};
    posted.issue_id = first;
    comment(remark).as(max).given(posted);
  }
  static events::issue::Assigned assigned_to(events::AgentId agent) {
    return {issue::AssigneeType::agent, events::PrincipalId{agent.value}};
  }
  // As the frame lets the robot in.
  CommandContext robots(Permission permission = Permission::issues_write) {
    auto asking = context();
    asking.agent = robot;
    asking.actor_type = events::ActorType::agent;
    asking.actor_id = events::PrincipalId{robot.value};
    return *admit(asking, world.state<Workspace>(events::stream_of(acme)), permission);
  }
  template <class A, class Command>
  std::string answer(events::StreamId stream, const Command& command) {
    const auto context = robots(Command::permission);
    const SeenFacts seen(world.facts, context);
    const auto refused = refuse_agent(world.state<A>(stream), command, context, seen);
    return refused ? refused->code : "may";
  }
  template <class Command>
  std::string of_issue(events::IssueId id, const Command& command) {
    return answer<Issue>(events::stream_of(id), command);
  }
  static issue::Change to_done() {
    issue::Change change{};
    change.status = issue::Status::done;
    return change;
  }
};

TEST_F(AgentsWork, WithoutARoleItIsLetInWhereItsWorkIsAndNowhereElse) {
  EXPECT_FALSE(robots().role);
  EXPECT_FALSE(robots().user);
  for (std::size_t p = 0; p < boost::mp11::mp_size<boost::describe::describe_enumerators<Permission>>::value; ++p) {
    const auto permission = static_cast<Permission>(p);
    auto asking = context();
    asking.agent = robot;
    const auto admitted = admit(asking, world.state<Workspace>(events::stream_of(acme)), permission);
    EXPECT_EQ(admitted.has_value(), allowed_to_agents(permission)) << events::word_of(permission);
    if (!admitted) { EXPECT_EQ(admitted.error().kind, Rejection::Kind::forbidden); }
  }
  for (const auto permission : {Permission::workspace_manage, Permission::agents_write, Permission::api_keys_write, Permission::bring_in, Permission::members_manage})
    EXPECT_FALSE(allowed_to_agents(permission)) << events::word_of(permission);
}

TEST_F(AgentsWork, ADeletedWorkspaceIsNotThereForIt) {
  workspace().as(olga).given(events::workspace::Deleted{});
  auto asking = context();
  asking.agent = robot;
  EXPECT_EQ(admit(asking, world.state<Workspace>(events::stream_of(acme)), Permission::workspace_read).error(), not_found("workspace"));
}

TEST_F(AgentsWork, ItChangesTheStatusOfAnIssueThatIsAssignedToItAndOfNoOther) {
  EXPECT_EQ(of_issue(first, to_done()), "may");
  EXPECT_EQ(of_issue(second, to_done()), "forbidden");
  EXPECT_EQ(of_issue(foreign_issue, to_done()), "not-found");
  issue(first).as(max).given(events::issue::Unassigned{});
  EXPECT_EQ(of_issue(first, to_done()), "forbidden") << "it is no longer its own";
}

TEST_F(AgentsWork, WhatIsAssignedToAnotherAgentOrAPersonIsNotItsOwn) {
  issue(second).as(max).given(assigned_to(id_of<events::AgentId>(41)));
  EXPECT_EQ(of_issue(second, to_done()), "forbidden");
  issue(third).as(max).given(events::issue::Assigned{issue::AssigneeType::user, events::PrincipalId{robot.value}});
  EXPECT_EQ(of_issue(third, to_done()), "forbidden") << "a person with the same id is somebody else";
}

TEST_F(AgentsWork, NothingOfItsIssueBesideTheStatusIsForItToSay) {
  auto change = to_done();
  change.title = Title("Mine");
  EXPECT_EQ(of_issue(first, change), "forbidden");
  change = to_done();
  change.assignee_id = events::PrincipalId{max.value};
  EXPECT_EQ(of_issue(first, change), "forbidden");
  change = to_done();
  change.project_id = events::Patch<ProjectRef>::cleared();
  EXPECT_EQ(of_issue(first, change), "forbidden");
  EXPECT_EQ(of_issue(first, issue::Change{}), "may") << "nothing changes nothing";
}

TEST_F(AgentsWork, ItSaysWhatBlocksItAndLinksItsCommits) {
  EXPECT_EQ(of_issue(first, issue::Block{}), "may");
  EXPECT_EQ(of_issue(first, issue::Unblock{}), "may");
  EXPECT_EQ(of_issue(first, issue::LinkCommit{}), "may");
  EXPECT_EQ(of_issue(second, issue::Block{}), "forbidden");
  EXPECT_EQ(of_issue(second, issue::Unblock{}), "forbidden");
  EXPECT_EQ(of_issue(second, issue::LinkCommit{}), "forbidden");
}

TEST_F(AgentsWork, ItCommentsOnItsIssuesAndChangesItsOwnCommentsAlone) {
  const auto on = [&](events::IssueId id) {
    comment::Post post{};
    post.issue_id = IssueRef(id.text());
    return answer<Comment>(id_of<events::StreamId>(82), post);
  };
  EXPECT_EQ(on(first), "may");
  EXPECT_EQ(on(second), "forbidden");
  EXPECT_EQ(on(foreign_issue), "not-found");
  // Somebody else's comment on its issue: the frame lets it ask, the comment's own rule refuses it
  EXPECT_EQ(answer<Comment>(events::stream_of(remark), comment::Edit{}), "may");
  const auto context = robots(Permission::comments_write);
  const auto& theirs = world.state<Comment>(events::stream_of(remark));
  EXPECT_EQ(decide(theirs, comment::Edit{}, context, world.facts).error().code, "forbidden");
  EXPECT_EQ(decide(theirs, comment::Delete{}, context, world.facts).error().code, "forbidden");
  auto own = theirs;
  own.author_type = events::ActorType::agent;
  own.author_id = events::PrincipalId{robot.value};
  EXPECT_TRUE(decide(own, comment::Delete{}, context, world.facts));
}

TEST_F(AgentsWork, APrivateProjectIsNotThereForItWhateverIsAssignedToItThere) {
  issue(first).as(max).given(events::issue::Moved{payments});
  EXPECT_EQ(of_issue(first, to_done()), "may");
  project(payments).as(max).given(events::project::VisibilityChanged{events::project::Visibility::private_});
  EXPECT_EQ(of_issue(first, to_done()), "not-found");
}

}  // namespace
}  // namespace daybook::domain::agent_work_test
