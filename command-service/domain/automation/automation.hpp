#pragma once
// An automation: when what happens, what is done. Admins define, change, enable, delete and restore them. Here they are kept and
// checked; nothing here runs one.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/automation/state.hpp"

namespace daybook::domain {

struct Automation {
  using State = events::automation::State;
  using Event = events::automation::Event;
  static constexpr auto stream_type = events::StreamType::automation;
};

namespace automation {

using events::automation::Event;
using events::automation::State;

struct Define {
  static constexpr std::string_view verb = "automation.define";
  static constexpr Permission permission = Permission::automations_manage;
  using Birth = events::automation::Defined;
  std::optional<events::AutomationId> id;
  Name name{};
  std::optional<Description> description;
  std::optional<ProjectRef> project_id;   // left out: for the whole workspace
  events::Json trigger{};                 // these three: shapes.hpp
  std::optional<events::Json> condition;
  events::Json actions{};
  std::optional<bool> is_enabled;
};
BOOST_DESCRIBE_STRUCT(Define, (), (id, name, description, project_id, trigger, condition, actions, is_enabled))

struct Change {
  static constexpr std::string_view verb = "automation.change";
  static constexpr Permission permission = Permission::automations_manage;
  events::Patch<Name> name;
  events::Patch<Description> description;
  events::Patch<ProjectRef> project_id;
  events::Patch<events::Json> trigger;
  events::Patch<events::Json> condition;
  events::Patch<events::Json> actions;
  events::Patch<bool> is_enabled;
};
BOOST_DESCRIBE_STRUCT(Change, (), (name, description, project_id, trigger, condition, actions, is_enabled))

struct Enable {
  static constexpr std::string_view verb = "automation.enable";
  static constexpr Permission permission = Permission::automations_manage;
};
BOOST_DESCRIBE_STRUCT(Enable, (), ())

struct Disable {
  static constexpr std::string_view verb = "automation.disable";
  static constexpr Permission permission = Permission::automations_manage;
};
BOOST_DESCRIBE_STRUCT(Disable, (), ())

struct Delete {
  static constexpr std::string_view verb = "automation.delete";
  static constexpr Permission permission = Permission::automations_manage;
};
BOOST_DESCRIBE_STRUCT(Delete, (), ())

struct Restore {
  static constexpr std::string_view verb = "automation.restore";
  static constexpr Permission permission = Permission::automations_manage;
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

Decision<Event> decide(const State&, const Define&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Change&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Enable&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Disable&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Delete&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);

bool repeats(const events::automation::Defined& first, const Define& again, const CommandContext&, const Facts&);

}  // namespace automation

void effects(const automation::State&, const events::automation::Defined&, const events::Envelope&, Effects&);
void effects(const automation::State&, const events::automation::Changed&, const events::Envelope&, Effects&);
void effects(const automation::State&, const events::automation::Deleted&, const events::Envelope&, Effects&);
void effects(const automation::State&, const events::automation::Restored&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::automation::Enabled, events::automation::Disabled, events::automation::Ran, events::automation::RunFailed,
                 events::automation::BroughtForward> E>
void effects(const automation::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Automation>();

}  // namespace daybook::domain
