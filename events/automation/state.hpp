#pragma once
// An automation after its events, with the figures of its runs. Folded alike by decide and by the read models.
#include "events/automation/events.hpp"
#include "events/core/stamp.hpp"

namespace daybook::events::automation {

struct Fields : Stamp {
  AutomationId id{};
  WorkspaceId workspace_id{};
  std::optional<ProjectId> project_id;         // none: for the whole workspace
  std::string name;
  std::optional<std::string> description;
  Json trigger{"{}"};
  std::optional<Json> condition;
  Json actions{"[]"};
  bool is_enabled = true;
  std::int64_t run_count = 0;                  // whether they failed or not
  std::int64_t failure_count = 0;              // of them
  std::optional<text::Instant> last_run_at;
  std::optional<std::string> last_error;       // none when the newest run did not fail
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  std::optional<text::Instant> deleted_at;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, project_id, name, description, trigger, condition, actions, is_enabled,
                                        run_count, failure_count, last_run_at, last_error, created_by_type, created_by_id,
                                        deleted_at))

using State = Fields;

void evolve(State&, const Defined&, const Envelope&);
void evolve(State&, const Changed&, const Envelope&);
void evolve(State&, const Enabled&, const Envelope&);
void evolve(State&, const Disabled&, const Envelope&);
void evolve(State&, const Deleted&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const Ran&, const Envelope&);
void evolve(State&, const RunFailed&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::automation
