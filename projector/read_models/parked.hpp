#pragma once
// Scopes that are held: one of their events could not be applied, which is a defect, so it and the later ones wait until the
// scope is re-driven, while all others go on. The loop writes these rows; they stand in both stores, for operators and for
// whoever must not show what has fallen behind.
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

// The smallest part of the log that read models depend on the order of: a workspace, or a user outside one. Applying an event
// reads and writes rows of its own scope only.
BOOST_DEFINE_ENUM_CLASS(ScopeType, workspace, user)

// Its id is that of the workspace or user.
struct ParkedRow {
  events::EntityId id{};
  ScopeType scope{};
  events::Position position{};      // events of the scope are held from here on
  std::string event_type;           // of the one that could not be applied
  std::string reason;               // what apply threw; nothing personal is ever open there
  text::Instant since{};            // when that event was recorded
  bool operator==(const ParkedRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(ParkedRow, (), (id, scope, position, event_type, reason, since))

template <> const Table& table_of<ParkedRow>();
ReadModel parked();

}  // namespace daybook::projector
