#pragma once
// A workflow after its events. Folded alike by decide and by the read models.
#include "events/core/stamp.hpp"
#include "events/workflow/events.hpp"

namespace daybook::events::workflow {

struct Fields : Stamp {
  WorkflowId id{};
  WorkspaceId workspace_id{};
  std::string name;
  std::optional<std::string> description;
  Definition definition;
  std::int64_t revision = 0;                     // the number of the newest one, from 1
  std::optional<std::string> changelog;          // of the newest revision
  std::optional<blueprint::Source> source;       // of one that was installed
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  std::optional<text::Instant> deleted_at;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, name, description, definition, revision, changelog, source, created_by_type,
                                        created_by_id, deleted_at))

using State = Fields;

void evolve(State&, const Defined&, const Envelope&);
void evolve(State&, const Revised&, const Envelope&);
void evolve(State&, const Deleted&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::workflow
