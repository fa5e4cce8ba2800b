// The labels of a workspace: names unique among the live ones, whatever their case.
#include <algorithm>

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::domain {
namespace workspace {
namespace {

using events::workspace::find_label;
using events::workspace::Label;

constexpr auto default_color = "#000000";

const Label* live_label(const State& state, events::LabelId id) {
  const bool there = state.version.value > 0 && !state.deleted_at;
  const auto* label = there ? find_label(state, id) : nullptr;
  return label != nullptr && !label->deleted_at ? label : nullptr;
}

events::workspace::LabelDefined told(const DefineLabel& command, events::LabelId id) {
  return {id, command.name.text, command.color ? command.color->text : std::string(default_color),
          plain(command.description)};
}

// All labels of a workspace are in its state, so this needs no question; the claim guards it once more.
std::optional<Rejection> refuse_taken(const State& state, std::string_view name, events::LabelId but) {
  const auto folded = text::fold_case(name);
  const bool taken = std::any_of(state.labels.begin(), state.labels.end(), [&](const auto& label) {
    return label.id != but && !label.deleted_at && text::fold_case(label.name) == folded;
  });
  if (!taken) return std::nullopt;
  return already_exists("/name", "Another label of this workspace has this name.");
}

}  // namespace

Decision<Event> decide(const State& state, const DefineLabel& command, const CommandContext& context,
                       const Facts&) {
  if (state.version.value == 0 || state.deleted_at) return not_found("workspace");
  const auto defined = told(command, command.id.value_or(events::LabelId{context.fresh_id}));
  if (find_label(state, defined.label_id) != nullptr) return id_taken();
  if (auto refused = refuse_taken(state, defined.name, defined.label_id)) return *refused;
  if (state.labels.size() >= labels_max)
    return invalid("", "too-many", "A workspace can have at most 10,000 labels.");
  return std::vector<Event>{defined};
}

bool is_there(const State& state, const DefineLabel& command) {
  return command.id && find_label(state, *command.id) != nullptr;
}
bool repeats(const events::workspace::LabelDefined& first, const DefineLabel& again, const CommandContext&,
             const Facts&) {
  return told(again, first.label_id) == first;
}

Decision<Event> decide(const State& state, const ChangeLabel& command, const CommandContext&, const Facts&) {
  const auto* label = live_label(state, command.label_id);
  if (label == nullptr) return not_found("label");
  FieldRefusals refusals;
  const events::workspace::LabelChanged before{label->id, label->name, label->color, label->description};
  auto after = before;
  put(command.name, after.name, "/name", refusals);
  put(command.color, after.color, "/color", refusals);
  put(command.description, after.description);
  if (refusals.any()) return refusals.rejection();
  if (auto refused = refuse_taken(state, after.name, label->id)) return *refused;
  if (after == before) return std::vector<Event>{};
  return std::vector<Event>{after};
}

Decision<Event> decide(const State& state, const DeleteLabel& command, const CommandContext&, const Facts&) {
  if (live_label(state, command.label_id) == nullptr) return not_found("label");
  return std::vector<Event>{events::workspace::LabelDeleted{command.label_id}};
}

Decision<Event> decide(const State& state, const RestoreLabel& command, const CommandContext&, const Facts&) {
  const bool there = state.version.value > 0 && !state.deleted_at;
  const auto* label = there ? find_label(state, command.label_id) : nullptr;
  if (label == nullptr) return not_found("label");
  if (!label->deleted_at) return std::vector<Event>{};
  if (auto refused = refuse_taken(state, label->name, label->id)) return *refused;
  return std::vector<Event>{events::workspace::LabelRestored{command.label_id}};
}

namespace {
events::StreamVersion label_version(const State& state, events::LabelId id) {
  const auto* label = find_label(state, id);
  return label == nullptr ? events::StreamVersion{} : label->version;
}
}  // namespace

events::StreamVersion version_of(const State& state, const ChangeLabel& command) {
  return label_version(state, command.label_id);
}
events::StreamVersion version_of(const State& state, const DeleteLabel& command) {
  return label_version(state, command.label_id);
}
events::StreamVersion version_of(const State& state, const RestoreLabel& command) {
  return label_version(state, command.label_id);
}

}  // namespace workspace

namespace {

std::string label_key(events::WorkspaceId workspace, std::string_view name) {
  return key_in(workspace, text::fold_case(name));
}

}  // namespace

void effects(const workspace::State& before, const events::workspace::LabelDefined& e,
             const events::Envelope&, Effects& effects) {
  effects.claim(scope::label_name, label_key(before.id, e.name), "/name");
}
void effects(const workspace::State& before, const events::workspace::LabelChanged& e,
             const events::Envelope&, Effects& effects) {
  const auto* label = find_label(before, e.label_id);
  if (label == nullptr) return;
  const auto old_key = label_key(before.id, label->name);
  const auto new_key = label_key(before.id, e.name);
  if (old_key == new_key) return;
  effects.claim(scope::label_name, new_key, "/name");
  effects.release(scope::label_name, old_key);
}
void effects(const workspace::State& before, const events::workspace::LabelDeleted& e,
             const events::Envelope&, Effects& effects) {
  if (const auto* label = find_label(before, e.label_id))
    effects.release(scope::label_name, label_key(before.id, label->name));
}
void effects(const workspace::State& before, const events::workspace::LabelRestored& e,
             const events::Envelope&, Effects& effects) {
  if (const auto* label = find_label(before, e.label_id))
    effects.claim(scope::label_name, label_key(before.id, label->name), "/name");
}

}  // namespace daybook::domain
