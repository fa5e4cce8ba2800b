#pragma once
// A project after its events. Folded alike by decide and by the read models.
#include "events/core/stamp.hpp"
#include "events/project/events.hpp"

namespace daybook::events::project {

struct Fields : Stamp {
  ProjectId id{};
  WorkspaceId workspace_id{};
  std::string key;
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> color;
  std::optional<std::string> emoji;
  std::optional<Json> settings;
  Status status = Status::active;
  std::optional<UserId> owner_id;
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  std::optional<text::Instant> archived_at;
  std::optional<text::Instant> deleted_at;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, key, name, description, color, emoji, settings, status, owner_id,
                                        created_by_type, created_by_id, archived_at, deleted_at))

using State = Fields;

void evolve(State&, const Created&, const Envelope&);
void evolve(State&, const Described&, const Envelope&);
void evolve(State&, const KeyChanged&, const Envelope&);
void evolve(State&, const SettingsChanged&, const Envelope&);
void evolve(State&, const StatusChanged&, const Envelope&);
void evolve(State&, const Archived&, const Envelope&);
void evolve(State&, const Unarchived&, const Envelope&);
void evolve(State&, const OwnerChanged&, const Envelope&);
void evolve(State&, const Deleted&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);

}  // namespace daybook::events::project
