#include "projector/read_models/former_address.hpp"

namespace daybook::projector {

template <>
const Table& table_of<FormerAddressRow>() {
  static const auto t = never_changed(
      table<FormerAddressRow>(14, "former_addresses", {{"by_word", {"kind", "word", "workspace_id"}}}, {"word, kind, workspace_id"}));
  return t;
}

ReadModel former_addresses() { return {{&table_of<FormerAddressRow>()}}; }

void note_former_address(std::string_view kind, const std::string& before, const std::string& after, const events::Envelope& e,
                         StateStore& store) {
  if (before.empty() || before == after) return;
  store.insert(FormerAddressRow{e.event_id, std::string(kind), e.workspace_id.value(), before, events::EntityId{e.stream_id.value},
                                e.position});
}

}  // namespace daybook::projector
