#include "command-service/domain/registry.hpp"

#include "command-service/domain/access/access.hpp"
#include "command-service/domain/agent/agent.hpp"
#include "command-service/domain/api_key/api_key.hpp"
#include "command-service/domain/ai_provider/ai_provider.hpp"
#include "command-service/domain/automation/automation.hpp"
#include "command-service/domain/blueprint/blueprint.hpp"
#include "command-service/domain/comment/comment.hpp"
#include "command-service/domain/document/document.hpp"
#include "command-service/domain/execution/execution.hpp"
#include "command-service/domain/invitation/invitation.hpp"
#include "command-service/domain/integration/integration.hpp"
#include "command-service/domain/issue/issue.hpp"
#include "command-service/domain/plan/plan.hpp"
#include "command-service/domain/project/project.hpp"
#include "command-service/domain/sprint/sprint.hpp"
#include "command-service/domain/subscription/subscription.hpp"
#include "command-service/domain/time_entry/time_entry.hpp"
#include "command-service/domain/skill/skill.hpp"
#include "command-service/domain/template/template.hpp"
#include "command-service/domain/usage_record/usage_record.hpp"
#include "command-service/domain/user/user.hpp"
#include "command-service/domain/webhook/webhook.hpp"
#include "command-service/domain/workflow/workflow.hpp"
#include "command-service/domain/workspace/workspace.hpp"

namespace daybook::domain {

const AggregateOps* aggregate_ops_of(events::StreamType type) {
  using events::StreamType;
  switch (type) {
    case StreamType::user: return &aggregate_ops<User>();
    case StreamType::workspace: return &aggregate_ops<Workspace>();
    case StreamType::project: return &aggregate_ops<Project>();
    case StreamType::issue: return &aggregate_ops<Issue>();
    case StreamType::comment: return &aggregate_ops<Comment>();
    case StreamType::agent: return &aggregate_ops<Agent>();
    case StreamType::document: return &aggregate_ops<Document>();
    case StreamType::time_entry: return &aggregate_ops<TimeEntry>();
    case StreamType::sprint: return &aggregate_ops<Sprint>();
    case StreamType::skill: return &aggregate_ops<Skill>();
    case StreamType::template_: return &aggregate_ops<Template>();
    case StreamType::automation: return &aggregate_ops<Automation>();
    case StreamType::webhook: return &aggregate_ops<Webhook>();
    case StreamType::integration: return &aggregate_ops<Integration>();
    case StreamType::invitation: return &aggregate_ops<Invitation>();
    case StreamType::execution: return &aggregate_ops<Execution>();
    case StreamType::workflow: return &aggregate_ops<Workflow>();
    case StreamType::blueprint: return &aggregate_ops<Blueprint>();
    case StreamType::api_key: return &aggregate_ops<ApiKey>();
    case StreamType::ai_provider: return &aggregate_ops<AiProvider>();
    case StreamType::access: return &aggregate_ops<Access>();
    case StreamType::plan: return &aggregate_ops<Plan>();
    case StreamType::subscription: return &aggregate_ops<Subscription>();
    case StreamType::usage_record: return &aggregate_ops<UsageRecord>();
  }
  return nullptr;
}

}  // namespace daybook::domain
