#pragma once
// The frame of a read model: each aggregate has one file here that says which tables its rows stand in and how an event of its
// stream changes them; registry.cpp has one line for each. Applying is pure: one event and the rows before it give the rows
// after it, so that a rebuild gives the same bytes. Personal fields stay sealed.
#include <optional>
#include <vector>

#include "events/core/event_type.hpp"
#include "projector/core/state_store.hpp"

namespace daybook::projector {

struct ReadModel {
  std::vector<const Table*> tables;
  std::optional<events::StreamType> stream = {};  // whose events it folds; none where other read models write the rows
  void (*apply)(const events::Envelope& event, StateStore& store) = nullptr;
};

const std::vector<ReadModel>& read_models();

// Brings every row up to date that the event changes.
void apply(const events::Envelope& event, StateStore& store);

}  // namespace daybook::projector
