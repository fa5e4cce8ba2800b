#include "command-service/domain/comment/comment.hpp"
#include "command-service/domain/issue/issue.hpp"
#include "compose/daybook/import/models/platform.hpp"
#include "compose/daybook/import/models/things.hpp"

namespace daybook::importer::models::platform {
namespace {

namespace issue = events::issue;

const WordPairs status_words{{"in-progress", "in_progress"}, {"open", "todo"}, {"closed", "done"}, {"completed", "done"}, {"canceled", "cancelled"}};
const WordPairs priority_words{{"critical", "urgent"}, {"normal", "medium"}};
const WordPairs dependency_words{{"depends_on", "blocked_by"}, {"relates_to", "related"}};

std::optional<events::WorkspaceId> place_of(Sink& sink, Values& values, std::string_view column, const std::optional<text::Uuid>& id) {
  const auto place = id ? sink.places().of(*id) : std::nullopt;
  if (!place) values.leave_out(column, "what it names was not brought");
  return place;
}

void assign(Sink& sink, Values& values, issue::Opened& opened) {
  const auto assignee = actor_in(sink, values, "assignee_id");
  if (!assignee.id) return;
  if (assignee.type == events::ActorType::system)
    return values.changed("assignee_id", "neither a person nor an agent of this database: left empty");
  opened.assignee_type = assignee.type == events::ActorType::user ? issue::AssigneeType::user : issue::AssigneeType::agent;
  opened.assignee_id = assignee.id;
}

void bring_issues(Source& source, Sink& sink) {
  source.read("issues", {"workspace_id", "issue_number", "created_at", "id"}, [&](const SourceRow& row) {
    Values values("issues", row);
    const events::IssueId id{own_uuid(sink, values)};
    const auto workspace = place_of(sink, values, "workspace_id", uuid_in(sink, values, "workspace_id", "workspaces"));
    issue::Opened opened{};
    opened.title = values.required_text("title");
    opened.description = values.text("description");
    opened.status = values.word("status", issue::Status::backlog, status_words);
    opened.priority = values.word("priority", issue::Priority::medium, priority_words);
    if (const auto project = uuid_in(sink, values, "project_id", "projects")) opened.project_id = events::ProjectId{*project};
    assign(sink, values, opened);
    Row brought(values);
    open_issue(brought, id, workspace.value_or(events::WorkspaceId{}), std::move(opened), values.integer("issue_number"),
               values.required_time("created_at"), actor_in(sink, values, "created_by_id"));
    sink.bring(std::move(brought));
  });
}

void bring_comments(Source& source, Sink& sink) {
  source.read("comments", {"created_at", "id"}, [&](const SourceRow& row) {
    Values values("comments", row);
    const events::StreamId stream{own_uuid(sink, values)};
    const auto on = uuid_in(sink, values, "issue_id", "issues");
    const auto workspace = place_of(sink, values, "issue_id", on);
    const auto author = actor_in(sink, values, "author_id");
    events::comment::Posted posted{};
    posted.issue_id = events::IssueId{on.value_or(text::Uuid{})};
    posted.content = values.required_text("content");
    const auto at = values.required_time("created_at");
    const auto updated_at = values.time("updated_at").value_or(at);
    events::comment::BroughtForward state{};
    if (updated_at != at) state.edited_at = updated_at;
    Row brought(values);
    brought.stream(stream).needs(posted.issue_id, "issue_id").say<domain::Comment>(stream, workspace, at, author, {posted});
    brought.say<domain::Comment>(stream, workspace, updated_at, author, {state});
    sink.bring(std::move(brought));
  });
}

void bring_label_links(Source& source, Sink& sink) {
  source.read("issue_label_links", {"created_at", "id"}, [&](const SourceRow& row) {
    Values values("issue_label_links", row);
    const events::LabelLinkId id{own_uuid(sink, values)};
    const events::IssueId on{uuid_in(sink, values, "issue_id", "issues").value_or(text::Uuid{})};
    const events::LabelId label{uuid_in(sink, values, "label_id", "issue_labels").value_or(text::Uuid{})};
    const auto workspace = place_of(sink, values, "issue_id", on.value);
    if (sink.places().of(label.value) != workspace) values.leave_out("label_id", "no label of the issue's workspace");
    const auto stream = events::stream_of(on);
    Row brought(values);
    brought.needs(on, "issue_id").there_when([stream, id](log::Settling& settling) {
      return issue::find_part(settling.load<domain::Issue>(stream), id) != nullptr;
    });
    brought.say<domain::Issue>(stream, workspace, values.required_time("created_at"), nobody(), {issue::LabelAttached{id, label}});
    sink.bring(std::move(brought));
  });
}

void bring_dependencies(Source& source, Sink& sink) {
  source.read("issue_dependencies", {"created_at", "id"}, [&](const SourceRow& row) {
    Values values("issue_dependencies", row);
    const events::DependencyId id{own_uuid(sink, values)};
    const events::IssueId on{uuid_in(sink, values, "issue_id", "issues").value_or(text::Uuid{})};
    const events::IssueId other{uuid_in(sink, values, "depends_on_id", "issues").value_or(text::Uuid{})};
    const auto workspace = place_of(sink, values, "issue_id", on.value);
    if (sink.places().of(other.value) != workspace) values.leave_out("depends_on_id", "no issue of the same workspace");
    const auto type = values.word("dependency_type", issue::DependencyType::blocks, dependency_words);
    const auto stream = events::stream_of(on);
    Row brought(values);
    brought.needs(on, "issue_id").needs(other, "depends_on_id").there_when([stream, id](log::Settling& settling) {
      return issue::find_part(settling.load<domain::Issue>(stream), id) != nullptr;
    });
    brought.say<domain::Issue>(stream, workspace, values.required_time("created_at"), nobody(), {issue::DependencyAdded{id, other, type}});
    sink.bring(std::move(brought));
  });
}

// Labels and dependencies are events of their issues; when an issue was last changed is told after them.
void end_issues(Source& source, Sink& sink) {
  source.read("issues", {"workspace_id", "issue_number", "created_at", "id"}, [&](const SourceRow& row) {
    Values values("issues", row);
    const events::StreamId stream{own_uuid(sink, values)};
    const auto workspace = sink.places().of(stream.value);
    if (!workspace) return;
    const auto at = values.time("updated_at").value_or(values.required_time("created_at"));
    issue::BroughtForward state{};
    const auto status = values.word("status", issue::Status::backlog, status_words);
    if (status == issue::Status::done) state.completed_at = at;
    Row ending(values);
    ending.closing(stream).say<domain::Issue>(stream, workspace, at, nobody(), {state});
    sink.bring(std::move(ending));
  });
}

}  // namespace

void bring_work(Source& source, Sink& sink) {
  if (!source.has("issues")) return;
  bring_issues(source, sink);
  if (source.has("comments")) bring_comments(source, sink);
  if (source.has("issue_label_links")) bring_label_links(source, sink);
  if (source.has("issue_dependencies")) bring_dependencies(source, sink);
  end_issues(source, sink);
}

}  // namespace daybook::importer::models::platform
