#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::user_test {
namespace {

namespace happened = events::user;
using Users = Office;
using events::Patch;
using events::Personal;

user::Register registration(const std::string& email) {
  user::Register command{};
  command.email = Email(email);
  command.password_hash = "a hash";
  command.home_workspace_id = id_of<events::WorkspaceId>(60);
  return command;
}

TEST_F(Users, RegisteringTakesTheUsernameFromTheEmailAddress) {
  happened::Registered expected{};
  expected.email = Personal("eve@example.org");
  expected.username = Personal("eve");
  expected.password_hash = Personal("a hash");
  expected.home_workspace_id = id_of<events::WorkspaceId>(60);
  user(id_of<events::UserId>(6)).when(registration("eve@example.org")).then(expected);
}

TEST_F(Users, ATakenNameFromAnEmailAddressGetsASuffix) {
  auto spec = user(id_of<events::UserId>(6));
  spec.when(registration("ADA@elsewhere.org"));
  EXPECT_EQ(spec.state().username.text, "ADA-1");
  for (int i = 2; i <= 8; ++i)
    user(id_of<events::UserId>(60 + i)).when(registration("ada@x" + std::to_string(i) + ".org"));
  auto tenth = user(id_of<events::UserId>(70));
  tenth.when(registration("ada@x10.org"));
  EXPECT_EQ(tenth.state().username.text, "ada-x7k2p9");
}

TEST_F(Users, AUsernameThatWasAskedForAndIsTakenIsRefused) {
  auto command = registration("eve@example.org");
  command.username = Username("Ada");
  user(id_of<events::UserId>(6)).when(command).then_rejected("already-exists", "/username");
}

TEST_F(Users, AnEmailAddressIsTakenWhateverItsCase) {
  user(id_of<events::UserId>(6))
      .when(registration("Ada@Example.org"))
      .then_rejected("already-exists", "/email");
}

TEST_F(Users, AnIdIsTakenOnce) {
  user(ada).when(registration("eve@example.org")).then_rejected("already-exists", "/id");
}

TEST_F(Users, APatchOfTheProfileHoldsTheResultAndClearsByNull) {
  user::ChangeProfile change{};
  change.full_name = Name("Ada Lovelace");
  change.preferences = events::Json{R"({"theme":"dark"})"};
  change.onboarding_completed = true;
  happened::ProfileChanged expected{};
  expected.username = Personal("ada");
  expected.full_name = Personal("Ada Lovelace");
  expected.preferences = events::Json{R"({"theme":"dark"})"};
  expected.onboarding_completed = true;
  auto spec = user(ada);
  spec.when(change).then(expected).when(change).then_nothing();
  user::ChangeProfile clear{};
  clear.full_name = Patch<Name>::cleared();
  expected.full_name.reset();
  spec.when(clear).then(expected);
}

TEST_F(Users, WhatAProfileNeedsCannotBeCleared) {
  user::ChangeProfile change{};
  change.username = Patch<Username>::cleared();
  user(ada).when(change).then_rejected("required", "/username");
  change = {};
  change.timezone = Patch<Timezone>::cleared();
  user(ada).when(change).then_rejected("required", "/timezone");
  change = {};
  change.preferences = events::Json{"[1]"};
  user(ada).when(change).then_rejected("wrong-type", "/preferences");
}

TEST_F(Users, ANewUsernameFreesTheOldOne) {
  user::ChangeProfile change{};
  change.username = Username("Countess");
  auto spec = user(ada);
  spec.when(change);
  EXPECT_FALSE(world.facts.claimed_personal(scope::username, "ada"));
  EXPECT_EQ(world.facts.claimed_personal(scope::username, "COUNTESS"), events::stream_of(ada));
  change.username = Username("MAX");
  spec.when(change).then_rejected("already-exists", "/username");
}

TEST_F(Users, AnotherCaseOfOnesOwnNameIsNotTaken) {
  user::ChangeProfile change{};
  change.username = Username("ADA");
  happened::ProfileChanged expected{};
  expected.username = Personal("ADA");
  user(ada).when(change).then(expected);
  EXPECT_EQ(world.facts.claimed_personal(scope::username, "ada"), events::stream_of(ada));
}

TEST_F(Users, AnEmailAddressChangesByItselfOrInAPatch) {
  user(ada)
      .when(user::ChangeEmail{Email("ada@new.org")})
      .then(happened::EmailChanged{Personal("ada@new.org")});
  user(ada).when(user::ChangeEmail{Email("ada@new.org")}).then_nothing();
  EXPECT_FALSE(world.facts.claimed_personal(scope::email, "ada@example.org"));
  user(ada).when(user::ChangeEmail{Email("max@example.org")}).then_rejected("already-exists", "/email");
  user::ChangeProfile change{};
  change.email = Email("ada@newer.org");
  user(ada).when(change).then(happened::EmailChanged{Personal("ada@newer.org")});
}

TEST_F(Users, APasswordIsChangedByWhoeverKnowsTheCurrentOne) {
  user::ChangePassword change{};
  change.verified_hash = "hash of ada";
  change.new_hash = "new";
  auto spec = user(ada);
  spec.when(change).then(happened::PasswordChanged{Personal("new")});
  spec.when(change).then_rejected("wrong-password", "/current_password");
}

TEST_F(Users, AChangedPasswordEndsEveryOtherSession) {
  const auto mine = id_of<events::SessionId>(70);
  const auto elsewhere = id_of<events::SessionId>(71);
  auto spec = user(ada);
  for (const auto& id : {mine, elsewhere}) {
    happened::SessionStarted started{};
    started.session_id = id;
    started.expires_at = context().now + std::chrono::hours(1);
    spec.given(started);
  }
  spec.context().session = mine;
  user::ChangePassword change{};
  change.verified_hash = "hash of ada";
  change.new_hash = "new";
  spec.when(change).then(happened::PasswordChanged{Personal("new")},
                         happened::SessionRevoked{elsewhere, happened::RevokedBecause::password_changed});
}

TEST_F(Users, ASoleOwnerCannotBeDeletedUntilTheWorkspaceHasAnotherOwnerOrIsGone) {
  user(olga).when(user::Delete{}).then_rejected("sole-owner");
  workspace().as(olga).when(workspace::TransferOwnership{ada});
  user(olga).when(user::Delete{}).then(happened::Deleted{});
  spec<Workspace>(other, other).as(nora).when(workspace::Delete{});
  user(nora).when(user::Delete{}).then(happened::Deleted{});
}

TEST_F(Users, ADeletedUserRefusesAllButRestoration) {
  auto spec = user(max);
  spec.when(user::Delete{}).then(happened::Deleted{});
  spec.when(user::Delete{}).then_rejected("not-found");
  spec.when(user::ChangeProfile{}).then_rejected("not-found");
  spec.when(user::ChangeEmail{Email("m@x.org")}).then_rejected("not-found");
  spec.when(user::ChangePassword{}).then_rejected("not-found");
  spec.when(user::GrantSuperuser{}).then_rejected("not-found");
  spec.when(user::RevokeSuperuser{}).then_rejected("not-found");
  spec.when(user::Restore{}).then(happened::Restored{}).when(user::Restore{}).then_nothing();
}

TEST_F(Users, DeletionEndsSessionsAndKeepsTheAddressClaimed) {
  happened::SessionStarted started{};
  started.session_id = id_of<events::SessionId>(70);
  started.expires_at = context().now + std::chrono::hours(1);
  user(max)
      .given(started)
      .when(user::Delete{})
      .then(happened::Deleted{},
            happened::SessionRevoked{started.session_id, happened::RevokedBecause::account_deleted});
  EXPECT_TRUE(world.facts.claimed_personal(scope::email, "max@example.org"));
}

TEST_F(Users, SuperusersAreMadeAndUnmadeOnce) {
  auto spec = user(ada);
  spec.when(user::RevokeSuperuser{}).then_nothing();
  spec.when(user::GrantSuperuser{})
      .then(happened::SuperuserGranted{})
      .when(user::GrantSuperuser{})
      .then_nothing();
  spec.when(user::RevokeSuperuser{}).then(happened::SuperuserRevoked{});
}

TEST_F(Users, WhoNeverRegisteredIsNotFound) {
  auto nobody = user(id_of<events::UserId>(99));
  nobody.when(user::Restore{}).then_rejected("not-found");
  nobody.when(user::Delete{}).then_rejected("not-found");
}

}  // namespace
}  // namespace daybook::domain::user_test
