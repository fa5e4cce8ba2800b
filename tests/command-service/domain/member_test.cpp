#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::member_test {
namespace {

namespace happened = events::workspace;
using Members = Office;

workspace::AddMember by_id(events::UserId user, std::optional<MemberRole> role = std::nullopt) {
  workspace::AddMember command{};
  command.user_id = user;
  command.role = role;
  return command;
}

workspace::ChangeMember to_role(events::UserId user, MemberRole role) {
  workspace::ChangeMember command{};
  command.user_id = user;
  command.role = role;
  return command;
}

happened::MemberRoleChanged role_changed(int member, events::UserId user, MemberRole role) {
  return {id_of<events::MemberId>(member), user, role};
}

TEST_F(Members, SomeoneRegisteredJoinsByIdOrByEmailAddress) {
  const auto joined = happened::MemberJoined{events::MemberId{context().fresh_id}, nora, MemberRole::member};
  workspace().as(ada).when(by_id(nora)).then(joined);
  const auto eve = id_of<events::UserId>(6);
  user(eve).given(registered("eve"));
  workspace::AddMember by_email{};
  by_email.id = id_of<events::MemberId>(106);
  by_email.email = Email("EVE@example.org");
  by_email.role = MemberRole::viewer;
  workspace().as(ada).when(by_email).then(
      happened::MemberJoined{id_of<events::MemberId>(106), eve, MemberRole::viewer});
}

TEST_F(Members, JoiningTwiceIsRefused) {
  workspace().as(ada).when(by_id(max)).then_rejected("already-exists", "/user_id");
  workspace::AddMember by_email{};
  by_email.email = Email("max@example.org");
  workspace().as(ada).when(by_email).then_rejected("already-exists", "/email");
}

TEST_F(Members, AnIdOfAMembershipIsTakenOnce) {
  auto command = by_id(nora);
  command.id = id_of<events::MemberId>(101);
  workspace().as(ada).when(command).then_rejected("already-exists", "/id");
}

TEST_F(Members, NobodyUnknownOrDeletedJoins) {
  workspace().as(ada).when(by_id(id_of<events::UserId>(99))).then_rejected("unknown-reference", "/user_id");
  workspace().as(ada).when(by_id(events::UserId{first.value})).then_rejected("unknown-reference", "/user_id");
  workspace::AddMember by_email{};
  by_email.email = Email("who@example.org");
  workspace().as(ada).when(by_email).then_rejected("unknown-reference", "/email");
  user(nora).given(events::user::Deleted{});
  workspace().as(ada).when(by_id(nora)).then_rejected("unknown-reference", "/user_id");
  by_email.email = Email("nora@example.org");
  workspace().as(ada).when(by_email).then_rejected("unknown-reference", "/email");
}

TEST_F(Members, ExactlyOneWayOfNamingSomeoneIsNeeded) {
  workspace().as(ada).when(workspace::AddMember{}).then_rejected("required", "/user_id");
  auto both = by_id(nora);
  both.email = Email("nora@example.org");
  workspace().as(ada).when(both).then_rejected("required", "/user_id");
}

TEST_F(Members, OnlyAnOwnerMakesOwnersAndAdmins) {
  workspace().as(max).when(by_id(nora)).then_rejected("forbidden");
  workspace().as(ada).when(by_id(nora, MemberRole::admin)).then_rejected("forbidden");
  workspace().as(ada).when(by_id(nora, MemberRole::owner)).then_rejected("forbidden");
  workspace().as(ada).when(to_role(max, MemberRole::admin)).then_rejected("forbidden");
  workspace().as(ada).when(to_role(ada, MemberRole::member)).then_rejected("forbidden");
  workspace().as(ada).when(to_role(olga, MemberRole::member)).then_rejected("forbidden");
  workspace().as(olga).when(to_role(max, MemberRole::admin)).then(role_changed(103, max, MemberRole::admin));
}

TEST_F(Members, AnAdminChangesRolesBelowTheirOwn) {
  auto spec = workspace();
  spec.as(ada).when(to_role(vic, MemberRole::member)).then(role_changed(104, vic, MemberRole::member));
  spec.when(to_role(vic, MemberRole::member)).then_nothing();
  spec.when(to_role(nora, MemberRole::member)).then_rejected("not-found");
}

workspace::ChangeMember called(events::UserId user, const std::vector<std::string>& names) {
  workspace::ChangeMember command{};
  command.user_id = user;
  std::vector<Tag> roles;
  for (const auto& name : names) roles.emplace_back(name);
  command.roles = roles;
  return command;
}

TEST_F(Members, HaveFurtherRolesAndPermissionsEachSaidOnce) {
  const auto member = id_of<events::MemberId>(104);
  auto command = called(vic, {"reviewer", "release", "reviewer"});
  command.permissions = std::map<std::string, bool>{{"canInviteMembers", false}, {"canCreateProject", true}};
  workspace().as(ada).when(command).then(
      happened::MemberRolesChanged{member, vic, {"reviewer", "release"}},
      happened::MemberPermissionsChanged{member, vic, events::Json{R"({"canCreateProject":true,"canInviteMembers":false})"}});
  workspace().as(ada).when(command).then_nothing();
  auto spec = workspace();
  spec.as(ada).when(called(vic, {})).then(happened::MemberRolesChanged{member, vic, {}});
  const auto& state = *find_member(spec.state(), vic);
  EXPECT_EQ(state.role, MemberRole::viewer);
  EXPECT_EQ(state.permissions.text, R"({"canCreateProject":true,"canInviteMembers":false})");
}

TEST_F(Members, AreCalledByARoleOnlyByThoseWhoMayGiveIt) {
  workspace().as(ada).when(called(vic, {"admin"})).then_rejected("forbidden");
  workspace().as(ada).when(called(ada, {"reviewer"})).then_rejected("forbidden");
  workspace().as(max).when(called(vic, {"reviewer"})).then_rejected("forbidden");
  workspace().as(olga).when(called(vic, {"admin"})).then(happened::MemberRolesChanged{id_of<events::MemberId>(104), vic, {"admin"}});
}

TEST_F(Members, HaveSoManyNamesAndNoMore) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i <= workspace::member_roles_max; ++i) names.push_back("role-" + std::to_string(i));
  workspace().as(ada).when(called(vic, names)).then_rejected("too-many", "/roles");
  workspace::ChangeMember command{};
  command.user_id = vic;
  command.permissions = std::map<std::string, bool>{{"", true}};
  workspace().as(ada).when(command).then_rejected("blank", "/permissions");
  std::map<std::string, bool> permissions;
  for (std::size_t i = 0; i <= workspace::member_permissions_max; ++i) permissions["can" + std::to_string(i)] = true;
  command.permissions = permissions;
  workspace().as(ada).when(command).then_rejected("too-many", "/permissions");
  command.permissions = events::Patch<std::map<std::string, bool>>::cleared();
  workspace().as(ada).when(command).then_rejected("required", "/permissions");
}

TEST_F(Members, TheLastOwnerStaysAnOwner) {
  workspace().as(olga).when(to_role(olga, MemberRole::admin)).then_rejected("last-owner", "/role");
  workspace().as(olga).when(workspace::Leave{}).then_rejected("last-owner");
}

TEST_F(Members, AnotherOwnerTakesOverFromThePrimaryOneWhoGoesOrSteps) {
  workspace().as(olga).when(to_role(ada, MemberRole::owner));
  workspace()
      .as(olga)
      .when(to_role(olga, MemberRole::member))
      .then(happened::OwnershipTransferred{ada}, role_changed(101, olga, MemberRole::member));
  workspace().as(ada).when(to_role(max, MemberRole::owner));
  workspace()
      .as(ada)
      .when(workspace::Leave{})
      .then(happened::OwnershipTransferred{max}, happened::MemberLeft{id_of<events::MemberId>(102), ada});
}

TEST_F(Members, AnOwnerWhoIsNotThePrimaryOneGoesWithoutASuccession) {
  workspace().as(olga).when(to_role(ada, MemberRole::owner));
  workspace()
      .as(olga)
      .when(workspace::RemoveMember{ada})
      .then(happened::MemberRemoved{id_of<events::MemberId>(102), ada});
}

TEST_F(Members, RemovingIsForOthersBelow) {
  auto spec = workspace();
  spec.as(ada).when(workspace::RemoveMember{ada}).then_rejected("forbidden");
  spec.when(workspace::RemoveMember{olga}).then_rejected("forbidden");
  spec.when(workspace::RemoveMember{max}).then(happened::MemberRemoved{id_of<events::MemberId>(103), max});
  spec.when(workspace::RemoveMember{max}).then_rejected("not-found");
  spec.as(max).when(workspace::Change{}).then_rejected("not-found");
}

TEST_F(Members, AnyoneButTheLastOwnerMayLeave) {
  auto spec = workspace();
  spec.as(vic).when(workspace::Leave{}).then(happened::MemberLeft{id_of<events::MemberId>(104), vic});
  spec.when(workspace::Leave{}).then_rejected("not-found");
}

TEST_F(Members, OwnershipIsHandedToAMember) {
  auto spec = workspace();
  spec.as(ada).when(workspace::TransferOwnership{ada}).then_rejected("forbidden");
  spec.as(olga).when(workspace::TransferOwnership{nora}).then_rejected("unknown-reference", "/user_id");
  spec.when(workspace::TransferOwnership{olga}).then_nothing();
  spec.when(workspace::TransferOwnership{max})
      .then(role_changed(103, max, MemberRole::owner), happened::OwnershipTransferred{max});
  EXPECT_EQ(find_member(spec.state(), olga)->role, MemberRole::owner);
}

TEST_F(Members, SoleOwnersAreCountedThroughEveryChange) {
  const auto count = [&](events::UserId user) {
    return world.facts.counter(scope::sole_owner, events::stream_of(user));
  };
  EXPECT_EQ(count(olga), 1);
  workspace().as(olga).when(to_role(ada, MemberRole::owner));
  EXPECT_EQ(count(olga), 0);
  workspace().as(olga).when(workspace::Leave{});
  EXPECT_EQ(count(ada), 1);
  workspace().as(ada).when(workspace::Delete{});
  EXPECT_EQ(count(ada), 0);
  workspace().as(ada).when(workspace::Restore{});
  EXPECT_EQ(count(ada), 1);
}

TEST_F(Members, AMemberHasAnETagOfTheirOwn) {
  const auto& state = workspace().state();
  EXPECT_EQ(entity_version(state, to_role(max, MemberRole::viewer)).value, 4);
  EXPECT_EQ(entity_version(state, workspace::RemoveMember{vic}).value, 5);
  EXPECT_EQ(entity_version(state, workspace::RemoveMember{nora}).value, 0);
  EXPECT_EQ(entity_version(state, workspace::Change{}), state.version);
}

}  // namespace
}  // namespace daybook::domain::member_test
