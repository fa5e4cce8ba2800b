// Runs: asked for, claimed by the agent, and ended, at times in vain and then tried once more.
#include "compose/daybook/seed/team.hpp"

namespace daybook::seed {
namespace {

using std::chrono::minutes;

constexpr int failing_in_hundred = 12;

json::object used(Chance& chance) {
  return {{"input", chance.from(1'500, 28'000)}, {"cache_read", chance.from(0, 20'000)}, {"output", chance.from(250, 5'500)}};
}

}  // namespace

void Team::run(const TaskPtr& task, const text::Uuid& agent, std::string_view type) {
  auto& chance = task->chance;
  const auto asking = task->agent ? task->opener : task->owner;
  const auto id = scene_.id(next(*task, "run"));
  json::object data{{"execution_type", type},
                    {"issue_id", task->id.text()},
                    {"agent_id", agent.text()},
                    {"ai_provider", provider},
                    {"model", chance.in_hundred(60) ? large_model : small_model},
                    {"prompt", words::prompt(task->about, chance)},
                    {"max_tokens", 60'000}};
  if (type == "generation") data["generation_type"] = "draft";
  scene_.say(as(asking), "execution.request", id, now(), data);
  scene_.calendar.after(minutes(2), [this, task, agent, id] { claim(task, agent, id, true); });
}

void Team::claim(const TaskPtr& task, const text::Uuid& agent, const text::Uuid& execution, bool may_fail) {
  auto& chance = task->chance;
  // Claims are numbered in the order in which they are made, and this is the next.
  ++scene_.claims;
  scene_.say(as_agent(agent), "execution.claim", {}, now(), {{"execution_id", execution.text()}, {"lease_seconds", 3600}});
  if (task->agent && may_fail) set_status(*task, "in_progress");
  const bool fails = may_fail && chance.in_hundred(failing_in_hundred);
  const auto token = scene_.claims;
  scene_.calendar.after(minutes(chance.from(1, 14)),
                        [this, task, agent, execution, fails, token] { end(task, agent, execution, token, fails); });
}

void Team::end(const TaskPtr& task, const text::Uuid& agent, const text::Uuid& execution, std::int64_t token, bool fails) {
  auto& chance = task->chance;
  const auto by = as_agent(agent);
  const auto asking = task->agent ? task->opener : task->owner;
  if (fails) {
    scene_.say(by, "execution.fail", execution, now(),
               {{"fencing_token", token}, {"error", words::failure(chance)}, {"usage", used(chance)}});
    const auto again = scene_.id(next(*task, "run"));
    scene_.say(as(asking), "execution.retry", again, now() + minutes(5), {{"execution_id", execution.text()}});
    scene_.calendar.after(minutes(8), [this, task, agent, again] { claim(task, agent, again, false); });
    return;
  }
  const auto response = words::response(task->about, chance);
  scene_.say(by, "execution.complete", execution, now(), {{"fencing_token", token}, {"response", response}, {"usage", used(chance)}});
  if (task->agent) comment(*task, by, response);
  if (chance.in_hundred(40))
    scene_.say(as(asking), "execution.give_feedback", execution, now() + minutes(30),
               {{"rating", chance.from(3, 5)}, {"user_feedback", words::review(chance)}});
}

}  // namespace daybook::seed
