#pragma once
// What happens to a workflow. Names and shapes are storage format: add optional members or a new event; never rename,
// retype or reuse.
#include "events/blueprint/source.hpp"
#include "events/core/event_type.hpp"
#include "events/workflow/definition.hpp"

namespace daybook::events::workflow {

// The first revision. One that was installed names what it was made of.
struct Defined {
  static constexpr std::string_view type = "workflow.defined";
  std::string name;
  std::optional<std::string> description;
  Definition definition;
  std::optional<blueprint::Source> source;
  bool operator==(const Defined&) const = default;
};
BOOST_DESCRIBE_STRUCT(Defined, (), (name, description, definition, source))

// A further revision, whole.
struct Revised {
  static constexpr std::string_view type = "workflow.revised";
  std::string name;
  std::optional<std::string> description;
  Definition definition;
  std::optional<std::string> changelog;
  bool operator==(const Revised&) const = default;
};
BOOST_DESCRIBE_STRUCT(Revised, (), (name, description, definition, changelog))

struct Deleted {
  static constexpr std::string_view type = "workflow.deleted";
  bool operator==(const Deleted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Deleted, (), ())

struct Restored {
  static constexpr std::string_view type = "workflow.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

// Said by an import: so late it changed last in the system that it comes from.
struct BroughtForward {
  static constexpr std::string_view type = "workflow.brought_forward";
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), ())

using Event = std::variant<Defined, Revised, Deleted, Restored, BroughtForward>;

}  // namespace daybook::events::workflow
