// Each kind of stream's event, encoded here for every test of the read models: to compile it takes long.
#include "tests/projector/history.hpp"

namespace daybook::projector::test {

void History::user(events::UserId id, const events::user::Event& e) { add(events::StreamType::user, id.value, {}, e); }
void History::workspace(events::WorkspaceId id, const events::workspace::Event& e) { add(events::StreamType::workspace, id.value, id, e); }
void History::project(events::WorkspaceId in, events::ProjectId id, const events::project::Event& e) { add(events::StreamType::project, id.value, in, e); }
void History::issue(events::WorkspaceId in, events::IssueId id, const events::issue::Event& e) { add(events::StreamType::issue, id.value, in, e); }
void History::comment(events::WorkspaceId in, events::CommentId id, const events::comment::Event& e) { add(events::StreamType::comment, id.value, in, e); }
void History::agent(events::WorkspaceId in, events::AgentId id, const events::agent::Event& e) { add(events::StreamType::agent, id.value, in, e); }
void History::document(events::WorkspaceId in, events::DocumentId id, const events::document::Event& e) { add(events::StreamType::document, id.value, in, e); }
void History::time_entry(events::WorkspaceId in, events::TimeEntryId id, const events::time_entry::Event& e) { add(events::StreamType::time_entry, id.value, in, e); }
void History::sprint(events::WorkspaceId in, events::SprintId id, const events::sprint::Event& e) { add(events::StreamType::sprint, id.value, in, e); }
void History::template_(events::WorkspaceId in, events::TemplateId id, const events::template_::Event& e) { add(events::StreamType::template_, id.value, in, e); }
void History::skill(events::WorkspaceId in, events::SkillId id, const events::skill::Event& e) { add(events::StreamType::skill, id.value, in, e); }
void History::invitation(events::WorkspaceId in, events::InvitationId id, const events::invitation::Event& e) { add(events::StreamType::invitation, id.value, in, e); }
void History::automation(events::WorkspaceId in, events::AutomationId id, const events::automation::Event& e) { add(events::StreamType::automation, id.value, in, e); }
void History::webhook(events::WorkspaceId in, events::WebhookId id, const events::webhook::Event& e) { add(events::StreamType::webhook, id.value, in, e); }
void History::execution(events::WorkspaceId in, events::ExecutionId id, const events::execution::Event& e) { add(events::StreamType::execution, id.value, in, e); }
void History::integration(events::WorkspaceId in, events::IntegrationId id, const events::integration::Event& e) { add(events::StreamType::integration, id.value, in, e); }
void History::api_key(events::WorkspaceId in, events::ApiKeyId id, const events::api_key::Event& e) { add(events::StreamType::api_key, id.value, in, e); }
void History::access(std::optional<events::WorkspaceId> in, events::AccessId id, const events::access::Event& e) { add(events::StreamType::access, id.value, in, e); }
void History::plan(events::PlanId id, const events::plan::Event& e) { add(events::StreamType::plan, id.value, {}, e); }
void History::subscription(events::WorkspaceId in, events::SubscriptionId id, const events::subscription::Event& e) { add(events::StreamType::subscription, id.value, in, e); }
void History::usage_record(events::WorkspaceId in, events::UsageRecordId id, const events::usage_record::Event& e) { add(events::StreamType::usage_record, id.value, in, e); }
void History::ai_provider(events::WorkspaceId in, events::AiProviderId id, const events::ai_provider::Event& e) { add(events::StreamType::ai_provider, id.value, in, e); }
void History::workflow(events::WorkspaceId in, events::WorkflowId id, const events::workflow::Event& e) { add(events::StreamType::workflow, id.value, in, e); }
void History::blueprint(events::WorkspaceId in, events::BlueprintId id, const events::blueprint::Event& e) { add(events::StreamType::blueprint, id.value, in, e); }

}  // namespace daybook::projector::test
