#pragma once
// The audit: an entry for each event of the log, whatever became of its workspace. From where somebody came stands beside it, in
// `audit_addresses`, as long as the key holds under which it is sealed.
#include "events/access/events.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

inline constexpr std::size_t audit_details_bytes_max = 8 << 10;  // of a longer event the size is told

// Its id is the event's, or that of an entry which another system's audit had.
struct AuditRow {
  events::EventId id{};
  std::optional<events::WorkspaceId> workspace_id;
  std::string event_type;                       // issue.status_changed
  events::ActorType actor_type{};
  std::optional<events::PrincipalId> actor_id;
  events::ViaType via_type{};
  std::optional<text::Uuid> via_id;             // the session, the key
  std::string resource_type;                    // issue; of what was refused, the workspace where it was
  events::EntityId resource_id{};
  std::string action;                           // status_changed
  bool success = true;
  events::Json details;                         // the event's data
  text::Instant created_at{};                   // by the log's own clock; of another system's entry, by that one's
  events::Position position{};
  std::optional<std::string> resource_name;     // as another system called it, where that is no UUID
  bool operator==(const AuditRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(AuditRow, (), (id, workspace_id, event_type, actor_type, actor_id, via_type, via_id, resource_type, resource_id, action,
                                     success, details, created_at, position, resource_name))

template <> const Table& table_of<AuditRow>();
// Folds the streams that are there for the audit alone.
ReadModel audit_entries();

void note_audit(const events::Envelope& e, StateStore& store);
// An entry of another system's audit, as it stood there. What it was about has an id made of its name, where that is no UUID.
void keep_noted(const events::access::AuditNoted& noted, const events::Envelope& e, StateStore& store);

}  // namespace daybook::projector
