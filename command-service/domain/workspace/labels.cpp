// The labels of a workspace: names unique among the live ones, whatever their case.
#include "command-service/domain/core/address.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::domain::workspace {
namespace {

using events::workspace::find_part;
using events::workspace::LabelChanged;
using events::workspace::LabelDefined;

constexpr auto label_id = &LabelChanged::label_id;

const Label* live_label(const State& state, events::LabelId id) {
  const auto* label = is_open(state) ? find_part(state, id) : nullptr;
  return label != nullptr && !label->deleted_at ? label : nullptr;
}

}  // namespace

std::optional<HeldKey> name_of(const Label& label) {
  if (label.deleted_at) return std::nullopt;
  return HeldKey{scope::label_name, key_in(label.workspace_id, text::fold_case(label.name)), "/name"};
}

Decision<Event> decide(const State& state, const DefineLabel& command, const CommandContext& context, const Facts&) {
  if (!is_open(state)) return not_found("workspace");
  auto defined = domain::told<LabelDefined>(command);
  defined.label_id = command.id.value_or(events::LabelId{context.fresh_id});
  if (find_part(state, defined.label_id) != nullptr) return id_taken();
  if (state.labels.size() >= labels_max) return invalid("", "too-many", "A workspace can have at most 10,000 labels.");
  return std::vector<Event>{defined};
}

Decision<Event> decide(const State& state, const ChangeLabel& command, const CommandContext&, const Facts&) {
  const auto* label = live_label(state, command.label_id);
  if (label == nullptr) return not_found("label");
  FieldRefusals refusals;
  auto after = events::fields_as<LabelChanged, label_id>(*label);
  after.label_id = label->id;
  const auto before = after;
  put_all(command, after, refusals);
  if (refusals.any()) return refusals.rejection();
  if (after == before) return std::vector<Event>{};
  return std::vector<Event>{after};
}

Decision<Event> decide(const State& state, const DeleteLabel& command, const CommandContext&, const Facts&) {
  if (live_label(state, command.label_id) == nullptr) return not_found("label");
  return std::vector<Event>{events::workspace::LabelDeleted{command.label_id}};
}

Decision<Event> decide(const State& state, const RestoreLabel& command, const CommandContext&, const Facts&) {
  const auto* label = is_open(state) ? find_part(state, command.label_id) : nullptr;
  if (label == nullptr) return not_found("label");
  if (!label->deleted_at) return std::vector<Event>{};
  return std::vector<Event>{events::workspace::LabelRestored{command.label_id}};
}

}  // namespace daybook::domain::workspace
