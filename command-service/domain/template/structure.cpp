#include "command-service/domain/template/structure.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "command-service/domain/core/published.hpp"
#include "command-service/domain/issue/issue.hpp"
#include "command-service/domain/skill/skill.hpp"

namespace daybook::domain::template_ {
namespace {

using events::template_::Automation;
using events::template_::Task;

constexpr const char* place = "/project_structure";

std::string at(std::string_view list, std::size_t index, std::string_view field = "") {
  return place + ("/" + std::string(list)) + "/" + std::to_string(index) + std::string(field);
}

// Where the tasks of each order stand in the list.
std::multimap<std::int64_t, std::size_t> places_by_order(const std::vector<Task>& tasks) {
  std::multimap<std::int64_t, std::size_t> places;
  for (std::size_t i = 0; i < tasks.size(); ++i) places.emplace(tasks[i].order, i);
  return places;
}

// The place of the task above each; nothing where there is none, or where it cannot be told.
std::vector<std::optional<std::size_t>> parents_of(const std::vector<Task>& tasks) {
  const auto places = places_by_order(tasks);
  std::vector<std::optional<std::size_t>> parents(tasks.size());
  for (std::size_t i = 0; i < tasks.size(); ++i)
    if (tasks[i].parent_order && places.count(*tasks[i].parent_order) == 1) parents[i] = places.find(*tasks[i].parent_order)->second;
  return parents;
}

void check_parents(const std::vector<Task>& tasks, FieldRefusals& refusals) {
  const auto places = places_by_order(tasks);
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const auto& parent = tasks[i].parent_order;
    if (!parent) continue;
    const auto many = places.count(*parent);
    if (many == 0) refusals.add(at("tasks", i, "/parent_order"), "unknown-reference", "No task has this order.");
    if (many > 1) refusals.add(at("tasks", i, "/parent_order"), "ambiguous", "Several tasks have this order: give each one of its own.");
  }
  const auto parents = parents_of(tasks);
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    auto above = parents[i];
    for (std::size_t steps = 0; above && *above != i && steps < tasks.size(); ++steps) above = parents[*above];
    if (above == i) refusals.add(at("tasks", i, "/parent_order"), "cycle", "A task cannot lie below itself.");
  }
}

class SkillCheck {
 public:
  SkillCheck(const CommandContext& context, const Facts& facts, FieldRefusals& refusals)
      : workspace_(workspace_of(context).id), facts_(facts), refusals_(refusals) {}

  void check(const std::vector<events::SkillId>& skills, const std::string& pointer) {
    std::set<events::SkillId> here;
    for (std::size_t i = 0; i < skills.size(); ++i) {
      const auto where = pointer + "/" + std::to_string(i);
      if (!here.insert(skills[i]).second) refusals_.add(where, "already-exists", "This skill is named twice.");
      else if (!is_there(skills[i])) refusals_.add(where, "unknown-reference", "There is no such skill in this workspace or listed.");
    }
    seen_.insert(here.begin(), here.end());
  }
  std::size_t different() const { return seen_.size(); }

 private:
  // Beyond the limit nobody is asked: the whole is refused anyway.
  bool is_there(events::SkillId id) const {
    if (seen_.size() > skills_max || seen_.contains(id)) return true;
    return skill::is_usable_in(state_of<Skill>(facts_, events::stream_of(id)), workspace_, facts_);
  }

  events::WorkspaceId workspace_;
  const Facts& facts_;
  FieldRefusals& refusals_;
  std::set<events::SkillId> seen_;
};

void check_skills(const ProjectStructure& structure, const CommandContext& context, const Facts& facts, FieldRefusals& refusals) {
  SkillCheck known(context, facts, refusals);
  known.check(structure.skills, place + std::string("/skills"));
  std::size_t named = 0;
  for (std::size_t i = 0; i < structure.tasks.size(); ++i) {
    known.check(structure.tasks[i].skills, at("tasks", i, "/skills"));
    named += structure.tasks[i].skills.size();
  }
  if (known.different() > skills_max) refusals.add(place + std::string("/skills"), "too-many", "A template can name at most 100 skills.");
  if (named > suggestions_max) refusals.add(place + std::string("/tasks"), "too-many", "All tasks together can name at most 1,000 skills.");
}

void check_automations(const std::vector<Automation>& automations, FieldRefusals& refusals) {
  if (automations.size() > automations_max)
    refusals.add(place + std::string("/automations"), "too-many", "A template can have at most 50 automations.");
  for (std::size_t i = 0; i < automations.size(); ++i) {
    check_object(automations[i].trigger, at("automations", i, "/trigger"), refusals);
    published::check_list(automations[i].actions, at("automations", i, "/actions"), refusals);
  }
}

Task understood(const TaskToBe& sent, std::size_t index) {
  auto task = told<Task, &TaskToBe::skills>(sent);
  if (sent.skills) task.skills = *sent.skills;
  if (!sent.order) task.order = static_cast<std::int64_t>(index);
  return task;
}

}  // namespace

ProjectStructure understood(const StructureToBe& sent) {
  ProjectStructure structure{};
  for (std::size_t i = 0; i < sent.tasks.size(); ++i) structure.tasks.push_back(understood(sent.tasks[i], i));
  structure.skills = sent.skills.value_or(std::vector<events::SkillId>{});
  for (const auto& automation : sent.automations.value_or(std::vector<AutomationToBe>{})) structure.automations.push_back(told<Automation>(automation));
  return structure;
}

void check_structure(const ProjectStructure& structure, const CommandContext& context, const Facts& facts, FieldRefusals& refusals) {
  const auto& tasks = structure.tasks;
  if (tasks.size() > tasks_max) return refusals.add(place + std::string("/tasks"), "too-many", "A template can have at most 500 tasks.");
  if (events::to_json(structure).size() > structure_bytes_max)
    return refusals.add(place, "too-long", "At most 524288 bytes in all, with what was left out.");
  for (std::size_t i = 0; i < tasks.size(); ++i)
    check_range(tasks[i].estimated_minutes, 0, issue::estimated_minutes_max, at("tasks", i, "/estimated_minutes"), refusals);
  check_parents(tasks, refusals);
  check_skills(structure, context, facts, refusals);
  check_automations(structure.automations, refusals);
}

std::vector<Step> steps_of(const ProjectStructure& structure) {
  const auto& tasks = structure.tasks;
  const auto parents = parents_of(tasks);
  std::vector<std::size_t> ordered(tasks.size());
  std::iota(ordered.begin(), ordered.end(), std::size_t{0});
  std::stable_sort(ordered.begin(), ordered.end(), [&](auto a, auto b) { return tasks[a].order < tasks[b].order; });
  std::vector<Step> steps;
  std::vector<std::optional<std::size_t>> step_of(tasks.size());
  for (const auto next : ordered) {
    // The task with all above it that have no step yet, the highest first.
    std::vector<std::size_t> line;
    for (std::optional<std::size_t> task = next; task && !step_of[*task]; task = parents[*task]) line.push_back(*task);
    for (auto task = line.rbegin(); task != line.rend(); ++task) {
      step_of[*task] = steps.size();
      steps.push_back({&tasks[*task], parents[*task] ? step_of[*parents[*task]] : std::nullopt});
    }
  }
  return steps;
}

}  // namespace daybook::domain::template_
