// Every read model, one line each, and the dispatch of an event to the one that folds its stream.
#include <algorithm>
#include <stdexcept>

#include "projector/read_models/access.hpp"
#include "projector/read_models/activity.hpp"
#include "projector/read_models/agent.hpp"
#include "projector/read_models/api_key.hpp"
#include "projector/read_models/audit_entry.hpp"
#include "projector/read_models/ai_provider.hpp"
#include "projector/read_models/automation.hpp"
#include "projector/read_models/blueprint.hpp"
#include "projector/read_models/clock.hpp"
#include "projector/read_models/comment.hpp"
#include "projector/read_models/commit.hpp"
#include "projector/read_models/dependency.hpp"
#include "projector/read_models/document.hpp"
#include "projector/read_models/document_version.hpp"
#include "projector/read_models/epic_progress.hpp"
#include "projector/read_models/execution.hpp"
#include "projector/read_models/former_address.hpp"
#include "projector/read_models/invitation.hpp"
#include "projector/read_models/integration.hpp"
#include "projector/read_models/issue.hpp"
#include "projector/read_models/label.hpp"
#include "projector/read_models/label_link.hpp"
#include "projector/read_models/member.hpp"
#include "projector/read_models/notification.hpp"
#include "projector/read_models/parked.hpp"
#include "projector/read_models/plan.hpp"
#include "projector/read_models/project.hpp"
#include "projector/read_models/project_member.hpp"
#include "projector/read_models/read_model.hpp"
#include "projector/read_models/run_cost.hpp"
#include "projector/read_models/search.hpp"
#include "projector/read_models/session.hpp"
#include "projector/read_models/sprint.hpp"
#include "projector/read_models/subscription.hpp"
#include "projector/read_models/suggested_skill.hpp"
#include "projector/read_models/template.hpp"
#include "projector/read_models/time_entry.hpp"
#include "projector/read_models/skill.hpp"
#include "projector/read_models/skill_version.hpp"
#include "projector/read_models/usage_record.hpp"
#include "projector/read_models/user.hpp"
#include "projector/read_models/user_activity.hpp"
#include "projector/read_models/webhook.hpp"
#include "projector/read_models/worked_time.hpp"
#include "projector/read_models/watcher.hpp"
#include "projector/read_models/workflow.hpp"
#include "projector/read_models/workspace.hpp"
#include "projector/read_models/workspace_usage.hpp"

namespace daybook::projector {

const std::vector<ReadModel>& read_models() {
  static const std::vector<ReadModel> all{
      users(),
      user_activity(),
      sessions(),
      notifications(),
      workspaces(),
      members(),
      labels(),
      projects(),
      issues(),
      label_links(),
      dependencies(),
      comments(),
      reactions(),
      agents(),
      plans(),
      subscriptions(),
      subscription_periods(),
      usage_records(),
      usage_totals(),
      workspace_usage(),
      invitations(),
      activity(),
      audit_entries(),
      clock(),
      access_events(),
      search(),
      former_addresses(),
      parked(),
      documents(),
      executions(),
      automations(),
      webhooks(),
      api_keys(),
      integrations(),
      ai_providers(),
      document_versions(),
      skills(),
      templates(),
      template_ratings(),
      workflows(),
      workflow_versions(),
      blueprints(),
      blueprint_reviews(),
      blueprint_purchases(),
      blueprint_versions(),
      suggested_skills(),
      skill_versions(),
      skill_reviews(),
      time_entries(),
      worked_time(),
      run_costs(),
      sprints(),
      watchers(),
      commits(),
      epic_progress(),
      project_members(),
      project_stars(),
  };
  return all;
}

const std::vector<const Table*>& all_tables() {
  static const std::vector<const Table*> all = [] {
    std::vector<const Table*> tables;
    for (const auto& model : read_models()) tables.insert(tables.end(), model.tables.begin(), model.tables.end());
    std::sort(tables.begin(), tables.end(), [](const auto* a, const auto* b) { return a->tag < b->tag; });
    const auto twice = [](const auto* a, const auto* b) { return a->tag == b->tag; };
    if (std::adjacent_find(tables.begin(), tables.end(), twice) != tables.end())
      throw std::logic_error("two tables of the state store have the same tag");
    return tables;
  }();
  return all;
}

void apply(const events::Envelope& event, StateStore& store) {
  using Apply = decltype(ReadModel::apply);
  static const auto by_stream = [] {
    std::vector<Apply> all(events::type_info<events::StreamType>().words.size());
    for (const auto& model : read_models())
      if (model.stream) all.at(static_cast<std::size_t>(*model.stream)) = model.apply;
    return all;
  }();
  const auto fold = by_stream.at(static_cast<std::size_t>(event.stream_type));
  if (!fold) throw std::logic_error("no read model folds the stream type " + std::string(events::word_of(event.stream_type)));
  store.stand_at(event.position);
  fold(event, store);
  note_audit(event, store);
  note_workspace_usage(event, store);
  note_user_activity(event, store);
}

}  // namespace daybook::projector
