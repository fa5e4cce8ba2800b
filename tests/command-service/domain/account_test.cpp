// What superusers say about somebody's account, and what follows for whoever it is.
#include "command-service/domain/user/account.hpp"

#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::account_test {
namespace {

using events::Patch;
using events::Personal;
using events::user::ExternalProvider;
using events::user::RevokedBecause;
namespace happened = events::user;

class Accounts : public Office {
 protected:
  testing::DeciderSpec<User> by_superuser(events::UserId who) {
    auto spec = user(who).as(olga);
    spec.context().is_superuser = true;
    return spec;
  }
  user::StartSession sign_in(events::UserId who) {
    user::StartSession command{};
    command.session_id = session;
    command.refresh_token_hash = "A";
    command.expires_at = context().now + std::chrono::hours(1);
    command.verified_hash = world.state<User>(events::stream_of(who)).password_hash->text;
    return command;
  }
  static user::LinkGoogleAccount google(const std::string& account) { return {Name(account)}; }
  static happened::ExternalAccountLinked linked(const std::string& account) { return {ExternalProvider::google, Personal(account)}; }
  bool is_held(const std::string& account) { return world.facts.claimed_personal(scope::google_account, account).has_value(); }

  const events::SessionId session = id_of<events::SessionId>(70);
};

TEST_F(Accounts, AreASuperusersToDecide) {
  user::Change change{};
  change.role = happened::Role::viewer;
  user(max).as(max).when(change).then_rejected("forbidden");
  user(max).as(olga).when(user::Deactivate{}).then_rejected("forbidden");
  user(max).as(olga).when(user::Activate{}).then_rejected("forbidden");
  user(max).as(max).when(google("1")).then_rejected("forbidden");
  user(max).as(max).when(user::UnlinkGoogleAccount{}).then_rejected("forbidden");
}

TEST_F(Accounts, OfNobodyAreNotThere) {
  by_superuser(id_of<events::UserId>(99)).when(user::Deactivate{}).then_rejected("not-found");
  user(max).given(happened::Deleted{});
  by_superuser(max).when(user::Activate{}).then_rejected("not-found");
  user(max).given(happened::Erased{});
  by_superuser(max).when(google("1")).then_rejected("erased");
}

TEST_F(Accounts, HaveARoleThatIsSaidOnce) {
  user::Change change{};
  change.role = happened::Role::viewer;
  by_superuser(max).when(change).then(happened::RoleChanged{happened::Role::viewer}).when(change).then_nothing();
  change.role = Patch<happened::Role>::cleared();
  by_superuser(max).when(change).then_rejected("required", "/role");
}

TEST_F(Accounts, AreAtHomeWhereTheirHolderIsAMember) {
  user::Change change{};
  change.home_workspace_id = acme;
  by_superuser(max).when(change).then(happened::HomeWorkspaceChanged{acme}).when(change).then_nothing();
  by_superuser(nora).when(change).then_rejected("unknown-reference", "/home_workspace_id");
  user::ChangeProfile own{};
  own.home_workspace_id = acme;
  user(ada).when(own).then(happened::HomeWorkspaceChanged{acme});
  own.home_workspace_id = id_of<events::WorkspaceId>(98);
  user(ada).when(own).then_rejected("unknown-reference", "/home_workspace_id");
  own.home_workspace_id = Patch<events::WorkspaceId>::cleared();
  user(ada).when(own).then_rejected("required", "/home_workspace_id");
}

TEST_F(Accounts, ThatAreDeactivatedLoseTheirSessionsAndStartNone) {
  user(max).when(sign_in(max));
  by_superuser(max)
      .when(user::Deactivate{})
      .then(happened::Deactivated{}, happened::SessionRevoked{session, RevokedBecause::account_deactivated})
      .when(user::Deactivate{})
      .then_nothing();
  auto again = sign_in(max);
  again.session_id = id_of<events::SessionId>(71);
  user(max).when(again).then_rejected("invalid-credentials");
  by_superuser(max).when(user::Activate{}).then(happened::Activated{}).when(user::Activate{}).then_nothing();
  user(max).when(again);
  EXPECT_EQ(events::user::find_session(world.state<User>(events::stream_of(max)), again.session_id)->revoked, std::nullopt);
}

TEST_F(Accounts, OfSuperusersAreDeactivatedByAnotherOne) {
  by_superuser(olga).when(user::Deactivate{}).then_rejected("forbidden");
}

TEST_F(Accounts, ThatWaitForAMailAreActivatedWithoutIt) {
  const auto eve = id_of<events::UserId>(6);
  auto waiting = registered("eve");
  waiting.status = happened::Status::pending;
  user(eve).given(waiting);
  by_superuser(eve).when(user::Activate{}).then(happened::Activated{});
}

TEST_F(Accounts, AreLinkedWithAGoogleAccountThatNobodyElseHas) {
  by_superuser(max).when(google("1084")).then(linked("1084")).when(google("1084")).then_nothing();
  by_superuser(ada).when(google("1084")).then_rejected("already-exists", "/account");
  by_superuser(max).when(google("2096")).then(linked("2096"));
  EXPECT_FALSE(is_held("1084"));
  by_superuser(ada).when(google("1084")).then(linked("1084"));
}

TEST_F(Accounts, LetGoOfAGoogleAccountWhenUnlinkedAndWhenErased) {
  by_superuser(max).when(google("1084"));
  by_superuser(max)
      .when(user::UnlinkGoogleAccount{})
      .then(happened::ExternalAccountUnlinked{ExternalProvider::google})
      .when(user::UnlinkGoogleAccount{})
      .then_nothing();
  EXPECT_FALSE(is_held("1084"));
  by_superuser(max).when(google("1084"));
  user(max).given(happened::Deleted{}, happened::Erased{});
  EXPECT_FALSE(is_held("1084"));
  EXPECT_EQ(world.state<User>(events::stream_of(max)).google_id->text, "");
}

}  // namespace
}  // namespace daybook::domain::account_test
