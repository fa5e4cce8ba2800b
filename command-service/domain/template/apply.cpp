#include "command-service/domain/template/apply.hpp"

#include <map>

#include "command-service/domain/core/published.hpp"
#include "command-service/domain/skill/skill.hpp"
#include "command-service/domain/template/structure.hpp"
#include "platform/crypto/uuid_source.hpp"

namespace daybook::domain::template_ {
namespace {

text::Uuid nth_id(const CommandContext& context, std::string_view kind, std::size_t n) {
  return crypto::uuid_v5(context.fresh_id, std::string(kind) + " " + std::to_string(n));
}

project::Create project_of(const State& original, const Apply& command) {
  project::Create create{};
  create.key = command.key;
  create.name = command.name;
  create.description = command.description;
  create.start_date = command.start_date;
  create.end_date = command.end_date;
  create.visibility = command.visibility;
  if (original.cover_image) create.cover_image = Place(*original.cover_image);
  create.template_id = events::EntityId{original.id.value};
  return create;
}

issue::Open issue_of(const events::template_::Task& task, events::ProjectId project) {
  issue::Open open{};
  open.title = Title(task.title);
  if (task.description) open.description = Description(*task.description);
  open.priority = task.priority;
  open.estimated_minutes = task.estimated_minutes;
  open.project_id = ProjectRef(project);
  return open;
}

// Each skill is looked at once, however many tasks name it.
class UsableSkills {
 public:
  UsableSkills(const CommandContext& context, const Facts& facts) : workspace_(workspace_of(context).id), facts_(facts) {}

  bool contain(events::SkillId id) {
    const auto [known, fresh] = usable_.emplace(id, false);
    if (fresh) known->second = skill::is_usable_in(state_of<Skill>(facts_, events::stream_of(id)), workspace_, facts_);
    return known->second;
  }

 private:
  events::WorkspaceId workspace_;
  const Facts& facts_;
  std::map<events::SkillId, bool> usable_;
};

// What is to happen by itself in the project.
std::vector<AutomationToMake> automations_of(const State& original, events::ProjectId project, const CommandContext& context) {
  std::vector<AutomationToMake> all;
  for (const auto& one : original.project_structure.automations) {
    AutomationToMake made{events::AutomationId{nth_id(context, "automation", all.size())}, {}};
    made.define.name = Name(one.name);
    made.define.project_id = ProjectRef(project);
    made.define.trigger = one.trigger;
    made.define.actions = one.actions;
    made.define.is_enabled = context.role && allowed(Permission::automations_manage, *context.role);
    all.push_back(std::move(made));
  }
  return all;
}

}  // namespace

Result<Application> apply(const State& original, events::ProjectId project, const Apply& command, const CommandContext& context,
                          const Facts& facts) {
  if (auto refused = published::refuse_unknown(original, "template", context, facts)) return *refused;
  Application application{};
  application.project = project_of(original, command);
  UsableSkills skills(context, facts);
  std::size_t suggestions = 0;
  for (const auto& step : steps_of(original.project_structure)) {
    const auto n = application.issues.size();
    IssueToBe one{events::IssueId{nth_id(context, "issue", n)}, issue_of(*step.task, project), {}};
    if (step.parent) one.open.parent_id = IssueRef(application.issues[*step.parent].id);
    for (const auto& skill : step.task->skills)
      if (skills.contain(skill)) one.skills.push_back({events::SuggestedSkillId{nth_id(context, "skill", suggestions++)}, skill, std::nullopt});
    application.issues.push_back(std::move(one));
  }
  application.automations = automations_of(original, project, context);
  application.applied = {static_cast<std::int64_t>(application.issues.size()), original.project_structure.automations};
  return application;
}

bool repeats(const events::project::Created& first, const Apply& again, const CommandContext&, const Facts&) {
  const auto template_id = again.template_id ? std::optional(events::EntityId{again.template_id->value}) : std::nullopt;
  return first.template_id == template_id && first.name == again.name.text && (!again.key || first.key == again.key->text) &&
         first.description == plain(again.description) && first.start_date == again.start_date && first.end_date == again.end_date &&
         first.visibility == again.visibility;
}

}  // namespace daybook::domain::template_
