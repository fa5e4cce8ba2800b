// What is said and worked on a task: comments, runs, time entries.
#include <algorithm>
#include <set>

#include "command-service/domain/comment/comment.hpp"
#include "command-service/domain/execution/execution.hpp"
#include "command-service/domain/time_entry/time_entry.hpp"
#include "compose/daybook/import/models/workflow_manager.hpp"

namespace daybook::importer::models::workflow_manager {
namespace {

using domain::Comment;
using domain::Execution;
using domain::TimeEntry;
using events::IssueId;
namespace co = events::comment;
namespace ex = events::execution;
namespace ti = events::time_entry;

// The task that a row lies in, with its workspace.
struct Place {
  IssueId task{};
  WorkspaceId workspace{};
};
Place task_of(Course& course, Values& values) {
  const auto task = number_ref(values, Table::workflow_manager_tasks, "taskId");
  const auto workspace = place_of(course.sink, values, task, "taskId");
  return {IssueId{task.value_or(text::Uuid{})}, workspace};
}

// ---- comments --------------------------------------------------------------------------------------------------------

std::vector<events::UserId> mentioned(Course& course, Values& values) {
  std::vector<events::UserId> people;
  for (const auto& item : items_of(list_in(values, "mentions")).value_or(std::vector<events::Json>{})) {
    const auto number = integer_of(item);
    const auto user = number ? person(course, *number) : std::nullopt;
    if (user) people.push_back(*user);
    else values.changed("mentions", item.text + " is nobody who is known: left out");
  }
  return people;
}

// {"👍":[1,3]}: each person once for each sign.
std::vector<co::Reacted> reactions(Course& course, Values& values, const text::Uuid& comment) {
  std::vector<co::Reacted> all;
  std::set<std::pair<std::string, events::UserId>> seen;
  for (const auto& [emoji, people] : members_of(object_in(values, "reactions")).value_or(Members{}))
    for (const auto& item : items_of(people).value_or(std::vector<events::Json>{})) {
      const auto number = integer_of(item);
      const auto user = number ? person(course, *number) : std::nullopt;
      if (!user) values.changed("reactions", item.text + " is nobody who is known: left out");
      else if (seen.emplace(emoji, *user).second)
        all.push_back({events::ReactionId{course.sink.named(emoji + " of " + user->text() + " to " + comment.text())}, *user, emoji});
    }
  return all;
}

void bring_comment(Course& course, Values& values) {
  const events::CommentId id{own_number(values, Table::workflow_manager_comments)};
  const auto stream = events::stream_of(id);
  const auto [task, workspace] = task_of(course, values);
  const auto author = needed_person(course, values, "userId");
  co::Posted posted{};
  posted.issue_id = task;
  const auto parent = if_brought(course.sink, values, number_ref(values, Table::workflow_manager_comments, "parentCommentId"), "parentCommentId");
  if (parent) posted.parent_id = events::CommentId{*parent};
  posted.content = values.required_text("content");
  posted.content_type = values.word("contentType", co::ContentType::markdown, {{"plain", "text"}});
  posted.mentions = mentioned(course, values);
  auto reacted = reactions(course, values, id.value);
  const auto created_at = values.required_time("createdAt");
  const auto updated_at = last_change(values, "updatedAt", created_at);
  const co::BroughtForward forward{values.time("editedAt")};
  const auto deleted_at = values.time("deletedAt");
  Row row(values);
  const auto by = user_actor(author);
  row.stream(stream).needs(task, "taskId").say<Comment>(stream, workspace, created_at, by, {std::move(posted)});
  for (auto& reaction : reacted) {
    const auto reader = user_actor(reaction.user_id);
    row.say<Comment>(stream, workspace, updated_at, reader, {std::move(reaction)});
  }
  if (deleted_at) row.say<Comment>(stream, workspace, *deleted_at, by, {co::Deleted{}});
  row.say<Comment>(stream, workspace, updated_at, nobody(), {forward});
  course.sink.bring(std::move(row));
}

// ---- runs --------------------------------------------------------------------------------------------------------------

ex::Requested requested(Values& values, IssueId task) {
  ex::Requested run{};
  run.execution_type = ex::ExecutionType::task;
  run.issue_id = task;
  run.prompt = events::LongText(values.text_or("prompt", ""));
  if (auto context = values.text("context")) run.context = events::LongText(std::move(*context));
  run.ai_provider = values.filled("aiProvider");
  run.model = values.filled("model");
  run.temperature = values.real("temperature");
  run.max_tokens = values.integer("maxTokens");
  run.execution_number = values.integer("executionNumber").value_or(1);
  run.retry_count = values.integer("retryCount").value_or(0);
  run.lease_seconds = domain::execution::lease_seconds_default;
  run.max_attempts = std::max(domain::execution::attempts_default, run.retry_count + 1);
  return run;
}

ex::BroughtForward ended(Values& values, text::Instant began_at) {
  ex::BroughtForward forward{};
  forward.status = values.word("status", ex::Status::running, {{"success", "completed"}, {"succeeded", "completed"}, {"error", "failed"}, {"timeout", "failed"}});
  if (*forward.status != ex::Status::pending) forward.started_at = began_at;
  forward.completed_at = values.time("completedAt");
  if (const auto seconds = values.decimal("duration")) forward.execution_time = seconds;
  if (auto response = values.text("response")) forward.response = events::LongText(std::move(*response));
  forward.error = values.text("errorMessage");
  forward.token_usage = tokens_in(values, "tokensUsed");
  forward.cost = values.decimal("cost");
  if (forward.cost) forward.currency = usual_currency;
  forward.user_feedback = values.text("userFeedback");
  forward.rating = values.integer("rating");
  return forward;
}

void bring_execution(Course& course, Values& values) {
  const events::ExecutionId id{own_number(values, Table::workflow_manager_task_executions)};
  const auto stream = events::stream_of(id);
  const auto [task, workspace] = task_of(course, values);
  auto run = requested(values, task);
  const auto created_at = values.required_time("createdAt");
  const auto updated_at = last_change(values, "updatedAt", created_at);
  const auto forward = ended(values, created_at);
  Row row(values);
  row.stream(stream)
      .needs(task, "taskId")
      .say<Execution>(stream, workspace, created_at, nobody(), {std::move(run)})
      .say<Execution>(stream, workspace, updated_at, nobody(), {forward});
  if (!course.sink.bring(std::move(row)) || !ex::has_ended(*forward.status)) return;
  auto& sums = course.tasks[task.value];
  sums.tokens = sum(sums.tokens, forward.token_usage.value_or(ex::Usage{}));
  sums.cost.nanos += forward.cost.value_or(events::Decimal{}).nanos;
}

// ---- time ----------------------------------------------------------------------------------------------------------------

// One timer of a person runs in a workspace at a time.
using Running = std::set<std::pair<WorkspaceId, events::UserId>>;

void bring_entry(Course& course, Values& values, Running& running) {
  const events::TimeEntryId id{own_number(values, Table::workflow_manager_time_entries)};
  const auto stream = events::stream_of(id);
  const auto [task, workspace] = task_of(course, values);
  const auto user = needed_person(course, values, "userId");
  const auto start = values.required_time("startTime");
  const auto end = values.time("endTime");
  const auto seconds = values.integer("duration").value_or(0);
  const bool is_manual = values.boolean("isManual").value_or(false), is_billable = values.boolean("isBillable").value_or(false);
  const auto rate = values.decimal("hourlyRate");
  const auto currency = rate ? std::optional(usual_currency) : std::nullopt;
  const auto description = values.filled("description");
  const auto created_at = values.required_time("createdAt");
  const auto updated_at = last_change(values, "updatedAt", created_at);
  if (end && *end < start) values.leave_out("endTime", "it ends before it begins");
  if (seconds < 0) values.leave_out("duration", "less than nothing");
  if (!end && !values.is_left_out() && !running.emplace(workspace, user).second)
    values.leave_out("endTime", "another timer of the person runs there: two cannot");
  if (!end && is_manual) values.changed("isManual", "it runs still, so that a timer was started");

  Row row(values);
  const auto by = user_actor(user);
  row.stream(stream).needs(task, "taskId");
  if (end && is_manual) row.say<TimeEntry>(stream, workspace, created_at, by, {ti::Logged{task, user, start, *end, seconds, description, is_billable, rate, currency}});
  else row.say<TimeEntry>(stream, workspace, created_at, by, {ti::TimerStarted{task, user, start, description, is_billable, rate, currency}});
  if (end && !is_manual) row.say<TimeEntry>(stream, workspace, updated_at, by, {ti::TimerStopped{*end, seconds}});
  ti::BroughtForward forward{};
  if (!end && seconds > 0) forward.duration_seconds = seconds;
  row.say<TimeEntry>(stream, workspace, updated_at, nobody(), {forward});
  if (course.sink.bring(std::move(row))) course.tasks[task.value].seconds += seconds;
}

}  // namespace

void bring_comments(Course& course) {
  read_all(course.source, "comments", [&](Values& values) { bring_comment(course, values); });
}

void bring_executions(Course& course) {
  read_all(course.source, "task_executions", [&](Values& values) { bring_execution(course, values); });
}

// Timers that run still come last: while one does, no other of the person can be started, not even to be stopped at once.
void bring_time_entries(Course& course) {
  Running running;
  for (const bool still_running : {false, true})
    read_all(course.source, "time_entries", [&](Values& values) {
      if (values.is_null("endTime") == still_running) bring_entry(course, values, running);
    });
}

}  // namespace daybook::importer::models::workflow_manager
