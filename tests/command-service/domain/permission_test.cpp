#include "command-service/domain/core/permission.hpp"

#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::permission_test {
namespace {

using PermissionTable = Office;

TEST_F(PermissionTable, EachRoleMayAllThatTheRoleBelowItMay) {
  for (std::size_t p = 0; p < boost::mp11::mp_size<boost::describe::describe_enumerators<Permission>>::value; ++p)
    for (int r = 1; r <= static_cast<int>(MemberRole::owner); ++r)
      EXPECT_LE(allowed(static_cast<Permission>(p), static_cast<MemberRole>(r - 1)),
                allowed(static_cast<Permission>(p), static_cast<MemberRole>(r)));
}

TEST_F(PermissionTable, ViewersReadMembersWorkAdminsManageOwnersEnd) {
  EXPECT_TRUE(allowed(Permission::workspace_read, MemberRole::viewer));
  EXPECT_FALSE(allowed(Permission::issues_write, MemberRole::viewer));
  EXPECT_TRUE(allowed(Permission::issues_write, MemberRole::member));
  EXPECT_FALSE(allowed(Permission::members_manage, MemberRole::member));
  EXPECT_TRUE(allowed(Permission::members_manage, MemberRole::admin));
  EXPECT_FALSE(allowed(Permission::workspace_delete, MemberRole::admin));
  EXPECT_TRUE(allowed(Permission::bring_in, MemberRole::owner));
}

TEST_F(PermissionTable, ToAStrangerTheWorkspaceDoesNotExist) {
  const auto& state = world.state<Workspace>(events::stream_of(acme));
  EXPECT_EQ(authorize(state, nora, Permission::workspace_read).error().kind, Rejection::Kind::not_found);
  EXPECT_EQ(authorize({}, max, Permission::workspace_read).error(), not_found("workspace"));
  EXPECT_EQ(authorize(state, vic, Permission::issues_write).error().kind, Rejection::Kind::forbidden);
  EXPECT_EQ(*authorize(state, max, Permission::issues_write), MemberRole::member);
}

TEST_F(PermissionTable, ADeletedWorkspaceAdmitsOnlyItsOwnerForRestoring) {
  workspace().as(olga).given(events::workspace::Deleted{});
  const auto& state = world.state<Workspace>(events::stream_of(acme));
  EXPECT_EQ(authorize(state, olga, Permission::workspace_read).error().kind, Rejection::Kind::not_found);
  EXPECT_TRUE(authorize(state, olga, Permission::workspace_restore));
  EXPECT_EQ(authorize(state, ada, Permission::workspace_restore).error().kind, Rejection::Kind::forbidden);
}

TEST_F(PermissionTable, OnlyAnOwnerClaimsATimeAndNeverOneInTheFuture) {
  const auto& state = world.state<Workspace>(events::stream_of(acme));
  auto asking = context();
  asking.user = olga;
  asking.occurred_at = asking.now - std::chrono::hours(1);
  EXPECT_FALSE(check_occurred_at(*admit(asking, state, Permission::issues_write)));
  asking.occurred_at = asking.now + std::chrono::seconds(1);
  EXPECT_EQ(check_occurred_at(*admit(asking, state, Permission::issues_write))->code, "in-the-future");
  asking.user = max;
  asking.occurred_at = asking.now;
  EXPECT_EQ(check_occurred_at(*admit(asking, state, Permission::issues_write))->code, "forbidden");
}

TEST_F(PermissionTable, WhatLiesInSomethingDeletedIsNotOpen) {
  issue(second).given(events::issue::Moved{payments});
  EXPECT_TRUE(world.facts.open(events::stream_of(second)));
  project(payments).given(events::project::Deleted{});
  EXPECT_FALSE(world.facts.open(events::stream_of(second)));
  EXPECT_TRUE(world.facts.open(events::stream_of(first)));
  workspace().given(events::workspace::Deleted{});
  EXPECT_FALSE(world.facts.open(events::stream_of(first)));
  EXPECT_FALSE(world.facts.open(id_of<events::StreamId>(777)));
}

TEST_F(PermissionTable, AThingIsUsableOnlyByItsKindAndInItsWorkspace) {
  EXPECT_TRUE(world.facts.usable(events::StreamType::issue, events::stream_of(first), acme));
  EXPECT_FALSE(world.facts.usable(events::StreamType::project, events::stream_of(first), acme));
  EXPECT_FALSE(world.facts.usable(events::StreamType::issue, events::stream_of(first), other));
}

TEST_F(PermissionTable, ThingsAreFoundByIdAndByAddress) {
  EXPECT_EQ(find_workspace("acme", world.facts), acme);
  EXPECT_EQ(find_workspace(acme.text(), world.facts), acme);
  EXPECT_EQ(find_project("pay", acme, world.facts), payments);
  EXPECT_EQ(find_issue("abc-2", acme, world.facts), second);
  EXPECT_EQ(find_issue("ABC-1", other, world.facts), foreign_issue);
  EXPECT_FALSE(find_issue("ABC-9", acme, world.facts));
}

}  // namespace
}  // namespace daybook::domain::permission_test
