#pragma once
// What happens to an automation. Names and shapes are storage format: add optional members or a new event; never rename,
// retype or reuse. Trigger, condition and actions are kept as they were sent; their shape was checked before.
#include "events/core/event_type.hpp"

namespace daybook::events::automation {

struct Defined {
  static constexpr std::string_view type = "automation.defined";
  std::string name;
  std::optional<std::string> description;
  std::optional<ProjectId> project_id;  // none: for the whole workspace
  Json trigger{"{}"};
  std::optional<Json> condition;
  Json actions{"[]"};
  bool is_enabled = true;
  bool operator==(const Defined&) const = default;
};
BOOST_DESCRIBE_STRUCT(Defined, (), (name, description, project_id, trigger, condition, actions, is_enabled))

struct Changed {
  static constexpr std::string_view type = "automation.changed";
  std::string name;
  std::optional<std::string> description;
  std::optional<ProjectId> project_id;
  Json trigger{"{}"};
  std::optional<Json> condition;
  Json actions{"[]"};
  bool operator==(const Changed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Changed, (), (name, description, project_id, trigger, condition, actions))

struct Enabled {
  static constexpr std::string_view type = "automation.enabled";
  bool operator==(const Enabled&) const = default;
};
BOOST_DESCRIBE_STRUCT(Enabled, (), ())

struct Disabled {
  static constexpr std::string_view type = "automation.disabled";
  bool operator==(const Disabled&) const = default;
};
BOOST_DESCRIBE_STRUCT(Disabled, (), ())

struct Deleted {
  static constexpr std::string_view type = "automation.deleted";
  bool operator==(const Deleted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Deleted, (), ())

struct Restored {
  static constexpr std::string_view type = "automation.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

// All its actions were carried out, because of an event or by hand.
struct Ran {
  static constexpr std::string_view type = "automation.ran";
  std::optional<EventId> cause_id;
  std::int64_t actions_done = 0;
  bool operator==(const Ran&) const = default;
};
BOOST_DESCRIBE_STRUCT(Ran, (), (cause_id, actions_done))

// It was begun, and an action was refused: those before it are done.
struct RunFailed {
  static constexpr std::string_view type = "automation.run_failed";
  std::optional<EventId> cause_id;
  std::int64_t actions_done = 0;
  std::string error;
  bool operator==(const RunFailed&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunFailed, (), (cause_id, actions_done, error))

// Said by an import, of how the automation stood in the system that it comes from: figures to which those of here are added.
struct BroughtForward {
  static constexpr std::string_view type = "automation.brought_forward";
  std::optional<text::Instant> last_run_at;
  std::optional<std::int64_t> run_count;
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (last_run_at, run_count))

using Event = std::variant<Defined, Changed, Enabled, Disabled, Deleted, Restored, Ran, RunFailed, BroughtForward>;

}  // namespace daybook::events::automation
