#pragma once
// A workflow: which agents do what, in which order. Members define, revise, delete and restore them. Here they are kept and checked;
// nothing here runs one.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/workflow/state.hpp"

namespace daybook::domain {

struct Workflow {
  using State = events::workflow::State;
  using Event = events::workflow::Event;
  static constexpr auto stream_type = events::StreamType::workflow;
};

namespace workflow {

using events::workflow::Definition;
using events::workflow::Event;
using events::workflow::State;

struct Define {
  static constexpr std::string_view verb = "workflow.define";
  static constexpr Permission permission = Permission::workflows_write;
  using Birth = events::workflow::Defined;
  std::optional<events::WorkflowId> id;
  Name name{};
  std::optional<Description> description;
  Definition definition{};                             // definition.hpp
  std::optional<events::blueprint::Source> source;     // of what is installed; no body says it
};
BOOST_DESCRIBE_STRUCT(Define, (), (id, name, description, definition))

struct Revise {
  static constexpr std::string_view verb = "workflow.revise";
  static constexpr Permission permission = Permission::workflows_write;
  events::Patch<Name> name;
  events::Patch<Description> description;
  events::Patch<Definition> definition;                // whole
  std::optional<Description> changelog;                // of this revision
};
BOOST_DESCRIBE_STRUCT(Revise, (), (name, description, definition, changelog))

struct Delete {
  static constexpr std::string_view verb = "workflow.delete";
  static constexpr Permission permission = Permission::workflows_write;
};
BOOST_DESCRIBE_STRUCT(Delete, (), ())

struct Restore {
  static constexpr std::string_view verb = "workflow.restore";
  static constexpr Permission permission = Permission::workflows_write;
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

Decision<Event> decide(const State&, const Define&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Revise&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Delete&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);

bool repeats(const events::workflow::Defined& first, const Define& again, const CommandContext&, const Facts&);

}  // namespace workflow

void effects(const workflow::State&, const events::workflow::Defined&, const events::Envelope&, Effects&);
void effects(const workflow::State&, const events::workflow::Deleted&, const events::Envelope&, Effects&);
void effects(const workflow::State&, const events::workflow::Restored&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::workflow::Revised, events::workflow::BroughtForward> E>
void effects(const workflow::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Workflow>();

}  // namespace daybook::domain
