// Integrations of a person's own: the rules are a workspace's (integration_test.cpp); here is what being a person's makes of them.
#include "command-service/domain/user/integrations.hpp"

#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::own_integration_test {
namespace {

namespace happened = events::user;
using events::Json;
using events::Personal;

const auto chat = id_of<events::IntegrationId>(90);

class OwnIntegrations : public Office {
 protected:
  static happened::IntegrationConnected connected(events::IntegrationId id = chat) {
    happened::IntegrationConnected event{};
    event.integration_id = id;
    event.integration_type = "slack";
    event.credential_names = {"accessToken"};
    event.credentials = Personal(R"({"accessToken":"xoxb-1"})");
    return event;
  }
  static user::ConnectIntegration connecting(std::optional<events::IntegrationId> id = chat) {
    user::ConnectIntegration command{};
    command.id = id;
    command.type = integration::Service("slack");
    command.credentials.text = connected().credentials.text;
    return command;
  }
  template <class C>
  static C about(events::IntegrationId id) {
    C command{};
    command.integration_id = id;
    return command;
  }
  const events::integration::State& state() { return *find_part(world.state<User>(events::stream_of(max)), chat); }
};

TEST_F(OwnIntegrations, AnybodyConnectsOneAndItIsTheirs) {
  user(nora).when(connecting(std::nullopt)).then(connected(events::IntegrationId{context().fresh_id}));
  user(max).when(connecting()).then(connected());
  EXPECT_EQ(state().user_id, max);
  EXPECT_FALSE(state().workspace_id);
  EXPECT_EQ(state().created_by_id, events::PrincipalId{max.value});
  EXPECT_EQ(state().credentials.text, R"({"accessToken":"[sealed]"})");
  EXPECT_EQ(state().version, user(max).state().version);
}

TEST_F(OwnIntegrations, FollowTheRulesOfAWorkspaces) {
  user(max).given(connected());
  auto reconfigure = about<user::ReconfigureIntegration>(chat);
  reconfigure.settings = Json{R"({"channel":"#a"})"};
  reconfigure.is_enabled = false;
  user(max).when(reconfigure).then(happened::IntegrationReconfigured{chat, Json{R"({"channel":"#a"})"}}, happened::IntegrationDisabled{chat});
  user(max).when(reconfigure).then_nothing();
  reconfigure.settings = Json{"[]"};
  user(max).when(reconfigure).then_rejected("wrong-type", "/settings");
  user(max).when(about<user::DisableIntegration>(chat)).then_nothing();
  user(max).when(about<user::EnableIntegration>(chat)).then(happened::IntegrationEnabled{chat});
  auto replace = about<user::ReplaceIntegrationCredentials>(chat);
  replace.credentials.text = R"({"apiKey":"new"})";
  user(max).when(replace).then(happened::IntegrationCredentialsReplaced{chat, {"apiKey"}, Personal(R"({"apiKey":"new"})")});
  user(max).when(replace).then_nothing();
  replace.credentials.text = R"({"not a name":1})";
  user(max).when(replace).then_rejected("invalid", "/credentials");
  auto note = about<user::NoteIntegrationSync>(chat);
  user(max).when(note).then(happened::IntegrationSynced{chat, context().now});
  note.last_sync_at = context().now + std::chrono::seconds(1);
  user(max).when(note).then_rejected("in-the-future", "/last_sync_at");
  EXPECT_EQ(state().settings.text, R"({"channel":"#a"})");
  EXPECT_EQ(state().sealed_credentials.text, R"({"apiKey":"new"})");
}

TEST_F(OwnIntegrations, ARemovedOneTakesNothingButRestoring) {
  user(max).given(connected());
  user(max).when(about<user::RemoveIntegration>(chat)).then(happened::IntegrationRemoved{chat});
  user(max).when(about<user::RemoveIntegration>(chat)).then_rejected("not-found");
  user(max).when(about<user::EnableIntegration>(chat)).then_rejected("not-found");
  user(max).when(about<user::RestoreIntegration>(chat)).then(happened::IntegrationRestored{chat});
  user(max).when(about<user::RestoreIntegration>(chat)).then_nothing();
}

TEST_F(OwnIntegrations, AreNobodyElses) {
  user(max).given(connected());
  user(olga).when(about<user::RemoveIntegration>(chat)).then_rejected("not-found");
  user(olga).when(about<user::RestoreIntegration>(chat)).then_rejected("not-found");
  user(olga).when(about<user::DisableIntegration>(chat)).then_rejected("not-found");
}

TEST_F(OwnIntegrations, AnIdStandsForOneThingHowever) {
  // Its row would else be shown in place of another's
  user(max).when(connecting()).when(connecting()).then_rejected("already-exists", "/id");
  user(olga).when(connecting()).then_rejected("already-exists", "/id");
  integration::Connect in_workspace{};
  in_workspace.id = chat;
  in_workspace.type = integration::Service("slack");
  in_workspace.credentials.text = "{}";
  spec<Integration>(chat, acme).as(ada).when(in_workspace).then_rejected("already-exists", "/id");
  const auto another = id_of<events::IntegrationId>(91);
  in_workspace.id = another;
  spec<Integration>(another, acme).as(ada).when(in_workspace);
  user(max).when(connecting(another)).then_rejected("already-exists", "/id");
}

TEST_F(OwnIntegrations, AreFewAndNoneIsLarge) {
  for (std::size_t i = 0; i < user::integrations_max; ++i) user(max).given(connected(id_of<events::IntegrationId>(200 + static_cast<int>(i))));
  user(max).when(connecting()).then_rejected("too-many");
  user(max).given(happened::IntegrationRemoved{id_of<events::IntegrationId>(200)});
  user(max).when(connecting()).then_rejected("too-many");
  const auto large = R"({"a":")" + std::string(user::integration_bytes_max, 'x') + "\"}";
  auto command = connecting();
  command.credentials.text = large;
  user(olga).when(command).then_rejected("too-long", "/credentials");
  command = connecting();
  command.settings = Json{large};
  user(olga).when(command).then_rejected("too-long", "/settings");
  auto reconfigure = about<user::ReconfigureIntegration>(id_of<events::IntegrationId>(201));
  reconfigure.settings = Json{large};
  user(max).when(reconfigure).then_rejected("too-long", "/settings");
}

TEST_F(OwnIntegrations, AreGoneWithTheirPersonAndBackWithThem) {
  user(max).given(connected(), happened::Deleted{});
  user(max).when(connecting(id_of<events::IntegrationId>(91))).then_rejected("not-found");
  user(max).when(about<user::DisableIntegration>(chat)).then_rejected("not-found");
  user(max).when(about<user::RestoreIntegration>(chat)).then_rejected("not-found");
  user(max).given(happened::Restored{});
  user(max).when(about<user::DisableIntegration>(chat)).then(happened::IntegrationDisabled{chat});
}

TEST_F(OwnIntegrations, CredentialsNeverStandInTheDataOfAnEvent) {
  for (const auto& event : {happened::Event(connected()), happened::Event(happened::IntegrationCredentialsReplaced{chat, {"apiKey"}, Personal("xoxb-1")})}) {
    const auto encoded = events::encode(events::StreamType::user, event);
    EXPECT_EQ(encoded.data.find("xoxb-1"), encoded.data.npos);
    ASSERT_EQ(encoded.personal.size(), 1u);
    EXPECT_EQ(encoded.personal.front().path, "/credentials");
  }
}

TEST_F(OwnIntegrations, ARepeatedConnectionIsTheSameWithTheSameCredentials) {
  EXPECT_TRUE(repeats(connected(), connecting(), context(), world.facts));
  auto again = connecting();
  again.credentials.text = R"({"accessToken":"other"})";
  EXPECT_FALSE(repeats(connected(), again, context(), world.facts));
}

}  // namespace
}  // namespace daybook::domain::own_integration_test
