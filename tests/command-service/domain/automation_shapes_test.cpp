// What trigger, condition and actions may look like, and where the first thing that is wrong with them is said to be.
#include "command-service/domain/automation/shapes.hpp"

#include "command-service/domain/webhook/webhook.hpp"
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::automation_shapes_test {
namespace {

using events::Json;

const auto hook = id_of<events::WebhookId>(95);

std::string first_of(const FieldRefusals& refusals) {
  if (!refusals.any()) return "fine";
  const auto error = refusals.rejection().errors.front();
  return error.pointer + " " + error.code;
}

std::string trigger(const std::string& json) {
  FieldRefusals refusals;
  std::size_t nodes = 0;
  automation::check_trigger(Json{json}, "/trigger", nodes, refusals);
  return first_of(refusals);
}

std::string condition(const std::string& json) {
  FieldRefusals refusals;
  std::size_t nodes = 0;
  automation::check_condition(Json{json}, "/condition", nodes, refusals);
  return first_of(refusals);
}

std::string compared(const std::string& field, const std::string& op, const std::string& value) {
  return condition(R"({"field":")" + field + R"(","op":")" + op + R"(","value":)" + value + "}");
}

class Actions : public Office {
 protected:
  // Of one action with this configuration.
  std::string action(const std::string& type, const std::string& config) {
    return actions(R"([{"type":")" + type + R"(","config":)" + config + "}]");
  }
  std::string actions(const std::string& json) {
    auto asking = context();
    asking.workspace = &world.state<Workspace>(events::stream_of(acme));
    FieldRefusals refusals;
    automation::check_actions(Json{json}, "/actions", asking, world.facts, refusals);
    return first_of(refusals);
  }
  static std::string with(const std::string& field, const std::string& id) { return "{\"" + field + "\":\"" + id + "\"}"; }
};

TEST(Triggers, WaitForEventsOfAWorkspace) {
  EXPECT_EQ(trigger(R"({"type":"event","events":["issue.status_changed","comment.posted"]})"), "fine");
  EXPECT_EQ(trigger(R"({"type":"event","events":["issue.status_changed","issue.exploded"]})"), "/trigger/events/1 unknown-value");
  EXPECT_EQ(trigger(R"({"type":"event","events":["user.password_changed"]})"), "/trigger/events/0 unknown-value");
  EXPECT_EQ(trigger(R"({"type":"event","events":[]})"), "/trigger/events required");
  EXPECT_EQ(trigger(R"({"type":"event"})"), "/trigger/events required");
  EXPECT_EQ(trigger(R"({"type":"event","events":["issue.opened"],"cron":"* * * * *"})"), "/trigger/cron unknown-field");
}

TEST(Triggers, AreOfAKnownTypeAndAnObject) {
  EXPECT_EQ(trigger("{}"), "/trigger/type required");
  EXPECT_EQ(trigger(R"("manual")"), "/trigger wrong-type");
  EXPECT_EQ(trigger(R"({"type":"eventually"})"), "/trigger/type unknown-value");
  EXPECT_EQ(trigger(R"({"type":"manual"})"), "fine");
  EXPECT_EQ(trigger(R"({"type":"webhook"})"), "fine");
  EXPECT_EQ(trigger(R"({"type":"webhook","path":"/x"})"), "/trigger/path unknown-field");
}

TEST(Triggers, FollowACrontabOrAMomentNeverBoth) {
  const auto cron = [](const std::string& line) { return trigger(R"({"type":"schedule","cron":")" + line + R"(","timezone":"Europe/Berlin"})"); };
  for (const auto* line : {"* * * * *", "0 9 * * 1-5", "*/15 0,12 1-31/2 JAN,mar SUN", "59 23 31 12 7", "0  9 * *  1"}) EXPECT_EQ(cron(line), "fine") << line;
  for (const auto* line : {"", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "5/2 * * * *", "*/0 * * * *",
                           "5-1 * * * *", "1,,2 * * * *", "x * * * *", "* * * JANUARY *", " * * * * *"})
    EXPECT_EQ(cron(line), "/trigger/cron invalid") << line;
  EXPECT_EQ(trigger(R"({"type":"schedule","at":"2026-12-01T09:00:00Z"})"), "fine");
  EXPECT_EQ(trigger(R"({"type":"schedule","at":"tomorrow"})"), "/trigger/at invalid-time");
  EXPECT_EQ(trigger(R"({"type":"schedule"})"), "/trigger/cron required");
  EXPECT_EQ(trigger(R"({"type":"schedule","at":"2026-12-01","cron":"* * * * *"})"), "/trigger/cron required");
}

TEST(Triggers, OfOlderWordsAreCheckedInWhatTheyNameAndKeepTheRest) {
  for (const auto* type : {"task_status_changed", "task_created", "task_assigned", "due_date_approaching", "project_completed", "comment_created",
                           "webhook_received", "manual"})
    EXPECT_EQ(trigger(R"({"type":")" + std::string(type) + R"(","anything":[1]})"), "fine") << type;
  EXPECT_EQ(trigger(R"({"type":"time_scheduled"})"), "/trigger/datetime required");
  EXPECT_EQ(trigger(R"({"type":"time_scheduled","datetime":"2026-12-01T09:00:00Z"})"), "fine");
  EXPECT_EQ(trigger(R"({"type":"time_scheduled","cron":"often"})"), "/trigger/cron invalid");
  EXPECT_EQ(trigger(R"({"type":"cost_exceeded"})"), "/trigger/threshold required");
  EXPECT_EQ(trigger(R"({"type":"cost_exceeded","threshold":-1})"), "/trigger/threshold out-of-range");
  EXPECT_EQ(trigger(R"({"type":"cost_exceeded","threshold":12.50})"), "fine");
}

TEST(Triggers, OfOlderWordsHaveConditionsOfFieldOperatorAndValue) {
  const auto conditions = [](const std::string& list) { return trigger(R"({"type":"task_created","conditions":)" + list + "}"); };
  EXPECT_EQ(conditions(R"([{"field":"priority","operator":"equals","value":"high"},{"field":"assignee","operator":"is_empty"}])"), "fine");
  EXPECT_EQ(conditions(R"({"field":"priority"})"), "/trigger/conditions wrong-type");
  EXPECT_EQ(conditions(R"([{"operator":"equals","value":1}])"), "/trigger/conditions/0/field required");
  EXPECT_EQ(conditions(R"([{"field":7,"operator":"equals","value":1}])"), "/trigger/conditions/0/field wrong-type");
  EXPECT_EQ(conditions(R"([{"field":"a","operator":"resembles","value":1}])"), "/trigger/conditions/0/operator unknown-value");
  EXPECT_EQ(conditions(R"([{"field":"a","operator":"less_than"}])"), "/trigger/conditions/0/value required");
}

TEST(Conditions, CompareFieldsByTheirTypes) {
  EXPECT_EQ(compared("issue.status", "eq", R"("done")"), "fine");
  EXPECT_EQ(compared("issue.status", "eq", R"("finished")"), "/condition/value unknown-value");
  EXPECT_EQ(compared("issue.status", "in", R"(["done","nearly"])"), "/condition/value/1 unknown-value");
  EXPECT_EQ(compared("issue.status", "lt", R"("done")"), "/condition/op unknown-value");
  EXPECT_EQ(compared("issue.story_points", "gte", "5"), "fine");
  EXPECT_EQ(compared("issue.story_points", "gte", R"("5")"), "/condition/value wrong-type");
  EXPECT_EQ(compared("issue.due_at", "lt", R"("soon")"), "/condition/value invalid-time");
  EXPECT_EQ(compared("issue.title", "contains", R"("rocket")"), "fine");
  EXPECT_EQ(compared("issue.story_points", "contains", R"("5")"), "/condition/op unknown-value");
  EXPECT_EQ(compared("issue.tags", "contains", R"("urgent")"), "fine");
  EXPECT_EQ(compared("issue.assignee_id", "is_null", "true"), "fine");
  EXPECT_EQ(compared("issue.assignee_id", "is_null", "1"), "/condition/value wrong-type");
  EXPECT_EQ(compared("issue.assignee_id", "eq", "null"), "/condition/value wrong-type");
  EXPECT_EQ(compared("issue.assignee_id", "eq", R"("max")"), "/condition/value invalid-id");
  EXPECT_EQ(compared("project.status", "ne", R"("completed")"), "fine");
  EXPECT_EQ(compared("comment.content", "contains", R"("please")"), "fine");
  EXPECT_EQ(compared("event.actor_type", "eq", R"("agent")"), "fine");
}

TEST(Conditions, KnowTheFieldsThereAre) {
  for (const auto* field : {"status", "issue.", "issue.mood", "user.email", "issue.custom_fields", ".status", ""})
    EXPECT_EQ(compared(field, "eq", R"("x")"), "/condition/field unknown-value") << field;
}

TEST(Conditions, AreTreesOfAllAnyAndNot) {
  const std::string leaf = R"({"field":"issue.status","op":"eq","value":"done"})", wrong = R"({"field":"issue.status","op":"is","value":"done"})";
  EXPECT_EQ(condition(R"({"all":[)" + leaf + R"(,{"any":[)" + leaf + R"(,{"not":)" + leaf + "}]}]}"), "fine");
  EXPECT_EQ(condition(R"({"all":[)" + leaf + R"(,{"any":[)" + leaf + R"(,{"not":)" + wrong + "}]}]}"), "/condition/all/1/any/1/not/op unknown-value");
  EXPECT_EQ(condition(R"({"all":[]})"), "/condition/all wrong-type");
  EXPECT_EQ(condition(R"({"any":)" + leaf + "}"), "/condition/any wrong-type");
  EXPECT_EQ(condition(R"({"all":[)" + leaf + R"(],"any":[)" + leaf + "]}"), "/condition unknown-field");
  EXPECT_EQ(condition(R"({"not":"x"})"), "/condition/not wrong-type");
  EXPECT_EQ(condition(R"({"field":"issue.status","op":"eq"})"), "/condition/value required");
  EXPECT_EQ(condition(R"({"field":"issue.status","op":"eq","value":"done","else":1})"), "/condition/else unknown-field");
  EXPECT_EQ(condition("true"), "/condition wrong-type");
}

TEST(Conditions, HaveAtMost256NodesInAll) {
  const auto tree = [](int leaves) {
    std::string out = R"({"any":[)";
    for (int i = 0; i < leaves; ++i) out += std::string(i == 0 ? "" : ",") + R"({"field":"issue.position","op":"eq","value":)" + std::to_string(i) + "}";
    return out + "]}";
  };
  EXPECT_EQ(condition(tree(255)), "fine");
  EXPECT_EQ(condition(tree(256)), "/condition/any/255 too-many");
  FieldRefusals refusals;
  automation::check_when(Json{R"({"type":"task_created","conditions":[{"field":"a","operator":"is_empty"}]})"}, Json{tree(255)}, refusals);
  EXPECT_EQ(first_of(refusals), "/condition/any/254 too-many") << "a trigger's own conditions count as well";
}

TEST_F(Actions, AreAListOfTypesWithAConfiguration) {
  EXPECT_EQ(actions("[]"), "fine");
  EXPECT_EQ(actions("{}"), "/actions wrong-type");
  EXPECT_EQ(actions(R"([{"type":"comment","config":{"content":"Hello"}},{"type":"dance","config":{}}])"), "/actions/1/type unknown-value");
  EXPECT_EQ(actions(R"([{"type":"comment"}])"), "/actions/0/config required");
  EXPECT_EQ(actions(R"([{"type":"comment","config":{"content":" "}}])"), "/actions/0/config/content blank");
  EXPECT_EQ(actions(R"([{"type":"comment","config":{"content":"a"},"when":1}])"), "/actions/0/when unknown-field");
  std::string many = "[";
  for (std::size_t i = 0; i <= automation::actions_max; ++i) many += std::string(i == 0 ? "" : ",") + R"({"type":"ai_generate","config":{}})";
  EXPECT_EQ(actions(many + "]"), "/actions too-many");
}

TEST_F(Actions, SetFieldsAsAPatchOfAnIssueTakesThem) {
  EXPECT_EQ(action("set_field", R"({"field":"priority","value":"high"})"), "fine");
  EXPECT_EQ(action("set_field", R"({"field":"due_at","value":null})"), "fine");
  EXPECT_EQ(action("set_field", R"({"field":"tags","value":["a","b"]})"), "fine");
  EXPECT_EQ(action("set_field", R"({"field":"priority","value":"highest"})"), "/actions/0/config/value unknown-value");
  EXPECT_EQ(action("set_field", R"({"field":"tags","value":["a",""]})"), "/actions/0/config/value/1 blank");
  EXPECT_EQ(action("set_field", R"({"field":"number","value":1})"), "/actions/0/config/field unknown-value");
  EXPECT_EQ(action("set_field", R"({"field":"priority"})"), "/actions/0/config/value required");
}

TEST_F(Actions, PointAtWhatIsThere) {
  const auto nowhere = id_of<events::UserId>(777).text();
  EXPECT_EQ(action("add_label", with("label_id", urgent.text())), "fine");
  EXPECT_EQ(action("add_label", with("label_id", nowhere)), "/actions/0/config/label_id unknown-reference");
  EXPECT_EQ(action("assign", with("assignee_id", max.text())), "fine");
  EXPECT_EQ(action("assign", with("assignee_id", robot.text())), "fine");
  EXPECT_EQ(action("assign", R"({"assignee_id":null})"), "fine");
  EXPECT_EQ(action("assign", with("assignee_id", nora.text())), "/actions/0/config/assignee_id unknown-reference");
  EXPECT_EQ(action("assign", R"({"assignee_type":"agent","assignee_id":")" + max.text() + "\"}"), "/actions/0/config/assignee_id unknown-reference");
  EXPECT_EQ(action("start_execution", with("agent_id", robot.text())), "fine");
  EXPECT_EQ(action("start_execution", with("agent_id", nowhere)), "/actions/0/config/agent_id unknown-reference");
  EXPECT_EQ(action("call_webhook", with("webhook_id", hook.text())), "/actions/0/config/webhook_id unknown-reference");
  events::webhook::Registered registered{};
  registered.name = "Mirror";
  spec<Webhook>(hook, acme).as(ada).given(registered);
  EXPECT_EQ(action("call_webhook", with("webhook_id", hook.text())), "fine");
  workspace().as(olga).given(events::workspace::LabelDeleted{urgent});
  EXPECT_EQ(action("add_label", with("label_id", urgent.text())), "/actions/0/config/label_id unknown-reference");
}

TEST_F(Actions, NotifySomebodyWhoIsThere) {
  EXPECT_EQ(action("notify", R"({"to":["assignee","watchers"],"title":"Look"})"), "fine");
  EXPECT_EQ(action("notify", R"({"title":"Look"})"), "/actions/0/config/to required");
  EXPECT_EQ(action("notify", R"({"to":["everybody"],"title":"Look"})"), "/actions/0/config/to/0 unknown-value");
  EXPECT_EQ(action("notify", R"({"user_ids":[")" + vic.text() + R"("],"title":"Look"})"), "fine");
  EXPECT_EQ(action("notify", R"({"user_ids":[")" + nora.text() + R"("],"title":"Look"})"), "/actions/0/config/user_ids/0 unknown-reference");
}

TEST_F(Actions, OpenIssuesAsAnybodyDoes) {
  EXPECT_EQ(action("create_issue", R"({"title":"Follow up","type":"bug","project_id":"PAY"})"), "fine");
  EXPECT_EQ(action("create_issue", R"({"type":"bug"})"), "/actions/0/config/title required");
  EXPECT_EQ(action("create_issue", R"({"title":"x","number":1})"), "/actions/0/config/number unknown-field");
  EXPECT_EQ(action("create_issue", R"({"title":"x","id":")" + first.text() + "\"}"), "/actions/0/config/id unknown-field");
}

TEST_F(Actions, OfOlderWordsKeepTheirConfiguration) {
  for (const auto* type : {"send_notification", "assign_task", "update_status", "create_task", "webhook", "ai_generate"}) {
    EXPECT_EQ(action(type, R"({"anything":{"at":["all"]}})"), "fine") << type;
    EXPECT_EQ(action(type, R"("text")"), "/actions/0/config wrong-type") << type;
  }
}

}  // namespace
}  // namespace daybook::domain::automation_shapes_test
