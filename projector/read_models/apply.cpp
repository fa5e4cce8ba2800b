#include "projector/read_models/apply.hpp"

#include "projector/read_models/rows.hpp"

namespace daybook::projector {
namespace {

using events::Envelope;
using events::StreamType;

const events::LeaveSealed sealed;

// What the activity log says of an event: which row it was about and how that row changed.
struct Subject {
  std::string_view entity_type;
  text::Uuid entity{};
  std::optional<events::ProjectId> project;
  std::optional<events::IssueId> issue;
  std::string changes = "{}";
};

bool is_stamp(std::string_view field) {
  return field == "version" || field == "born" || field == "changed" || field == "created_at" || field == "updated_at";
}

// {field: [before, after]} of what differs, stamps aside; of a new row everything that is set was null before.
template <class Row>
std::string differences(const Row& before, const Row& after) {
  using Members = boost::describe::describe_members<Row, boost::describe::mod_any_access | boost::describe::mod_inherited>;
  const bool born = before.version.value == 0;
  std::string out = "{";
  boost::mp11::mp_for_each<Members>([&](auto member) {
    const auto &was = before.*member.pointer, &is = after.*member.pointer;
    if (is_stamp(member.name) || (!born && was == is)) return;
    const auto was_json = born ? "null" : events::to_json(was);
    const auto is_json = events::to_json(is);
    if (was_json == is_json) return;
    if (out.size() > 1) out += ',';
    events::write_json_string(member.name, out);
    out += ":[" + was_json + "," + is_json + "]";
  });
  return out + "}";
}

void note_activity(const Envelope& e, const Subject& subject, StateStore& store) {
  if (!e.workspace_id || e.stream_type == StreamType::user) return;
  ActivityRow row{};
  row.id = e.event_id;
  row.workspace_id = *e.workspace_id;
  row.entity_type = subject.entity_type;
  row.entity_id = events::EntityId{subject.entity};
  row.action = e.type.substr(e.type.find('.') + 1);
  row.type = e.type;
  row.actor_type = e.actor_type;
  row.actor_id = e.actor_id;
  row.project_id = subject.project;
  row.issue_id = subject.issue;
  row.details.text = e.data;
  row.changes.text = subject.changes;
  row.created_at = e.occurred_at;
  row.position = e.position;
  store.put(row);
}

// A row that is the fold of its stream.
template <class State, class Row, class Event>
std::pair<Row, Row> fold_row(const Event& event, const Envelope& e, StateStore& store) {
  State state{};
  const auto before = store.get<Row>(e.stream_id.value).value_or(Row{});
  static_cast<Row&>(state) = before;
  std::visit([&](const auto& what) { evolve(state, what, e); }, event);
  events::stamp_event(state, e);
  store.put(static_cast<const Row&>(state));
  return {before, static_cast<const Row&>(state)};
}

void put_search(std::string_view type, text::Uuid id, const Envelope& e, std::optional<events::ProjectId> project, events::IssueId issue,
                std::string title, std::string words, StateStore& store) {
  SearchRow row{};
  row.id = row.entity_id = events::EntityId{id};
  row.entity_type = type;
  row.workspace_id = e.workspace_id.value();
  row.project_id = project;
  row.issue_id = issue;
  row.title = std::move(title);
  if (words.size() > search_text_bytes_max) {
    words.resize(search_text_bytes_max);
    while (!words.empty() && (static_cast<unsigned char>(words.back()) & 0xC0) == 0x80) words.pop_back();
    if (!words.empty() && static_cast<unsigned char>(words.back()) >= 0xC0) words.pop_back();
  }
  row.text = std::move(words);
  store.put(row);
}

// ---- the workspace's stream also makes members and labels --------------------------------------------------------

namespace ws = events::workspace;

struct InWorkspace {
  const Envelope& e;
  StateStore& store;
  Subject subject{"workspace", e.stream_id.value, {}, {}, "{}"};

  template <class Row, class What>
  void one(std::string_view type, text::Uuid id, std::vector<Row> ws::State::* list, const What& what, bool removed) {
    ws::State state{};
    const auto before = store.get<Row>(id);
    if (before) (state.*list).push_back(*before);
    evolve(state, what, e);
    subject = {type, id, {}, {}, "{}"};
    if (removed) return store.erase<Row>(id);
    const auto& after = (state.*list).front();
    subject.changes = differences(before.value_or(Row{}), after);
    store.put(after);
  }
  void operator()(const ws::MemberJoined& w) { one("member", w.member_id.value, &ws::State::members, w, false); }
  void operator()(const ws::MemberRoleChanged& w) { one("member", w.member_id.value, &ws::State::members, w, false); }
  void operator()(const ws::MemberLeft& w) { one("member", w.member_id.value, &ws::State::members, w, true); }
  void operator()(const ws::MemberRemoved& w) { one("member", w.member_id.value, &ws::State::members, w, true); }
  void operator()(const ws::LabelDefined& w) { one("label", w.label_id.value, &ws::State::labels, w, false); }
  void operator()(const ws::LabelChanged& w) { one("label", w.label_id.value, &ws::State::labels, w, false); }
  void operator()(const ws::LabelDeleted& w) { one("label", w.label_id.value, &ws::State::labels, w, false); }
  void operator()(const ws::LabelRestored& w) { one("label", w.label_id.value, &ws::State::labels, w, false); }

  // The rest is about the workspace itself.
  template <class What>
  void itself(const What& what) {
    ws::State state{};
    const auto before = store.get<WorkspaceRow>(e.stream_id.value).value_or(WorkspaceRow{});
    static_cast<WorkspaceRow&>(state) = before;
    evolve(state, what, e);
    events::stamp_event(state, e);
    subject.changes = differences(before, static_cast<const WorkspaceRow&>(state));
    store.put(static_cast<const WorkspaceRow&>(state));
    note_former_address("workspace", before.slug, state.slug, e, store);
  }
  void operator()(const ws::Created& w) { itself(w); }
  void operator()(const ws::Renamed& w) { itself(w); }
  void operator()(const ws::Described& w) { itself(w); }
  void operator()(const ws::SlugChanged& w) { itself(w); }
  void operator()(const ws::SettingsChanged& w) { itself(w); }
  void operator()(const ws::IssuePrefixChanged& w) { itself(w); }
  void operator()(const ws::OwnershipTransferred& w) { itself(w); }
  void operator()(const ws::Deleted& w) { itself(w); }
  void operator()(const ws::Restored& w) { itself(w); }
};

void apply_workspace(const Envelope& e, StateStore& store) {
  const auto event = events::decode<ws::Event>(StreamType::workspace, e, sealed);
  InWorkspace in{e, store};
  std::visit(in, event);
  note_activity(e, in.subject, store);
}

// ---- the issue's stream also makes label links and dependencies --------------------------------------------------

namespace is = events::issue;

void apply_links(const is::Event& event, const Envelope& e, StateStore& store) {
  const auto stamped = [&](auto row) {
    row.workspace_id = e.workspace_id.value();
    row.issue_id = events::IssueId{e.stream_id.value};
    events::stamp_event(row, e);
    return row;
  };
  if (const auto* attached = std::get_if<is::LabelAttached>(&event)) {
    IssueLabelRow row{};
    row.id = attached->link_id;
    row.label_id = attached->label_id;
    store.put(stamped(row));
  } else if (const auto* detached = std::get_if<is::LabelDetached>(&event)) {
    store.erase<IssueLabelRow>(detached->link_id.value);
  } else if (const auto* added = std::get_if<is::DependencyAdded>(&event)) {
    DependencyRow row{};
    row.id = added->dependency_id;
    row.depends_on_id = added->depends_on_id;
    row.dependency_type = added->dependency_type;
    store.put(stamped(row));
  } else if (const auto* removed = std::get_if<is::DependencyRemoved>(&event)) {
    store.erase<DependencyRow>(removed->dependency_id.value);
  }
}

void apply_issue(const Envelope& e, StateStore& store) {
  const auto event = events::decode<is::Event>(StreamType::issue, e, sealed);
  const auto [before, after] = fold_row<is::State, IssueRow>(event, e, store);
  apply_links(event, e, store);
  const bool words_changed = before.title != after.title || before.description != after.description || before.project_id != after.project_id;
  if (words_changed) put_search("issue", after.id.value, e, after.project_id, after.id, after.title, after.description.value_or(""), store);
  note_activity(e, {"issue", after.id.value, after.project_id, after.id, differences(before, after)}, store);
}

void apply_comment(const Envelope& e, StateStore& store) {
  const auto event = events::decode<events::comment::Event>(StreamType::comment, e, sealed);
  const auto [before, after] = fold_row<events::comment::State, CommentRow>(event, e, store);
  const auto issue = store.get<IssueRow>(after.issue_id.value);
  const auto project = issue ? issue->project_id : std::nullopt;
  if (after.deleted_at) store.erase<SearchRow>(after.id.value);
  else if (before.content != after.content || before.deleted_at) put_search("comment", after.id.value, e, project, after.issue_id, "", after.content, store);
  note_activity(e, {"comment", after.id.value, project, after.issue_id, differences(before, after)}, store);
}

void apply_project(const Envelope& e, StateStore& store) {
  const auto event = events::decode<events::project::Event>(StreamType::project, e, sealed);
  const auto [before, after] = fold_row<events::project::State, ProjectRow>(event, e, store);
  note_former_address("project", before.key, after.key, e, store);
  note_activity(e, {"project", after.id.value, after.id, {}, differences(before, after)}, store);
}

void apply_agent(const Envelope& e, StateStore& store) {
  const auto event = events::decode<events::agent::Event>(StreamType::agent, e, sealed);
  const auto [before, after] = fold_row<events::agent::State, AgentRow>(event, e, store);
  note_activity(e, {"agent", after.id.value, {}, {}, differences(before, after)}, store);
}

void apply_user(const Envelope& e, StateStore& store) {
  const auto event = events::decode<events::user::Event>(StreamType::user, e, sealed);
  fold_row<events::user::State, UserRow>(event, e, store);
  apply_session(event, e, store);
}

}  // namespace

void apply(const Envelope& event, StateStore& store) {
  switch (event.stream_type) {
    case StreamType::user: return apply_user(event, store);
    case StreamType::workspace: return apply_workspace(event, store);
    case StreamType::project: return apply_project(event, store);
    case StreamType::issue: return apply_issue(event, store);
    case StreamType::comment: return apply_comment(event, store);
    case StreamType::agent: return apply_agent(event, store);
  }
}

}  // namespace daybook::projector
