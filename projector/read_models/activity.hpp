#pragma once
// The activity log: one line for each event of a workspace, which row it was about and how that changed.
#include "events/access/events.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

// One line; its id is the event's.
struct ActivityRow {
  events::EventId id{};
  events::WorkspaceId workspace_id{};
  std::string entity_type;
  events::EntityId entity_id{};
  std::string action;                            // the verb: status_changed
  std::string type;                              // the event: issue.status_changed
  events::ActorType actor_type{};
  std::optional<events::PrincipalId> actor_id;
  std::optional<events::ProjectId> project_id;
  std::optional<events::IssueId> issue_id;
  events::Json details;                          // the event's data; of long texts their size
  events::Json changes;                          // {field: [before, after]} of the entity's row
  std::optional<events::UserId> owner_id;        // to whom the entity belongs alone, where no container says so
  text::Instant created_at{};
  events::Position position{};
  bool operator==(const ActivityRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(ActivityRow, (), (id, workspace_id, entity_type, entity_id, action, type, actor_type, actor_id, project_id,
                                        issue_id, details, changes, owner_id, created_at, position))

template <> const Table& table_of<ActivityRow>();
ReadModel activity();

// What the activity log says of an event.
struct Subject {
  std::string_view entity_type;
  text::Uuid entity{};
  std::optional<events::ProjectId> project = {};
  std::optional<events::IssueId> issue = {};
  std::string changes = "{}";
  std::optional<std::string> details = {};  // what to tell of the event in place of its data
  std::optional<events::UserId> owner = {};
};

// To whom what somebody made belongs: to them alone where they are a person, else to nobody.
inline std::optional<events::UserId> owner_of(events::ActorType maker, std::optional<events::PrincipalId> id) {
  if (maker != events::ActorType::user || !id) return std::nullopt;
  return events::UserId{id->value};
}

// Nothing is noted of what happens outside workspaces, nor of each event of an import: what happened there its own entries tell.
void note_activity(const events::Envelope& e, const Subject& subject, StateStore& store);

// An entry of another system's log, as it stood there.
void keep_noted(const events::access::ActivityNoted& noted, const events::Envelope& e, StateStore& store);
// The one entry of all that was brought in.
void note_import(const events::Envelope& e, StateStore& store);

inline bool is_stamp(std::string_view field) {
  return field == "version" || field == "born" || field == "changed" || field == "created_at" || field == "updated_at";
}

// {field: [before, after]} of what differs, stamps aside; of a new row everything that is set was null before. Of a long text
// that is other than before, this tells how long it was and is.
template <class Row>
std::string differences(const Row& before, const Row& after) {
  using Members = boost::describe::describe_members<Row, boost::describe::mod_any_access | boost::describe::mod_inherited>;
  const bool born = before.version.value == 0;
  std::string out = "{";
  boost::mp11::mp_for_each<Members>([&](auto member) {
    const auto &was = before.*member.pointer, &is = after.*member.pointer;
    if (is_stamp(member.name) || (!born && was == is)) return;
    const auto was_json = born ? "null" : events::to_json_in_brief(was);
    const auto is_json = events::to_json_in_brief(is);
    if (was_json == is_json && !events::type_info<std::remove_cvref_t<decltype(is)>>().is_long) return;
    if (out.size() > 1) out += ',';
    events::write_json_string(member.name, out);
    out += ":[" + was_json + "," + is_json + "]";
  });
  return out + "}";
}

}  // namespace daybook::projector
