// Tasks, who watches them, what was suggested for them, and what they came to.
#include <set>
#include <utility>

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/issue/issue.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "compose/daybook/import/models/workflow_manager.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::importer::models::workflow_manager {
namespace {

using domain::Issue;
using events::IssueId;
namespace is = events::issue;

constexpr std::size_t tags_max = 50;

// People by what a commit may call them by: their address, their name.
using Names = std::unordered_map<std::string, events::UserId>;
Names names_of_people(Course& course) {
  Names names;
  read_all(course.source, "users", [&](Values& values) {
    const auto here = person(course, values, "id");
    if (!here) return;
    for (const auto* column : {"email", "name"})
      if (const auto words = values.filled(column)) names.emplace(text::fold_case(*words), *here);
  });
  return names;
}

// Who has a row of their own among the watchers: a task's list of them says it a second time.
std::set<std::pair<text::Uuid, events::UserId>> watchers_with_rows(Course& course) {
  std::set<std::pair<text::Uuid, events::UserId>> all;
  read_all(course.source, "task_watchers", [&](Values& values) {
    const auto task = number_ref(values, Table::workflow_manager_tasks, either(values, "task_id", "taskId"));
    const auto user = person(course, values, either(values, "user_id", "userId"));
    if (task && user) all.emplace(*task, *user);
  });
  return all;
}

// Each task points at one other at most: whether one more arrow closes a circle is found by walking along them.
class Arrows {
 public:
  // False where it would close one, and nothing is kept.
  bool add(const text::Uuid& from, const text::Uuid& to) {
    auto at = to;
    while (true) {
      if (at == from) return false;
      const auto next = to_.find(at);
      if (next == to_.end()) break;
      at = next->second;
    }
    to_.insert_or_assign(from, to);
    return true;
  }

 private:
  std::unordered_map<text::Uuid, text::Uuid> to_;
};

class Tasks {
 public:
  explicit Tasks(Course& course) : course_(course), names_(names_of_people(course)), watchers_(watchers_with_rows(course)) {}

  void bring(Values& values) {
    const IssueId id{own_number(values, Table::workflow_manager_tasks)};
    const auto stream = events::stream_of(id);
    const auto project = number_ref(values, Table::workflow_manager_projects, "projectId");
    const auto workspace = place_of(course_.sink, values, project, "projectId");
    auto opened = opening(values);
    opened.project_id = events::ProjectId{project.value_or(text::Uuid{})};
    const auto created_at = values.required_time("createdAt");
    const auto updated_at = last_change(values, "updatedAt", created_at);
    // When it came to where it stands, where that is told; what stood before is not.
    const auto status = std::exchange(opened.status, is::Status::todo);
    const auto reached_at = status == is::Status::done          ? values.time("completedAt").value_or(updated_at)
                            : status == is::Status::in_progress ? values.time("startedAt").value_or(updated_at)
                                                                : updated_at;
    if (status == is::Status::done && values.is_null("completedAt")) values.changed("completedAt", "not told: its last change stands for it");
    if (status == is::Status::in_progress && values.is_null("startedAt")) values.changed("startedAt", "not told: its last change stands for it");
    auto watched = watching(values, id.value);
    auto commits = linked(values, id.value);
    Row row(values);
    row.stream(stream).needs(opened.project_id.value(), "projectId").in(workspace);
    row.say(created_at, nobody(), [opened = std::move(opened), stream, workspace](log::Settling& settling, Told&) {
      auto numbered = opened;
      numbered.number = settling.counter(domain::scope::issue_number, events::stream_of(workspace)) + 1;
      numbered.identifier =
          settling.load<domain::Workspace>(events::stream_of(workspace)).issue_prefix + "-" + std::to_string(numbered.number);
      return settling.append<Issue>(stream, workspace, {std::move(numbered)});
    });
    for (auto& commit : commits) row.say<Issue>(stream, workspace, commit.committed_at.value_or(updated_at), user_actor(commit.author_id), {std::move(commit)});
    for (auto& watch : watched) row.say<Issue>(stream, workspace, created_at, user_actor(watch.user_id), {std::move(watch)});
    if (status != is::Status::todo) row.say<Issue>(stream, workspace, reached_at, nobody(), {is::StatusChanged{status}});
    course_.sink.bring(std::move(row));
  }

 private:
  is::Opened opening(Values& values) {
    is::Opened opened{};
    opened.title = values.required_text("title");
    opened.description = values.filled("description");
    opened.generated_prompt = values.filled("generatedPrompt");
    opened.status = values.word("status", is::Status::todo, {{"in-progress", "in_progress"}, {"completed", "done"}, {"pending", "todo"}});
    opened.priority = values.word("priority", is::Priority::medium, {{"critical", "urgent"}});
    opened.execution_type = values.word("executionType", is::ExecutionType::serial, {{"sequential", "serial"}});
    opened.ai_provider = values.filled("aiProvider");
    opened.mcp_config = values.json("mcpConfig");
    opened.position = values.integer("order").value_or(0);
    opened.estimated_minutes = values.integer("estimatedMinutes");
    opened.estimated_cost = values.decimal("estimatedCost");
    if (opened.estimated_cost) opened.estimated_cost_currency = usual_currency;
    opened.due_at = values.time("dueDate");
    if (const auto assignee = person(course_, values, "assigneeId")) {
      opened.assignee_type = is::AssigneeType::user;
      opened.assignee_id = events::PrincipalId{assignee->value};
    }
    auto tags = values.texts("tags").value_or(std::vector<std::string>{});
    if (tags.size() > tags_max) {
      values.changed("tags", "only the first " + std::to_string(tags_max) + " are kept");
      tags.resize(tags_max);
    }
    if (!tags.empty()) opened.tags = std::move(tags);
    return opened;
  }

  std::vector<is::Watched> watching(Values& values, const text::Uuid& task) {
    std::vector<is::Watched> watched;
    std::set<events::UserId> seen;
    for (const auto& item : items_of(list_in(values, "watcherIds")).value_or(std::vector<events::Json>{})) {
      const auto number = integer_of(item);
      const auto user = number ? person(course_, *number) : std::nullopt;
      if (!user) values.changed("watcherIds", item.text + " is nobody who is known: left out");
      else if (!watchers_.contains({task, *user}) && seen.insert(*user).second)
        watched.push_back({events::WatcherId{course_.sink.named("watcher " + user->text() + " of " + task.text())}, *user, true});
    }
    return watched;
  }

  std::vector<is::CommitLinked> linked(Values& values, const text::Uuid& task) {
    std::vector<is::CommitLinked> commits;
    for (const auto& item : items_of(list_in(values, "gitCommits")).value_or(std::vector<events::Json>{})) {
      const auto members = members_of(item).value_or(Members{});
      is::CommitLinked commit{};
      commit.sha = text_member(members, {"sha"}).value_or("");
      if (commit.sha.empty()) {
        values.changed("gitCommits", "one that names no sha is left out");
        continue;
      }
      commit.commit_id = events::CommitId{course_.sink.named("commit " + commit.sha + " of " + task.text())};
      commit.message = text_member(members, {"message"});
      commit.committed_at = time_member(members, {"timestamp"});
      commit.url = text_member(members, {"url"});
      if (const auto author = text_member(members, {"author"})) {
        const auto known = names_.find(text::fold_case(*author));
        if (known != names_.end()) commit.author_id = known->second;
        else values.changed("gitCommits", "the author of " + commit.sha + " is nobody who is known: left out");
      }
      commits.push_back(std::move(commit));
    }
    return commits;
  }

  Course& course_;
  const Names names_;
  const std::set<std::pair<text::Uuid, events::UserId>> watchers_;
};

void bring_watcher(Course& course, Values& values) {
  const events::WatcherId id{own_number(values, Table::workflow_manager_task_watchers)};
  const auto column = either(values, "task_id", "taskId");
  const auto task = number_ref(values, Table::workflow_manager_tasks, column);
  const auto workspace = place_of(course.sink, values, task, column);
  const auto user = needed_person(course, values, either(values, "user_id", "userId"));
  const bool notify = values.boolean(either(values, "notify_on_update", "notifyOnUpdate")).value_or(true);
  const auto at = values.required_time(either(values, "created_at", "createdAt"));
  const events::StreamId stream{task.value_or(text::Uuid{})};
  Row row(values);
  row.needs(stream, column)
      .there_when([stream, user](log::Settling& settling) { return is::find_watcher(settling.load<Issue>(stream), user) != nullptr; })
      .say<Issue>(stream, workspace, at, user_actor(user), {is::Watched{id, user, notify}});
  course.sink.bring(std::move(row));
}

void bring_suggestion(Course& course, Values& values) {
  const events::SuggestedSkillId id{own_number(values, Table::workflow_manager_task_suggested_skills)};
  const auto column = either(values, "task_id", "taskId"), skill_column = either(values, "skill_id", "skillId");
  const auto task = number_ref(values, Table::workflow_manager_tasks, column);
  const auto workspace = place_of(course.sink, values, task, column);
  const auto skill = number_ref(values, Table::workflow_manager_skills, skill_column);
  (void)place_of(course.sink, values, skill, skill_column);
  const events::SkillId suggested{skill.value_or(text::Uuid{})};
  const auto score = values.real(either(values, "relevance_score", "relevanceScore"));
  const auto at = values.required_time(either(values, "created_at", "createdAt"));
  const events::StreamId stream{task.value_or(text::Uuid{})};
  Row row(values);
  row.needs(stream, column)
      .needs(suggested, skill_column)
      .there_when([stream, suggested](log::Settling& settling) { return is::find_suggestion(settling.load<Issue>(stream), suggested) != nullptr; })
      .say<Issue>(stream, workspace, at, nobody(), {is::SkillSuggested{id, suggested, score}});
  course.sink.bring(std::move(row));
}

// ---- the end of each ---------------------------------------------------------------------------------------------------

is::BroughtForward figures_in(Values& values, const Figures& said) {
  constexpr std::int64_t seconds_per_minute = 60;
  is::BroughtForward forward{};
  forward.started_at = values.time("startedAt");
  forward.completed_at = values.time("completedAt");
  const auto minutes = values.integer("actualMinutes");
  if (minutes && said.seconds / seconds_per_minute != *minutes) forward.worked_seconds = *minutes * seconds_per_minute - said.seconds;
  if (const auto tokens = tokens_in(values, "tokenUsage")) forward.token_usage = difference(*tokens, said.tokens);
  if (const auto cost = values.decimal("actualCost")) forward.cost = difference(*cost, said.cost);
  if (forward.cost) forward.currency = usual_currency;
  return forward;
}

void note(Course& course, const Values& values, std::string column, std::string why) {
  course.sink.report().note({FindingKind::changed, values.table(), values.key(), std::move(column), std::move(why)});
}

// What a task says of another one is told when both are there: either may have the greater number.
class Ends {
 public:
  explicit Ends(Course& course) : course_(course) {}

  void close(Values& values) {
    const auto id = own_number(values, Table::workflow_manager_tasks);
    const auto workspace = course_.sink.places().of(id).value_or(WorkspaceId{});
    const events::StreamId stream{id};
    const auto created_at = values.required_time("createdAt");
    const auto at = last_change(values, "updatedAt", created_at);
    const auto parent = other(values, "parentTaskId", workspace), blocker = other(values, "blockedByTaskId", workspace);
    const auto reason = values.filled("blockedReason");
    const auto deleted_at = values.time("deletedAt");
    const auto forward = figures_in(values, course_.tasks[id]);
    count(values, id, forward, deleted_at.has_value());

    Row end(values);
    end.closing(stream);
    if (parent && arrow(values, parents_, id, *parent, "parentTaskId"))
      end.say<Issue>(stream, workspace, created_at, nobody(), {is::ParentChanged{IssueId{*parent}}});
    const bool is_blocked = blocker && arrow(values, blockers_, id, *blocker, "blockedByTaskId");
    const auto by = is_blocked ? std::optional(IssueId{*blocker}) : std::nullopt;
    if (is_blocked) {
      const events::DependencyId edge{course_.sink.named("what blocks " + id.text())};
      end.say<Issue>(stream, workspace, at, nobody(), {is::DependencyAdded{edge, *by, is::DependencyType::blocked_by}});
    }
    if (reason || by) end.say<Issue>(stream, workspace, at, nobody(), {is::Blocked{reason, by}});
    if (deleted_at) end.say<Issue>(stream, workspace, *deleted_at, nobody(), {is::Deleted{}});
    end.say<Issue>(stream, workspace, at, nobody(), {forward});
    course_.sink.bring(std::move(end));
  }

 private:
  std::optional<text::Uuid> other(Values& values, std::string_view column, WorkspaceId workspace) {
    const auto task = number_ref(values, Table::workflow_manager_tasks, column);
    if (!task) return std::nullopt;
    const auto place = course_.sink.places().of(*task);
    if (place == workspace) return task;
    note(course_, values, std::string(column), place ? "a task of another team: it names nothing" : "no task that was brought: it names nothing");
    return std::nullopt;
  }

  bool arrow(const Values& values, Arrows& arrows, const text::Uuid& from, const text::Uuid& to, std::string column) {
    if (arrows.add(from, to)) return true;
    note(course_, values, std::move(column), "it would close a circle: it names nothing");
    return false;
  }

  // All that counts in the project, but for what lies in a deleted task.
  void count(Values& values, const text::Uuid& id, const is::BroughtForward& forward, bool is_deleted) {
    const auto project = number_ref(values, Table::workflow_manager_projects, "projectId");
    if (!project || is_deleted || !course_.sink.places().has(id)) return;
    const auto& said = course_.tasks[id];
    auto& sums = course_.projects[*project];
    sums.seconds += said.seconds + forward.worked_seconds.value_or(0);
    sums.cost.nanos += said.cost.nanos + forward.cost.value_or(events::Decimal{}).nanos;
  }

  Course& course_;
  Arrows parents_, blockers_;
};

}  // namespace

void bring_tasks(Course& course) {
  Tasks tasks(course);
  read_all(course.source, "tasks", [&](Values& values) { tasks.bring(values); });
  read_all(course.source, "task_watchers", [&](Values& values) { bring_watcher(course, values); });
  read_all(course.source, "task_suggested_skills", [&](Values& values) { bring_suggestion(course, values); });
}

void close_tasks(Course& course) {
  Ends ends(course);
  read_all(course.source, "tasks", [&](Values& values) { ends.close(values); });
}

}  // namespace daybook::importer::models::workflow_manager
