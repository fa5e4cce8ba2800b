// What is planned: sprints, epics, stories.
#include "command-service/domain/issue/issue.hpp"
#include "command-service/domain/sprint/sprint.hpp"
#include "compose/daybook/import/models/prism.hpp"

namespace daybook::importer::models::prism {
namespace {

namespace issue = events::issue;
namespace sprint = events::sprint;

const WordPairs sprint_words{{"planned", "planning"}, {"in_progress", "active"}, {"done", "completed"}, {"closed", "completed"}, {"canceled", "cancelled"}};
const WordPairs status_words{{"to_do", "todo"}, {"open", "todo"}, {"in-progress", "in_progress"}, {"review", "in_review"}, {"testing", "in_review"}, {"completed", "done"}, {"closed", "done"}};
const WordPairs priority_words{{"critical", "urgent"}, {"highest", "urgent"}, {"normal", "medium"}, {"lowest", "low"}};

// Its whole life, as far as its row tells of it. What was done in it is told by its velocity alone.
void say_life(Row& row, events::StreamId stream, const Project& in, Values& values, text::Instant at, text::Instant updated_at) {
  const auto status = values.word("status", sprint::Status::planning, sprint_words);
  const auto start = values.date("start_date");
  const auto end = values.date("end_date");
  sprint::BroughtForward state{};
  state.velocity = values.integer("velocity");
  const bool was_started = status == sprint::Status::active || status == sprint::Status::completed;
  if (was_started) {
    row.say<domain::Sprint>(stream, in.workspace, at, nobody(), {sprint::Started{}});
    if (start) state.started_at = start->first_moment();
  }
  if (status == sprint::Status::completed) row.say<domain::Sprint>(stream, in.workspace, updated_at, nobody(), {sprint::Completed{}});
  if (status == sprint::Status::cancelled) row.say<domain::Sprint>(stream, in.workspace, updated_at, nobody(), {sprint::Cancelled{}});
  if (status == sprint::Status::completed && end) state.ended_at = end->last_moment();
  if (const auto gone = deleted_at(values)) row.say<domain::Sprint>(stream, in.workspace, *gone, nobody(), {sprint::Deleted{}});
  row.say<domain::Sprint>(stream, in.workspace, updated_at, nobody(), {state});
}

void bring_sprints(Source& source, Sink& sink) {
  source.read("sprints", {"id"}, [&](const SourceRow& row) {
    Values values("sprints", row);
    const events::StreamId stream{own_number(values, Table::prism_sprints)};
    const auto in = project_in(sink, values);
    sprint::Planned planned{};
    planned.project_id = in.id;
    planned.name = values.required_text("name");
    planned.goal = values.text("goal");
    planned.start_date = values.date("start_date");
    planned.end_date = values.date("end_date");
    planned.capacity_points = values.integer("capacity_points");
    const auto at = values.required_time("created_at");
    const auto updated_at = values.time("updated_at").value_or(at);
    Row brought(values);
    brought.stream(stream).needs(in.id, "project_id").say<domain::Sprint>(stream, in.workspace, at, nobody(), {planned});
    say_life(brought, stream, in, values, at, updated_at);
    sink.bring(std::move(brought));
  });
}

// What ends a story or an epic: nothing else lies in its stream.
void say_end(Row& row, events::StreamId stream, const Project& in, Values& values, issue::Status status, text::Instant at, Actor by) {
  issue::BroughtForward state{};
  if (status == issue::Status::done) state.completed_at = at;
  if (const auto gone = deleted_at(values)) row.say<domain::Issue>(stream, in.workspace, *gone, by, {issue::Deleted{}});
  row.say<domain::Issue>(stream, in.workspace, at, by, {state});
}

void bring_epics(Source& source, Sink& sink) {
  source.read("epics", {"id"}, [&](const SourceRow& row) {
    Values values("epics", row);
    const events::IssueId id{own_number(values, Table::prism_epics)};
    const auto in = project_in(sink, values);
    const auto owner = user_in(sink, values, "owner_id");
    issue::Opened opened{};
    opened.issue_type = issue::Type::epic;
    opened.title = values.required_text("name");
    opened.description = values.text("description");
    opened.project_id = in.id;
    opened.status = values.boolean("is_active").value_or(true) ? issue::Status::backlog : issue::Status::done;
    opened.color = values.text_or("color", "#6B46C1");
    opened.start_date = values.date("start_date");
    if (const auto due = values.date("target_end_date")) opened.due_at = due->last_moment();
    if (owner) {
      opened.assignee_type = issue::AssigneeType::user;
      opened.assignee_id = events::PrincipalId{owner->value};
    }
    const auto at = values.required_time("created_at");
    const auto status = opened.status;
    Row brought(values);
    open_issue(brought, id, in.workspace, std::move(opened), std::nullopt, at, user_actor(owner));
    say_end(brought, events::stream_of(id), in, values, status, values.time("updated_at").value_or(at), user_actor(owner));
    sink.bring(std::move(brought));
  });
}

// A sprint or an epic that was not brought is none; the story is one all the same.
template <class Id>
std::optional<Id> brought_ref(Sink& sink, Values& values, Table table, std::string_view column) {
  const auto id = number_ref(values, table, column);
  if (!id) return std::nullopt;
  if (sink.places().has(*id)) return Id{*id};
  values.changed(column, "what it names was not brought: left empty");
  return std::nullopt;
}

void bring_stories(Source& source, Sink& sink) {
  source.read("stories", {"id"}, [&](const SourceRow& row) {
    Values values("stories", row);
    const events::IssueId id{own_number(values, Table::prism_stories)};
    const auto in = project_in(sink, values);
    issue::Opened opened{};
    opened.issue_type = issue::Type::story;
    opened.title = values.required_text("title");
    opened.description = values.text("description");
    opened.acceptance_criteria = values.text("acceptance_criteria");
    opened.story_points = values.integer("story_points");
    opened.priority = values.word("priority", issue::Priority::medium, priority_words);
    opened.status = values.word("status", issue::Status::backlog, status_words);
    opened.project_id = in.id;
    opened.epic_id = brought_ref<events::IssueId>(sink, values, Table::prism_epics, "epic_id");
    opened.sprint_id = brought_ref<events::SprintId>(sink, values, Table::prism_sprints, "sprint_id");
    if (const auto assignee = user_in(sink, values, "assignee_id")) {
      opened.assignee_type = issue::AssigneeType::user;
      opened.assignee_id = events::PrincipalId{assignee->value};
    }
    const auto by = user_actor(user_in(sink, values, "creator_id"));
    const auto at = values.required_time("created_at");
    const auto status = opened.status;
    Row brought(values);
    open_issue(brought, id, in.workspace, std::move(opened), std::nullopt, at, by);
    say_end(brought, events::stream_of(id), in, values, status, values.time("updated_at").value_or(at), by);
    sink.bring(std::move(brought));
  });
}

}  // namespace

void bring_planned(Source& source, Sink& sink) {
  if (source.has("sprints")) bring_sprints(source, sink);
  if (source.has("epics")) bring_epics(source, sink);
  if (source.has("stories")) bring_stories(source, sink);
}

}  // namespace daybook::importer::models::prism
