// What an automation is to do.
#include "command-service/domain/automation/shapes.hpp"
#include "command-service/domain/issue/issue.hpp"

namespace daybook::domain::automation {
namespace {

using events::Json;

struct Action {
  ActionType type{};
  Json config{"{}"};
};
BOOST_DESCRIBE_STRUCT(Action, (), (type, config))

struct SetField {
  std::string field;  // of the issue, as a PATCH of it names them
  Json value;
};
BOOST_DESCRIBE_STRUCT(SetField, (), (field, value))

struct Assign {
  std::optional<issue::AssigneeType> assignee_type;
  std::optional<events::PrincipalId> assignee_id;  // none: nobody
};
BOOST_DESCRIBE_STRUCT(Assign, (), (assignee_type, assignee_id))

struct AddLabel {
  events::LabelId label_id{};
};
BOOST_DESCRIBE_STRUCT(AddLabel, (), (label_id))

struct PostComment {
  Content content{};
};
BOOST_DESCRIBE_STRUCT(PostComment, (), (content))

BOOST_DEFINE_ENUM_CLASS(Recipient, assignee, creator, watchers, project_owner, actor)
struct Notify {
  std::optional<std::vector<events::UserId>> user_ids;
  std::optional<std::vector<Recipient>> to;
  Title title{};
  std::optional<Description> message;
};
BOOST_DESCRIBE_STRUCT(Notify, (), (user_ids, to, title, message))

struct CallWebhook {
  events::WebhookId webhook_id{};
  std::optional<Json> payload;
};
BOOST_DESCRIBE_STRUCT(CallWebhook, (), (webhook_id, payload))

struct StartExecution {
  std::optional<events::AgentId> agent_id;
  std::optional<Prompt> prompt;
  std::optional<Json> input_data;
};
BOOST_DESCRIBE_STRUCT(StartExecution, (), (agent_id, prompt, input_data))

// Checks one action after the other; `at` is the place of the configuration.
class Check {
 public:
  Check(const CommandContext& context, const Facts& facts, FieldRefusals& refusals) : context_(context), facts_(facts), refusals_(refusals) {}

  void action(const Action& action, const std::string& at) {
    switch (action.type) {
      case ActionType::set_field:
        return as<SetField>(action, at);
      case ActionType::assign:
        return as<Assign>(action, at);
      case ActionType::add_label:
        return as<AddLabel>(action, at);
      case ActionType::comment:
        return as<PostComment>(action, at);
      case ActionType::notify:
        return as<Notify>(action, at);
      case ActionType::create_issue:
        return as<issue::Open>(action, at);
      case ActionType::call_webhook:
        return as<CallWebhook>(action, at);
      case ActionType::start_execution:
        return as<StartExecution>(action, at);
      case ActionType::send_notification:
      case ActionType::assign_task:
      case ActionType::update_status:
      case ActionType::create_task:
      case ActionType::webhook:
      case ActionType::ai_generate:
        return check_object(action.config, at, refusals_);
    }
  }

 private:
  template <class Config>
  void as(const Action& action, const std::string& at) {
    Config config{};
    const auto read = events::from_json(action.config.text, config, events::Reading::strict);
    add_errors(read, at, refusals_);
    if (read) check(config, at);
  }

  void unknown(const std::string& at, std::string detail) { refusals_.add(at, "unknown-reference", std::move(detail)); }
  bool usable(events::StreamType type, text::Uuid id) const { return facts_.usable(type, StreamId{id}, workspace_of(context_).id); }

  // The value is what a PATCH of the issue would take: {"status":"done"}.
  void check(const SetField& config, const std::string& at) {
    std::string patch = "{";
    events::write_json_string(config.field, patch);
    patch += ":" + config.value.text + "}";
    issue::Change change{};
    const auto read = events::from_json(patch, change, events::Reading::strict);
    if (read) return;
    for (const auto& error : read.errors) {
      const auto deeper = error.pointer.find('/', 1);
      if (error.code == "unknown-field" && deeper == error.pointer.npos)
        refusals_.add(at + "/field", "unknown-value", "An issue has no such field that can be set.");
      else
        refusals_.add(at + "/value" + (deeper == error.pointer.npos ? "" : error.pointer.substr(deeper)), error.code, error.detail);
    }
  }

  void check(const Assign& config, const std::string& at) {
    if (!config.assignee_id) {
      if (config.assignee_type) refusals_.add(at + "/assignee_id", "required", "Say who: a type alone assigns nobody.");
      return;
    }
    const auto id = config.assignee_id->value;
    const bool member = config.assignee_type != issue::AssigneeType::agent && is_member(context_, events::UserId{id});
    const bool agent = config.assignee_type != issue::AssigneeType::user && usable(events::StreamType::agent, id);
    if (!member && !agent) unknown(at + "/assignee_id", "There is no such member or agent in this workspace.");
  }

  void check(const AddLabel& config, const std::string& at) {
    const auto* label = events::workspace::find_part(workspace_of(context_), config.label_id);
    if (label == nullptr || label->deleted_at) unknown(at + "/label_id", "There is no such label in this workspace.");
  }

  void check(const PostComment&, const std::string&) {}

  void check(const Notify& config, const std::string& at) {
    const bool somebody = (config.user_ids && !config.user_ids->empty()) || (config.to && !config.to->empty());
    if (!somebody) refusals_.add(at + "/to", "required", "Say whom, by to or user_ids.");
    if (!config.user_ids) return;
    for (std::size_t i = 0; i < config.user_ids->size(); ++i)
      if (!is_member(context_, (*config.user_ids)[i])) unknown(at + "/user_ids/" + std::to_string(i), "There is no such member in this workspace.");
  }

  void check(const issue::Open& config, const std::string& at) {
    if (config.id) refusals_.add(at + "/id", "unknown-field", "Each run makes an issue of its own.");
  }

  void check(const CallWebhook& config, const std::string& at) {
    if (!usable(events::StreamType::webhook, config.webhook_id.value)) unknown(at + "/webhook_id", "There is no such webhook in this workspace.");
  }

  void check(const StartExecution& config, const std::string& at) {
    if (config.agent_id && !usable(events::StreamType::agent, config.agent_id->value))
      unknown(at + "/agent_id", "There is no such agent in this workspace.");
  }

  const CommandContext& context_;
  const Facts& facts_;
  FieldRefusals& refusals_;
};

}  // namespace

void check_actions(const Json& actions, const std::string& at, const CommandContext& context, const Facts& facts, FieldRefusals& refusals) {
  std::vector<Action> list;
  const auto read = events::from_json(actions.text, list, events::Reading::strict);
  add_errors(read, at, refusals);
  if (!read) return;
  if (list.size() > actions_max) return refusals.add(at, "too-many", "At most 50 actions.");
  Check check(context, facts, refusals);
  for (std::size_t i = 0; i < list.size(); ++i) check.action(list[i], at + "/" + std::to_string(i) + "/config");
}

}  // namespace daybook::domain::automation
