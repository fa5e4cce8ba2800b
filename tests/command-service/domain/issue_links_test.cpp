#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::issue_links_test {
namespace {

namespace happened = events::issue;
using issue::DependencyType;
using IssueLinks = Office;

issue::AddDependency depend(const IssueRef& on, std::optional<DependencyType> type = std::nullopt,
                            int id = 0) {
  issue::AddDependency command{};
  if (id != 0) command.id = id_of<events::DependencyId>(id);
  command.depends_on_id = on;
  command.dependency_type = type;
  return command;
}
issue::AttachLabel attach(events::LabelId label) { return {std::nullopt, label}; }

TEST_F(IssueLinks, ALabelIsAttachedOnce) {
  const auto link = events::LabelLinkId{context().fresh_id};
  auto spec = issue(first);
  spec.as(max).when(attach(urgent)).then(happened::LabelAttached{link, urgent});
  spec.when(attach(urgent)).then_rejected("already-exists", "/label_id");
  spec.when(issue::DetachLabel{urgent})
      .then(happened::LabelDetached{link, urgent})
      .when(issue::DetachLabel{urgent})
      .then_nothing();
  spec.when(attach(urgent)).then(happened::LabelAttached{link, urgent});
}

TEST_F(IssueLinks, OnlyALiveLabelOfTheWorkspaceIsAttached) {
  issue(first)
      .as(max)
      .when(attach(id_of<events::LabelId>(99)))
      .then_rejected("unknown-reference", "/label_id");
  workspace().as(ada).given(events::workspace::LabelDeleted{urgent});
  issue(first).as(max).when(attach(urgent)).then_rejected("unknown-reference", "/label_id");
}

TEST_F(IssueLinks, AnIdOfALinkIsTakenOnce) {
  workspace().given(
      events::workspace::LabelDefined{id_of<events::LabelId>(51), "Bug", "#000000", std::nullopt});
  issue(first)
      .as(max)
      .when(attach(urgent))
      .when(attach(id_of<events::LabelId>(51)))
      .then_rejected("already-exists", "/id");
}

TEST_F(IssueLinks, ADependencyIsKeptAsWrittenAndBlocksUnlessSaid) {
  issue(first)
      .as(max)
      .when(depend(second, std::nullopt, 80))
      .then(happened::DependencyAdded{id_of<events::DependencyId>(80), second, DependencyType::blocks});
  issue(first)
      .as(max)
      .when(depend(IssueRef(std::string("abc-3")), DependencyType::blocked_by))
      .then(happened::DependencyAdded{events::DependencyId{context().fresh_id}, third,
                                      DependencyType::blocked_by});
  EXPECT_TRUE(world.facts.reaches(scope::blocks, first.value, second.value));
  EXPECT_TRUE(world.facts.reaches(scope::blocks, third.value, second.value));
}

TEST_F(IssueLinks, TheSameEdgeIsTakenHoweverItIsWritten) {
  issue(first).as(max).when(depend(second, DependencyType::blocks, 80));
  issue(first)
      .as(max)
      .when(depend(second, DependencyType::blocks, 81))
      .then_rejected("already-exists", "/depends_on_id");
  issue(second)
      .as(max)
      .when(depend(first, DependencyType::blocked_by, 81))
      .then_rejected("already-exists", "/depends_on_id");
  issue(first).as(max).when(depend(second, DependencyType::related, 82));
  issue(second)
      .as(max)
      .when(depend(first, DependencyType::related, 83))
      .then_rejected("already-exists", "/depends_on_id");
}

TEST_F(IssueLinks, BlockingMakesNoCircleButRelatingMay) {
  issue(first).as(max).when(depend(second, DependencyType::blocks, 80));
  issue(second).as(max).when(depend(third, DependencyType::blocks, 81));
  issue(third)
      .as(max)
      .when(depend(first, DependencyType::blocks, 82))
      .then_rejected("cycle", "/depends_on_id");
  issue(first)
      .as(max)
      .when(depend(third, DependencyType::blocked_by, 82))
      .then_rejected("cycle", "/depends_on_id");
  issue(first)
      .as(max)
      .when(depend(first, DependencyType::related, 82))
      .then_rejected("cycle", "/depends_on_id");
  issue(third)
      .as(max)
      .when(depend(first, DependencyType::related, 82))
      .then(happened::DependencyAdded{id_of<events::DependencyId>(82), first, DependencyType::related});
}

TEST_F(IssueLinks, DeletedIssuesStillCountInCircles) {
  issue(first).as(max).when(depend(second, DependencyType::blocks, 80));
  issue(second).as(max).when(depend(third, DependencyType::blocks, 81));
  issue(second).as(max).when(issue::Delete{});
  issue(third)
      .as(max)
      .when(depend(first, DependencyType::blocks, 82))
      .then_rejected("cycle", "/depends_on_id");
}

TEST_F(IssueLinks, ARemovedDependencyFreesItsEdge) {
  auto spec = issue(first);
  spec.as(max).when(depend(second, DependencyType::blocks, 80));
  spec.when(issue::RemoveDependency{id_of<events::DependencyId>(80)})
      .then(happened::DependencyRemoved{id_of<events::DependencyId>(80), second, DependencyType::blocks});
  spec.when(issue::RemoveDependency{id_of<events::DependencyId>(80)}).then_rejected("not-found");
  issue(second)
      .as(max)
      .when(depend(first, DependencyType::blocks, 81))
      .then(happened::DependencyAdded{id_of<events::DependencyId>(81), first, DependencyType::blocks});
}

TEST_F(IssueLinks, OneDependsOnlyOnUsableIssuesOfTheWorkspace) {
  issue(first).as(max).when(depend(foreign_issue)).then_rejected("unknown-reference", "/depends_on_id");
  issue(first)
      .as(max)
      .when(depend(IssueRef(std::string("ABC-99"))))
      .then_rejected("unknown-reference", "/depends_on_id");
  issue(second).as(max).when(issue::Delete{});
  issue(first).as(max).when(depend(second)).then_rejected("unknown-reference", "/depends_on_id");
}

TEST_F(IssueLinks, AnIdOfADependencyIsTakenOnce) {
  issue(first).as(max).when(depend(second, DependencyType::blocks, 80));
  issue(first).as(max).when(depend(third, DependencyType::blocks, 80)).then_rejected("already-exists", "/id");
}

}  // namespace
}  // namespace daybook::domain::issue_links_test
