// The life of an issue: opened for a sprint, begun, talked about, held up at times, and done, in this sprint or in a later one.
#include "compose/daybook/seed/team.hpp"

namespace daybook::seed {
namespace {

using std::chrono::minutes;

constexpr std::array<std::int64_t, 7> story_points{1, 2, 3, 3, 5, 5, 8};
constexpr std::array<std::string_view, 6> priorities{"low", "medium", "medium", "medium", "high", "urgent"};
constexpr std::array<std::string_view, 5> tags{"desk", "telephone", "printing", "letters", "lockers"};

std::string_view type_of(words::Work work) { return work == words::Work::story ? "story" : work == words::Work::bug ? "bug" : "chore"; }

words::Work work_of(Chance& chance) {
  const auto drawn = chance.from(1, 10);
  return drawn <= 6 ? words::Work::story : drawn <= 8 ? words::Work::bug : words::Work::chore;
}

minutes some_minutes(Chance& chance, std::int64_t least, std::int64_t most) { return minutes(chance.from(least, most)); }

}  // namespace

void Team::open(Project& project, std::int64_t sprint, std::int64_t place) {
  const auto tag = "issue " + std::to_string(place) + " of sprint " + std::to_string(sprint) + " of " + project.tag;
  const auto task = std::make_shared<Task>(Task{tag, scene_.id(tag), {}, &project, {}, {}, {}, 0, 0, scene_.chance(tag), 0});
  auto& chance = task->chance;
  const auto work = work_of(chance);
  task->about = words::subject(chance);
  task->opener = scene_.people[static_cast<std::size_t>(chance.from(0, 2))];
  task->owner = another(task->opener, chance);
  if (chance.in_hundred(25))
    task->agent = scene_.agents[static_cast<std::size_t>(chance.from(0, static_cast<std::int64_t>(scene_.agents.size()) - 1))];
  task->first_day = sprint * sprint_workdays + place * 8 / issues_of_a_sprint + chance.from(0, 1);
  task->last_day = task->first_day + chance.from(1, 3);
  if (chance.in_hundred(12)) task->last_day += 6;

  const auto opened = sprint == 0 ? scene_.workday(0, 8, 46 + static_cast<int>(place))
                                  : scene_.workday(sprint * sprint_workdays - 1, 13, 35 + static_cast<int>(place));
  json::object data{{"title", words::title(work, task->about, chance)},
                    {"type", type_of(work)},
                    {"description", words::description(work, task->about, chance)},
                    {"acceptance_criteria", words::acceptance(task->about, chance)},
                    {"status", "todo"},
                    {"priority", chance.of(priorities)},
                    {"project_id", project.id.text()},
                    {"assignee_type", task->agent ? "agent" : "user"},
                    {"assignee_id", task->agent ? task->agent->text() : task->owner.id.text()},
                    {"story_points", chance.of(story_points)},
                    {"estimated_minutes", 60 * chance.from(1, 12)},
                    {"epic_id", project.epics[static_cast<std::size_t>(place) % project.epics.size()].text()},
                    {"sprint_id", scene_.text_id("sprint " + std::to_string(sprint) + " of " + project.tag)},
                    {"tags", json::array{chance.of(tags)}}};
  if (chance.in_hundred(30)) data["due_at"] = text::format_instant(scene_.workday(task->last_day + 1, 17));
  scene_.say(as(task->opener), "issue.open", task->id, opened, data);
  scene_.calendar.at(opened, [this, task, &project] {
    embellish(*task);
    project.latest_issue = task->id;
  });
  scene_.calendar.at(some_time(task->first_day, 10, 11, chance), [this, task] { carry_out(task); });
}

// What is said of it beside its own fields.
void Team::embellish(Task& task) {
  auto& chance = task.chance;
  const auto by = as(task.opener);
  if (chance.in_hundred(50))
    scene_.say(by, "issue.attach_label", task.id, now(),
               {{"id", scene_.text_id(next(task, "label"))}, {"label_id", chance.of(scene_.labels).text()}});
  if (chance.in_hundred(15))
    scene_.say(by, "issue.suggest_skill", task.id, now(),
               {{"id", scene_.text_id(next(task, "suggestion"))},
                {"skill_id", chance.of(scene_.skills).text()},
                {"relevance_score", chance.from(40, 95)}});
  if (chance.in_hundred(30)) scene_.say(as(scene_.people.back()), "issue.watch", task.id, now() + minutes(5));
  if (chance.in_hundred(20) && !task.project->latest_issue.is_nil())
    scene_.say(by, "issue.add_dependency", task.id, now(),
               {{"id", scene_.text_id(next(task, "dependency"))},
                {"depends_on_id", task.project->latest_issue.text()},
                {"dependency_type", "related"}});
  if (!task.agent) notify(task, task.owner, "task_assigned", "You have a new issue", words::acceptance(task.about, chance), by);
}

void Team::carry_out(const TaskPtr& task) {
  if (task->agent)
    work_by_agent(task);
  else
    work_by_hand(task);
  scene_.calendar.at(some_time(task->last_day, 10, 14, task->chance), [this, task] { finish(task); });
}

void Team::work_by_hand(const TaskPtr& task) {
  auto& chance = task->chance;
  set_status(*task, "in_progress");
  comment(*task, as(task->owner), words::beginning(task->about, chance));
  for (auto day = task->first_day; day < task->last_day; ++day)
    if (chance.in_hundred(75)) log_time(task, day);
  if (chance.in_hundred(35)) run(task, chance.of(std::span<const text::Uuid>(scene_.agents)), "generation");
  if (chance.in_hundred(45)) scene_.calendar.after(some_minutes(chance, 60, 180), [this, task] { discuss(task); });
  if (chance.in_hundred(10)) scene_.calendar.at(scene_.workday(task->first_day, 15, 10), [this, task] { be_held_up(task); });
}

void Team::work_by_agent(const TaskPtr& task) { run(task, *task->agent, "task"); }

void Team::log_time(const TaskPtr& task, std::int64_t day) {
  auto& chance = task->chance;
  const auto begun = scene_.workday(day, 13, static_cast<int>(chance.from(0, 40)));
  const std::chrono::seconds spent(300 * chance.from(6, 30));
  scene_.say(as(task->owner), "time_entry.log", scene_.id(next(*task, "time")), begun + spent,
             {{"issue_id", task->id.text()},
              {"start_time", text::format_instant(begun)},
              {"duration_seconds", spent.count()},
              {"description", words::time_note(task->about, chance)},
              {"is_billable", chance.in_hundred(60)}});
}

// A question with an answer, and a hand that is raised to it.
void Team::discuss(const TaskPtr& task) {
  auto& chance = task->chance;
  const auto asking = another(task->owner, chance);
  const auto words = words::question(task->about, chance);
  const auto asked = comment(*task, as(asking), words, {}, {task->owner.id});
  notify(*task, task->owner, "mentioned", asking.name + " mentioned you", words, as(asking), asked);
  scene_.calendar.after(some_minutes(chance, 15, 90), [this, task, asking, asked] {
    const auto words = words::answer(task->chance);
    const auto answered = comment(*task, as(task->owner), words, asked);
    notify(*task, asking, "comment_reply", task->owner.name + " answered you", words, as(task->owner), answered);
    scene_.say(as(asking), "comment.react", answered, now() + minutes(7), {{"emoji", words::reaction(task->chance)}});
  });
}

void Team::be_held_up(const TaskPtr& task) {
  scene_.say(as(task->owner), "issue.block", task->id, now(), {{"blocked_reason", words::hindrance(task->chance)}});
  scene_.say(as(task->owner), "issue.unblock", task->id, scene_.workday(task->first_day + 1, 9, 20));
}

void Team::finish(const TaskPtr& task) {
  auto& chance = task->chance;
  if (chance.in_hundred(4)) return set_status(*task, "cancelled");
  set_status(*task, "in_review");
  const auto reviewer = another(task->owner, chance);
  if (!task->agent) {
    const auto sha = chance.digits(40);
    scene_.say(as(task->owner), "issue.link_commit", task->id, now(),
               {{"id", scene_.text_id(next(*task, "commit"))},
                {"sha", sha},
                {"message", words::closing(task->about, chance)},
                {"author_id", task->owner.id.text()},
                {"committed_at", text::format_instant(now() - minutes(12))},
                {"url", "https://code.example/lantern/commit/" + sha}});
  }
  scene_.calendar.after(some_minutes(chance, 10, 45), [this, task, reviewer] {
    const auto seen = comment(*task, as(reviewer), words::review(task->chance));
    if (task->chance.in_hundred(40))
      scene_.say(as(task->owner), "comment.react", seen, now() + minutes(3), {{"emoji", words::reaction(task->chance)}});
  });
  scene_.calendar.after(minutes(50), [this, task] {
    set_status(*task, "done");
    comment(*task, worker(*task), words::closing(task->about, task->chance));
    notify(*task, task->opener, "task_completed", "An issue of yours is done", words::closing(task->about, task->chance), worker(*task));
  });
}

void Team::set_status(const Task& task, std::string_view status) {
  scene_.say(worker(task), "issue.change", task.id, now(), {{"status", status}});
}

text::Uuid Team::comment(Task& task, const Actor& by, const std::string& content, const text::Uuid& answered,
                         const std::vector<text::Uuid>& mentions) {
  const auto id = scene_.id(next(task, "comment"));
  json::object data{{"issue_id", task.id.text()}, {"content", content}};
  if (!answered.is_nil()) data["parent_id"] = answered.text();
  json::array mentioned;
  for (const auto& person : mentions) mentioned.emplace_back(person.text());
  if (!mentioned.empty()) data["mentions"] = std::move(mentioned);
  scene_.say(by, "comment.post", id, now(), data);
  return id;
}

// Most of it is read within the day.
void Team::notify(Task& task, const Person& whom, std::string_view why, const std::string& title, const std::string& content,
                  const Actor& by, const text::Uuid& comment) {
  if (by == as(whom)) return;
  const auto id = scene_.text_id(next(task, "notification"));
  json::object data{{"notification_id", id},
                    {"workspace_id", scene_.workspace.text()},
                    {"notification_type", why},
                    {"title", title},
                    {"content", content},
                    {"related_issue_id", task.id.text()},
                    {"action_url", "/workspaces/" + scene_.workspace.text() + "/issues/" + task.id.text()},
                    {"caused_by_type", by.kind == Actor::Kind::agent ? "agent" : "user"},
                    {"caused_by_id", by.id.text()}};
  if (!comment.is_nil()) data["related_comment_id"] = comment.text();
  scene_.say(program(), "notification.raise", whom.id, now(), data);
  if (task.chance.in_hundred(60))
    scene_.say(as(whom), "notification.read", whom.id, now() + some_minutes(task.chance, 20, 400), {{"notification_id", id}});
}

}  // namespace daybook::seed
