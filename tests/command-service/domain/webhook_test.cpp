#include "command-service/domain/webhook/webhook.hpp"

#include "platform/text/base64.hpp"
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::webhook_test {
namespace {

namespace happened = events::webhook;
using events::Patch;
using events::Personal;
using webhook::EventWord;
using webhook::Headers;
using webhook::Secret;
using webhook::Target;

const auto fresh = id_of<events::WebhookId>(90);
const std::string drawn = "whsec_" + text::base64_encode(std::string(32, 'k'));
const std::string given_secret = "whsec_" + text::base64_encode(std::string(24, 's'));

std::string code_of(Refusal refusal) { return refusal ? std::string(refusal->code) : "fine"; }

class Webhooks : public Office {
 protected:
  auto hook(events::WebhookId id = fresh) { return spec<Webhook>(id, acme); }

  static happened::Registered registered() {
    happened::Registered event{};
    event.name = "Mirror";
    event.url = "https://example.org/hook";
    event.events = {"issue.opened"};
    event.secret = Personal(drawn);
    return event;
  }
  static webhook::Register registering() {
    webhook::Register command{};
    command.name = Name("Mirror");
    command.url = Target("https://example.org/hook");
    command.events = {EventWord("issue.opened")};
    command.drawn_secret = drawn;
    return command;
  }
};

TEST_F(Webhooks, AnAdminRegistersOneAndItsSecretIsDrawnUnlessGiven) {
  hook().as(max).when(registering()).then_rejected("forbidden");
  auto spec = hook();
  spec.as(ada).when(registering()).then(registered());
  EXPECT_EQ(spec.state().signing_secret.text, drawn);
  EXPECT_EQ(spec.state().secret, "[sealed]");
  spec.when(registering()).then_rejected("already-exists", "/id");
  auto command = registering();
  command.secret = Secret(given_secret);
  command.project_id = ProjectRef("PAY");
  command.events = {EventWord("issue.*"), EventWord("*"), EventWord("issue.*")};
  command.headers = Headers{{"X-Team", "rockets"}};
  auto event = registered();
  event.secret = Personal(given_secret);
  event.project_id = payments;
  event.events = {"issue.*", "*"};
  event.headers = Headers{{"X-Team", "rockets"}};
  hook(id_of<events::WebhookId>(91)).as(ada).when(command).then(event);
}

TEST_F(Webhooks, TheSecretNeverStandsInTheDataOfAnEvent) {
  for (const auto& event : {happened::Event(registered()), happened::Event(happened::SecretRotated{Personal(drawn)})}) {
    const auto encoded = events::encode(events::StreamType::webhook, event);
    EXPECT_EQ(encoded.data.find("whsec_"), encoded.data.npos);
    ASSERT_EQ(encoded.personal.size(), 1u);
    EXPECT_EQ(encoded.personal.front().path, "/secret");
  }
  EXPECT_FALSE(snapshot_form<Webhook>()) << "a state that holds a secret is not kept";
}

TEST_F(Webhooks, ASecretHasTheStandardsFormOrIsLongEnough) {
  const auto of = [](std::size_t bytes) { return code_of(Secret::rule("whsec_" + text::base64_encode(std::string(bytes, 'x')))); };
  EXPECT_EQ(of(23), "invalid");
  EXPECT_EQ(of(24), "fine");
  EXPECT_EQ(of(64), "fine");
  EXPECT_EQ(of(65), "invalid");
  EXPECT_EQ(code_of(Secret::rule("whsec_no base 64 whatever it may be")), "invalid");
  EXPECT_EQ(code_of(Secret::rule("0123456789abcde")), "too-short");
  EXPECT_EQ(code_of(Secret::rule("0123456789abcdef")), "fine");
  EXPECT_EQ(code_of(Secret::rule("0123456789 abcdef")), "invalid");
  EXPECT_EQ(code_of(Secret::rule(std::string(256, 'x'))), "too-long");
}

TEST_F(Webhooks, AUrlIsAbsoluteAndHoldsNoCredentials) {
  for (const auto* url : {"https://example.org", "http://127.0.0.1:8080/hook?a=b@c", "https://[::1]:443/", "https://bücher.example/x"})
    EXPECT_EQ(code_of(Target::rule(url)), "fine") << url;
  for (const auto* url : {"ftp://example.org", "example.org/hook", "/hook", "https://", "https:///hook", "https://ann:secret@example.org/", "https://ann@example.org",
                          "https://example.org:99999/", "https://example.org:/", "https://example.org:0/", "https://:80/", "https://example.org/#part",
                          "https://example.org\\@evil.org", "https://exa mple.org", "https://[::1/"})
    EXPECT_EQ(code_of(Target::rule(url)), "invalid") << url;
}

TEST_F(Webhooks, EventsAreTypesKindsAllOrOlderWords) {
  for (const auto* word : {"issue.status_changed", "issue.*", "time_entry.*", "*", "task_created", "task_completed", "task_updated", "project_created",
                           "project_completed", "comment_created", "task.completed", "comment.created", "webhook.registered"})
    EXPECT_EQ(code_of(EventWord::rule(word)), "fine") << word;
  for (const auto* word : {"", "issue", "issue.", ".*", "issues.*", "issue.exploded", "task_exploded", "task-completed", "user.registered", "user.*", "**"})
    EXPECT_EQ(code_of(EventWord::rule(word)), "unknown-value") << word;
  auto command = registering();
  command.events.clear();
  for (std::size_t i = 0; i < webhook::events_max; ++i) command.events.emplace_back("*");
  hook().as(ada).when(command);
  EXPECT_EQ(hook().state().events.size(), 1u) << "each once";
}

TEST_F(Webhooks, HeadersDoNotSetWhatADeliverySets) {
  const auto with = [&](const std::string& name, const std::string& value) {
    auto command = registering();
    command.headers = Headers{{name, value}};
    auto spec = hook(id_of<events::WebhookId>(93));
    spec.as(ada).when(command);
    return spec.rejection() ? spec.rejection()->errors.front().pointer + " " + spec.rejection()->code : "fine";
  };
  for (const auto* name : {"Webhook-Signature", "webhook-id", "Content-Type", "HOST", "Transfer-Encoding", "X-Webhook-Signature-256"})
    EXPECT_EQ(with(name, "a"), "/headers/" + std::string(name) + " invalid");
  EXPECT_EQ(with("a b", "a"), "/headers/a b invalid");
  EXPECT_EQ(with("", "a"), "/headers/ invalid");
  EXPECT_EQ(with("a/b", "a"), "/headers/a~1b invalid");
  EXPECT_EQ(with("X-Team", "a\r\nHost: b"), "/headers/X-Team invalid");
  EXPECT_EQ(with("X-Team", std::string(webhook::header_bytes_max + 1, 'x')), "/headers/X-Team invalid");
  auto command = registering();
  command.headers = Headers{{"X-Team", "a"}, {"x-team", "b"}};
  hook().as(ada).when(command).then_rejected("already-exists", "/headers/x-team");
  command.headers.emplace();
  for (std::size_t i = 0; i <= webhook::headers_max; ++i) (*command.headers)["X-" + std::to_string(i)] = "a";
  hook().as(ada).when(command).then_rejected("too-many", "/headers");
  EXPECT_EQ(with("X-Team", "rockets"), "fine");
}

TEST_F(Webhooks, APatchTellsWhatItMeansAndLeavesTheSecret) {
  hook().as(ada).given(registered());
  webhook::Change change{};
  change.url = Target("http://example.org/other");
  change.is_enabled = false;
  happened::Changed changed{};
  changed.name = "Mirror";
  changed.url = "http://example.org/other";
  changed.events = {"issue.opened"};
  hook().as(ada).when(change).then(changed, happened::Disabled{});
  EXPECT_EQ(hook().state().signing_secret.text, drawn);
  hook().as(ada).when(change).then_nothing();
  change = {};
  change.events = Patch<std::vector<EventWord>>::cleared();
  hook().as(ada).when(change).then_rejected("required", "/events");
  change = {};
  change.project_id = ProjectRef(foreign_project);
  hook().as(ada).when(change).then_rejected("unknown-reference", "/project_id");
}

TEST_F(Webhooks, RotatingGivesAnotherSecretOnce) {
  hook().as(ada).given(registered());
  webhook::RotateSecret rotate{};
  rotate.drawn_secret = given_secret;
  hook().as(max).when(rotate).then_rejected("forbidden");
  hook().as(ada).when(rotate).then(happened::SecretRotated{Personal(given_secret)});
  rotate.secret = Secret(given_secret);
  hook().as(ada).when(rotate).then_nothing();
  hook().as(ada).given(happened::Deleted{});
  hook().as(ada).when(rotate).then_rejected("not-found");
}

TEST_F(Webhooks, SwitchingDeletingAndRestoringAreSaidOnce) {
  hook().as(ada).given(registered());
  hook().as(ada).when(webhook::Enable{}).then_nothing();
  hook().as(ada).when(webhook::Disable{}).then(happened::Disabled{});
  hook().as(ada).when(webhook::Enable{}).then(happened::Enabled{});
  hook().as(ada).when(webhook::Delete{}).then(happened::Deleted{});
  hook().as(ada).when(webhook::Disable{}).then_rejected("not-found");
  hook().as(ada).when(webhook::Restore{}).then(happened::Restored{});
  hook().as(ada).when(webhook::Restore{}).then_nothing();
}

TEST_F(Webhooks, ADeletedProjectHidesItsWebhooks) {
  auto event = registered();
  event.project_id = payments;
  hook().as(ada).given(event);
  project(payments).as(olga).given(events::project::Deleted{});
  hook().as(ada).when(webhook::Disable{}).then_rejected("not-found");
  project(payments).as(olga).given(events::project::Restored{});
  hook().as(ada).when(webhook::Disable{}).then(happened::Disabled{});
}

TEST_F(Webhooks, ARepeatedRegistrationIsTheSameWhateverWasDrawn) {
  auto asking = context();
  asking.workspace = &world.state<Workspace>(events::stream_of(acme));
  auto again = registering();
  again.drawn_secret = "another";
  EXPECT_TRUE(repeats(registered(), again, asking, world.facts));
  again.secret = Secret(given_secret);
  EXPECT_FALSE(repeats(registered(), again, asking, world.facts));
  again.secret = Secret(drawn);
  EXPECT_TRUE(repeats(registered(), again, asking, world.facts));
  again.project_id = ProjectRef("PAY");
  EXPECT_FALSE(repeats(registered(), again, asking, world.facts));
}

}  // namespace
}  // namespace daybook::domain::webhook_test
