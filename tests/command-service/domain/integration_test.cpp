#include "command-service/domain/integration/integration.hpp"

#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::integration_test {
namespace {

namespace happened = events::integration;
using events::Json;
using events::Personal;
using integration::Service;

const auto fresh = id_of<events::IntegrationId>(90);
const std::string token = "xoxb-4711";

class Integrations : public Office {
 protected:
  auto chat(events::IntegrationId id = fresh) { return spec<Integration>(id, acme); }

  static happened::Connected connected() {
    happened::Connected event{};
    event.integration_type = "slack";
    event.credential_names = {"accessToken", "channelId"};
    event.credentials = Personal(R"({"channelId":"C1","accessToken":")" + token + "\"}");
    return event;
  }
  static integration::Connect connecting() {
    integration::Connect command{};
    command.type = Service("slack");
    command.credentials.text = connected().credentials.text;
    return command;
  }
  static integration::ReplaceCredentials replacing(std::string credentials) {
    integration::ReplaceCredentials command{};
    command.credentials.text = std::move(credentials);
    return command;
  }
};

TEST_F(Integrations, AnAdminConnectsOneAndItsCredentialsAreShownByName) {
  chat().as(max).when(connecting()).then_rejected("forbidden");
  auto spec = chat();
  spec.as(ada).when(connecting()).then(connected());
  EXPECT_EQ(spec.state().type, "slack");
  EXPECT_EQ(spec.state().credentials.text, R"({"accessToken":"[sealed]","channelId":"[sealed]"})");
  EXPECT_EQ(spec.state().settings.text, "{}");
  EXPECT_TRUE(spec.state().is_enabled);
  spec.when(connecting()).then_rejected("already-exists", "/id");
}

TEST_F(Integrations, CredentialsNeverStandInTheDataOfAnEvent) {
  for (const auto& event : {happened::Event(connected()), happened::Event(happened::CredentialsReplaced{{"apiKey"}, Personal(token)})}) {
    const auto encoded = events::encode(events::StreamType::integration, event);
    EXPECT_EQ(encoded.data.find(token), encoded.data.npos);
    ASSERT_EQ(encoded.personal.size(), 1u);
    EXPECT_EQ(encoded.personal.front().path, "/credentials");
  }
  EXPECT_FALSE(snapshot_form<Integration>()) << "a state that holds credentials is not kept";
}

TEST_F(Integrations, CredentialsAreAnObjectWithNamesAndNoRefusalRepeatsThem) {
  for (const auto& [credentials, code] : std::initializer_list<std::pair<std::string, std::string>>{
           {R"(["s3cr3t"])", "wrong-type"}, {R"("s3cr3t")", "wrong-type"}, {R"({"s3cr3t with spaces":1})", "invalid"}, {R"({"":"s3cr3t"})", "invalid"}}) {
    auto command = connecting();
    command.credentials.text = credentials;
    auto spec = chat();
    spec.as(ada).when(command).then_rejected(code, "/credentials");
    EXPECT_EQ(spec.rejection()->detail.find("s3cr3t"), std::string::npos);
  }
  std::string many = "{";
  for (std::size_t i = 0; i <= integration::credentials_max; ++i) many += std::string(i == 0 ? "" : ",") + "\"k" + std::to_string(i) + "\":1";
  auto command = connecting();
  command.credentials.text = many + "}";
  chat().as(ada).when(command).then_rejected("too-many", "/credentials");
  command.credentials.text = "{}";
  command.settings = Json{"[]"};
  chat().as(ada).when(command).then_rejected("wrong-type", "/settings");
  command.settings = Json{R"({"channel":"#general"})"};
  chat().as(ada).when(command);
  EXPECT_EQ(chat().state().credentials.text, "{}");
}

TEST_F(Integrations, AServiceIsOneWord) {
  for (const auto* word : {"slack", "discord", "github", "gitlab", "google_drive", "jira2"}) EXPECT_FALSE(Service::rule(word)) << word;
  for (const auto* word : {"", "Slack", "google drive", "2fa", "_x", "google-drive"}) EXPECT_TRUE(Service::rule(word)) << word;
}

TEST_F(Integrations, CredentialsAreReplacedAsAWhole) {
  chat().as(ada).given(connected());
  chat().as(max).when(replacing("{}")).then_rejected("forbidden");
  chat().as(ada).when(replacing(connected().credentials.text)).then_nothing();
  chat().as(ada).when(replacing(R"({"apiKey":"new"})")).then(happened::CredentialsReplaced{{"apiKey"}, Personal(R"({"apiKey":"new"})")});
  EXPECT_EQ(chat().state().credentials.text, R"({"apiKey":"[sealed]"})");
  chat().as(ada).when(replacing("[]")).then_rejected("wrong-type", "/credentials");
}

TEST_F(Integrations, APatchTellsWhatItMeans) {
  chat().as(ada).given(connected());
  integration::Reconfigure change{};
  change.settings = Json{R"({"channel":"#general"})"};
  change.is_enabled = false;
  chat().as(ada).when(change).then(happened::Reconfigured{*change.settings.value}, happened::Disabled{});
  chat().as(ada).when(change).then_nothing();
  chat().as(ada).when(integration::Disable{}).then_nothing();
  chat().as(ada).when(integration::Enable{}).then(happened::Enabled{});
  change.settings = Json{"1"};
  chat().as(ada).when(change).then_rejected("wrong-type", "/settings");
}

TEST_F(Integrations, ASyncIsNotedWhenItWasAndNeverInTheFuture) {
  chat().as(ada).given(connected());
  const auto now = context().now;
  chat().as(ada).when(integration::NoteSync{}).then(happened::Synced{now});
  chat().as(ada).when(integration::NoteSync{now - std::chrono::hours(1)}).then(happened::Synced{now - std::chrono::hours(1)});
  chat().as(ada).when(integration::NoteSync{now - std::chrono::hours(1)}).then_nothing();
  chat().as(ada).when(integration::NoteSync{now + std::chrono::seconds(1)}).then_rejected("in-the-future", "/last_sync_at");
}

TEST_F(Integrations, ARemovedOneTakesNothingButRestoring) {
  chat().as(ada).given(connected());
  chat().as(ada).when(integration::Remove{}).then(happened::Removed{});
  chat().as(ada).when(integration::Remove{}).then_rejected("not-found");
  chat().as(ada).when(replacing("{}")).then_rejected("not-found");
  chat().as(ada).when(integration::Restore{}).then(happened::Restored{});
  chat().as(ada).when(integration::Restore{}).then_nothing();
}

TEST_F(Integrations, ARepeatedConnectionIsTheSameWithTheSameCredentials) {
  auto asking = context();
  asking.workspace = &world.state<Workspace>(events::stream_of(acme));
  auto again = connecting();
  EXPECT_TRUE(repeats(connected(), again, asking, world.facts));
  again.credentials.text = R"({"accessToken":"other","channelId":"C1"})";
  EXPECT_FALSE(repeats(connected(), again, asking, world.facts));
}

}  // namespace
}  // namespace daybook::domain::integration_test
