#pragma once
// A history of typed events, ready to be appended to a log: stream versions, times and sealed personal fields
// as the command service would write them. The same calls give the same bytes in every run.
#include <map>
#include <string>
#include <vector>

#include "events/access/state.hpp"
#include "events/agent/state.hpp"
#include "events/api_key/state.hpp"
#include "events/ai_provider/state.hpp"
#include "events/automation/state.hpp"
#include "events/blueprint/state.hpp"
#include "events/comment/state.hpp"
#include "events/document/state.hpp"
#include "events/execution/state.hpp"
#include "events/invitation/state.hpp"
#include "events/integration/state.hpp"
#include "events/issue/state.hpp"
#include "events/plan/state.hpp"
#include "events/project/state.hpp"
#include "events/sprint/state.hpp"
#include "events/subscription/state.hpp"
#include "events/time_entry/state.hpp"
#include "events/skill/state.hpp"
#include "events/template/state.hpp"
#include "events/usage_record/state.hpp"
#include "events/user/state.hpp"
#include "events/webhook/state.hpp"
#include "events/workflow/state.hpp"
#include "events/workspace/state.hpp"

namespace daybook::projector::test {

// An id that is easy to write and to read: its last digits are the number.
template <class IdType>
IdType id_of(int number) {
  text::Uuid uuid{};
  uuid.bytes[13] = static_cast<std::uint8_t>(number >> 16);
  uuid.bytes[14] = static_cast<std::uint8_t>(number >> 8);
  uuid.bytes[15] = static_cast<std::uint8_t>(number);
  return IdType{uuid};
}

// Seals by writing the text in hexadecimal: enough to tell what was opened from what was not.
class HexOpener final : public events::PersonalOpener {
 public:
  static std::string seal(const std::vector<events::PlainField>& fields, text::Uuid subject);
  events::Personal open(const events::Envelope& event, const events::SealedField& field) const override;
};

class History {
 public:
  explicit History(events::UserId actor) : actor_(actor) {}

  // Adds one event of a stream; `event` is one of the stream's variant.
  template <class Event>
  events::Envelope& add(events::StreamType type, text::Uuid stream,
                        std::optional<events::WorkspaceId> workspace, const Event& event) {
    return place(type, events::StreamId{stream}, workspace, events::encode<Event>(type, event));
  }
  void user(events::UserId id, const events::user::Event& e);
  void workspace(events::WorkspaceId id, const events::workspace::Event& e);
  void project(events::WorkspaceId in, events::ProjectId id, const events::project::Event& e);
  void issue(events::WorkspaceId in, events::IssueId id, const events::issue::Event& e);
  void comment(events::WorkspaceId in, events::CommentId id, const events::comment::Event& e);
  void agent(events::WorkspaceId in, events::AgentId id, const events::agent::Event& e);
  void document(events::WorkspaceId in, events::DocumentId id, const events::document::Event& e);
  void time_entry(events::WorkspaceId in, events::TimeEntryId id, const events::time_entry::Event& e);
  void sprint(events::WorkspaceId in, events::SprintId id, const events::sprint::Event& e);
  void template_(events::WorkspaceId in, events::TemplateId id, const events::template_::Event& e);
  void skill(events::WorkspaceId in, events::SkillId id, const events::skill::Event& e);
  void invitation(events::WorkspaceId in, events::InvitationId id, const events::invitation::Event& e);
  void automation(events::WorkspaceId in, events::AutomationId id, const events::automation::Event& e);
  void webhook(events::WorkspaceId in, events::WebhookId id, const events::webhook::Event& e);
  void execution(events::WorkspaceId in, events::ExecutionId id, const events::execution::Event& e);
  void integration(events::WorkspaceId in, events::IntegrationId id, const events::integration::Event& e);
  void api_key(events::WorkspaceId in, events::ApiKeyId id, const events::api_key::Event& e);
  void access(std::optional<events::WorkspaceId> in, events::AccessId id, const events::access::Event& e);
  void plan(events::PlanId id, const events::plan::Event& e);
  void subscription(events::WorkspaceId in, events::SubscriptionId id, const events::subscription::Event& e);
  void usage_record(events::WorkspaceId in, events::UsageRecordId id, const events::usage_record::Event& e);
  void ai_provider(events::WorkspaceId in, events::AiProviderId id, const events::ai_provider::Event& e);
  void workflow(events::WorkspaceId in, events::WorkflowId id, const events::workflow::Event& e);
  void blueprint(events::WorkspaceId in, events::BlueprintId id, const events::blueprint::Event& e);
  void act_as(events::UserId actor) { actor_ = actor; }

  const std::vector<events::Envelope>& events() const { return events_; }
  // What was added since the last call.
  std::vector<events::Envelope> take() { return std::exchange(events_, {}); }

 private:
  events::Envelope& place(events::StreamType type, events::StreamId stream,
                          std::optional<events::WorkspaceId> workspace, const events::EncodedEvent& event);

  events::UserId actor_;
  std::map<events::StreamId, std::int64_t> versions_;
  std::vector<events::Envelope> events_;
  int count_ = 0;
};

// Two workspaces with people, labels, projects, agents and this many issues each, which are worked on,
// commented, linked, moved, deleted and restored: every kind of row is born, changed and, where it can be,
// gone.
History busy_history(int issues);

}  // namespace daybook::projector::test
