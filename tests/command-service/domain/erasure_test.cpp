// Who may erase whom, and what goes with the person.
#include "command-service/domain/api_key/api_key.hpp"
#include "command-service/domain/invitation/invitation.hpp"
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::erasure_test {
namespace {

using events::Personal;
namespace happened = events::user;

class Erasure : public Office {
 protected:
  const events::InvitationId invited = id_of<events::InvitationId>(60), of_others = id_of<events::InvitationId>(61);
  const events::ApiKeyId key = id_of<events::ApiKeyId>(70);

  testing::DeciderSpec<User> by_superuser(events::UserId who) {
    auto spec = user(who).as(olga);
    spec.context().is_superuser = true;
    return spec;
  }
  void remove(events::UserId who) { user(who).when(user::Delete{}).then(happened::Deleted{}); }
  auto invitation(events::InvitationId which) { return spec<Invitation>(which, acme).as(olga); }
  auto api_key(events::ApiKeyId which) { return spec<ApiKey>(which, acme).as(olga); }
  events::invitation::Sent sent_to(const std::string& address) const {
    return {Personal(address), events::workspace::MemberRole::member, id_of<events::MailedTokenId>(80), Personal("hash"),
            context().now + invitation::lifetime};
  }
  // Whoever it is about: as erasing sees them.
  invitation::Erase with(events::UserId who) { return {world.state<User>(events::stream_of(who))}; }
};

TEST_F(Erasure, IsASuperusersAlone) {
  remove(max);
  for (const auto who : {olga, ada, max, nora}) user(max).as(who).when(user::Erase{}).then_rejected("forbidden");
  by_superuser(max).when(user::Erase{}).then(happened::Erased{});
}

TEST_F(Erasure, ComesOnlyAfterDeletionAndChangesNothingTheSecondTime) {
  by_superuser(max).when(user::Erase{}).then_rejected("not-deleted");
  remove(max);
  by_superuser(max).when(user::Erase{}).then(happened::Erased{}).when(user::Erase{}).then_nothing();
  by_superuser(id_of<events::UserId>(99)).when(user::Erase{}).then_rejected("not-found");
}

TEST_F(Erasure, CannotReachASoleOwnerWhoCannotBeDeleted) {
  user(olga).when(user::Delete{}).then_rejected("sole-owner");
  by_superuser(olga).when(user::Erase{}).then_rejected("not-deleted");
}

TEST_F(Erasure, IsForEver) {
  remove(max);
  by_superuser(max).when(user::Erase{});
  user(max).when(user::Restore{}).then_rejected("erased");
}

TEST_F(Erasure, LeavesNothingOfThePersonInTheState) {
  user::ChangeProfile change{};
  change.full_name = Name("Max Mustermann");
  change.preferences = events::Json{R"({"theme":"dark"})"};
  change.timezone = Timezone("Europe/Vienna");
  user(max).when(change);
  remove(max);
  auto spec = by_superuser(max);
  spec.when(user::Erase{});
  const auto& state = spec.state();
  for (const auto* field : {&state.email, &state.username, &*state.full_name}) {
    EXPECT_EQ(field->state, Personal::State::erased);
    EXPECT_EQ(field->text, "");
  }
  EXPECT_TRUE(state.sessions.empty());
  EXPECT_FALSE(state.preferences);
  EXPECT_EQ(state.timezone, "UTC");
  EXPECT_TRUE(state.erased_at);
}

TEST_F(Erasure, FreesAddressAndUsernameForOthersAndDeletionDoesNot) {
  remove(max);
  user::Register again{};
  again.email = Email("max@example.org");
  again.username = Username("max");
  user(id_of<events::UserId>(6)).when(again).then_rejected("already-exists", "/email");
  by_superuser(max).when(user::Erase{});
  auto another = user(id_of<events::UserId>(6));
  another.when(again);
  EXPECT_FALSE(another.rejection());
  EXPECT_EQ(another.state().email.text, "max@example.org");
}

TEST_F(Erasure, OfAnOpenInvitationToTheAddressClosesItFirst) {
  invitation(invited).given(sent_to("MAX@example.org"));
  invitation(invited).when(with(max)).then(events::invitation::Revoked{}, events::invitation::Erased{}).when(with(max)).then_nothing();
  EXPECT_EQ(invitation(invited).state().email.text, "");
  // The address can be invited again, by whoever has it then
  invitation(of_others).given(sent_to("max@example.org"));
}

TEST_F(Erasure, TakesAnInvitationThatTheyAcceptedWhateverItsAddress) {
  invitation(invited).given(sent_to("earlier@example.org"), events::invitation::Accepted{max, {}});
  invitation(invited).when(with(max)).then(events::invitation::Erased{});
}

TEST_F(Erasure, LeavesTheInvitationsAndKeysOfOthersAlone) {
  invitation(of_others).given(sent_to("eve@example.org"));
  invitation(of_others).when(with(max)).then_nothing();
  events::api_key::Issued issued{};
  issued.user_id = ada;
  issued.key_hash = Personal("digest");
  api_key(key).given(issued);
  api_key(key).when(api_key::RevokeOf{max}).then_nothing();
  api_key(key).when(api_key::RevokeOf{ada}).then(events::api_key::Revoked{}).when(api_key::RevokeOf{ada}).then_nothing();
  api_key(id_of<events::ApiKeyId>(71)).when(api_key::RevokeOf{ada}).then_nothing();
}

}  // namespace
}  // namespace daybook::domain::erasure_test
